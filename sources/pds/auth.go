package pds

import (
	"context"
	"net/url"
	"slices"

	"github.com/patchworkcare/patchwork/sources"
)

// The kinds of login.
const (
	kindNone   = "none"
	kindBearer = "bearer"
	kindSigned = "signed-jwt"
)

// Auth says who we are to the register. Each secret is given directly, as the path of a
// file (…_file) or as the name of an environment variable (…_env).
type Auth struct {
	// Kind is "none" (default: the open sandbox), "bearer" (a token that somebody else
	// renews) or "signed-jwt" (application-restricted access).
	Kind string `yaml:"kind"`

	Token     string `yaml:"token"`
	TokenFile string `yaml:"token_file"`
	TokenEnv  string `yaml:"token_env"`

	// ClientID is the application's API key, KeyID the kid of its public key. The private
	// key is PEM, RSA; it signs RS512.
	ClientID string `yaml:"client_id"`
	KeyID    string `yaml:"key_id"`
	Key      string `yaml:"key"`
	KeyFile  string `yaml:"key_file"`
	KeyEnv   string `yaml:"key_env"`
	// TokenURL is where tokens are given; default /oauth2/token of the same host.
	TokenURL string `yaml:"token_url"`
}

func (a *Auth) problems() (all []sources.Problem) {
	need := func(path, text string, ok bool) {
		if !ok {
			all = append(all, sources.Problem{Path: "auth." + path, Text: text})
		}
	}
	one := func(path string, ways ...string) {
		given := len(slices.DeleteFunc(slices.Clone(ways), func(s string) bool { return s == "" }))
		need(path, "give exactly one of "+path+", "+path+"_file, "+path+"_env", given == 1)
	}
	switch a.Kind {
	case "", kindNone:
	case kindBearer:
		one("token", a.Token, a.TokenFile, a.TokenEnv)
	case kindSigned:
		need("client_id", "is missing: the application's API key", a.ClientID != "")
		need("key_id", "is missing: the kid of the registered public key", a.KeyID != "")
		one("key", a.Key, a.KeyFile, a.KeyEnv)
		u, err := url.Parse(a.TokenURL)
		need("token_url", "must be an address that begins with https:// or http://", a.TokenURL == "" || err == nil && isHTTP(u))
	default:
		need("kind", "must be none, bearer or signed-jwt", false)
	}
	return all
}

// secret reads a secret from where it is.
func secret(name, direct, file, env string) (string, error) {
	if file == "" && env == "" {
		return direct, nil
	}
	return sources.ReadSecret("auth."+name, file, env, "secret-file", "secret-env")
}

// login gives the Authorization header.
type login struct {
	fixed  string
	signed *tokens
}

func newLogin(s *source) (*login, error) {
	a := &s.Auth
	switch a.Kind {
	case kindBearer:
		token, err := secret("token", a.Token, a.TokenFile, a.TokenEnv)
		if err != nil {
			return nil, err
		}
		return &login{fixed: "Bearer " + token}, nil
	case kindSigned:
		t, err := newTokens(s)
		if err != nil {
			return nil, err
		}
		return &login{signed: t}, nil
	}
	return &login{}, nil
}

// header returns the Authorization header, "" for none.
func (l *login) header(ctx context.Context) (string, error) {
	if l.signed != nil {
		return l.signed.header(ctx)
	}
	return l.fixed, nil
}

// forget drops a token that the register no longer takes; false if there is no other to
// be had.
func (l *login) forget(header string) bool {
	if l.signed == nil {
		return false
	}
	l.signed.forget(header)
	return true
}
