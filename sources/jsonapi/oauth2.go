package jsonapi

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// tokens gets access tokens by client credentials (RFC 6749 §4.4), each used until
// shortly before it ends.
type tokens struct {
	client *Client
	secret string

	// turn lets one caller at a time get a token; the others wait for it or their
	// context. It also guards token and until.
	turn  chan struct{}
	token string
	until time.Time
}

func newTokens(c *Client) (*tokens, error) {
	text, err := secret("client_secret", c.Auth.ClientSecretFile, c.Auth.ClientSecretEnv)
	if err != nil {
		return nil, err
	}
	return &tokens{client: c, secret: text, turn: make(chan struct{}, 1)}, nil
}

func (t *tokens) header(ctx context.Context) (string, error) {
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-ctx.Done():
		return "", httpfault.ByTransport(ctx, ctx.Err())
	}
	if t.token != "" && t.client.env.Now().Before(t.until) {
		return t.token, nil
	}
	if err := t.renew(ctx); err != nil {
		return "", err
	}
	return t.token, nil
}

// forget drops the token if it is still the one that was refused: another caller may
// have renewed it meanwhile, or be about to.
func (t *tokens) forget(header string) {
	select {
	case t.turn <- struct{}{}:
		if t.token == header {
			t.token = ""
		}
		<-t.turn
	default:
	}
}

func (t *tokens) renew(ctx context.Context) error {
	a := &t.client.Auth
	form := url.Values{"grant_type": {"client_credentials"}}
	header := http.Header{}
	if len(a.Scopes) > 0 {
		form.Set("scope", strings.Join(a.Scopes, " "))
	}
	if a.Audience != "" {
		form.Set("audience", a.Audience)
	}
	if a.Send == "body" {
		form.Set("client_id", a.ClientID)
		form.Set("client_secret", t.secret)
	} else {
		r := http.Request{Header: header}
		r.SetBasicAuth(url.QueryEscape(a.ClientID), url.QueryEscape(t.secret)) // RFC 6749 §2.3.1
	}
	var given struct {
		AccessToken string          `json:"access_token"`
		TokenType   string          `json:"token_type"`
		ExpiresIn   json.RawMessage `json:"expires_in"` // a number, or one in quotes
	}
	q := Request{Method: http.MethodPost, URL: a.TokenURL, Header: header, ContentType: FormType, Body: []byte(form.Encode())}
	err := t.client.env.Call(ctx, func(ctx context.Context) error {
		got, err := t.client.exchange(ctx, q, "")
		switch {
		case err != nil:
			return err
		case got.status == http.StatusBadRequest || got.status == http.StatusUnauthorized || got.status == http.StatusForbidden:
			return &sources.Error{Kind: sources.Refused, Code: "token-refused", Reason: "It does not accept our login"}
		}
		if err := got.failure(); err != nil {
			return err
		}
		if json.Unmarshal(got.body, &given) != nil { // its text quotes the answer
			return httpfault.NotJSON(nil)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if given.AccessToken == "" || !strings.EqualFold(given.TokenType, "bearer") || strings.Contains(given.AccessToken, " ") || !IsHeaderValue(given.AccessToken) {
		return httpfault.Malformed("no-token", "It gave no token")
	}
	seconds, _ := strconv.Atoi(strings.Trim(string(given.ExpiresIn), `"`))
	life := time.Duration(min(max(seconds, 60), 3600)) * time.Second
	t.token, t.until = "Bearer "+given.AccessToken, t.client.env.Now().Add(life*9/10)
	return nil
}
