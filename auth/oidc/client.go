package oidc

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/json"

	"github.com/patchworkcare/patchwork/auth"
)

// Client is this package for a connector that finds its provider otherwise than by OpenID
// Connect Discovery, and asks for more than who somebody is (auth/smartlogin): the same
// wire, keys, credentials and judgement of tokens. It follows no redirect. Safe for
// concurrent use.
type Client struct{ p *provider }

// ClientConfig is what a Client goes by.
type ClientConfig struct {
	// Config has Issuer, ClientID, the credentials, CAFile, ClockSkew, Timeout and
	// SigningAlgs; the rest is not used. Public: there are no credentials.
	Config
	Public bool
	// RSAAlg is what an RSA key signs with if Alg is ""; default RS256.
	RSAAlg string
	// Inside allows addresses inside this network and on this machine.
	Inside bool
	// Find gives where the provider stands. It is asked when that is first needed, and again
	// from time to time; its errors are Client's.
	Find func(context.Context, *Client) (Endpoints, error)
}

// Endpoints are where a provider stands.
type Endpoints struct {
	Authorize, Token, Keys string
	// TokenAuth are the ways in which the token endpoint takes a secret; none means
	// client_secret_basic.
	TokenAuth []string
	// IssuerOnReply: answers to the browser say whose they are (RFC 9207 §3).
	IssuerOnReply bool
}

// Tokens are what a code was good for.
type Tokens struct {
	// ID may be ""; Access is not.
	ID, Access string
	// Rest is everything else of the answer, in the types that auth.Proof promises.
	Rest map[string]any
}

// NewClient reads the files that the configuration names. The provider is not asked.
func NewClient(c ClientConfig, env auth.Env) (*Client, error) {
	roots, err := readRoots(c.CAFile)
	if err != nil {
		return nil, err
	}
	c.rsaAlg = c.RSAAlg
	us, err := c.credentials(env.Now)
	if err != nil {
		return nil, err
	}
	us.public = c.Public
	open, end := context.WithCancel(context.Background())
	p := &provider{Config: c.withDefaults(), env: env, us: us, end: end}
	guard := outsideOnly
	if c.Inside {
		guard = nil
	}
	p.wire = newWire(roots, p.Timeout, guard)
	p.wire.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	client := &Client{p}
	p.metadata = newLazy(open, env.Now, func(ctx context.Context) (*metadata, error) {
		e, err := c.Find(ctx, client)
		return &metadata{Authorize: e.Authorize, Token: e.Token, Keys: e.Keys, TokenAuth: e.TokenAuth, IssuerOnReply: e.IssuerOnReply}, err
	})
	p.keys = newLazy(open, env.Now, p.fetchKeys)
	return client, nil
}

// Close ends what is under way.
func (c *Client) Close() error { return c.p.Close() }

// Endpoints gives what Find found.
func (c *Client) Endpoints(ctx context.Context) (Endpoints, error) {
	m, err := c.p.metadata.get(ctx)
	if err != nil {
		return Endpoints{}, err
	}
	return Endpoints{Authorize: m.Authorize, Token: m.Token, Keys: m.Keys, TokenAuth: m.TokenAuth, IssuerOnReply: m.IssuerOnReply}, nil
}

// Document reads a JSON object that the provider publishes into a struct; `what` names it in
// the refusal.
func (c *Client) Document(ctx context.Context, address, what string, into any) error {
	body, err := c.p.wire.get(ctx, address, what)
	if err != nil {
		return err
	}
	if !decode(body, into) {
		return invalid(what + " is no JSON of the kind that it should be, or has a name twice")
	}
	return nil
}

// Code reads the answer that the browser brought: the code, or the provider's refusal.
func (c *Client) Code(ctx context.Context, form url.Values) (string, error) {
	m, err := c.p.metadata.get(ctx)
	if err != nil {
		return "", err
	}
	return c.p.codeOf(form, m)
}

// Exchange gives the tokens for a code. GrantCode tells the token endpoint's own refusal
// from others.
func (c *Client) Exchange(ctx context.Context, form url.Values) (Tokens, error) {
	m, err := c.p.metadata.get(ctx)
	if err != nil {
		return Tokens{}, err
	}
	return c.exchangeAt(ctx, m, form)
}

// Try is Exchange at endpoints that were just found, whatever is kept of them.
func (c *Client) Try(ctx context.Context, e Endpoints, form url.Values) (Tokens, error) {
	return c.exchangeAt(ctx, &metadata{Token: e.Token, TokenAuth: e.TokenAuth}, form)
}

func (c *Client) exchangeAt(ctx context.Context, m *metadata, form url.Values) (Tokens, error) {
	g, body, err := c.p.exchanged(ctx, m, form)
	if err != nil {
		return Tokens{}, err
	}
	rest, ok := decodeObject(body)
	if !ok {
		return Tokens{}, invalid(tokenEndpoint + " gave JSON that nests too deep")
	}
	maps.DeleteFunc(rest, func(name string, _ any) bool {
		return name == "access_token" || name == "refresh_token" || name == "id_token"
	})
	return Tokens{ID: g.ID, Access: g.Access, Rest: rest}, nil
}

// GrantCode gives the code by which the token endpoint refused, such as invalid_client; ""
// is one of its own. False: it was no refusal of the token endpoint.
func GrantCode(err error) (string, bool) {
	var refused refusedGrant
	ok := errors.As(err, &refused)
	return string(refused), ok
}

// ByClock reports whether clocks that do not agree may be behind a refusal.
func ByClock(err error) bool {
	var clock clockError
	return errors.As(err, &clock)
}

// IDToken judges an ID token as a sign-in's (OIDC Core §3.1.3.7) and gives the proof, without
// anything kept.
func (c *Client) IDToken(ctx context.Context, given Tokens, nonce string) (auth.Proof, error) {
	proof, err := c.p.prove(ctx, nil, grant{ID: given.ID, Access: given.Access}, attempt{Nonce: nonce})
	proof.Kept = nil
	return proof, err
}

// Read gets a JSON object that an access token opens. The status is 0 if nothing came back;
// the object is nil unless it is 200.
func (c *Client) Read(ctx context.Context, address, access, media, what string) (map[string]any, int, error) {
	got, err := c.p.read(ctx, address, access, media, what)
	if err != nil || got.status != http.StatusOK {
		return nil, got.status, err
	}
	object, ok := decodeObject(got.body)
	if !ok {
		return nil, got.status, invalid(what + " is no JSON object, nests too deep, or has a name twice")
	}
	return object, got.status, nil
}

// Look asks for a page as a browser would, and gives where it leads; "" if it shows
// something itself.
func (c *Client) Look(ctx context.Context, address, what string) (status int, location string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, "", invalid(what + ": its address is no address")
	}
	req.Header.Set("Accept", "text/html")
	got, err := c.p.wire.do(req, what)
	return got.status, got.location, err
}

// Keys reads the keys at an address and gives how many may sign tokens.
func (c *Client) Keys(ctx context.Context, address string) (int, error) {
	keys, err := c.p.readKeys(ctx, &metadata{Keys: address})
	return len(keys), err
}

// Published is the JSON Web Key Set of the private key, for the provider's operator; nil if
// there is none.
func (c *Client) Published() []byte {
	if c.p.us.signer == nil {
		return nil
	}
	text, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{c.p.us.key}})
	if err != nil {
		return nil
	}
	return text
}
