package idp_test

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/demo/idp"
	"github.com/patchworkcare/patchwork/demo/idp/idptest"
)

func TestSAML(t *testing.T) {
	t.Parallel()
	const entityID, acs = "http://127.0.0.1:9/metadata", "http://127.0.0.1:9/return"
	p, err := idp.StartSAML(t.Context(), idp.SAMLOptions{
		Name: "Mental health trust", Users: people,
		ServiceProviders: []idp.SAMLServiceProvider{{EntityID: entityID, ACS: acs}},
	})
	idptest.Started(t, err)
	t.Cleanup(p.Stop)
	if metadata := newBrowser(t).get(p.EntityID); metadata.status != http.StatusOK || !strings.Contains(metadata.text, `Location="`+p.SLO+`"`) {
		t.Fatalf("the metadata: %d\n%s", metadata.status, metadata.text)
	}
	ask := p.SSO + "?" + authnRequest(t, p.SSO, entityID, acs)
	b := newBrowser(t)
	page := b.submit(b.get(ask), map[string]string{"username": "leila.haddad", "password": "wrong"})
	if strings.Contains(page.text, "SAMLResponse") || !strings.Contains(page.text, `name="password"`) {
		t.Fatalf("a wrong password gives:\n%s", page.text)
	}
	page = b.submit(page, map[string]string{"username": "leila.haddad", "password": "a long password"})
	response := samlResponse(t, page.text)
	for _, want := range []string{"status:Success", "Dr Leila Haddad", "nameid-format:persistent", ">Pharmacy<", "rsa-sha256", "SessionIndex="} {
		if !strings.Contains(response, want) {
			t.Errorf("the response lacks %s:\n%s", want, response)
		}
	}
	if n := strings.Count(response, "<ds:Signature "); n != 2 {
		t.Errorf("the response has %d signatures, not those of response and assertion", n)
	}
	if page = b.get(ask); !strings.Contains(samlResponse(t, page.text), "status:Success") {
		t.Error("the provider's own session does not sign in")
	}
	if err := p.Disable(t.Context(), "leila.haddad"); err != nil {
		t.Fatal(err)
	}
	if page = b.get(ask); strings.Contains(page.text, "SAMLResponse") && strings.Contains(samlResponse(t, page.text), "status:Success") {
		t.Error("a disabled account signs in by its session")
	}
}

// authnRequest is a request by the redirect binding (SAML bindings §3.4.4).
func authnRequest(t *testing.T, sso, entityID, acs string) string {
	t.Helper()
	xml := fmt.Sprintf(`<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1" Version="2.0" IssueInstant=%q Destination=%q AssertionConsumerServiceURL=%q><saml:Issuer>%s</saml:Issuer></samlp:AuthnRequest>`,
		time.Now().UTC().Format(time.RFC3339), sso, acs, entityID)
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, xml); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return url.Values{"SAMLRequest": {base64.StdEncoding.EncodeToString(b.Bytes())}, "RelayState": {"state"}}.Encode()
}

func samlResponse(t *testing.T, page string) string {
	t.Helper()
	found := regexp.MustCompile(`name="SAMLResponse" value="([^"]*)"`).FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("there is no response in:\n%s", page)
	}
	text, err := base64.StdEncoding.DecodeString(html.UnescapeString(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
