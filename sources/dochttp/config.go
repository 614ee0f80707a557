package dochttp

import (
	"net/url"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
)

// Login says who we are: nobody, a user with a password, or the bearer of a token.
type Login struct {
	// Kind is "none" (default), "basic" or "bearer".
	Kind     string `yaml:"kind"`
	Username string `yaml:"username"`
	// PasswordFile or PasswordEnv hold the password of basic.
	PasswordFile string `yaml:"password_file"`
	PasswordEnv  string `yaml:"password_env"`
	// TokenFile or TokenEnv hold the token of bearer.
	TokenFile string `yaml:"token_file"`
	TokenEnv  string `yaml:"token_env"`
}

// TLS is our certificate, where the neighbour asks for one, and whose certificates are
// trusted. Certificates of the neighbour are always checked.
type TLS struct {
	// CertificateFile and KeyFile are PEM; both or neither.
	CertificateFile string `yaml:"certificate_file"`
	KeyFile         string `yaml:"key_file"`
	// CAFile holds the authorities that are trusted instead of the system's.
	CAFile string `yaml:"ca_file"`
}

// Problems of the login, under path.
func (l Login) Problems(path string) (all []sources.Problem) {
	add := func(key, text string) { all = append(all, sources.Problem{Path: path + "." + key, Text: text}) }
	password, token := (l.PasswordFile != "") != (l.PasswordEnv != ""), (l.TokenFile != "") != (l.TokenEnv != "")
	switch l.Kind {
	case "", "none":
		if l != (Login{Kind: l.Kind}) {
			add("kind", "must be basic or bearer if a user, password or token is given")
		}
	case "basic":
		if l.Username == "" || strings.Contains(l.Username, ":") {
			add("username", "is needed for basic, without a colon")
		}
		if !password {
			add("password_file", "give the password by password_file or password_env, one of them")
		}
	case "bearer":
		if !token {
			add("token_file", "give the token by token_file or token_env, one of them")
		}
	default:
		add("kind", "must be none, basic or bearer")
	}
	return all
}

// Problems of the certificates, under path.
func (t TLS) Problems(path string) []sources.Problem {
	if (t.CertificateFile == "") != (t.KeyFile == "") {
		return []sources.Problem{{Path: path + ".key_file", Text: "certificate_file and key_file go together"}}
	}
	return nil
}

// AddressProblem is what is wrong with an address of a neighbour; "" if nothing is.
func AddressProblem(address string) string {
	u, err := url.Parse(address)
	switch {
	case address == "":
		return "the address is missing"
	case err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "":
		return "must be an address that begins with https:// or http://"
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return "must have no user, query or fragment; put credentials under auth"
	}
	return ""
}

// Secret reads a secret from a file or the environment; key names it in the stanza, without
// its _file and _env.
func Secret(key, file, env string) (string, error) {
	return sources.ReadSecret(key, file, env, "no-secret", "no-secret")
}
