package oidc

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// signingAlgs are those that a provider may sign with: by a private key of its own. With
// HS256 a token would be worth no more than the client's secret, and `none` nothing.
var signingAlgs = []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}

// reserved are the parameters of the protocol, which this package sends or must not be
// sent: `request` would carry others, and response_mode=fragment never reaches a server.
var reserved = []string{
	"response_type", "response_mode", "client_id", "client_secret", "redirect_uri", "scope", "state", "nonce", "code_challenge", "code_challenge_method",
	"prompt", "max_age", "acr_values", "login_hint", "id_token_hint", "request", "request_uri", "registration",
}

// Validate reports every problem of the stanza; see auth.Connector.
func (c *Config) Validate() []auth.Problem {
	var all []auth.Problem
	need := func(ok bool, path, text string) {
		if !ok {
			all = append(all, auth.Problem{Path: path, Text: text})
		}
	}
	need(goodAddress(c.Issuer, true), "issuer", "must be an address that begins with https:// and has no query; http:// is for a provider on this machine only")
	need(c.Discovery == "" || goodAddress(c.Discovery, c.onThisMachine()), "discovery", "must be an address that begins with https://, or be left out")
	need(c.ClientID != "", "client_id", "is missing: it is what the provider calls this server")
	all = append(all, c.credentialProblems()...)
	need(len(c.Scopes) == 0 || slices.Contains(c.Scopes, "openid"), "scopes", "must have openid among them")
	for path, list := range map[string][]string{"scopes": c.Scopes, "acr_values": c.ACRValues} {
		need(!slices.ContainsFunc(list, notOneWord), path, "each must be one word")
	}
	need(!slices.Contains(strings.Fields(c.Prompt), "none"), "prompt", "none would let nobody sign in who is not signed in there already")
	for _, name := range slices.Sorted(maps.Keys(c.Parameters)) {
		need(!slices.Contains(reserved, strings.ToLower(name)), "parameters."+name, "belongs to the protocol and cannot be replaced")
	}
	need(c.ClockSkew >= 0 && c.ClockSkew <= 5*time.Minute, "clock_skew", "must be between 0s and 5m")
	need(c.Timeout >= 0 && c.Timeout <= time.Minute, "timeout", "must be between 0s and 60s")
	for _, alg := range c.SigningAlgs {
		need(slices.Contains(signingAlgs, alg), "id_token_signed_response_alg", "allowed here: "+strings.Join(signingAlgs, ", "))
	}
	slices.SortStableFunc(all, func(a, b auth.Problem) int { return strings.Compare(a.Path, b.Path) })
	return all
}

func (c *Config) credentialProblems() (all []auth.Problem) {
	given := 0
	for _, way := range []string{c.ClientSecret, c.ClientSecretFile, c.PrivateKeyFile} {
		if way != "" {
			given++
		}
	}
	if given != 1 {
		all = append(all, auth.Problem{Path: "client_secret", Text: "give exactly one of client_secret, client_secret_file, private_key_file"})
	}
	if c.PrivateKeyFile == "" && c.KeyID != "" {
		all = append(all, auth.Problem{Path: "key_id", Text: "is for private_key_file only"})
	}
	if c.PrivateKeyFile == "" && c.Alg != "" {
		all = append(all, auth.Problem{Path: "alg", Text: "is for private_key_file only"})
	}
	if c.Alg != "" && !slices.Contains(signingAlgs, c.Alg) {
		all = append(all, auth.Problem{Path: "alg", Text: "allowed here: " + strings.Join(signingAlgs, ", ")})
	}
	return all
}

func notOneWord(s string) bool {
	return s == "" || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' })
}

// goodAddress reports whether s is https, or http to this machine where that is allowed.
func goodAddress(s string, local bool) bool {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.ForceQuery || strings.Contains(s, "#") {
		return false
	}
	return u.Scheme == "https" || local && u.Scheme == "http" && auth.Loopback(u.Hostname())
}
