package smartlogin

import (
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/oidc"
)

// algs are those that the private key may sign with.
var algs = []string{"ES384", "RS384", "ES256", "ES512", "RS256", "RS512", "PS256", "PS384", "PS512", "EdDSA"}

// Validate reports every problem of the stanza; nil if there is none. It touches neither
// network nor disk.
func (c *Config) Validate() []auth.Problem {
	var all []auth.Problem
	need := func(ok bool, at, text string) {
		if !ok {
			all = append(all, auth.Problem{Path: at, Text: text})
		}
	}
	local := c.onThisMachine()
	need(goodAddress(c.Iss, true) && plainly(c.Iss), "iss", "must be the EPR's FHIR base as it stands in its launches: it begins with https:// (http:// is for an EPR on this machine only), has a lower-case host, and no query, fragment, user, empty or dotted step")
	need(c.Private || !inside(c.Iss), "private", "must be true, because iss is an address inside this network")
	need(c.Issuer == "" || goodAddress(c.Issuer, local), "issuer", "must be an address that begins with https:// and has no query, or be left out: it then is iss")
	for at, address := range map[string]string{"authorization_endpoint": c.AuthorizationEndpoint, "token_endpoint": c.TokenEndpoint, "jwks_uri": c.JWKSURI} {
		need(address == "" || goodEndpoint(address, local), at, "must be an address that begins with https://, or be left out: the EPR then publishes it")
	}
	for _, o := range c.EndpointsOn {
		need(goodAddress(o, local) && originOf(o) == o, "endpoints_on", "each must be an origin: https:// and a lower-case host, without a slash at the end")
	}
	need(c.ClientID != "", "client_id", "is missing: it is what the EPR calls the viewer")
	all = append(all, c.credentialProblems()...)
	need(len(c.Scopes) == 0 || slices.Contains(c.Scopes, "openid") && slices.Contains(c.Scopes, "launch"), "scopes", "must have launch and openid among them")
	need(!slices.ContainsFunc(c.Scopes, notOneWord), "scopes", "each must be one word")
	_, err := parseTrail(c.withDefaults().Patient)
	need(err == nil, "patient", "must lead to the patient's id in the token endpoint's answer, such as patient or authorization_details[type=smart_on_fhir].patient")
	need(!c.Practitioner || c.readsUsers(), "practitioner", "needs scopes with fhirUser and one that reads Practitioner, such as user/Practitioner.r")
	need(c.ClockSkew >= 0 && c.ClockSkew <= 5*time.Minute, "clock_skew", "must be between 0s and 5m")
	need(c.Timeout >= 0 && c.Timeout <= time.Minute, "timeout", "must be between 0s and 60s")
	for _, alg := range c.SigningAlgs {
		need(slices.Contains(algs, alg), "id_token_signed_response_alg", "allowed here: "+strings.Join(algs, ", "))
	}
	slices.SortStableFunc(all, func(a, b auth.Problem) int { return strings.Compare(a.Path, b.Path) })
	return all
}

func (c *Config) credentialProblems() (all []auth.Problem) {
	given := 0
	for _, way := range []bool{c.PrivateKeyFile != "", c.ClientSecret != "", c.ClientSecretFile != "", c.Public} {
		if way {
			given++
		}
	}
	if given != 1 {
		all = append(all, auth.Problem{Path: "private_key_file", Text: "give exactly one of private_key_file, client_secret_file, client_secret, or public: true"})
	}
	key := c.PrivateKeyFile != ""
	if key == (c.KeyID == "") {
		all = append(all, auth.Problem{Path: "key_id", Text: "goes with private_key_file: it is the key's `kid`, by which the EPR finds it"})
	}
	if c.Alg != "" && (!key || !slices.Contains(algs, c.Alg)) {
		all = append(all, auth.Problem{Path: "alg", Text: "is for private_key_file only; allowed here: " + strings.Join(algs, ", ")})
	}
	return all
}

// readsUsers reports whether the scopes tell who the user is and let their Practitioner be
// read.
func (c *Config) readsUsers() bool {
	return slices.Contains(c.withDefaults().Scopes, "fhirUser") && slices.ContainsFunc(c.Scopes, func(s string) bool {
		return strings.HasPrefix(s, "user/Practitioner.") || strings.HasPrefix(s, "user/*.")
	})
}

func notOneWord(s string) bool {
	return s == "" || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f })
}

// goodAddress reports whether s is https, or http to this machine where that is allowed, and
// names a place only.
func goodAddress(s string, local bool) bool {
	u, err := url.Parse(s)
	return err == nil && u.RawQuery == "" && !u.ForceQuery && goodEndpoint(s, local)
}

// goodEndpoint is goodAddress, but for a query (RFC 6749 §3.1).
func goodEndpoint(s string, local bool) bool {
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Opaque != "" || strings.ContainsAny(s, "#\\") {
		return false
	}
	return u.Scheme == "https" || local && u.Scheme == "http" && auth.Loopback(u.Hostname())
}

// plainly reports whether an address is spelt as any EPR would: what it is compared with is
// compared to the letter.
func plainly(s string) bool {
	u, err := url.Parse(s)
	if err != nil || strings.ToLower(u.Host) != u.Host || strings.HasSuffix(u.Hostname(), ".") {
		return false
	}
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f || c == '%' {
			return false
		}
	}
	p := strings.TrimSuffix(u.Path, "/")
	return p == "" || path.Clean(p) == p
}

// originOf is an address's scheme and host, "" if it is no address.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	host := strings.ToLower(u.Host)
	if u.Scheme == "https" {
		host = strings.TrimSuffix(host, ":443")
	}
	return u.Scheme + "://" + host
}

// inside reports whether the host of an address is itself an address inside this network.
func inside(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && !oidc.Outside(ip)
}
