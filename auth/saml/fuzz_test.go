package saml

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// FuzzMessage: whatever a browser brings as an answer is refused for a reason, or is XML that
// another reader counts alike: one root, and within the bounds.
func FuzzMessage(f *testing.F) {
	for _, s := range []string{
		`<a:Response xmlns:a="urn:oasis:names:tc:SAML:2.0:protocol" ID="x" Version="2.0"><b:Issuer xmlns:b="urn:oasis:names:tc:SAML:2.0:assertion">i</b:Issuer></a:Response>`,
		`<?xml version="1.0" encoding="UTF-8"?><a ID="1"><b ID="1"/></a>`, `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, `<a><!-- b --></a>`, `<a/><b/>`,
		`<a xmlns:x="urn:y" x:b="1" b="2"><![CDATA[c]]></a>`, `<a xml:base="b"/>`, `<?xml version="1.0" encoding="UTF-16"?><a/>`, "<a>\x00</a>", `<a b="&#0;"/>`, "",
	} {
		f.Add([]byte(s), base64.StdEncoding.EncodeToString([]byte(s)))
	}
	f.Fuzz(func(t *testing.T, plain []byte, coded string) {
		for _, b := range [][]byte{plain, decoded(t, coded)} {
			root, err := newGate().read(b)
			if err != nil {
				refusedInvalid(t, err)
				continue
			}
			d, elements := xml.NewDecoder(bytes.NewReader(b)), 0
			for {
				token, err := d.Token()
				if err != nil {
					break
				}
				switch token.(type) {
				case xml.StartElement:
					elements++
				case xml.Comment, xml.Directive:
					t.Fatal("a comment or a document type is let pass")
				}
			}
			if root == nil || elements == 0 || elements > mostElements {
				t.Fatalf("%d elements", elements)
			}
		}
	})
}

func decoded(t *testing.T, coded string) []byte {
	t.Helper()
	b, err := decode(coded)
	if err != nil {
		refusedInvalid(t, err)
	}
	return b
}

func refusedInvalid(t *testing.T, err error) {
	t.Helper()
	var refusal *auth.Refusal
	if !errors.As(err, &refusal) || refusal.Code != auth.RefusedInvalid || refusal.Cause == "" {
		t.Fatalf("%v", err)
	}
}

// FuzzMetadata: what is taken of a provider's description can be signed in to.
func FuzzMetadata(f *testing.F) {
	f.Add([]byte(`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>AAAA</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/></IDPSSODescriptor></EntityDescriptor>`))
	f.Add([]byte(`<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><EntityDescriptor entityID="a"/><EntityDescriptor entityID="b"><IDPSSODescriptor/></EntityDescriptor></EntitiesDescriptor>`))
	f.Add([]byte(`<a validUntil="9999-99-99" cacheDuration="P1000000000Y"/>`))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := readMetadata(text, nil, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
		if err == nil && (p.entity == "" || p.signOn == "" || len(p.trusted) == 0 || len(p.trusted) > mostCertificates) {
			t.Fatalf("%+v", p)
		}
	})
}
