package saml

import (
	"crypto/rsa"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/beevik/etree"

	"context"
	"github.com/patchworkcare/patchwork/auth"
	"net/url"
	"time"
)

// encrypted are assertions that were encrypted wrongly, or hide what is wrong.
func encrypted() []hostile {
	sealed := func(how sealing) func(*etree.Element) {
		return func(r *etree.Element) { seal(part(r, "Assertion"), how) }
	}
	attacker := keys().attacker.key.Public().(*rsa.PublicKey)
	const closed = "does not open with our key"
	return []hostile{
		{name: "encrypted to another key", cause: closed, sign: signAssertion, after: sealed(sealing{to: attacker})},
		{name: "encrypted garbage", cause: closed, sign: signAssertion, after: sealed(sealing{garble: func([]byte) []byte { return []byte("garbage garbage garbage garbage!") }})},
		{name: "encrypted nothing", cause: closed, sign: signAssertion, after: sealed(sealing{garble: func([]byte) []byte { return nil }})},
		{name: "GCM shorter than its nonce", cause: closed, sign: signAssertion, after: sealed(sealing{garble: func(b []byte) []byte { return b[:5] }})},
		{name: "GCM with a cut tag", cause: closed, sign: signAssertion, after: sealed(sealing{garble: func(b []byte) []byte { return b[:len(b)-4] }})},
		{name: "GCM with a flipped bit", cause: closed, sign: signAssertion, after: sealed(sealing{garble: func(b []byte) []byte { b[40] ^= 1; return b }})},
		{name: "CBC cut within a block", cause: closed, sign: signAssertion, after: sealed(sealing{cipher: nsEncryption + "aes256-cbc", garble: func(b []byte) []byte { return b[:len(b)-3] }})},
		{name: "CBC of an IV only", cause: closed, sign: signAssertion, after: sealed(sealing{cipher: nsEncryption + "aes256-cbc", garble: func(b []byte) []byte { return b[:16] }})},
		{name: "CBC with a changed block", cause: "", sign: signAssertion, after: sealed(sealing{cipher: nsEncryption + "aes256-cbc", garble: func(b []byte) []byte { b[20] ^= 1; return b }})},
		{name: "RSA 1.5", cause: "RSA-OAEP is needed", sign: signAssertion, after: sealed(sealing{transport: nsEncryption + "rsa-1_5"})},
		{name: "triple DES", cause: "AES-GCM or AES-CBC is needed", sign: signAssertion, after: sealed(sealing{cipher: nsEncryption + "tripledes-cbc"})},
		{name: "a key of another length", cause: closed, sign: signAssertion, after: func(r *etree.Element) {
			set(part(seal(part(r, "Assertion"), sealing{}), "EncryptionMethod"), "Algorithm", nsXMLEnc11+"aes128-gcm")
		}},
		{name: "two encrypted keys", cause: "not one key", sign: signAssertion, after: func(r *etree.Element) {
			e := seal(part(r, "Assertion"), sealing{})
			e.AddChild(part(e, "EncryptedKey").Copy())
		}},
		{name: "no encrypted key", cause: "not one key", sign: signAssertion, after: func(r *etree.Element) {
			seal(part(r, "Assertion"), sealing{})
			without("EncryptedKey")(r)
		}},
		{name: "an unknown OAEP digest", cause: "parameters are not known", sign: signAssertion, after: func(r *etree.Element) {
			set(part(seal(part(r, "Assertion"), sealing{}), "DigestMethod"), "Algorithm", nsEncryption+"ripemd160")
		}},
		{name: "encrypted by nobody", cause: "neither the response nor its assertion is signed", after: sealed(sealing{})},
		{name: "encrypted and plain", cause: "more than one assertion", sign: signAssertion, after: func(r *etree.Element) {
			evil := forged(r, "_evil")
			seal(part(r, "Assertion"), sealing{})
			r.AddChild(evil)
		}},
		{name: "two encrypted", cause: "more than one assertion", sign: signAssertion, after: func(r *etree.Element) {
			r.AddChild(seal(part(r, "Assertion"), sealing{}).Copy())
		}, raw: func(s string) string { return strings.Replace(s, `Id="_e1"`, `Id="_e2"`, 1) }},
		{name: "encrypted no assertion", cause: "no assertion that can be accepted", after: func(r *etree.Element) {
			part(r, "Assertion").Tag = "Advice"
			seal(part(r, "Advice"), sealing{})
		}},
		{name: "encrypted assertion with a comment", cause: "no assertion that can be accepted", before: func(r *etree.Element) { part(r, "NameID").CreateComment("x") },
			sign: signAssertion, after: sealed(sealing{})},
		{name: "encrypted assertion with the response's id", cause: "no assertion that can be accepted", before: to("Assertion", "ID", "_r1"), sign: signAssertion, after: sealed(sealing{})},
		{name: "encrypted assertion within an assertion", cause: "no assertion that can be accepted", sign: signAssertion, after: func(r *etree.Element) {
			evil := forged(r, "_evil")
			evil.AddChild(swap(r, evil))
			seal(evil, sealing{})
		}},
		{name: "encrypted, and the response signed by another", cause: "by none of the certificates", after: func(r *etree.Element) {
			seal(part(r, "Assertion"), sealing{})
			sign(r, keys().attacker)
		}},
	}
}

// documents are no XML, or XML that means two things.
func documents() []hostile {
	inside := func(tag, s string) func(string) string { // right after the start of an element
		return func(doc string) string {
			i := strings.Index(doc, "<saml:"+tag)
			i += strings.Index(doc[i:], ">") + 1
			return doc[:i] + s + doc[i:]
		}
	}
	middle := func(s string) func(string) string { // within the name
		return func(doc string) string { return strings.Replace(doc, someone, "nurse"+s+"-4711", 1) }
	}
	before := func(s string) func(string) string { return func(doc string) string { return s + doc } }
	instead := func(s string) func(string) string { return func(string) string { return s } }
	rename := func(old, new string) func(string) string {
		return func(doc string) string { return strings.ReplaceAll(doc, old, new) }
	}
	all := []hostile{
		{name: "DTD", cause: "document type", raw: before(`<!DOCTYPE x>`)},
		{name: "DTD in small letters after a declaration", cause: "document type", raw: before(`<?xml version="1.0"?><!doctype x>`)},
		{name: "external entity", cause: "document type", raw: func(doc string) string {
			return `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>` + middle("&e;")(doc)
		}},
		{name: "external DTD", cause: "document type", raw: before(`<!DOCTYPE x SYSTEM "https://evil.example/x.dtd">`)},
		{name: "parameter entity", cause: "document type", raw: before(`<!DOCTYPE x [<!ENTITY % e SYSTEM "https://evil.example/"> %e;]>`)},
		{name: "billion laughs", cause: "document type", raw: func(doc string) string { return laughs() + middle("&l9;")(doc) }},
		{name: "an entity that nobody declared", cause: "not well-formed", raw: middle("&e;")},
		{name: "an HTML entity", cause: "not well-formed", raw: middle("&nbsp;")},
		{name: "processing instruction", cause: "processing instruction", raw: inside("Assertion", "<?php x ?>")},
		{name: "processing instruction in the name", cause: "processing instruction", raw: middle("<?x?>")},
		{name: "processing instruction first", cause: "UTF-8, or is no XML", raw: before("<?xml-stylesheet href='https://evil.example'?>")},
		{name: "CDATA in the name", cause: "CDATA", raw: middle("<![CDATA[ ]]>")},
		{name: "CDATA that hides an element", cause: "CDATA", raw: inside("AttributeValue", "<![CDATA[</saml:AttributeValue>]]>")},
		{name: "comment in the name", cause: "comment", raw: middle("<!---->")},
		{name: "comment in an attribute's value", cause: "comment", raw: inside("AttributeValue", "<!-- -->")},
		{name: "comment in the audience", cause: "comment", raw: inside("Audience", "<!--x-->")},
		{name: "comment in the issuer", cause: "comment", raw: inside("Issuer", "<!--x-->")},
		{name: "comment before everything", cause: "comment", raw: func(doc string) string { return doc + "<!-- x -->" }},
		{name: "not XML", cause: "not XML", raw: instead("user=admin")},
		{name: "nothing", cause: "not XML", raw: instead("")},
		{name: "JSON", cause: "not XML", raw: instead(`{"sub": "mallory"}`)},
		{name: "cut off", cause: "not well-formed", raw: func(doc string) string { return doc[:len(doc)/2] }},
		{name: "two documents", cause: "not one XML document", raw: func(doc string) string { return doc + doc[:0] + "<x/>" }},
		{name: "text after the end", cause: "not one XML document", raw: func(doc string) string { return doc + "x" }},
		{name: "NUL", cause: "not UTF-8", raw: middle("\x00")},
		{name: "broken UTF-8", cause: "not UTF-8", raw: middle("\xc0\x80")},
		{name: "UTF-16", cause: "not UTF-8", raw: utf16le},
		{name: "a byte order mark", cause: "not XML", raw: before("\ufeff")},
		{name: "UTF-7 declared", cause: "another encoding", raw: before(`<?xml version="1.0" encoding="UTF-7"?>`)},
		{name: "UTF-16 declared", cause: "another encoding", raw: before(`<?xml version="1.0" encoding="UTF-16"?>`)},
		{name: "Latin-1 declared", cause: "another encoding", raw: before(`<?xml version="1.0" encoding="ISO-8859-1"?>`)},
		{name: "XML 1.1", cause: "not well-formed", raw: before(`<?xml version="1.1"?>`)},
		{name: "control character by reference", cause: "not well-formed", raw: middle("&#1;")},
		{name: "300 KiB", cause: "larger than 256 KiB", raw: inside("AttributeValue", strings.Repeat("x", 300<<10))},
		{name: "500 KiB", cause: "larger than 256 KiB", raw: inside("AttributeValue", strings.Repeat("x", 500<<10))},
		{name: "deep", cause: "nests too deeply", raw: inside("AttributeValue", strings.Repeat("<x>", 10_000)+strings.Repeat("</x>", 10_000))},
		{name: "500 deep", cause: "nests too deeply", raw: inside("AttributeValue", strings.Repeat("<x>", 500)+strings.Repeat("</x>", 500))},
		{name: "40,000 elements", cause: "too many elements", raw: inside("AttributeValue", strings.Repeat("<x/>", 40_000))},
		{name: "as many elements as may be", cause: "was changed", raw: inside("AttributeStatement", strings.Repeat("<x/>", 950))},
		{name: "20,000 attributes", cause: "too many elements or attributes", raw: inside("AttributeStatement", "<x "+many(20_000, `a%d=""`)+"/>")},
		{name: "100,000 attributes", cause: "larger than 256 KiB", raw: inside("AttributeStatement", "<x "+many(100_000, `a%d=""`)+"/>")},
		{name: "20,000 namespaces", cause: "too many elements or attributes", raw: inside("AttributeStatement", "<x "+many(8_000, `xmlns:a%d="urn:x:%[1]d"`)+"/>")},
		{name: "many namespaces on many elements", cause: "too many elements or attributes", raw: inside("AttributeStatement", strings.Repeat("<x "+many(9, `xmlns:a%d="urn:%[1]d"`)+"/>", 900))},
		{name: "as many namespaces as may be", cause: "", raw: inside("AttributeStatement", strings.Repeat("<x "+many(3, `xmlns:a%d="urn:%[1]d"`)+"/>", 900))},
		{name: "many namespaces, nested", cause: "", raw: inside("AttributeValue", strings.Repeat("<x "+many(30, `xmlns:a%d="urn:%[1]d"`)+">", 25)+strings.Repeat("</x>", 25))},
		{name: "an attribute twice", cause: "attribute twice", raw: rename(`ID="_a1"`, `ID="_a1" ID="_evil"`)},
		{name: "an attribute twice by two prefixes", cause: "attribute twice", raw: rename(`Recipient=`, `xmlns:p="urn:x" xmlns:q="urn:x" p:y="1" q:y="2" Recipient=`)},
		{name: "an id twice", cause: "id stands in the message twice", raw: rename(`ID="_r1"`, `ID="_a1"`)},
		{name: "an id in other letters", cause: "id stands in the message twice", raw: rename(`<saml:Subject>`, `<saml:Subject Id="_a1">`)},
		{name: "an id with a prefix", cause: "id in another namespace", raw: rename(`ID="_a1"`, `xmlns:p="urn:x" p:ID="_a1" ID="_evil"`)},
		{name: "xml:id", cause: "id in another namespace", raw: rename(`<saml:Subject>`, `<saml:Subject xml:id="_a1">`)},
		{name: "xml:base", cause: "another base", raw: rename(`<saml:Subject>`, `<saml:Subject xml:base="https://evil.example/">`)},
		{name: "the prefix xml for something else", cause: "reserved namespace", raw: rename(`<saml:Subject>`, `<saml:Subject xmlns:xml="urn:x">`)},
		{name: "a prefix for nothing", cause: "reserved namespace", raw: rename(`<saml:Subject>`, `<saml:Subject xmlns:p="">`)},
		{name: "a name with two colons", cause: "not well-formed", raw: rename(`<saml:Subject>`, `<saml:Subject a:b:c="">`)},
		{name: "a name that begins with a colon", cause: "name that is none", raw: rename(`Recipient=`, `:x="" Recipient=`)},
		{name: "another prefix for the assertion's namespace, bound elsewhere", cause: "where none is allowed", raw: rename(`<saml:Assertion xmlns:saml="`+nsAssertion+`"`, `<saml:Assertion xmlns:saml="urn:x"`)},
		{name: "a prefix bound anew within", cause: "was changed", raw: rename(`<saml:Subject>`, `<saml:Subject xmlns:saml="urn:x">`)},
		{name: "a prefix that is not bound", cause: "name that is none", raw: rename(`<saml:Subject>`, `<saml:Subject p:x="">`)},
		{name: "an element with a prefix that is not bound", cause: "name that is none", raw: inside("AttributeValue", "<p:x/>")},
		{name: "the response in another namespace", cause: "not a SAML 2.0 response", raw: rename(`xmlns:samlp="`+nsProtocol+`"`, `xmlns:samlp="urn:x"`)},
		{name: "SAML 1.1", cause: "not a SAML 2.0 response", raw: instead(`<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:1.0:protocol" MajorVersion="1" MinorVersion="1" ResponseID="_r1"/>`)},
		{name: "ArtifactResponse", cause: "not a SAML 2.0 response", raw: func(doc string) string {
			return `<samlp:ArtifactResponse xmlns:samlp="` + nsProtocol + `" ID="_x">` + doc + `</samlp:ArtifactResponse>`
		}},
		{name: "a bare assertion", cause: "not a SAML 2.0 response", raw: func(doc string) string {
			return doc[strings.Index(doc, "<saml:Assertion"):strings.Index(doc, "</samlp:Response>")]
		}},
		{name: "SOAP", cause: "not a SAML 2.0 response", raw: func(doc string) string {
			return `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>` + doc + `</S:Body></S:Envelope>`
		}},
		{name: "an unknown element in the response", cause: "where none is allowed", raw: rename(`<samlp:Status>`, `<samlp:Evil/><samlp:Status>`)},
	}
	for i := range all {
		all[i].sign = signAssertion
	}
	return all
}

func laughs() string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE x [<!ENTITY l0 "ha">`)
	for i := range 9 {
		fmt.Fprintf(&b, `<!ENTITY l%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&l%d;", i), 10))
	}
	return b.String() + `]>`
}

func many(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format+" ", i)
	}
	return b.String()
}

func utf16le(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

// TestHostileForms: what is wrong before there is any XML.
func TestHostileForms(t *testing.T) {
	t.Parallel()
	p := openStanza(t, stanza(t, metadataOf(keys().idp.cert)))
	kept, id := begin(t, p, false)
	r := answer(id)
	signAssertion(r)
	good := encode(written(r))
	for name, c := range map[string]struct {
		kept  []byte
		form  url.Values
		code  auth.RefusalCode
		cause string
	}{
		"no response":             {kept: kept, form: url.Values{}, cause: "not exactly one SAML response"},
		"an artifact":             {kept: kept, form: url.Values{"SAMLart": {"AAQ="}}, cause: "not exactly one SAML response"},
		"two responses":           {kept: kept, form: url.Values{"SAMLResponse": {good, good}}, cause: "not exactly one SAML response"},
		"not base64":              {kept: kept, form: url.Values{"SAMLResponse": {"!!!!"}}, cause: "not base64"},
		"base64 for addresses":    {kept: kept, form: url.Values{"SAMLResponse": {"PD94bWw_Pz8-"}}, cause: "not base64"},
		"base64 with loose bits":  {kept: kept, form: url.Values{"SAMLResponse": {"PHg+Pd=="}}, cause: "not base64"},
		"base64 with its end cut": {kept: kept, form: url.Values{"SAMLResponse": {good[:len(good)-1]}}, cause: "not base64"},
		"1 MiB":                   {kept: kept, form: url.Values{"SAMLResponse": {strings.Repeat("PHg+", 1<<18)}}, cause: "larger than 256 KiB"},
		"nothing was begun":       {form: url.Values{"SAMLResponse": {good}}, code: auth.RefusedExpired, cause: "no request of ours"},
		"begun by another kind":   {kept: []byte(`{"nonce":"x"}`), form: url.Values{"SAMLResponse": {good}}, code: auth.RefusedExpired, cause: "no request of ours"},
		"of another attempt":      {kept: other(t, p), form: url.Values{"SAMLResponse": {good}}, cause: "not to our request"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			_, err := p.Finish(context.Background(), auth.Return{Kept: c.kept, Form: c.form})
			if took := time.Since(began); took > slowest {
				t.Errorf("refused after %v", took)
			}
			refused(t, hostile{cause: c.cause, code: c.code}, err)
		})
	}
}

func other(t *testing.T, p *provider) []byte {
	t.Helper()
	kept, _ := begin(t, p, false)
	return kept
}
