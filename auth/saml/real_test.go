package saml

import (
	"context"
	"encoding/base64"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	real "github.com/patchworkcare/patchwork/demo/idp"
	"github.com/patchworkcare/patchwork/demo/idp/idptest"
)

// TestSimpleSAMLphp: a provider as it runs in the field, over HTTP: our requests are
// verified by it, its answers are taken in all ways it signs and encrypts, and sessions end
// from both sides.
func TestSimpleSAMLphp(t *testing.T) {
	t.Parallel()
	services := map[string]real.SAMLServiceProvider{
		"both signed":             {},
		"response signed":         {UnsignedAssertion: true},
		"assertion signed":        {UnsignedResponse: true},
		"encrypted":               {Encrypt: true},
		"encrypted, unsigned out": {Encrypt: true, UnsignedResponse: true},
	}
	var options real.SAMLOptions
	for name, s := range services {
		address := serviceAddress(name)
		s.EntityID, s.ACS, s.SLO, s.Certificate = address+"/metadata", address+"/return", address+"/logout", keys().realistic.cert.Raw
		options.ServiceProviders = append(options.ServiceProviders, s)
	}
	options.Users = []real.User{{Username: "ada", Password: "a long password", Name: "Ada Nurse", Groups: []string{"Doctors", "Pharmacy"}}}
	running, err := real.StartSAML(t.Context(), options)
	idptest.Started(t, err)
	t.Cleanup(running.Stop)
	subjects := make(chan string, len(services))
	t.Run("services", func(t *testing.T) {
		for name, s := range services {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				subjects <- through(t, running, openReal(t, running, serviceAddress(name), s.Encrypt))
			})
		}
	})
	close(subjects)
	first := <-subjects
	for s := range subjects {
		if s != first || s == "" {
			t.Errorf("the same user is %q and %q", s, first)
		}
	}
}

func serviceAddress(name string) string {
	return "http://127.0.0.1:9/at/" + strings.NewReplacer(" ", "-", ",", "").Replace(name)
}

func openReal(t *testing.T, running *real.SAML, address string, encrypted bool) *provider {
	t.Helper()
	config := stanza(t, "")
	config.CertificateFile = writePEM(t, "CERTIFICATE", keys().realistic.cert.Raw)
	config.MetadataURL, config.RequireEncrypted = running.EntityID, encrypted
	env := environment()
	env.Base, env.Now = address, time.Now
	p, err := config.Open(context.Background(), env)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	for _, step := range p.Test(context.Background()) {
		if !step.OK {
			t.Fatalf("%+v", step)
		}
	}
	return p.(*provider)
}

// through signs in, again, out from here, in, and out from there. It gives the subject.
func through(t *testing.T, running *real.SAML, p *provider) string {
	t.Helper()
	b := newBrowser(t)
	first := b.signIn(p, false, true)
	if groups, _ := first.Claims["groups"].([]any); first.Issuer != running.EntityID || !reflect.DeepEqual(groups, []any{"Doctors", "Pharmacy"}) || first.Session == "" {
		t.Errorf("%+v", first)
	}
	if second := b.signIn(p, false, false); second.Subject != first.Subject {
		t.Errorf("by the provider's own session: %+v", second)
	}
	if again := b.signIn(p, true, true); again.Subject != first.Subject || time.Since(again.At) > time.Minute {
		t.Errorf("again: %+v", again)
	}
	address, err := p.Leave(context.Background(), first.Subject, first.Kept, "our-state")
	if err != nil || !strings.HasPrefix(address, running.SLO) {
		t.Fatal(address, err)
	}
	left := b.get(address)
	if back, err := url.Parse(left.to); err != nil || !strings.HasPrefix(left.to, p.env.Base) || back.Query().Get("RelayState") != "our-state" ||
		!strings.Contains(string(written(message(t, back.Query().Get("SAMLResponse")))), statusSuccess) {
		t.Fatalf("leaving led to %q: %s", left.to, left.text)
	}
	b.endedThere(running, p, b.signIn(p, false, true))
	return first.Subject
}

// endedThere signs out at the provider, which tells us and takes our answer.
func (b *browser) endedThere(running *real.SAML, p *provider, proof auth.Proof) {
	b.t.Helper()
	told := b.get(running.SLO + "?ReturnTo=" + url.QueryEscape(running.EntityID))
	asked, err := url.Parse(told.to)
	if err != nil || !strings.HasPrefix(told.to, p.slo()+"?") {
		b.t.Fatalf("signing out there led to %q: %s", told.to, told.text)
	}
	ended, err := p.End(context.Background(), asked.Query(), asked.RawQuery)
	if err != nil {
		b.t.Fatal(err)
	}
	if ended.Issuer != proof.Issuer || ended.Subject != proof.Subject || !reflect.DeepEqual(ended.Sessions, []string{proof.Session}) || ended.Token == "" {
		b.t.Errorf("%+v, and signed in was %s in %s", ended, proof.Subject, proof.Session)
	}
	if done := b.get(ended.ReplyURL); done.status != http.StatusOK || !strings.Contains(done.text, "EntityDescriptor") {
		b.t.Errorf("our answer gives %d: %s", done.status, done.text)
	}
}

// browser is as much of one as a sign-in needs. It stops where it is sent to us.
type browser struct {
	t      *testing.T
	client *http.Client
}

type page struct {
	status   int
	at       *url.URL
	to, text string
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, client: &http.Client{Jar: jar, Timeout: 30 * time.Second, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if r.URL.Host == "127.0.0.1:9" {
			return http.ErrUseLastResponse
		}
		return nil
	}}}
}

func (b *browser) get(address string) page { return b.show(b.client.Get(address)) } //nolint:gosec // loopback

func (b *browser) show(answer *http.Response, err error) page {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return page{answer.StatusCode, answer.Request.URL, answer.Header.Get("Location"), string(text)}
}

var (
	action = regexp.MustCompile(`<form[^>]* action="([^"]*)"`)
	hidden = regexp.MustCompile(`<input type="hidden"[^>]* name="([^"]*)" value="([^"]*)"`)
)

// signIn goes the whole way; typing says whether the provider must ask for the password.
func (b *browser) signIn(p *provider, again, typing bool) auth.Proof {
	b.t.Helper()
	departure, err := p.Begin(context.Background(), auth.Ask{State: "the-state", Again: again})
	if err != nil {
		b.t.Fatal(err)
	}
	shown := b.get(departure.URL)
	if typing {
		form := formIn(shown)
		form.Set("username", "ada")
		form.Set("password", "a long password")
		to, err := shown.at.Parse(html.UnescapeString(first(action, shown.text)))
		if err != nil {
			b.t.Fatal(err)
		}
		shown = b.show(b.client.PostForm(to.String(), form))
	}
	form := formIn(shown)
	if html.UnescapeString(first(action, shown.text)) != p.acs() || form.Get("RelayState") != "the-state" {
		b.t.Fatalf("%d: %s", shown.status, shown.text)
	}
	began := time.Now()
	proof, err := p.Finish(context.Background(), auth.Return{Kept: departure.Kept, Form: form})
	if err != nil {
		response, _ := base64.StdEncoding.DecodeString(form.Get("SAMLResponse"))
		b.t.Fatalf("%v\n%s", err, response)
	}
	b.t.Logf("judged in %v", time.Since(began))
	return proof
}

func first(pattern *regexp.Regexp, s string) string {
	if found := pattern.FindStringSubmatch(s); found != nil {
		return found[1]
	}
	return ""
}

func formIn(p page) url.Values {
	form := url.Values{}
	for _, f := range hidden.FindAllStringSubmatch(p.text, -1) {
		form.Set(f[1], html.UnescapeString(f[2]))
	}
	return form
}
