package smart

import (
	"slices"
	"time"

	"github.com/go-jose/go-jose/v3"
	"github.com/ory/fosite"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/scope"
)

// Method is how a client proves to the token endpoint who it is. The zero Method is none
// that exists.
type Method string

// The methods. SMART App Launch 2.2, "Client Authentication".
const (
	// Public clients can keep no secret: PKCE alone binds the code to them.
	Public Method = "none"
	// Secret clients send a secret that this server made.
	Secret Method = "client_secret_basic"
	// Key clients sign an assertion with a key of their own.
	Key Method = "private_key_jwt"
)

// State is how far a client has come. The zero State gets nothing.
type State string

// The states.
const (
	Proposed State = "proposed"
	Approved State = "approved"
	// Off: an administrator has switched it off (auth/accounts, kind client).
	Off State = "off"
)

// Client is a registered program.
type Client struct {
	ID, Name string
	Method   Method
	// RedirectURIs are compared byte for byte. None: it is a backend service.
	RedirectURIs []string
	// LaunchURL is where an EPR launch opens it; "" if it cannot be launched.
	LaunchURL string
	// Scopes are the most it may ever be granted, as Parse reads them.
	Scopes []string
	// JWKS is the text of its key set, JWKSURL where to fetch it: a Key client has one of them.
	JWKS, JWKSURL string
	// Trusted: an administrator answers for it, so that users are not asked.
	Trusted bool
	// Position is what a backend service with system scopes acts as; nil for one that reads
	// nothing.
	Position *auth.Position
	// Launching is what an EPR may open; nil for nothing.
	Launching *Launching
	State     State
	// Proposed and Approved are UTC; Approved is zero until it is.
	Proposed, Approved     time.Time
	ProposedBy, ApprovedBy string

	secretHash []byte
	keys       *jose.JSONWebKeySet
	// proposer is who wants it as it stands now: issuer, space, subject.
	proposer string
}

// Launching is what an EPR may open, for whom and where.
type Launching struct {
	// Apps are the ids of the clients that it may open.
	Apps []string `json:"apps"`
	// Organisations are the ODS codes of those whose staff it may speak of.
	Organisations []string `json:"organisations"`
	// Logins are the ids of the logins (patchwork.yaml) by whose accounts it names users;
	// "local" for Patchwork's own.
	Logins []string `json:"logins"`
	// Trust: what it signs of a user who has signed in here before is taken for a sign-in, to
	// this patient only and for a short time.
	Trust bool `json:"trust"`
	// Prefill lets it open the search with a number and a birth date that nobody signed. No
	// right follows from it.
	Prefill bool `json:"prefill"`
	// Origins are those of the pages in whose frames it opens apps: "https://epr.example".
	Origins []string `json:"origins"`
}

var _ fosite.OpenIDConnectClient = (*Client)(nil)

// Redirects reports whether uri is registered, in exactly these bytes. Ask it before
// fosite, which takes any port on loopback, and a missing redirect_uri where one is
// registered. RFC 9700 §2.1; RFC 3986 §6.2.1.
func (c *Client) Redirects(uri string) bool {
	return uri != "" && slices.Contains(c.RedirectURIs, uri)
}

// Allowed are its Scopes, read.
func (c *Client) Allowed() []scope.Scope { return scope.ParseAll(c.Scopes) }

// GetID gives the id.
func (c *Client) GetID() string { return c.ID }

// GetHashedSecret is for Hasher; nil if it has no secret.
func (c *Client) GetHashedSecret() []byte { return c.secretHash }

// GetRedirectURIs gives RedirectURIs.
func (c *Client) GetRedirectURIs() []string { return c.RedirectURIs }

// GetGrantTypes follows from what is registered: with a redirect URI codes, with a scope
// for it refresh tokens; a Key client with system scopes is a backend service.
func (c *Client) GetGrantTypes() fosite.Arguments {
	types := fosite.Arguments{}
	if len(c.RedirectURIs) > 0 {
		types = append(types, "authorization_code")
		if slices.Contains(c.Scopes, scope.OnlineAccess) || slices.Contains(c.Scopes, scope.OfflineAccess) {
			types = append(types, "refresh_token")
		}
	}
	if c.Method == Key && slices.ContainsFunc(c.Allowed(), func(s scope.Scope) bool { return s.Context == scope.ForSystem || s.Plain == scope.OpenLaunch }) {
		types = append(types, "client_credentials")
	}
	return types
}

// GetResponseTypes is code alone. RFC 9700 §2.1.2.
func (c *Client) GetResponseTypes() fosite.Arguments { return fosite.Arguments{"code"} }

// GetScopes gives Scopes.
func (c *Client) GetScopes() fosite.Arguments { return c.Scopes }

// IsPublic reports whether it cannot prove who it is.
func (c *Client) IsPublic() bool { return c.Method == Public }

// GetAudience names none: the FHIR base is checked at the authorize endpoint.
func (c *Client) GetAudience() fosite.Arguments { return nil }

// GetRequestURIs are none, so that nothing is ever fetched from one.
func (c *Client) GetRequestURIs() []string { return nil }

// GetJSONWebKeys gives the registered keys; nil if they are fetched, or there are none.
func (c *Client) GetJSONWebKeys() *jose.JSONWebKeySet { return c.keys }

// GetJSONWebKeysURI gives JWKSURL.
func (c *Client) GetJSONWebKeysURI() string { return c.JWKSURL }

// GetRequestObjectSigningAlgorithm is none: request objects are not taken.
func (c *Client) GetRequestObjectSigningAlgorithm() string { return "" }

// GetTokenEndpointAuthMethod gives Method.
func (c *Client) GetTokenEndpointAuthMethod() string { return string(c.Method) }

// GetTokenEndpointAuthSigningAlgorithm is fosite's one algorithm of a client; our own
// strategy takes RS384 and ES384 of every client, and does not ask.
func (c *Client) GetTokenEndpointAuthSigningAlgorithm() string { return string(jose.RS384) }
