package saml

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"

	"github.com/patchworkcare/patchwork/auth"
)

// hostile is one thing that an attacker, or a broken provider, sends. before changes the
// answer before its assertion is signed (by the right key, if the case does not say
// otherwise), after does so afterwards, raw changes the bytes.
type hostile struct {
	name   string
	cause  string // what the operator reads, in part
	code   auth.RefusalCode
	config func(*Config)
	again  bool
	before func(r *etree.Element)
	sign   func(r *etree.Element)
	after  func(r *etree.Element)
	raw    func(s string) string
}

func signAssertion(r *etree.Element) { sign(part(r, "Assertion"), keys().idp) }
func signResponse(r *etree.Element)  { sign(r, keys().idp) }
func unsigned(*etree.Element)        {}

// TestHostileResponses: each is refused, for the right reason, soon, and without a word of
// what was sent.
func TestHostileResponses(t *testing.T) {
	t.Parallel()
	var all []hostile
	for _, group := range [][]hostile{wrapped(), signatures(), forOthers(), times(), encrypted(), documents(), subjects()} {
		all = append(all, group...)
	}
	metadata := metadataOf(keys().idp.cert, keys().expired.cert)
	worst, which := time.Duration(0), ""
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			took := attack(t, metadata, c)
			if took > worst {
				worst, which = took, c.name
			}
			if took > slowest {
				t.Errorf("refused after %v", took)
			}
		})
	}
	t.Logf("%d hostile responses, the slowest refused after %v: %s", len(all), worst, which)
}

func attack(t *testing.T, metadata string, c hostile) time.Duration {
	t.Helper()
	config := stanza(t, metadata)
	if c.config != nil {
		c.config(config)
	}
	p := openStanza(t, config)
	kept, id := begin(t, p, c.again)
	r := answer(id)
	for _, step := range []func(*etree.Element){c.before, c.sign, c.after} {
		if step != nil {
			step(r)
		}
	}
	b := written(r)
	if c.raw != nil {
		b = []byte(c.raw(string(b)))
	}
	began := time.Now()
	proof, err := finish(p, kept, b)
	took := time.Since(began)
	refused(t, c, err)
	if proof.Subject != "" || proof.Claims != nil {
		t.Errorf("a proof came with the refusal")
	}
	return took
}

func refused(t *testing.T, c hostile, err error) {
	t.Helper()
	var refusal *auth.Refusal
	if !errors.As(err, &refusal) {
		t.Fatalf("taken, or not a refusal: %v", err)
	}
	if c.code == "" {
		c.code = auth.RefusedInvalid
	}
	if refusal.Code != c.code || !strings.Contains(refusal.Cause, c.cause) {
		t.Errorf("%s: %s", refusal.Code, refusal.Cause)
	}
	for _, word := range []string{mallory, someone, "evil", "_a1"} {
		if strings.Contains(refusal.Cause, word) {
			t.Errorf("the cause repeats what was sent: %s", refusal.Cause)
		}
	}
}

// forged is a copy of the assertion about somebody else, without a signature.
func forged(r *etree.Element, id string) *etree.Element {
	evil := part(r, "Assertion").Copy()
	if s := evil.SelectElement("Signature"); s != nil {
		evil.RemoveChild(s)
	}
	set(evil, "ID", id)
	part(evil, "NameID").SetText(mallory)
	return evil
}

// swap puts the forged assertion in the place of the original, which it gives.
func swap(r, evil *etree.Element) *etree.Element {
	original := part(r, "Assertion")
	r.InsertChildAt(original.Index(), evil)
	r.RemoveChild(original)
	return original
}

// wrapped are signature wrapping attacks by their usual numbers (Somorovsky et al., On
// Breaking SAML, 2012).
func wrapped() []hostile {
	evilResponse := func(r *etree.Element, id string) (signature, original *etree.Element) {
		original = r.Copy()
		original.RemoveChild(original.SelectElement("Signature"))
		set(r, "ID", id)
		set(part(r, "Assertion"), "ID", "_evilAssertion")
		part(part(r, "Assertion"), "NameID").SetText(mallory)
		return r.SelectElement("Signature"), original
	}
	return []hostile{
		{name: "XSW1 the original response within the signature", cause: "a response stands where none is allowed", sign: signResponse, after: func(r *etree.Element) {
			signature, original := evilResponse(r, "_evil")
			signature.AddChild(original)
		}},
		{name: "XSW2 the original response before the signature", cause: "element where none is allowed", sign: signResponse, after: func(r *etree.Element) {
			signature, original := evilResponse(r, "_evil")
			r.InsertChildAt(signature.Index(), original)
		}},
		{name: "XSW2 with the same id", cause: "an id stands in the message twice", sign: signResponse, after: func(r *etree.Element) {
			signature, original := evilResponse(r, "_r1")
			r.InsertChildAt(signature.Index(), original)
		}},
		{name: "XSW3 a forged assertion before the original", cause: "more than one assertion", sign: signAssertion, after: func(r *etree.Element) {
			r.InsertChildAt(part(r, "Assertion").Index(), forged(r, "_evil"))
		}},
		{name: "XSW4 the original within a forged assertion", cause: "more than one assertion", sign: signAssertion, after: func(r *etree.Element) {
			evil := forged(r, "_evil")
			evil.AddChild(swap(r, evil))
		}},
		{name: "XSW5 the signature in a forged assertion, the original last", cause: "more than one assertion", sign: signAssertion, after: func(r *etree.Element) {
			evil := forged(r, "_evil")
			original := swap(r, evil)
			evil.InsertChildAt(1, original.SelectElement("Signature"))
			r.AddChild(original)
		}},
		{name: "XSW6 the original within the signature of a forged assertion", cause: "more than one assertion", sign: signAssertion, after: func(r *etree.Element) {
			evil := forged(r, "_evil")
			original := swap(r, evil)
			signature := original.SelectElement("Signature")
			evil.InsertChildAt(1, signature)
			signature.AddChild(original)
		}},
		{name: "XSW7 a forged assertion in the extensions", cause: "an assertion stands where none is allowed", sign: signAssertion, after: func(r *etree.Element) {
			extensions := etree.NewElement("samlp:Extensions")
			extensions.AddChild(forged(r, "_evil"))
			r.InsertChildAt(1, extensions)
		}},
		{name: "XSW8 the original in an object of the signature", cause: "more than one assertion", sign: signAssertion, after: func(r *etree.Element) {
			evil := forged(r, "_evil")
			original := swap(r, evil)
			signature := original.SelectElement("Signature")
			evil.InsertChildAt(1, signature)
			signature.CreateElement("ds:Object").AddChild(original)
		}},
		{name: "the original hidden in an element of another name", cause: "reference is not to the element", sign: signAssertion, after: func(r *etree.Element) {
			evil := forged(r, "_evil")
			original := swap(r, evil)
			evil.InsertChildAt(1, original.SelectElement("Signature"))
			original.Tag = "Advice"
			evil.AddChild(original)
		}},
		{name: "a forged assertion with the id of the signed one", cause: "an id stands in the message twice", sign: signAssertion, after: func(r *etree.Element) {
			r.InsertChildAt(part(r, "Assertion").Index(), forged(r, "_a1"))
		}},
		{name: "a signed assertion as advice only", cause: "more than one assertion", sign: signAssertion, after: func(r *etree.Element) {
			evil := forged(r, "_evil")
			original := swap(r, evil)
			evil.CreateElement("saml:Advice").AddChild(original)
		}},
		{name: "only the extensions signed", cause: "a signature stands where none is allowed", before: func(r *etree.Element) {
			extensions := tree(`<samlp:Extensions xmlns:samlp="` + nsProtocol + `" ID="_x"><x xmlns="urn:x"/></samlp:Extensions>`)
			r.InsertChildAt(1, extensions)
			sign(extensions, keys().idp)
		}},
		{name: "the signed assertion under another name in the extensions", cause: "a signature stands where none is allowed", sign: signAssertion, after: func(r *etree.Element) {
			evil := forged(r, "_evil")
			original := swap(r, evil)
			original.Tag = "Advice"
			extensions := etree.NewElement("samlp:Extensions")
			extensions.AddChild(original)
			r.InsertChildAt(1, extensions)
		}},
	}
}

// signatures are wrong in themselves.
func signatures() []hostile {
	all := []hostile{
		{name: "nothing signed", cause: "neither the response nor its assertion is signed", sign: unsigned},
		{name: "by another key", cause: "by none of the certificates", sign: func(r *etree.Element) { sign(part(r, "Assertion"), keys().attacker) }},
		{name: "by another key that says it is the right one", cause: "by none of the certificates", sign: func(r *etree.Element) {
			part(sign(part(r, "Assertion"), keys().attacker), "X509Certificate").SetText(der(keys().idp.cert))
		}},
		{name: "response by another key, assertion by the right one", cause: "by none of the certificates", sign: func(r *etree.Element) {
			signAssertion(r)
			sign(r, keys().attacker)
		}},
		{name: "assertion by another key, response by the right one", cause: "by none of the certificates", sign: func(r *etree.Element) {
			sign(part(r, "Assertion"), keys().attacker)
			signResponse(r)
		}},
		{name: "by the provider's certificate for encryption", cause: "by none of the certificates", sign: func(r *etree.Element) { sign(r, keys().attacker) }},
		{name: "by an expired certificate of the metadata", cause: "valid now", sign: func(r *etree.Element) { sign(part(r, "Assertion"), keys().expired) }},
		{name: "the name changed after signing", cause: "was changed", sign: signAssertion, after: func(r *etree.Element) { part(r, "NameID").SetText(mallory) }},
		{name: "an attribute added after signing", cause: "was changed", sign: signAssertion, after: func(r *etree.Element) {
			part(r, "AttributeStatement").AddChild(tree(`<saml:Attribute xmlns:saml="` + nsAssertion + `" Name="groups"><saml:AttributeValue>Admins</saml:AttributeValue></saml:Attribute>`))
		}},
		{name: "the signature's value missing", cause: "value cannot be read", sign: signAssertion, after: func(r *etree.Element) { part(r, "SignatureValue").SetText("") }},
		{name: "two signatures", cause: "two signatures", sign: func(r *etree.Element) { signAssertion(r); signAssertion(r) }},
		{name: "reference by an empty URI", cause: "reference is not to the element", sign: edited(func(s *etree.Element) { set(part(s, "Reference"), "URI", "") })},
		{name: "reference to nothing", cause: "reference is not to the element", sign: edited(func(s *etree.Element) { set(part(s, "Reference"), "URI", "#_nothing") })},
		{name: "reference by XPointer", cause: "reference is not to the element", sign: edited(func(s *etree.Element) { set(part(s, "Reference"), "URI", "#xpointer(id('_a1'))") })},
		{name: "no reference", cause: "parts that SAML does not allow", sign: edited(func(s *etree.Element) {
			part(s, "SignedInfo").RemoveChild(part(s, "Reference"))
		})},
		{name: "two references", cause: "more than one reference", sign: edited(func(s *etree.Element) {
			other := part(s, "Reference").Copy()
			set(other, "URI", "#_r1")
			part(s, "SignedInfo").AddChild(other)
		})},
		{name: "two SignedInfo", cause: "parts that SAML does not allow", sign: edited(func(s *etree.Element) { s.AddChild(part(s, "SignedInfo").Copy()) })},
		{name: "no id", cause: "no usable id", sign: signAssertion, after: func(r *etree.Element) { part(r, "Assertion").RemoveAttr("ID") }},
		{name: "HMAC with the public key", cause: "algorithm is not allowed", sign: edited(func(s *etree.Element) {
			set(part(s, "SignatureMethod"), "Algorithm", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")
		})},
		{name: "HMAC cut to one bit", cause: "algorithm is not allowed", sign: edited(func(s *etree.Element) {
			part(s, "SignatureMethod").CreateElement("ds:HMACOutputLength").SetText("1")
		})},
		{name: "SHA-1 signature", cause: "algorithm is not allowed", sign: edited(func(s *etree.Element) {
			set(part(s, "SignatureMethod"), "Algorithm", nsSignature+"rsa-sha1")
		})},
		{name: "SHA-1 digest", cause: "digest is not allowed", sign: edited(func(s *etree.Element) { set(part(s, "DigestMethod"), "Algorithm", nsSignature+"sha1") })},
		{name: "no algorithm", cause: "algorithm is not allowed", sign: edited(func(s *etree.Element) { set(part(s, "SignatureMethod"), "Algorithm", "") })},
		{name: "canonicalisation with comments", cause: "not exclusively canonical", sign: edited(func(s *etree.Element) {
			set(part(s, "CanonicalizationMethod"), "Algorithm", nsExclusive+"WithComments")
		})},
		{name: "no transforms", cause: "transforms are not", sign: edited(func(s *etree.Element) {
			for _, c := range part(s, "Transforms").ChildElements() {
				part(s, "Transforms").RemoveChild(c)
			}
		})},
		{name: "a KeyInfo that would be fetched", cause: "by none of the certificates", sign: func(r *etree.Element) {
			s := sign(part(r, "Assertion"), keys().attacker)
			part(s, "KeyInfo").CreateElement("ds:RetrievalMethod").CreateAttr("URI", "https://evil.example/key")
		}},
		{name: "a signature in another namespace", cause: "a signature stands where none is allowed", sign: signAssertion,
			raw: func(s string) string { return strings.Replace(s, `xmlns:ds="`+nsSignature+`"`, `xmlns:ds="urn:x"`, 1) }},
	}
	for name, algorithm := range map[string]string{
		"XSLT": "http://www.w3.org/TR/1999/REC-xslt-19991116", "XPath": "http://www.w3.org/TR/1999/REC-xpath-19991116",
		"XPath filter": "http://www.w3.org/2002/06/xmldsig-filter2", "base64": nsSignature + "base64",
		"inclusive canonicalisation":               "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
		"inclusive canonicalisation with comments": "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
		"exclusive canonicalisation with comments": nsExclusive + "WithComments",
	} {
		all = append(all, hostile{name: "transform: " + name, cause: "transforms are not", sign: edited(func(s *etree.Element) {
			set(part(s, "Transforms").ChildElements()[1], "Algorithm", algorithm)
		})}, hostile{name: "one more transform: " + name, cause: "transforms are not", sign: edited(func(s *etree.Element) {
			part(s, "Transforms").CreateElement("ds:Transform").CreateAttr("Algorithm", algorithm)
		})})
	}
	return all
}

// edited signs the assertion with a SignedInfo that was changed, and the right key: what
// is refused is not that the signature is wrong.
func edited(edit func(signature *etree.Element)) func(*etree.Element) {
	return func(r *etree.Element) {
		signature := sign(part(r, "Assertion"), keys().idp)
		edit(signature)
		resign(signature, keys().idp)
	}
}
