package idp_test

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/demo/idp"
	"github.com/patchworkcare/patchwork/demo/idp/idptest"
)

// client is a client of the provider, and hears of sessions that it ends.
type client struct {
	t        *testing.T
	provider *idp.OIDC
	ended    chan string // the logout tokens
}

const clientID, clientSecret = "patchwork", "a secret of the client"

// smartCard is somebody whose claims are those of NHS Care Identity Service 2.
var smartCard = idp.User{Username: "card", Password: "a card's code", Name: "Dr Card Holder", Claims: map[string]any{
	"acr": "AAL3_ANY", "amr": []string{"hwk"}, "nhsid_useruid": "555021935107",
	"nhsid_nrbac_roles": []map[string]any{{"org_code": "RRV01", "role_code": "S8000:G8000:R8000"}},
}}

func startOIDC(t *testing.T) *client {
	t.Helper()
	c := &client{t: t, ended: make(chan string, 8)}
	hears := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { c.ended <- r.FormValue("logout_token") }))
	t.Cleanup(hears.Close)
	var err error
	c.provider, err = idp.StartOIDC(t.Context(), idp.OIDCOptions{
		Name: "Riverside Hospital", Users: append([]idp.User{smartCard}, people...),
		Clients: []idp.OIDCClient{{
			ID: clientID, Secret: clientSecret, RedirectURIs: []string{service + "/return"},
			PostLogoutURIs: []string{service + "/left"}, BackchannelURI: hears.URL, BackchannelSession: true,
		}},
	})
	idptest.Started(t, err)
	t.Cleanup(c.provider.Stop)
	return c
}

// ask is the address that begins a sign-in, and its PKCE verifier.
func (c *client) ask(more url.Values) (address, verifier string) {
	verifier = rand.Text() + rand.Text()
	challenge := sha256.Sum256([]byte(verifier))
	q := url.Values{
		"client_id": {clientID}, "redirect_uri": {service + "/return"}, "response_type": {"code"}, "scope": {"openid profile email groups"},
		"state": {"state"}, "nonce": {"nonce"}, "code_challenge_method": {"S256"}, "code_challenge": {base64.RawURLEncoding.EncodeToString(challenge[:])},
	}
	for name, values := range more {
		q[name] = values
	}
	return c.provider.Issuer + "/auth?" + q.Encode(), verifier
}

// tokens asks the token endpoint.
func (c *client) tokens(form url.Values) (int, map[string]any) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.provider.Issuer+"/token", strings.NewReader(form.Encode()))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth(url.QueryEscape(clientID), url.QueryEscape(clientSecret))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	var answer map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		c.t.Fatal(err)
	}
	return resp.StatusCode, answer
}

// signIn signs leila.haddad in and gives the tokens.
func (c *client) signIn(b *browser) map[string]any {
	c.t.Helper()
	return c.signInAs(b, "leila.haddad", "a long password", nil)
}

func (c *client) signInAs(b *browser, username, password string, more url.Values) map[string]any {
	c.t.Helper()
	ask, verifier := c.ask(more)
	p := b.submit(b.get(ask), map[string]string{"username": username, "password": password})
	back, err := url.Parse(p.to)
	if err != nil || !strings.HasPrefix(p.to, service+"/return?") || back.Query().Get("iss") != c.provider.Issuer {
		c.t.Fatalf("the browser comes back at %q (%v); the page:\n%s", p.to, err, p.text)
	}
	status, tokens := c.tokens(url.Values{
		"grant_type": {"authorization_code"}, "code": {back.Query().Get("code")}, "redirect_uri": {service + "/return"}, "code_verifier": {verifier},
	})
	if status != http.StatusOK {
		c.t.Fatalf("the code gives %d %v", status, tokens)
	}
	return tokens
}

// claims are those of a token that the test need not verify: it came from the provider.
func claims(t *testing.T, token any) map[string]any {
	t.Helper()
	text, _ := token.(string)
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		t.Fatalf("%q is no token", text)
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(payload, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestOIDC(t *testing.T) {
	t.Parallel()
	c, b := startOIDC(t), newBrowser(t)
	ask, _ := c.ask(nil)
	if p := b.submit(b.get(ask), map[string]string{"username": "leila.haddad", "password": "wrong"}); p.status != http.StatusUnauthorized {
		t.Errorf("a wrong password gives %d", p.status)
	}
	if p := b.submit(b.get(ask), map[string]string{"username": "gone", "password": "was a password"}); p.status != http.StatusUnauthorized {
		t.Errorf("a disabled account gives %d", p.status)
	}
	tokens := c.signIn(b)
	id := claims(t, tokens["id_token"])
	for name, want := range map[string]any{"name": "Dr Leila Haddad", "email": "leila@example.org", "nonce": "nonce", "employeeNumber": "7654321"} {
		if id[name] != want {
			t.Errorf("the claim %s is %v, not %v", name, id[name], want)
		}
	}
	groups, _ := id["groups"].([]any)
	if !slices.Contains(groups, any("Pharmacy")) || id["auth_time"] == nil || id["sid"] == nil || id["sub"] == "leila.haddad" {
		t.Errorf("the claims are %v", id)
	}
	if p := b.get(ask); !strings.HasPrefix(p.to, service+"/return?code=") {
		t.Errorf("the provider's own session leads to %q", p.to)
	}
	again, _ := c.ask(url.Values{"prompt": {"login"}, "max_age": {"0"}})
	if p := b.get(again); p.to != "" || !strings.Contains(p.text, `type="password"`) {
		t.Errorf("prompt=login leads to %q", p.to)
	}
	if p := b.get(strings.Replace(ask, "code_challenge=", "not=", 1)); !strings.Contains(p.to, "error=invalid_request") {
		t.Errorf("without PKCE the browser comes back at %q", p.to)
	}
	if p := newBrowser(t).get(strings.Replace(ask, "scope=", "prompt=none&scope=", 1)); !strings.Contains(p.to, "error=login_required") {
		t.Errorf("prompt=none leads to %q", p.to)
	}
}

func TestOIDCSmartCard(t *testing.T) {
	t.Parallel()
	c := startOIDC(t)
	id := claims(t, c.signInAs(newBrowser(t), "card", "a card's code", url.Values{"scope": {"openid profile nationalrbacaccess nhsperson"}})["id_token"])
	roles, _ := id["nhsid_nrbac_roles"].([]any)
	if id["acr"] != "AAL3_ANY" || id["nhsid_useruid"] != "555021935107" || len(roles) != 1 || id["groups"] != nil {
		t.Errorf("the claims are %v", id)
	}
}

func TestOIDCDeclined(t *testing.T) {
	t.Parallel()
	c, b := startOIDC(t), newBrowser(t)
	ask, _ := c.ask(nil)
	at := b.get(ask).at
	if p := b.get(at.String() + "/decline"); !strings.Contains(p.to, "error=access_denied") {
		t.Errorf("declining leads to %q", p.to)
	}
}

func TestOIDCEndsSessions(t *testing.T) {
	t.Parallel()
	c, b := startOIDC(t), newBrowser(t)
	tokens := c.signIn(b)
	refresh := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {tokens["refresh_token"].(string)}}
	if status, answer := c.tokens(refresh); status != http.StatusOK {
		t.Fatalf("refreshing gives %d %v", status, answer)
	}
	if err := c.provider.End(t.Context(), "leila.haddad"); err != nil {
		t.Fatal(err)
	}
	told, id := claims(t, <-c.ended), claims(t, tokens["id_token"])
	if told["sid"] != id["sid"] || told["sub"] != id["sub"] || told["jti"] == nil || told["events"] == nil {
		t.Errorf("the logout token says %v", told)
	}
	if status, answer := c.tokens(refresh); status != http.StatusBadRequest || answer["error"] != "invalid_grant" {
		t.Errorf("refreshing after the end gives %d %v", status, answer)
	}
	ask, _ := c.ask(nil)
	if p := b.get(ask); p.to != "" {
		t.Errorf("the ended session signs in: %q", p.to)
	}
}

func TestOIDCDisablesAccounts(t *testing.T) {
	t.Parallel()
	c, b := startOIDC(t), newBrowser(t)
	tokens := c.signIn(b)
	if err := c.provider.Disable(t.Context(), "leila.haddad"); err != nil {
		t.Fatal(err)
	}
	status, answer := c.tokens(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {tokens["refresh_token"].(string)}})
	if status != http.StatusBadRequest || answer["error"] != "invalid_grant" {
		t.Errorf("refreshing gives %d %v", status, answer)
	}
	ask, _ := c.ask(nil)
	if p := b.get(ask); strings.Contains(p.to, "code=") {
		t.Errorf("the disabled account signs in by its session")
	}
	if err := c.provider.Enable(t.Context(), "leila.haddad"); err != nil {
		t.Fatal(err)
	}
	c.signIn(newBrowser(t))
}

func TestOIDCSignsOut(t *testing.T) {
	t.Parallel()
	c, b := startOIDC(t), newBrowser(t)
	tokens := c.signIn(b)
	leave := url.Values{"id_token_hint": {tokens["id_token"].(string)}, "post_logout_redirect_uri": {service + "/left"}, "state": {"bye"}}
	page := b.get(c.provider.Issuer + "/session/end?" + leave.Encode())
	if p := b.submit(page, map[string]string{"logout": "yes"}); p.to != service+"/left?state=bye" {
		t.Errorf("signing out leads to %q; the page:\n%s", p.to, p.text)
	}
	claims(t, <-c.ended)
}
