package main

import (
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/claims"
	"github.com/patchworkcare/patchwork/auth/ldap"
	"github.com/patchworkcare/patchwork/auth/oidc"
	"github.com/patchworkcare/patchwork/auth/saml"
)

// loginTypes is the one map from a kind of sign-in, as patchwork.yaml names it, to its
// empty stanza.
func loginTypes() map[string]func() auth.Connector {
	return map[string]func() auth.Connector{
		"ldap": func() auth.Connector { return new(ldap.Config) },
		"oidc": func() auth.Connector { return new(oidc.Config) },
		"saml": func() auth.Connector { return new(saml.Config) },
	}
}

// loginSamples are the commented stanzas of `patchwork login init TYPE`: whole ones, or
// their `connect` part alone.
func loginSamples() map[string]string {
	return map[string]string{"ldap": ldap.Sample, "oidc": oidc.Sample, "saml": saml.Sample}
}

// LoginConfig is the stanza of one organisation's sign-in (docs/sign-in.md).
type LoginConfig struct {
	// ID names the login in addresses, answers and audit: lower-case letters, digits,
	// hyphens; never "local", which is Patchwork's own accounts. It must never change.
	ID string `yaml:"id"`
	// Type is a kind of sign-in: see loginTypes.
	Type string `yaml:"type"`
	// Name is what people pick.
	Name string `yaml:"name"`
	// Organisations are those whom the provider may vouch for.
	Organisations []claims.Organisation `yaml:"organisations"`
	// Domains are of the e-mail addresses that people type to find the login.
	Domains []string `yaml:"domains"`
	// Recheck is how often the provider is asked whether an account still holds; default
	// 5m, 0s never. After loading it is never nil.
	Recheck *time.Duration `yaml:"recheck"`
	// Connect is the connector's own part.
	Connect yaml.Node `yaml:"connect"`
	// Who says what the provider's claims mean here.
	Who *claims.Rules `yaml:"who"`

	connector auth.Connector
	mapping   *claims.Mapping
}

// defaultRecheck is how long somebody whose account was closed may stay at most, where
// the provider does not say so itself.
const defaultRecheck = 5 * time.Minute

// base is where this server's addresses for the login stand (auth.Env).
func (s *LoginConfig) base(publicURL string) string { return publicURL + "/auth/at/" + s.ID }

// codes are the ODS codes of its organisations.
func (s *LoginConfig) codes() string { return codesOf(s.Organisations) }

func codesOf(organisations []claims.Organisation) string {
	codes := make([]string, len(organisations))
	for i, o := range organisations {
		codes[i] = o.ODS
	}
	return strings.Join(codes, ", ")
}
