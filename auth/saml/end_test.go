package saml

import (
	"bytes"
	"compress/flate"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // what is refused
	"crypto/sha256"
	"fmt"
	"net/url"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"

	"github.com/patchworkcare/patchwork/auth"
)

// logout is a good LogoutRequest, not signed yet.
func logout() *etree.Element {
	return tree(fmt.Sprintf(`<samlp:LogoutRequest xmlns:samlp="%s" xmlns:saml="%s" ID="_l1" Version="2.0" IssueInstant="%s" NotOnOrAfter="%s" Destination="%s/logout">`+
		`<saml:Issuer>%s</saml:Issuer><saml:NameID Format="%s">%s</saml:NameID><samlp:SessionIndex>s-1</samlp:SessionIndex></samlp:LogoutRequest>`,
		nsProtocol, nsAssertion, stamp(now), stamp(now.Add(5*time.Minute)), base, idpEntity, formatPersistent, someone))
}

func packed(b []byte) string {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, flate.BestCompression)
	_, _ = w.Write(b)
	_ = w.Close()
	return encode(out.Bytes())
}

// query is a message by redirect, signed over the query.
func query(b []byte, relayState string, by pair, method string, hash crypto.Hash) string {
	q := "SAMLRequest=" + url.QueryEscape(packed(b))
	if relayState != "" {
		q += "&RelayState=" + url.QueryEscape(relayState)
	}
	q += "&SigAlg=" + url.QueryEscape(method)
	var digest []byte
	if hash == crypto.SHA1 {
		sum := sha1.Sum([]byte(q)) //nolint:gosec // what is refused
		digest = sum[:]
	} else {
		sum := sha256.Sum256([]byte(q))
		digest = sum[:]
	}
	signature, err := by.key.Sign(rand.Reader, digest, hash)
	if err != nil {
		panic(err)
	}
	return q + "&Signature=" + url.QueryEscape(encode(signature))
}

func rightly(b []byte) string {
	return query(b, "their state", keys().idp, dsig.RSASHA256SignatureMethod, crypto.SHA256)
}

// TestEnd: a request to sign out, by both bindings, is taken and answered.
func TestEnd(t *testing.T) {
	t.Parallel()
	p := openStanza(t, stanza(t, metadataOf(keys().idp.cert, keys().elliptic.cert)))
	posted := logout()
	sign(posted, keys().idp)
	inOtherLetters := strings.NewReplacer("%2B", "%2b", "%2F", "/", "%3D", "=")
	raw := "SAMLRequest=" + inOtherLetters.Replace(url.QueryEscape(packed(written(logout())))) + "&RelayState=their%20state&SigAlg=" + inOtherLetters.Replace(url.QueryEscape(dsig.RSASHA256SignatureMethod))
	digest := sha256.Sum256([]byte(raw))
	signature, err := keys().idp.key.Sign(rand.Reader, digest[:], crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		form url.Values
		raw  string
	}{
		"by redirect":           {raw: rightly(written(logout()))},
		"by redirect and ECDSA": {raw: query(written(logout()), "their state", keys().elliptic, dsig.ECDSASHA256SignatureMethod, crypto.SHA256)},
		"in the sender's own spelling, signature first": {raw: "Signature=" + url.QueryEscape(encode(signature)) + "&" + raw},
		"by POST": {form: url.Values{"SAMLRequest": {encode(written(posted))}, "RelayState": {"their state"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ended, err := p.End(context.Background(), c.form, c.raw)
			if err != nil {
				t.Fatal(err)
			}
			reply := ended.ReplyURL
			ended.ReplyURL = ""
			want := auth.Ended{Issuer: idpEntity, Subject: someone, Sessions: []string{"s-1"}, Token: "_l1", TokenExpires: now.Add(6 * time.Minute)}
			if !reflect.DeepEqual(ended, want) {
				t.Errorf("%+v", ended)
			}
			answered(t, reply)
		})
	}
}

// answered: the reply goes to the provider, says which request it answers, and is signed.
func answered(t *testing.T, reply string) {
	t.Helper()
	u, err := url.Parse(reply)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	m := message(t, q.Get("SAMLResponse"))
	if !strings.HasPrefix(reply, idpSignOut+"&SAMLResponse=") || q.Get("RelayState") != "their state" || !is(m, nsProtocol, "LogoutResponse") ||
		attr(m, "InResponseTo") != "_l1" || attr(m, "Destination") != idpSignOut || attr(part(m, "StatusCode"), "Value") != statusSuccess ||
		trimmed(part(m, "Issuer")) != base+"/metadata" {
		t.Errorf("%s %s", reply, written(m))
	}
	oursSigned(t, u.RawQuery)
}

// oursSigned verifies a query of ours as a provider does.
func oursSigned(t *testing.T, raw string) {
	t.Helper()
	raw = strings.TrimPrefix(raw, "tenant=1&")
	covered, signature, ok := strings.Cut(raw, "&Signature=")
	if !ok {
		t.Fatalf("not signed: %s", raw)
	}
	value, err := url.QueryUnescape(signature)
	if err != nil {
		t.Fatal(err)
	}
	der, err := decode(value)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(covered, url.QueryEscape(dsig.RSASHA256SignatureMethod)) {
		t.Errorf("another algorithm: %s", covered)
	}
	if err := keys().ours.cert.CheckSignature(signatureMethods[dsig.RSASHA256SignatureMethod], []byte(covered), der); err != nil {
		t.Error(err)
	}
}

// TestLeave: who signed in by an answer is named by it when they sign out.
func TestLeave(t *testing.T) {
	t.Parallel()
	p := openStanza(t, stanza(t, metadataOf(keys().idp.cert)))
	kept, id := begin(t, p, false)
	r := answer(id)
	signAssertion(r)
	proof, err := finish(p, kept, written(r))
	if err != nil {
		t.Fatal(err)
	}
	address, err := p.Leave(context.Background(), proof.Subject, proof.Kept, "ours & state")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	m := message(t, u.Query().Get("SAMLRequest"))
	named := part(m, "NameID")
	if !strings.HasPrefix(address, idpSignOut+"&") || u.Query().Get("RelayState") != "ours & state" || text(named) != someone || attr(named, "Format") != formatPersistent ||
		attr(named, "SPNameQualifier") != base+"/metadata" || text(part(m, "SessionIndex")) != "s-1" || attr(m, "Destination") != idpSignOut {
		t.Errorf("%s %s", address, written(m))
	}
	oursSigned(t, u.RawQuery)
	if address, err := p.Leave(context.Background(), "x", nil, "state"); address != "" || err != nil {
		t.Errorf("of nobody: %q %v", address, err)
	}
}

// TestHostileEnds: nobody but the provider ends sessions, and not by an old word.
func TestHostileEnds(t *testing.T) {
	t.Parallel()
	config := stanza(t, metadataOf(keys().idp.cert, keys().expired.cert))
	p := openStanza(t, config)
	config.Subject = "uid"
	byAttribute := openStanza(t, config)
	worst := time.Duration(0)
	cases := append(append(hostileQueries(), hostilePosts()...), hostileLogouts()...)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			asked := p
			if c.byAttribute {
				asked = byAttribute
			}
			began := time.Now()
			ended, err := asked.End(context.Background(), c.form, c.raw)
			took := time.Since(began)
			if worst = max(worst, took); took > slowest {
				t.Errorf("refused after %v", took)
			}
			refused(t, hostile{cause: c.cause}, err)
			if !reflect.DeepEqual(ended, auth.Ended{}) {
				t.Errorf("%+v", ended)
			}
		})
	}
	t.Logf("%d hostile requests to sign out, the slowest refused after %v", len(cases), worst)
}

type hostileEnd struct {
	name, cause string
	byAttribute bool
	form        url.Values
	raw         string
}

func hostileQueries() []hostileEnd {
	good := rightly(written(logout()))
	_, rest, _ := strings.Cut(good, "&")
	other := logout()
	part(other, "NameID").SetText(mallory)
	both := logout()
	sign(both, keys().idp)
	bomb := append([]byte(`<samlp:LogoutRequest xmlns:samlp="`+nsProtocol+`">`), bytes.Repeat([]byte(" "), 64<<20)...)
	return []hostileEnd{
		{name: "not signed", cause: "not signed", raw: "SAMLRequest=" + url.QueryEscape(packed(written(logout())))},
		{name: "an empty signature", cause: "not signed", raw: good[:strings.Index(good, "&Signature=")] + "&Signature="},
		{name: "by another key", cause: "by none of the certificates", raw: query(written(logout()), "", keys().attacker, dsig.RSASHA256SignatureMethod, crypto.SHA256)},
		{name: "by an expired certificate", cause: "by none of the certificates", raw: query(written(logout()), "", keys().expired, dsig.RSASHA256SignatureMethod, crypto.SHA256)},
		{name: "signature over another message", cause: "was changed", raw: "SAMLRequest=" + url.QueryEscape(packed(written(other))) + "&" + rest},
		{name: "signature over another state", cause: "was changed", raw: strings.Replace(good, "their+state", "evil", 1)},
		{name: "signature without the state", cause: "was changed", raw: strings.Replace(good, "&RelayState=their+state", "", 1)},
		{name: "a parameter that is not covered", cause: "parameter that its signature does not cover", raw: good + "&SAMLEncoding=urn:x"},
		{name: "the message twice", cause: "stands there twice", raw: "SAMLRequest=" + url.QueryEscape(packed(written(other))) + "&" + good},
		{name: "the message again in other letters", cause: "parameter that its signature does not cover", raw: good + "&SAML%52equest=x"},
		{name: "SHA-1", cause: "algorithm is not allowed", raw: query(written(logout()), "", keys().idp, dsig.RSASHA1SignatureMethod, crypto.SHA1)},
		{name: "SHA-1 that says it is SHA-256", cause: "was changed", raw: query(written(logout()), "", keys().idp, dsig.RSASHA256SignatureMethod, crypto.SHA1)},
		{name: "signature that is not base64", cause: "value cannot be read", raw: good[:strings.Index(good, "&Signature=")] + "&Signature=!!"},
		{name: "broken escapes", cause: "cannot be read", raw: good + "%"},
		{name: "not packed", cause: "not packed by DEFLATE", raw: signedParameter(encode(written(logout())))},
		{name: "not base64", cause: "not base64", raw: signedParameter("!!")},
		{name: "deflate bomb of 64 MiB", cause: "when it is unpacked", raw: rightly(bomb)},
		{name: "DTD", cause: "document type", raw: rightly(append([]byte("<!DOCTYPE x>"), written(logout())...))},
		{name: "a signature inside too", cause: "signature in the query, not inside", raw: rightly(written(both))},
		{name: "a response", cause: "not a SAML 2.0 request to sign out", raw: rightly([]byte(`<samlp:LogoutResponse xmlns:samlp="` + nsProtocol + `"/>`))},
		{name: "an answer to us", cause: "not exactly one request", raw: "SAMLResponse=x"},
		{name: "nothing", cause: "not exactly one request"},
	}
}

// TestBombStaysPacked: what is larger than a message may be is not unpacked to find out. It
// runs alone, for it counts what is allocated.
func TestBombStaysPacked(t *testing.T) {
	bomb, err := decode(packed(bytes.Repeat([]byte(" "), 64<<20)))
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = inflate(bomb)
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; err == nil || used > 8<<20 {
		t.Errorf("%v after %d bytes", err, used)
	}
}

// signedParameter signs a query whose message is that text.
func signedParameter(s string) string {
	q := "SAMLRequest=" + url.QueryEscape(s) + "&SigAlg=" + url.QueryEscape(dsig.RSASHA256SignatureMethod)
	digest := sha256.Sum256([]byte(q))
	signature, err := keys().idp.key.Sign(rand.Reader, digest[:], crypto.SHA256)
	if err != nil {
		panic(err)
	}
	return q + "&Signature=" + url.QueryEscape(encode(signature))
}

func hostilePosts() []hostileEnd {
	posted := func(m *etree.Element) url.Values { return url.Values{"SAMLRequest": {encode(written(m))}} }
	by := func(who pair) url.Values {
		m := logout()
		sign(m, who)
		return posted(m)
	}
	after := func(change func(*etree.Element)) url.Values {
		m := logout()
		sign(m, keys().idp)
		change(m)
		return posted(m)
	}
	good := by(keys().idp)["SAMLRequest"][0]
	return []hostileEnd{
		{name: "POST: not signed", cause: "not signed", form: posted(logout())},
		{name: "POST: by another key", cause: "by none of the certificates", form: by(keys().attacker)},
		{name: "POST: by an expired certificate", cause: "by none of the certificates", form: by(keys().expired)},
		{name: "POST: changed after signing", cause: "was changed", form: after(func(m *etree.Element) { part(m, "NameID").SetText(mallory) })},
		{name: "POST: the signed request within the signature of another", cause: "signature's reference is not", form: after(func(m *etree.Element) {
			original := m.Copy()
			original.RemoveChild(original.SelectElement("Signature"))
			set(m, "ID", "_evil")
			part(m, "NameID").SetText(mallory)
			m.AddChild(original)
		})},
		{name: "POST: the signed request as an object of the signature", cause: "parts that SAML does not allow", form: after(func(m *etree.Element) {
			original := m.Copy()
			signature := original.SelectElement("Signature")
			original.RemoveChild(signature)
			set(m, "ID", "_evil")
			part(m, "SignatureValue").Parent().CreateElement("ds:Object").AddChild(original)
		})},
		{name: "POST: the signed request whole within another", cause: "a signature stands where none is allowed", form: func() url.Values {
			original := logout()
			sign(original, keys().idp)
			m := logout()
			set(m, "ID", "_evil")
			m.AddChild(original)
			return posted(m)
		}()},
		{name: "POST: comment in the name", cause: "comment", form: url.Values{"SAMLRequest": {encode(bytes.Replace(mustDecode(good), []byte(someone), []byte("nurse<!---->-4711"), 1))}}},
		{name: "POST: two messages", cause: "not exactly one request", form: url.Values{"SAMLRequest": {good, good}}},
		{name: "POST: packed", cause: "not UTF-8", form: url.Values{"SAMLRequest": {packed(written(logout()))}}},
		{name: "POST: a good one, and one by redirect that is not signed", cause: "not signed", form: url.Values{"SAMLRequest": {good}}, raw: "SAMLRequest=x"},
	}
}

func mustDecode(s string) []byte {
	b, err := decode(s)
	if err != nil {
		panic(err)
	}
	return b
}

// hostileLogouts are signed by the provider as they are.
func hostileLogouts() (all []hostileEnd) {
	for _, c := range []struct {
		name, cause string
		byAttribute bool
		change      func(*etree.Element)
	}{
		{name: "another provider", cause: "by another provider", change: func(m *etree.Element) { part(m, "Issuer").SetText("https://evil.example") }},
		{name: "no provider", cause: "by another provider", change: without("Issuer")},
		{name: "over", cause: "no longer valid", change: root("NotOnOrAfter", stamp(now.Add(-2*time.Minute)))},
		{name: "of yesterday", cause: "no longer valid", change: func(m *etree.Element) {
			set(m, "IssueInstant", stamp(now.AddDate(0, 0, -1)))
			set(m, "NotOnOrAfter", stamp(now.AddDate(1, 0, 0)))
		}},
		{name: "of the future", cause: "lies in the future", change: root("IssueInstant", stamp(now.Add(2*time.Minute)))},
		{name: "of no time", cause: "lies in the future", change: func(m *etree.Element) { m.RemoveAttr("IssueInstant") }},
		{name: "an end that is none", cause: "time that cannot be read", change: root("NotOnOrAfter", "never")},
		{name: "another destination", cause: "another destination", change: root("Destination", "https://evil.example")},
		{name: "no destination", cause: "another destination", change: func(m *etree.Element) { m.RemoveAttr("Destination") }},
		{name: "SAML 1.1", cause: "not of SAML 2.0", change: root("Version", "1.1")},
		{name: "no id", cause: "no usable id", change: func(m *etree.Element) { m.RemoveAttr("ID") }},
		{name: "an id that is none", cause: "no usable id", change: root("ID", "a b")},
		{name: "nobody", cause: "not exactly one NameID", change: without("NameID")},
		{name: "two people", cause: "not exactly one NameID", change: func(m *etree.Element) { m.AddChild(part(m, "NameID").Copy()) }},
		{name: "a transient name", cause: "transient", change: to("NameID", "Format", formatTransient)},
		{name: "an empty name", cause: "user's id is empty", change: func(m *etree.Element) { part(m, "NameID").SetText("") }},
		{name: "100 sessions", cause: "too many sessions", change: func(m *etree.Element) {
			for range 100 {
				m.AddChild(part(m, "SessionIndex").Copy())
			}
		}},
		{name: "an empty session", cause: "session by nothing", change: func(m *etree.Element) { part(m, "SessionIndex").SetText("") }},
		{name: "no session, where users are known by an attribute", cause: "names no session", byAttribute: true, change: without("SessionIndex")},
		{name: "an assertion inside", cause: "an assertion stands where none is allowed", change: func(m *etree.Element) { m.AddChild(tree(goodAssertion("x"))) }},
	} {
		m := logout()
		c.change(m)
		all = append(all, hostileEnd{name: "signed: " + c.name, cause: c.cause, byAttribute: c.byAttribute, raw: rightly(written(m))})
	}
	return all
}

// TestEndByAttribute: users known by an attribute are ended by their sessions.
func TestEndByAttribute(t *testing.T) {
	t.Parallel()
	config := stanza(t, metadataOf(keys().idp.cert))
	config.Subject = "uid"
	ended, err := openStanza(t, config).End(context.Background(), nil, rightly(written(logout())))
	if err != nil || ended.Subject != "" || !reflect.DeepEqual(ended.Sessions, []string{"s-1"}) {
		t.Errorf("%+v %v", ended, err)
	}
}
