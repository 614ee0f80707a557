// Package idp starts real identity providers on this machine: npm's oidc-provider
// (OpenID Connect), SimpleSAMLphp (SAML 2.0) and OpenLDAP's slapd (LDAP). The demo
// region's organisations sign in by them, and the tests of sign-in talk to them.
//
// Each is a child process on loopback with its own temporary folder. It ends when it is
// stopped, and when this process does. What is not installed gives ErrAbsent;
// scripts/install.sh and `npm ci` in demo/idp/oidc install everything.
package idp

import (
	"errors"
	"fmt"
	"os/exec"
	"slices"
)

// ErrAbsent says that a provider cannot be started because it is not installed.
var ErrAbsent = errors.New("not installed")

// User is somebody who has an account at an organisation.
type User struct {
	// Username is what they type; it is their DN's uid in LDAP.
	Username string `json:"username"`
	Password string `json:"password"`
	// Name is shown; Email may be "".
	Name  string `json:"name"`
	Email string `json:"email,omitempty"`
	// Groups are those of the organisation: the claim or attribute groups, in LDAP
	// groupOfNames and memberOf.
	Groups []string `json:"groups,omitempty"`
	// Claims is whatever else the provider says, under its own name. SAML and LDAP take
	// strings and lists of strings only; LDAP those that inetOrgPerson has. OIDC knows
	// "acr" and "amr" as what the sign-in was, and "sub" as the subject.
	Claims map[string]any `json:"claims,omitempty"`
	// Disabled accounts cannot sign in.
	Disabled bool `json:"disabled,omitempty"`
}

// texts gives a claim as SAML and LDAP want it; nil if it is neither text nor a list of
// it.
func texts(claim any) []string {
	switch v := claim.(type) {
	case string:
		return []string{v}
	case []string:
		return slices.Clone(v)
	}
	return nil
}

// absent makes an ErrAbsent of a sentence's middle: "slapd is".
func absent(what string) error { return fmt.Errorf("%s %w", what, ErrAbsent) }

// program finds the first of the names that is installed; the service's folders are often
// not in PATH.
func program(names ...string) (string, error) {
	for _, name := range names {
		for _, candidate := range []string{name, "/usr/sbin/" + name, "/usr/libexec/" + name} {
			if path, err := exec.LookPath(candidate); err == nil {
				return path, nil
			}
		}
	}
	return "", absent(names[0] + " is")
}
