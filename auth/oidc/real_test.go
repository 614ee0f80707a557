package oidc_test

import (
	"context"
	"encoding/json"
	"errors"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/oidc"
	"github.com/patchworkcare/patchwork/demo/idp"
	"github.com/patchworkcare/patchwork/demo/idp/idptest"
)

// real is a certified OpenID provider, not one of ours, with a client by secret and one by
// private key.
type real struct {
	provider *idp.OIDC
	ended    chan url.Values // what it posts to back-channel logout
	keyed    string          // file of the second client's key
}

const worker, password = "leila.haddad", "a long password"

func startReal(t *testing.T) *real {
	t.Helper()
	r := &real{ended: make(chan url.Values, 8), keyed: keyFile(t, strange().private)}
	hears := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) {
		if req.ParseForm() == nil {
			r.ended <- req.PostForm
		}
	}))
	t.Cleanup(hears.Close)
	jwks, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: strange().public, KeyID: "ours", Use: "sig", Algorithm: "RS256"}}})
	if err != nil {
		t.Fatal(err)
	}
	client := idp.OIDCClient{ID: clientID, Secret: clientSecret, RedirectURIs: []string{base + "/return"}, PostLogoutURIs: []string{base + "/left"},
		BackchannelURI: hears.URL, BackchannelSession: true}
	keyed := client
	keyed.ID, keyed.Secret, keyed.JWKS, keyed.AuthMethod, keyed.SigningAlg = "by-key", "", jwks, "private_key_jwt", "ES256"
	r.provider, err = idp.StartOIDC(t.Context(), idp.OIDCOptions{RotateRefreshTokens: true, Clients: []idp.OIDCClient{client, keyed},
		Users: []idp.User{{Username: worker, Password: password, Name: "Dr Leila Haddad", Groups: []string{"Doctors"}}}})
	idptest.Started(t, err)
	t.Cleanup(r.provider.Stop)
	return r
}

func (r *real) open(t *testing.T, bend func(*oidc.Config)) way {
	t.Helper()
	c := &oidc.Config{Issuer: r.provider.Issuer, ClientID: clientID, ClientSecret: clientSecret, Scopes: []string{"openid", "profile", "email", "groups"}}
	if bend != nil {
		bend(c)
	}
	if problems := c.Validate(); problems != nil {
		t.Fatal(problems)
	}
	opened, err := c.Open(context.Background(), auth.Env{ID: "riverside", Base: base, Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	return opened.(way)
}

func byKey(r *real) func(*oidc.Config) {
	return func(c *oidc.Config) {
		c.ClientID, c.ClientSecret, c.PrivateKeyFile, c.KeyID, c.UserInfo = "by-key", "", r.keyed, "ours", true
	}
}

// visitor is a browser that stops where it is sent back to us.
type visitor struct {
	t      *testing.T
	client *http.Client
}

func newVisitor(t *testing.T) *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t, &http.Client{Jar: jar, Timeout: 20 * time.Second, CheckRedirect: func(req *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(req.URL.String(), base) {
			return http.ErrUseLastResponse
		}
		return nil
	}}}
}

var (
	action = regexp.MustCompile(`<form[^>]* action="([^"]*)"`)
	hidden = regexp.MustCompile(`<input type="hidden"[^>]* name="([^"]*)" value="([^"]*)"`)
)

// visit opens an address, fills in the form there, if there is one, and gives what the
// browser is sent back with.
func (v *visitor) visit(address string, fields url.Values) (back url.Values, filled bool) {
	v.t.Helper()
	resp, err := v.client.Get(address)
	text := v.read(resp, err)
	if found := action.FindStringSubmatch(text); found != nil {
		for _, f := range hidden.FindAllStringSubmatch(text, -1) {
			fields.Set(f[1], html.UnescapeString(f[2]))
		}
		to, err := resp.Request.URL.Parse(html.UnescapeString(found[1]))
		if err != nil {
			v.t.Fatal(err)
		}
		resp, err = v.client.PostForm(to.String(), fields)
		text = v.read(resp, err)
		filled = true
	}
	to, err := url.Parse(resp.Header.Get("Location"))
	if err != nil || !strings.HasPrefix(to.String(), base) {
		v.t.Fatalf("the browser is not sent back: %s %v\n%s", to, err, text)
	}
	return to.Query(), filled
}

func (v *visitor) read(resp *http.Response, err error) string {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return string(text)
}

func (v *visitor) signIn(p way, ask auth.Ask) (proof auth.Proof, typed bool) {
	v.t.Helper()
	ask.State = strings.Repeat("s", 43)
	away, err := p.Begin(v.t.Context(), ask)
	if err != nil {
		v.t.Fatal(err)
	}
	form, typed := v.visit(away.URL, url.Values{"username": {worker}, "password": {password}})
	if form.Get("state") != ask.State {
		v.t.Error("the state does not come back")
	}
	proof, err = p.Finish(v.t.Context(), auth.Return{Kept: away.Kept, Form: form})
	if err != nil {
		v.t.Fatal(err)
	}
	return proof, typed
}

func TestARealProvider(t *testing.T) {
	t.Parallel()
	r := startReal(t)
	for name, bend := range map[string]func(*oidc.Config){"by secret": nil, "by key": byKey(r)} {
		t.Run(name, func(t *testing.T) {
			p, v := r.open(t, bend), newVisitor(t)
			for _, step := range p.Test(t.Context()) {
				if !step.OK {
					t.Errorf("%+v", step)
				}
			}
			proof, typed := v.signIn(p, auth.Ask{})
			if !typed || proof.Subject == "" || proof.Issuer != r.provider.Issuer || proof.Session == "" || time.Since(proof.At) > time.Minute || proof.Claims["name"] != "Dr Leila Haddad" {
				t.Errorf("typed %v: %+v", typed, proof)
			}
			if second, typed := v.signIn(p, auth.Ask{}); typed || second.Subject != proof.Subject {
				t.Errorf("its session signs in without a password: typed %v", typed)
			}
			if third, typed := v.signIn(p, auth.Ask{Again: true, Hint: worker}); !typed || third.Subject != proof.Subject {
				t.Errorf("again means again: typed %v", typed)
			}
		})
	}
}

func TestARealProviderEndsSessions(t *testing.T) {
	t.Parallel()
	r := startReal(t)
	p, v := r.open(t, nil), newVisitor(t)
	proof, _ := v.signIn(p, auth.Ask{})
	kept, err := p.Recheck(t.Context(), proof.Subject, proof.Kept)
	if err != nil {
		t.Fatal(err)
	}
	if kept, err = p.Recheck(t.Context(), proof.Subject, kept); err != nil {
		t.Fatal(err)
	}
	if err := r.provider.End(t.Context(), worker); err != nil {
		t.Fatal(err)
	}
	ended, err := p.End(t.Context(), r.heard(t), "")
	if err != nil || ended.Issuer != proof.Issuer || len(ended.Sessions) != 1 || ended.Sessions[0] != proof.Session || ended.Subject != "" && ended.Subject != proof.Subject || ended.Token == "" {
		t.Errorf("%+v %v", ended, err)
	}
	if _, err := p.Recheck(t.Context(), proof.Subject, kept); !errors.Is(err, auth.ErrGone) {
		t.Errorf("after the end: %v", err)
	}
}

func TestARealProviderDisablesAnAccount(t *testing.T) {
	t.Parallel()
	r := startReal(t)
	p := r.open(t, byKey(r))
	proof, _ := newVisitor(t).signIn(p, auth.Ask{})
	if err := r.provider.Disable(t.Context(), worker); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Recheck(t.Context(), proof.Subject, proof.Kept); !errors.Is(err, auth.ErrGone) {
		t.Errorf("disabled: %v", err)
	}
}

func TestLeavingARealProvider(t *testing.T) {
	t.Parallel()
	r := startReal(t)
	p, v := r.open(t, nil), newVisitor(t)
	proof, _ := v.signIn(p, auth.Ask{})
	address, err := p.Leave(t.Context(), proof.Subject, proof.Kept, "bye")
	if err != nil {
		t.Fatal(err)
	}
	if back, _ := v.visit(address, url.Values{"logout": {"yes"}}); back.Get("state") != "bye" {
		t.Errorf("%v", back)
	}
	if ended, err := p.End(t.Context(), r.heard(t), ""); err != nil || len(ended.Sessions) != 1 || ended.Sessions[0] != proof.Session {
		t.Errorf("%+v %v", ended, err)
	}
	if _, typed := v.signIn(p, auth.Ask{}); !typed {
		t.Error("the session there has ended")
	}
}

func (r *real) heard(t *testing.T) url.Values {
	t.Helper()
	select {
	case form := <-r.ended:
		return form
	case <-time.After(10 * time.Second):
		t.Fatal("no back-channel logout came")
		return nil
	}
}
