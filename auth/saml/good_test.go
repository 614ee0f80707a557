package saml

import (
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
	"reflect"
	"testing"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
)

// TestGoodResponses: what real providers send is taken.
func TestGoodResponses(t *testing.T) {
	t.Parallel()
	assertionOf := func(r *etree.Element) *etree.Element { return part(r, "Assertion") }
	for name, c := range map[string]struct {
		config func(*Config)
		make   func(r *etree.Element)
	}{
		"signed assertion":        {make: func(r *etree.Element) { sign(assertionOf(r), keys().idp) }},
		"signed response":         {make: func(r *etree.Element) { sign(r, keys().idp) }},
		"both":                    {make: func(r *etree.Element) { sign(assertionOf(r), keys().idp); sign(r, keys().idp) }},
		"by the next certificate": {make: func(r *etree.Element) { sign(assertionOf(r), keys().next) }},
		"by ECDSA, as the standard has it": {make: func(r *etree.Element) {
			signature := sign(assertionOf(r), keys().elliptic)
			part(signature, "SignatureValue").SetText(sideBySide(part(signature, "SignatureValue").Text()))
		}},
		"by ECDSA in ASN.1": {make: func(r *etree.Element) { sign(assertionOf(r), keys().elliptic) }},
		"SHA-512": {make: func(r *etree.Element) {
			signWith(assertionOf(r), keys().idp, func(s *dsig.SigningContext) { s.Hash = crypto.SHA512 }, func(*etree.Element) {})
		}},
		"another certificate in KeyInfo, which nobody looks at": {make: func(r *etree.Element) {
			part(sign(assertionOf(r), keys().idp), "X509Certificate").SetText(der(keys().attacker.cert))
		}},
		"no KeyInfo": {make: func(r *etree.Element) {
			signature := sign(assertionOf(r), keys().next)
			signature.RemoveChild(part(signature, "KeyInfo"))
		}},
		"namespaces declared further out": {make: func(r *etree.Element) {
			sign(assertionOf(r), keys().idp)
			assertionOf(r).RemoveAttr("xmlns:saml")
		}},
		"encrypted, assertion signed": {make: func(r *etree.Element) { sign(assertionOf(r), keys().idp); seal(assertionOf(r), sealing{}) }},
		"encrypted, response signed":  {make: func(r *etree.Element) { seal(assertionOf(r), sealing{}); sign(r, keys().idp) }},
		"encrypted by CBC with OAEP of SHA-1": {make: func(r *etree.Element) {
			sign(assertionOf(r), keys().idp)
			seal(assertionOf(r), sealing{cipher: nsEncryption + "aes128-cbc", transport: nsEncryption + "rsa-oaep-mgf1p", beside: true})
		}, config: func(c *Config) { c.RequireEncrypted = true }},
		"the class that was asked for": {make: func(r *etree.Element) { sign(r, keys().idp) }, config: func(c *Config) {
			c.AuthnContext.Classes = []string{"urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI"}
		}},
		"a second confirmation that is not ours": {make: func(r *etree.Element) {
			other := part(r, "SubjectConfirmation").Copy()
			set(other, "Method", "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key")
			part(r, "Subject").InsertChildAt(1, other)
			sign(r, keys().idp)
		}},
		"indented": {make: func(r *etree.Element) {
			r.IndentWithSettings(&etree.IndentSettings{Spaces: 2, PreserveLeafWhitespace: true})
			sign(r, keys().idp)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := stanza(t, metadataOf(keys().idp.cert, keys().next.cert, keys().elliptic.cert, keys().expired.cert))
			if c.config != nil {
				c.config(config)
			}
			p := openStanza(t, config)
			kept, id := begin(t, p, true)
			r := answer(id)
			c.make(r)
			proof, err := finish(p, kept, written(r))
			if err != nil {
				t.Fatal(err)
			}
			if proof.Issuer != idpEntity || proof.Subject != someone || proof.Session != "s-1" || !proof.At.Equal(now) || proof.At.Location() != time.UTC {
				t.Errorf("%+v", proof)
			}
			want := map[string]any{
				"urn:oid:2.5.4.3": []any{"Ada Nurse"}, "cn": []any{"Ada Nurse"}, "groups": []any{"Doctors", "Pharmacy"},
				"nameID": someone, "nameIDFormat": formatPersistent, "authnContext": "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI",
			}
			if !reflect.DeepEqual(proof.Claims, want) {
				t.Errorf("claims %v", proof.Claims)
			}
		})
	}
}

// sideBySide is an ECDSA value as XML Signature has it (RFC 4051 §2.3.6).
func sideBySide(value string) string {
	der, err := base64.StdEncoding.DecodeString(value)
	if err != nil {
		panic(err)
	}
	var rs struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &rs); err != nil {
		panic(err)
	}
	return base64.StdEncoding.EncodeToString(append(rs.R.FillBytes(make([]byte, 32)), rs.S.FillBytes(make([]byte, 32))...))
}

// TestSubjectByAttribute: the NameID may then be anything, or nothing.
func TestSubjectByAttribute(t *testing.T) {
	t.Parallel()
	config := stanza(t, metadataOf(keys().idp.cert))
	config.Subject = "cn"
	p := openStanza(t, config)
	for _, change := range []func(*etree.Element){
		func(r *etree.Element) { set(part(r, "NameID"), "Format", formatTransient) },
		func(r *etree.Element) { part(r, "Subject").RemoveChild(part(r, "NameID")) },
	} {
		kept, id := begin(t, p, false)
		r := answer(id)
		change(r)
		sign(r, keys().idp)
		proof, err := finish(p, kept, written(r))
		if err != nil || proof.Subject != "Ada Nurse" {
			t.Errorf("%+v %v", proof, err)
		}
	}
}

// TestFriendlyNames: one that means two attributes, or hides another's name, is left out.
func TestFriendlyNames(t *testing.T) {
	t.Parallel()
	got := claims(tree(`<a:Assertion xmlns:a="`+nsAssertion+`"><a:AttributeStatement>`+
		`<a:Attribute Name="1" FriendlyName="mail"><a:AttributeValue>x</a:AttributeValue></a:Attribute>`+
		`<a:Attribute Name="2" FriendlyName="mail"><a:AttributeValue>y</a:AttributeValue></a:Attribute>`+
		`<a:Attribute Name="3" FriendlyName="1"/><a:Attribute Name="4" FriendlyName="nameID"/>`+
		`<a:Attribute Name="5" FriendlyName="tid"><a:AttributeValue><a:NameID>t</a:NameID></a:AttributeValue></a:Attribute>`+
		`</a:AttributeStatement></a:Assertion>`), name{Value: "n"}, "")
	want := map[string]any{
		"1": []any{"x"}, "2": []any{"y"}, "3": []any(nil), "4": []any(nil), "5": []any{"t"}, "tid": []any{"t"},
		"nameID": "n", "nameIDFormat": "", "authnContext": "",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}

// TestWeakKeys: they do not count, wherever they stand.
func TestWeakKeys(t *testing.T) {
	t.Parallel()
	weak := newPair(rsaKey(1024), now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0))
	if _, err := readMetadata([]byte(metadataOf(weak.cert)), nil, now); err == nil {
		t.Error("metadata with a weak key only was taken")
	}
	found, err := readMetadata([]byte(metadataOf(weak.cert, keys().idp.cert)), nil, now)
	if err != nil || !reflect.DeepEqual(found.trusted, []*x509.Certificate{keys().idp.cert}) {
		t.Errorf("%v %v", found, err)
	}
}
