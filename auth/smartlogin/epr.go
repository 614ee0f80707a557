package smartlogin

import (
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/oidc"
)

// EPR is an EPR whose SMART server the viewer is an app of. Safe for concurrent use.
type EPR struct {
	Config
	env     auth.Env
	client  *oidc.Client
	patient trail
}

// Open reads the files of the stanza. The EPR itself is not asked: one that is down keeps
// nobody but its own users out. env.Base is this server's address of the launcher,
// https://care.example/auth/epr/ID, under which are /return and /jwks.
func (c *Config) Open(env auth.Env) (*EPR, error) {
	e := &EPR{Config: c.withDefaults(), env: env}
	var err error
	if e.patient, err = parseTrail(e.Patient); err != nil {
		return nil, err
	}
	// RS384: SMART's algorithm for RSA keys (Client Authentication: Asymmetric).
	e.client, err = oidc.NewClient(oidc.ClientConfig{Config: e.provider(), Public: c.Public, RSAAlg: "RS384", Inside: c.Private, Find: e.find}, env)
	if err != nil {
		return nil, err
	}
	return e, nil
}

// Close gives back what Open took.
func (e *EPR) Close() error { return e.client.Close() }

func (e *EPR) returnAddress() string { return e.env.Base + "/return" }

// fhir is an address at the EPR's FHIR base.
func (e *EPR) fhir(resource, id string) string {
	base := e.Iss
	if base[len(base)-1] != '/' {
		base += "/"
	}
	return base + resource + "/" + id
}
