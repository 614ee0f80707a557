package saml

import (
	"context"
	"encoding/xml"
	"net/url"
	"strings"
	"testing"

	"github.com/crewjam/saml"

	"github.com/patchworkcare/patchwork/auth"
)

// TestBegin: the request goes to the provider, signed, and says what is wanted.
func TestBegin(t *testing.T) {
	t.Parallel()
	config := stanza(t, metadataOf(keys().idp.cert))
	config.AuthnContext = AuthnContext{Classes: []string{"urn:a", "urn:b"}, Comparison: "minimum"}
	p := openStanza(t, config)
	ids := map[string]bool{}
	for _, again := range []bool{false, true} {
		d, err := p.Begin(context.Background(), auth.Ask{State: "the-state_43", Again: again})
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(d.URL)
		if err != nil {
			t.Fatal(err)
		}
		m := message(t, u.Query().Get("SAMLRequest"))
		ids[attr(m, "ID")] = true
		wanted := part(m, "RequestedAuthnContext")
		if !strings.HasPrefix(d.URL, idpSignOn+"?SAMLRequest=") || u.Query().Get("RelayState") != "the-state_43" || attr(m, "Destination") != idpSignOn ||
			attr(m, "AssertionConsumerServiceURL") != base+"/return" || attr(m, "ProtocolBinding") != saml.HTTPPostBinding || attr(m, "IssueInstant") != "2026-11-22T12:00:00Z" ||
			trimmed(part(m, "Issuer")) != base+"/metadata" || attr(part(m, "NameIDPolicy"), "Format") != formatPersistent || (attr(m, "ForceAuthn") == "true") != again ||
			attr(wanted, "Comparison") != "minimum" || len(children(wanted, nsAssertion, "AuthnContextClassRef")) != 2 {
			t.Errorf("%s", written(m))
		}
		oursSigned(t, u.RawQuery)
	}
	if len(ids) != 2 {
		t.Error("two requests have one id")
	}
}

// TestBeginUnsigned: only if the stanza says so.
func TestBeginUnsigned(t *testing.T) {
	t.Parallel()
	config := stanza(t, metadataOf(keys().idp.cert))
	config.SignRequests = new(bool)
	d, err := openStanza(t, config).Begin(context.Background(), auth.Ask{State: "state"})
	if err != nil || strings.Contains(d.URL, "Signature") || strings.Contains(d.URL, "SigAlg") {
		t.Errorf("%s %v", d.URL, err)
	}
}

// TestDocument: another reader finds in our metadata what we do.
func TestDocument(t *testing.T) {
	t.Parallel()
	config := stanza(t, metadataOf(keys().idp.cert))
	config.NextCertificateFile = writePEM(t, "CERTIFICATE", keys().next.cert.Raw)
	text, kind := openStanza(t, config).Document()
	var entity saml.EntityDescriptor
	if err := xml.Unmarshal(text, &entity); err != nil || kind != "application/samlmetadata+xml" {
		t.Fatal(err, kind)
	}
	role := entity.SPSSODescriptors[0]
	uses := map[string][]string{}
	for _, k := range role.KeyDescriptors {
		uses[k.Use] = append(uses[k.Use], k.KeyInfo.X509Data.X509Certificates[0].Data)
	}
	if entity.EntityID != base+"/metadata" || !*role.AuthnRequestsSigned || !*role.WantAssertionsSigned ||
		len(uses["signing"]) != 2 || uses["signing"][0] != der(keys().ours.cert) || uses["signing"][1] != der(keys().next.cert) ||
		len(uses["encryption"]) != 1 || uses["encryption"][0] != der(keys().ours.cert) {
		t.Errorf("%s", text)
	}
	if acs := role.AssertionConsumerServices; len(acs) != 1 || acs[0].Binding != saml.HTTPPostBinding || acs[0].Location != base+"/return" {
		t.Errorf("%+v", acs)
	}
	if slo := role.SingleLogoutServices; len(slo) != 2 || slo[0].Location != base+"/logout" || slo[0].ResponseLocation != base+"/left" {
		t.Errorf("%+v", slo)
	}
}
