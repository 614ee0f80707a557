package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/smart"
)

// authorisation is a running region with its authorization server, and how an app and a
// browser speak to it.
type authorisation struct {
	*region
	t testing.TB
}

func startAuthorisation(t *testing.T) *authorisation {
	t.Helper()
	return &authorisation{startRegion(t, demo.Options{Patients: 12}, nil), t}
}

// admin is an administrator's context, for the registry.
func (a *authorisation) admin() context.Context {
	return auth.WithSession(context.Background(), &auth.Session{ID: "s-admin", Issuer: "local", Subject: "admin", Name: "Admin", Role: auth.RoleAdministrator})
}

// app registers and approves one.
func (a *authorisation) app(c smart.Client) (*smart.Client, string) {
	a.t.Helper()
	made, secret, err := a.server.clients.Propose(a.admin(), c)
	if err == nil {
		err = a.server.clients.Approve(a.admin(), made.ID)
	}
	if err != nil {
		a.t.Fatal(err)
	}
	return made, secret
}

const callback = "https://app.example/callback"

// chart is a public app that reads one patient.
func chart() smart.Client {
	return smart.Client{
		Name: "Charts", Method: smart.Public, RedirectURIs: []string{callback}, LaunchURL: "https://app.example/launch",
		Scopes: []string{"openid", "fhirUser", "launch", "launch/patient", "online_access", "patient/*.rs", "user/*.rs"},
	}
}

// browser is a user's: it keeps cookies and follows nothing.
type browser struct {
	*http.Client
	a *authorisation
}

func (a *authorisation) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		a.t.Fatal(err)
	}
	return &browser{&http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, a}
}

// signIn signs a demo user of a role in.
func (b *browser) signIn(role auth.Role) *browser {
	b.a.t.Helper()
	body, _ := json.Marshal(map[string]string{"login": "local", "username": b.a.usernames()[role], "password": b.a.passwords[role]})
	status, _, text := b.send("POST", "/auth/login", nil, body)
	if status != http.StatusOK {
		b.a.t.Fatalf("signing in as %s: %d %s", role, status, text)
	}
	return b
}

func (b *browser) send(method, path string, header map[string]string, body []byte) (int, http.Header, string) {
	b.a.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = b.a.http.URL + path
	}
	req, err := http.NewRequestWithContext(context.Background(), method, path, bytes.NewReader(body))
	if err != nil {
		b.a.t.Fatal(err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if method != "GET" {
		req.Header.Set("Origin", b.a.http.URL)
		req.Header.Set(auth.RequestHeader, "test")
	}
	for k, v := range header {
		req.Header.Set(k, v)
	}
	res, err := b.Do(req)
	if err != nil {
		b.a.t.Fatal(err)
	}
	defer res.Body.Close()
	text, _ := io.ReadAll(res.Body)
	return res.StatusCode, res.Header, string(text)
}

var verifier = strings.Repeat("v", 43)

func challenge() string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// authorize is a request that is in order; change may spoil it.
func (a *authorisation) authorize(c *smart.Client, change func(url.Values)) url.Values {
	q := url.Values{
		"response_type": {"code"}, "client_id": {c.ID}, "redirect_uri": c.RedirectURIs[:1], "state": {"state-12345678"},
		"scope": {"openid fhirUser launch/patient patient/*.rs online_access"}, "aud": {a.http.URL + "/fhir"},
		"code_challenge": {challenge()}, "code_challenge_method": {"S256"}, "nonce": {"nonce-12345678"},
	}
	if change != nil {
		change(q)
	}
	return q
}

// location is where a request is answered.
func location(t testing.TB, header http.Header) *url.URL {
	t.Helper()
	u, err := url.Parse(header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// approve takes a request through the page that asks, and gives the address back at the app.
func (b *browser) approve(q url.Values, decision map[string]any) *url.URL {
	b.a.t.Helper()
	status, header, text := b.send("GET", "/smart/authorize?"+q.Encode(), nil, nil)
	if status != http.StatusSeeOther {
		b.a.t.Fatalf("authorize: %d %s", status, text)
	}
	at := location(b.a.t, header)
	if !strings.HasSuffix(at.Path, "/approve") {
		return at
	}
	body, _ := json.Marshal(decision)
	status, _, text = b.send("POST", "/smart/transaction", map[string]string{"X-Patchwork-Transaction": at.Query().Get("tx")}, body)
	if status != http.StatusOK {
		b.a.t.Fatalf("approve: %d %s", status, text)
	}
	var said struct{ Location string }
	if err := json.Unmarshal([]byte(text), &said); err != nil {
		b.a.t.Fatal(err)
	}
	u, err := url.Parse(said.Location)
	if err != nil {
		b.a.t.Fatal(err)
	}
	return u
}

// reply is what the token endpoint says.
type reply map[string]any

func (r reply) text(name string) string { s, _ := r[name].(string); return s }

// post sends a form without cookies.
func (a *authorisation) post(path string, form url.Values, header map[string]string) (int, reply) {
	a.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), "POST", a.http.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		a.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for k, v := range header {
		req.Header.Set(k, v)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		a.t.Error(err)
		return 0, reply{}
	}
	defer res.Body.Close()
	var out reply
	_ = json.NewDecoder(res.Body).Decode(&out)
	return res.StatusCode, out
}

// redeem exchanges a code.
func (a *authorisation) redeem(c *smart.Client, code string) (int, reply) {
	return a.post("/smart/token", url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": c.RedirectURIs[:1], "client_id": {c.ID}, "code_verifier": {verifier},
	}, nil)
}

// get asks with a token.
func (a *authorisation) get(path, token string) (int, object) {
	a.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), "GET", a.http.URL+path, nil)
	if err != nil {
		a.t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		a.t.Fatal(err)
	}
	defer res.Body.Close()
	var out object
	_ = json.NewDecoder(res.Body).Decode(&out)
	return res.StatusCode, out
}

// patientID is a demo person's id here.
func (a *authorisation) patientID(scenario string) string {
	a.t.Helper()
	answer := a.ask(a.t.(*testing.T), auth.RoleGP, `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id } }`, map[string]any{"n": a.Scenario(scenario).NHSNumber})
	id := answer.text("data.patientByNHSNumber.id")
	if id == "" {
		a.t.Fatalf("no patient: %v", answer)
	}
	return id
}

// usernames are the demo users' by role, the first of each.
func (a *authorisation) usernames() map[auth.Role]string {
	names := map[auth.Role]string{}
	for _, u := range demoUsers() {
		if names[u.Role] == "" {
			names[u.Role] = u.Username
		}
	}
	return names
}
