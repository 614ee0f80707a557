package saml

import (
	"context"
	"encoding/xml"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"testing"
	"time"

	"github.com/crewjam/saml"
	dsig "github.com/russellhaering/goxmldsig"

	"github.com/patchworkcare/patchwork/auth"
)

// stranger is an identity provider that others wrote: crewjam's. It reads our metadata and
// our request, and encrypts its assertion to our key.
type stranger struct {
	service *saml.EntityDescriptor
	seen    string // the last request's id
}

func (s *stranger) GetServiceProvider(*http.Request, string) (*saml.EntityDescriptor, error) {
	return s.service, nil
}

func (s *stranger) GetSession(_ http.ResponseWriter, _ *http.Request, request *saml.IdpAuthnRequest) *saml.Session {
	s.seen = request.Request.ID
	return &saml.Session{
		ID: "1", Index: "index-1", CreateTime: time.Now().UTC(), ExpireTime: time.Now().Add(time.Hour),
		NameID: someone, NameIDFormat: formatPersistent, Groups: []string{"Doctors"}, UserCommonName: "Ada Nurse",
	}
}

// TestInterop: the way in over HTTP, through a provider that is not the tests' own.
func TestInterop(t *testing.T) {
	t.Parallel()
	valid := newPair(keys().idp.key, time.Now().Add(-time.Hour), time.Now().Add(90*24*time.Hour))
	s := &stranger{}
	idp := &saml.IdentityProvider{
		Key: rsaOf(valid), Certificate: valid.cert, SignatureMethod: dsig.RSASHA256SignatureMethod, ServiceProviderProvider: s, SessionProvider: s,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { idp.Handler().ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	idp.MetadataURL, idp.SSOURL = parsed(t, server.URL+"/metadata"), parsed(t, server.URL+"/sso")

	config := stanza(t, "")
	config.MetadataURL = server.URL + "/metadata"
	config.RequireEncrypted = true
	env := environment()
	env.Now = time.Now
	opened, err := config.Open(context.Background(), env)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	p := opened.(*provider)
	document, _ := p.Document()
	if err := xml.Unmarshal(document, &s.service); err != nil {
		t.Fatal(err)
	}

	departure, err := p.Begin(context.Background(), auth.Ask{State: "the-state", Again: true})
	if err != nil {
		t.Fatal(err)
	}
	form := formOf(t, departure.URL)
	proof, err := p.Finish(context.Background(), auth.Return{Kept: departure.Kept, Form: form})
	if err != nil {
		t.Fatal(err)
	}
	if form.Get("RelayState") != "the-state" || proof.Issuer != server.URL+"/metadata" || proof.Subject != someone || proof.Session != "index-1" || time.Since(proof.At) > time.Minute {
		t.Errorf("%+v", proof)
	}
	if names, _ := proof.Claims["cn"].([]any); len(names) != 1 || names[0] != "Ada Nurse" {
		t.Errorf("%v", proof.Claims)
	}
	// The same answer to another attempt is refused.
	again, err := p.Begin(context.Background(), auth.Ask{State: "other"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Finish(context.Background(), auth.Return{Kept: again.Kept, Form: form})
	refused(t, hostile{cause: "not to our request"}, err)
}

func parsed(t *testing.T, address string) url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return *u
}

var field = regexp.MustCompile(`name="(SAMLResponse|RelayState)" value="([^"]*)"`)

// formOf opens the provider's page as a browser does, and reads the form that it sends on.
func formOf(t *testing.T, address string) url.Values {
	t.Helper()
	answer, err := http.Get(address) //nolint:gosec // loopback
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{}
	for _, f := range field.FindAllSubmatch(page, -1) {
		form.Set(string(f[1]), html.UnescapeString(string(f[2])))
	}
	if form.Get("SAMLResponse") == "" {
		t.Fatalf("%s: %s", answer.Status, page)
	}
	return form
}
