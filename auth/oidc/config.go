package oidc

import (
	_ "embed"
	"net/url"
	"strings"
	"time"
)

// Sample is a commented stanza for patchwork.yaml, with one for each of the providers
// that are met in the field.
//
//go:embed sample.yaml
var Sample string

// Config is the `connect` part of a login of type oidc. Zero values are the defaults given
// with each field. The user's id is always `sub`: no other claim is promised never to change
// hands (OIDC Core §5.7).
type Config struct {
	// Issuer is what the provider calls itself, to the letter: the `iss` of its tokens. It
	// begins with https://; http:// is for a provider on this machine only.
	Issuer string `yaml:"issuer"`
	// Discovery is where the provider's configuration stands if that is not
	// ISSUER/.well-known/openid-configuration. Given, the document may name another issuer,
	// as that of Entra ID's shared endpoints does; tokens must still be Issuer's.
	Discovery string `yaml:"discovery"`
	// ClientID is what the provider calls this server.
	ClientID string `yaml:"client_id"`
	// ClientSecret, ClientSecretFile or PrivateKeyFile: exactly one proves to the provider
	// that it is us. A key is PEM, RSA of 2048 bits or more, EC P-256, P-384, P-521 or
	// Ed25519 (private_key_jwt, OIDC Core §9).
	ClientSecret     string `yaml:"client_secret"`
	ClientSecretFile string `yaml:"client_secret_file"`
	PrivateKeyFile   string `yaml:"private_key_file"`
	// KeyID is the private key's `kid` at the provider; "" sends none.
	KeyID string `yaml:"key_id"`
	// Alg is what the private key signs with. Default RS256, ES256, ES384, ES512 or EdDSA,
	// as fits the key.
	Alg string `yaml:"alg"`
	// Scopes are asked for; default openid, profile, email. Many providers give a refresh
	// token, by which accounts are re-checked, only with offline_access.
	Scopes []string `yaml:"scopes"`
	// ACRValues are the kinds of sign-in to ask for, the best first (OIDC Core §3.1.2.1).
	// That is a wish: what must hold stands under `who.require`.
	ACRValues []string `yaml:"acr_values"`
	// Prompt is sent with an ordinary sign-in: login, consent, select_account or several with a
	// space between. Default: the provider decides.
	Prompt string `yaml:"prompt"`
	// Parameters are sent with the sign-in too, for example {vtr: '["P9.Cp.Cd"]'}. They cannot
	// replace those of the protocol.
	Parameters map[string]string `yaml:"parameters"`
	// UserInfo adds what the provider's userinfo endpoint says; what the token says itself
	// stands.
	UserInfo bool `yaml:"userinfo"`
	// CAFile has the certificates, PEM, of those who may vouch for the provider's address,
	// instead of the system's.
	CAFile string `yaml:"ca_file"`
	// ClockSkew is how far the provider's clock may be off; default 60 s, at most 5 min.
	ClockSkew time.Duration `yaml:"clock_skew"`
	// Timeout is how long one answer may take; default 10 s, at most 60 s.
	Timeout time.Duration `yaml:"timeout"`
	// SigningAlgs are those that tokens may be signed with. Default RS256 to RS512, PS256 to
	// PS512, ES256 to ES512 and EdDSA; `none` and HS256 to HS512 can never be allowed.
	SigningAlgs []string `yaml:"id_token_signed_response_alg"`
	// PostLogout offers to sign out at the provider too, if it can; default true.
	PostLogout *bool `yaml:"post_logout"`

	// rsaAlg is what an RSA key signs with if Alg is "" (ClientConfig.RSAAlg).
	rsaAlg string
}

// withDefaults fills what the stanza leaves out.
func (c Config) withDefaults() Config {
	if len(c.Scopes) == 0 {
		c.Scopes = []string{"openid", "profile", "email"}
	}
	if c.ClockSkew == 0 {
		c.ClockSkew = time.Minute
	}
	if c.Timeout == 0 {
		c.Timeout = 10 * time.Second
	}
	if len(c.SigningAlgs) == 0 {
		c.SigningAlgs = signingAlgs
	}
	if c.PostLogout == nil {
		yes := true
		c.PostLogout = &yes
	}
	return c
}

// discoveryURL is where the provider's configuration stands (OIDC Discovery §4.1).
func (c *Config) discoveryURL() string {
	if c.Discovery != "" {
		return c.Discovery
	}
	return strings.TrimSuffix(c.Issuer, "/") + "/.well-known/openid-configuration"
}

// onThisMachine reports whether the provider may be spoken to without TLS.
func (c *Config) onThisMachine() bool {
	u, err := url.Parse(c.Issuer)
	return err == nil && u.Scheme == "http"
}
