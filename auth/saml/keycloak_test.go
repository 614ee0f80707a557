package saml

import (
	"context"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	real "github.com/patchworkcare/patchwork/demo/idp"
)

// TestKeycloak: a provider that half of the field runs. It reads our metadata in.
func TestKeycloak(t *testing.T) {
	t.Parallel()
	server := os.Getenv("PATCHWORK_TEST_KEYCLOAK")
	if server == "" {
		t.Skip("skipped: absent: PATCHWORK_TEST_KEYCLOAK is not set (make interop sets it)")
	}
	k, err := real.NewKeycloak(t.Context(), server, os.Getenv("PATCHWORK_TEST_KEYCLOAK_PASSWORD"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := k.Remove(context.Background()); err != nil {
			t.Error(err)
		}
	})
	if err := k.AddUser(t.Context(), real.User{Username: "ada", Password: "a long password", Name: "Ada Nurse", Email: "ada@riverside.example", Groups: []string{"Doctors"}}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		plain   bool
		changes map[string]string
		out     string // why its requests to sign out are refused; "" if they are taken
	}{
		"as our metadata says":      {},
		"not encrypted":             {plain: true, changes: map[string]string{"saml.encrypt": "false"}},
		"response signed alone":     {changes: map[string]string{"saml.assertion.signature": "false"}},
		"signed by SHA-512":         {changes: map[string]string{"saml.signature.algorithm": "RSA_SHA512"}},
		"assertion signed alone":    {changes: map[string]string{"saml.server.signature": "false"}, out: "the request to sign out is not signed"},
		"encrypted by CBC":          {changes: map[string]string{"saml.encryption.algorithm": "http://www.w3.org/2001/04/xmlenc#aes128-cbc", "saml.encryption.keyAlgorithm": "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"}},
		"with its key in the reply": {changes: map[string]string{"saml.server.signature.keyinfo.ext": "true"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := openKeycloak(t, k, serviceAddress(name), !c.plain)
			registered(t, k, p, false, c.changes)
			stepsPass(t, p)
			throughKeycloak(t, k, p, c.out)
		})
	}
	t.Run("ended by an administrator there", func(t *testing.T) { endedByKeycloak(t, k) })
}

func openKeycloak(t *testing.T, k *real.Keycloak, address string, encrypted bool) *provider {
	t.Helper()
	config := stanza(t, "")
	config.CertificateFile = writePEM(t, "CERTIFICATE", keys().realistic.cert.Raw)
	config.MetadataURL, config.RequireEncrypted = k.Issuer+"/protocol/saml/descriptor", encrypted
	env := environment()
	env.Base, env.Now = address, time.Now
	opened, err := config.Open(context.Background(), env)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	return opened.(*provider)
}

func registered(t *testing.T, k *real.Keycloak, p *provider, direct bool, changes map[string]string) {
	t.Helper()
	document, _ := p.Document()
	if err := k.AddSAML(t.Context(), document, direct, changes); err != nil {
		t.Fatal(err)
	}
}

func stepsPass(t *testing.T, p *provider) {
	t.Helper()
	for _, step := range p.Test(t.Context()) {
		if !step.OK {
			t.Errorf("%+v", step)
		}
	}
}

// throughKeycloak signs in, again, out from here, in, and out from there.
func throughKeycloak(t *testing.T, k *real.Keycloak, p *provider, out string) {
	t.Helper()
	b := newBrowser(t)
	proof := b.signIn(p, false, true)
	if proof.Issuer != k.Issuer || proof.Subject == "" || proof.Session == "" || time.Since(proof.At) > time.Minute ||
		!reflect.DeepEqual(proof.Claims["groups"], []any{"Doctors"}) || !reflect.DeepEqual(proof.Claims["cn"], []any{"Nurse"}) || !reflect.DeepEqual(proof.Claims["mail"], []any{"ada@riverside.example"}) {
		t.Errorf("%+v", proof)
	}
	if second := b.signIn(p, false, false); second.Subject != proof.Subject || second.Session != proof.Session {
		t.Errorf("by the provider's own session: %+v", second)
	}
	began := time.Now().Truncate(time.Second)
	again := b.signIn(p, true, true)
	if again.Subject != proof.Subject || again.At.Before(began) {
		t.Errorf("again: at %v, and it is %v", again.At, began)
	}
	b.leaveKeycloak(p, again)
	b.endedInKeycloak(k, p, b.signIn(p, false, true), out)
}

// leaveKeycloak signs out from here. Keycloak knows one address for both directions,
// whatever ResponseLocation says (metadata §2.2.2): the door tells its answer by the name
// of the parameter.
func (b *browser) leaveKeycloak(p *provider, proof auth.Proof) {
	b.t.Helper()
	address, err := p.Leave(context.Background(), proof.Subject, proof.Kept, "our-state")
	if err != nil {
		b.t.Fatal(err)
	}
	left := b.get(address)
	form := formIn(left)
	if at := html.UnescapeString(first(action, left.text)); at != p.slo() || form.Get("RelayState") != "our-state" || !form.Has("SAMLResponse") || form.Has("SAMLRequest") {
		b.t.Fatalf("leaving led to %d %q: %s", left.status, at, left.text)
	}
}

// endedInKeycloak signs out there, which tells us by the browser and takes our answer,
// unless it is refused.
func (b *browser) endedInKeycloak(k *real.Keycloak, p *provider, proof auth.Proof, cause string) {
	b.t.Helper()
	asked := b.get(k.Issuer + "/protocol/openid-connect/logout")
	to, err := asked.at.Parse(html.UnescapeString(first(action, asked.text)))
	if err != nil {
		b.t.Fatal(err)
	}
	told := b.show(b.client.PostForm(to.String(), formIn(asked)))
	if at := html.UnescapeString(first(action, told.text)); at != p.slo() {
		b.t.Fatalf("signing out there led to %d %q: %s", told.status, at, told.text)
	}
	ended, err := p.End(context.Background(), formIn(told), "")
	if cause != "" {
		refused(b.t, hostile{cause: cause}, err)
		return
	}
	ofSession(b.t, ended, err, proof)
	if done := b.get(ended.ReplyURL); done.status != http.StatusOK || !strings.Contains(done.text, "logged out") {
		b.t.Errorf("our answer gives %d: %s", done.status, done.text)
	}
}

func ofSession(t *testing.T, ended auth.Ended, err error, proof auth.Proof) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if ended.Issuer != proof.Issuer || ended.Subject != proof.Subject || !reflect.DeepEqual(ended.Sessions, []string{proof.Session}) || ended.Token == "" {
		t.Errorf("%+v, and signed in was %s in %s", ended, proof.Subject, proof.Session)
	}
}

// endedByKeycloak: where the browser is not asked (no front-channel logout), its server
// tells ours at once.
func endedByKeycloak(t *testing.T, k *real.Keycloak) {
	heard := make(chan url.Values, 1)
	ours := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.ParseForm() == nil && r.URL.Path == "/at/direct/logout" {
			heard <- r.PostForm
		}
	}))
	t.Cleanup(ours.Close)
	p := openKeycloak(t, k, ours.URL+"/at/direct", true)
	registered(t, k, p, true, nil)
	b := newBrowser(t)
	proof := b.signIn(p, false, true)
	if err := k.End(t.Context(), "ada"); err != nil {
		t.Fatal(err)
	}
	select {
	case form := <-heard:
		ended, err := p.End(t.Context(), form, "")
		ofSession(t, ended, err, proof)
	case <-time.After(10 * time.Second):
		t.Error("nothing was said")
	}
}
