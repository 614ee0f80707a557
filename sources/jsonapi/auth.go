package jsonapi

import (
	"context"
	"encoding/base64"
	"net/url"

	"github.com/patchworkcare/patchwork/sources"
)

// The kinds of login.
const (
	kindNone   = "none"
	kindBasic  = "basic"
	kindBearer = "bearer"
	kindHeader = "header"
	kindOAuth2 = "oauth2"
)

// Auth says who we are to the API. A secret never stands in the stanza: it is in a file
// (…_file) or in an environment variable (…_env).
type Auth struct {
	// Kind is "none" (default), "basic", "bearer" (a token that somebody else renews),
	// "header" (an API key) or "oauth2" (client credentials, RFC 6749 §4.4).
	Kind string `yaml:"kind"`

	Username     string `yaml:"username"`
	PasswordFile string `yaml:"password_file"`
	PasswordEnv  string `yaml:"password_env"`

	TokenFile string `yaml:"token_file"`
	TokenEnv  string `yaml:"token_env"`

	// Header is the name of the header that takes the API key, for example X-Api-Key.
	Header  string `yaml:"header"`
	KeyFile string `yaml:"key_file"`
	KeyEnv  string `yaml:"key_env"`

	// TokenURL is where tokens are given.
	TokenURL         string   `yaml:"token_url"`
	ClientID         string   `yaml:"client_id"`
	ClientSecretFile string   `yaml:"client_secret_file"`
	ClientSecretEnv  string   `yaml:"client_secret_env"`
	Scopes           []string `yaml:"scopes"`
	// Audience is sent along where the token endpoint wants one.
	Audience string `yaml:"audience"`
	// Send says how the client's secret is sent: "basic" (default) or "body".
	Send string `yaml:"send"`
}

func (a *Auth) problems() (all []sources.Problem) {
	need := func(path, text string, ok bool) {
		if !ok {
			all = append(all, sources.Problem{Path: "auth." + path, Text: text})
		}
	}
	one := func(name, file, env string) {
		need(name+"_file", "give exactly one of "+name+"_file and "+name+"_env", (file == "") != (env == ""))
	}
	switch a.Kind {
	case "", kindNone:
	case kindBasic:
		need("username", "is missing", a.Username != "")
		one("password", a.PasswordFile, a.PasswordEnv)
	case kindBearer:
		one("token", a.TokenFile, a.TokenEnv)
	case kindHeader:
		need("header", "must be the name of a header, for example X-Api-Key", IsToken(a.Header) && !ReservedHeader(a.Header))
		one("key", a.KeyFile, a.KeyEnv)
	case kindOAuth2:
		u, err := url.Parse(a.TokenURL)
		need("token_url", "must be an address that begins with https:// or http://", err == nil && isHTTP(u))
		need("client_id", "is missing", a.ClientID != "")
		one("client_secret", a.ClientSecretFile, a.ClientSecretEnv)
		need("send", "must be basic or body", a.Send == "" || a.Send == "basic" || a.Send == "body")
	default:
		need("kind", "must be none, basic, bearer, header or oauth2", false)
	}
	return all
}

// secret reads a secret from where it is. One that could not stand in a header is none.
func secret(name, file, env string) (string, error) {
	value, err := sources.ReadSecret("auth."+name, file, env, "secret-file", "secret-env")
	if err == nil && !IsHeaderValue(value) {
		err = &sources.Error{Kind: sources.Refused, Code: "secret-form", Reason: "The secret auth." + name + " holds characters that no header can carry"}
	}
	if err != nil {
		return "", err
	}
	return value, nil
}

// login gives the header that says who we are.
type login struct {
	name, fixed string
	tokens      *tokens
}

func newLogin(c *Client) (*login, error) {
	a := &c.Auth
	l := &login{name: "Authorization"}
	var err error
	switch a.Kind {
	case kindBasic:
		l.fixed, err = secret("password", a.PasswordFile, a.PasswordEnv)
		l.fixed = "Basic " + base64.StdEncoding.EncodeToString([]byte(a.Username+":"+l.fixed))
	case kindBearer:
		l.fixed, err = secret("token", a.TokenFile, a.TokenEnv)
		l.fixed = "Bearer " + l.fixed
	case kindHeader:
		l.name = a.Header
		l.fixed, err = secret("key", a.KeyFile, a.KeyEnv)
	case kindOAuth2:
		l.tokens, err = newTokens(c)
	}
	return l, err
}

// value is the header's value, "" for none.
func (l *login) value(ctx context.Context) (string, error) {
	if l.tokens != nil {
		return l.tokens.header(ctx)
	}
	return l.fixed, nil
}

// forget drops a token that is no longer taken, so that the next call gets a new one.
func (l *login) forget(value string) {
	if l.tokens != nil {
		l.tokens.forget(value)
	}
}
