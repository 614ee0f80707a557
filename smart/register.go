package smart

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-jose/go-jose/v3"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/scope"
)

// InputError: what was given is not acceptable, and nothing changed. Its text is for the
// administrator and never repeats what was given.
type InputError struct {
	// Field is which of the inputs, such as "redirectURIs".
	Field string
	text  string
}

// Error is one plain sentence.
func (e *InputError) Error() string { return e.text }

// BadInput marks errors whose text a surface may show to the user.
func (e *InputError) BadInput() bool { return true }

// Bounds of a registration.
const (
	maxName = 200
	maxURI  = 2000
	maxURIs = 20
	maxJWKS = 64 << 10
	maxKeys = 20
	minRSA  = 2048 // bits
)

// check refuses what should not be registered and reads the keys.
func (c *Client) check() error {
	if strings.TrimSpace(c.Name) == "" || len(c.Name) > maxName || !printable(c.Name) {
		return &InputError{"name", "The name has 1 to 200 printable characters"}
	}
	if c.Method != Public && c.Method != Secret && c.Method != Key {
		return &InputError{"method", "The method is none, client_secret_basic or private_key_jwt"}
	}
	if len(c.RedirectURIs) > maxURIs || len(c.RedirectURIs) == 0 && c.Method != Key {
		return &InputError{"redirectURIs", "There are 1 to 20 redirect URIs; only a client with its own key may have none"}
	}
	for _, uri := range c.RedirectURIs {
		if !goodURI(uri) {
			return &InputError{"redirectURIs", "Each redirect URI is an absolute https address (http on loopback only) without user, fragment, wildcard or dot segments, as a browser writes it"}
		}
	}
	if c.LaunchURL != "" && !goodURI(c.LaunchURL) {
		return &InputError{"launchURL", "The launch URL is an absolute https address without user or fragment"}
	}
	if len(c.Scopes) == 0 || len(scope.ParseAll(c.Scopes)) != len(c.Scopes) {
		return &InputError{"scopes", "Name 1 to 100 scopes of SMART, each once"}
	}
	if err := c.checkRights(); err != nil {
		return err
	}
	return c.checkKeys()
}

// checkRights refuses what a client of its kind cannot be given.
func (c *Client) checkRights() error {
	allowed := c.Allowed()
	system := slices.ContainsFunc(allowed, func(s scope.Scope) bool { return s.Context == scope.ForSystem })
	switch {
	case system && c.Method != Key:
		return &InputError{"scopes", "Only a client with its own key may have system scopes"}
	case system && (c.Position == nil || !c.Position.Role.Valid() || c.Position.Organisation.ODS == ""):
		return &InputError{"position", "A client with system scopes acts in a role for an organisation: name both"}
	case !system && c.Position != nil:
		return &InputError{"position", "Only a client with system scopes acts as somebody"}
	}
	return c.Launching.check(c.Method)
}

// maxListed is how many apps, organisations, logins and origins there may be.
const maxListed = 100

// check refuses an EPR that names nobody, or a page that is no page.
func (l *Launching) check(method Method) error {
	switch {
	case l == nil:
		return nil
	case method != Key && (l.Trust || !l.Prefill):
		return &InputError{"launching", "Only a client with its own key may open apps for users; without one it may fill in the search"}
	case !l.Prefill && (len(l.Apps) == 0 || len(l.Organisations) == 0):
		return &InputError{"launching", "Name the apps that it may open, and the organisations whose staff it may speak of"}
	case max(len(l.Apps), len(l.Organisations), len(l.Logins), len(l.Origins)) > maxListed:
		return &InputError{"launching", "At most 100 apps, organisations, logins and origins"}
	}
	for _, o := range l.Origins {
		if u, err := url.Parse(o); err != nil || !goodURI(o) || u.Path != "" || u.RawQuery != "" {
			return &InputError{"origins", "An origin is https://HOST or https://HOST:PORT, without a path"}
		}
	}
	return nil
}

func (c *Client) checkKeys() error {
	if c.Method != Key {
		if c.JWKS+c.JWKSURL != "" {
			return &InputError{"jwks", "Only a client of private_key_jwt has keys"}
		}
		return nil
	}
	switch {
	case (c.JWKS == "") == (c.JWKSURL == ""):
		return &InputError{"jwks", "Give either the key set or the address to fetch it from"}
	case c.JWKSURL != "" && !goodURI(c.JWKSURL):
		return &InputError{"jwksURL", "The address of the key set is an absolute https address without user or fragment"}
	case c.JWKSURL != "":
		return nil
	}
	return c.readKeys()
}

// readKeys: public keys for RS384 and ES384, each with a kid of its own; `use` may be
// missing. SMART App Launch 2.2, "Client Authentication: Asymmetric".
func (c *Client) readKeys() error {
	var set jose.JSONWebKeySet
	if len(c.JWKS) > maxJWKS || json.Unmarshal([]byte(c.JWKS), &set) != nil || len(set.Keys) == 0 || len(set.Keys) > maxKeys {
		return &InputError{"jwks", "The key set is a JSON Web Key Set of 1 to 20 keys (RFC 7517)"}
	}
	for _, key := range set.Keys {
		if !key.Valid() || !key.IsPublic() || !strong(key.Key) {
			return &InputError{"jwks", "Each key is a public RSA key of at least 2048 bits, or one of the curve P-384"}
		}
		if key.KeyID == "" || len(set.Key(key.KeyID)) != 1 {
			return &InputError{"jwks", "Each key has a kid of its own"}
		}
	}
	c.keys = &set
	return nil
}

func strong(key any) bool {
	switch k := key.(type) {
	case *rsa.PublicKey:
		return k.N.BitLen() >= minRSA
	case *ecdsa.PublicKey:
		return k.Curve == elliptic.P384()
	}
	return false
}

// goodURI: absolute, over TLS unless it stays on the machine, and written in one way only,
// so that comparing bytes compares addresses.
func goodURI(text string) bool {
	u, err := url.Parse(text)
	if err != nil || len(text) > maxURI || u.String() != text || u.Host != strings.ToLower(u.Host) {
		return false
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !auth.Loopback(u.Hostname())) {
		return false
	}
	if u.Hostname() == "" || u.User != nil || u.Opaque != "" || strings.ContainsAny(text, "#*\\ ") || !printable(text) {
		return false
	}
	return u.JoinPath().Path == u.Path || u.Path == ""
}

func printable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
}
