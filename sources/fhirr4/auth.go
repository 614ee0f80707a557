package fhirr4

import (
	"context"
	"encoding/base64"
	"os"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
)

// Auth says who we are to the server. Each secret is given directly, as the path of
// a file (…_file) or as the name of an environment variable (…_env).
type Auth struct {
	// Kind is "none" (default), "basic", "bearer" or "smart-backend".
	Kind string `yaml:"kind"`

	Username     string `yaml:"username"`
	Password     string `yaml:"password"`
	PasswordFile string `yaml:"password_file"`
	PasswordEnv  string `yaml:"password_env"`

	Token     string `yaml:"token"`
	TokenFile string `yaml:"token_file"`
	TokenEnv  string `yaml:"token_env"`

	// ClientID, Key… and Scopes are for SMART Backend Services. The key is PEM: RSA
	// (signs RS384) or EC P-384 (ES384).
	ClientID string `yaml:"client_id"`
	Key      string `yaml:"key"`
	KeyFile  string `yaml:"key_file"`
	KeyEnv   string `yaml:"key_env"`
	// KeyID is the key's kid in the key set registered with the server.
	KeyID string `yaml:"key_id"`
	// TokenURL is where tokens are given; default: what the server's
	// .well-known/smart-configuration says.
	TokenURL string `yaml:"token_url"`
	// Scopes are asked for; default system/*.read.
	Scopes []string `yaml:"scopes"`
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
	case "", "none":
	case "basic":
		need("username", "is missing", a.Username != "")
		one("password", a.Password, a.PasswordFile, a.PasswordEnv)
	case "bearer":
		one("token", a.Token, a.TokenFile, a.TokenEnv)
	case "smart-backend":
		need("client_id", "is missing", a.ClientID != "")
		one("key", a.Key, a.KeyFile, a.KeyEnv)
		need("token_url", "must be an address that begins with https:// or http://",
			a.TokenURL == "" || strings.HasPrefix(a.TokenURL, "https://") || strings.HasPrefix(a.TokenURL, "http://"))
	default:
		need("kind", "must be none, basic, bearer or smart-backend", false)
	}
	return all
}

// secret reads a secret from where it is.
func secret(name, direct, file, env string) (string, error) {
	fail := func(code string) error {
		return &sources.Error{Kind: sources.Refused, Code: code, Reason: "The secret auth." + name + " cannot be read"}
	}
	switch {
	case file != "":
		b, err := os.ReadFile(file)
		if err != nil {
			return "", fail("secret-file")
		}
		return strings.TrimSpace(string(b)), nil
	case env != "":
		v := os.Getenv(env)
		if v == "" {
			return "", fail("secret-env")
		}
		return v, nil
	}
	return direct, nil
}

// login gives the Authorization header.
type login struct {
	fixed string
	smart *backend
}

func newLogin(s *source) (*login, error) {
	a := &s.Auth
	switch a.Kind {
	case "basic":
		password, err := secret("password", a.Password, a.PasswordFile, a.PasswordEnv)
		if err != nil {
			return nil, err
		}
		return &login{fixed: "Basic " + base64.StdEncoding.EncodeToString([]byte(a.Username+":"+password))}, nil
	case "bearer":
		token, err := secret("token", a.Token, a.TokenFile, a.TokenEnv)
		if err != nil {
			return nil, err
		}
		return &login{fixed: "Bearer " + token}, nil
	case "smart-backend":
		b, err := newBackend(s)
		if err != nil {
			return nil, err
		}
		return &login{smart: b}, nil
	}
	return &login{}, nil
}

// header returns the Authorization header, "" for none.
func (l *login) header(ctx context.Context) (string, error) {
	if l.smart != nil {
		return l.smart.header(ctx)
	}
	return l.fixed, nil
}

// forget drops a token that the server no longer takes, so that the next call gets
// a new one.
func (l *login) forget(header string) {
	if l.smart != nil {
		l.smart.forget(header)
	}
}
