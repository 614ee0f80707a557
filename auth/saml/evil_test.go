package saml

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"log/slog"
	"math/big"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"

	"github.com/patchworkcare/patchwork/auth"
)

const (
	base       = "https://care.example/auth/at/riverside"
	idpEntity  = "https://idp.example/metadata"
	idpSignOn  = "https://idp.example/sso"
	idpSignOut = "https://idp.example/slo?tenant=1"
	someone    = "nurse-4711"
	mallory    = "mallory"
)

// now is the tests' clock.
var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// pair is a key with a certificate of its own making.
type pair struct {
	key  crypto.Signer
	cert *x509.Certificate
}

func newPair(key crypto.Signer, from, until time.Time) pair {
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "idp"}, NotBefore: from, NotAfter: until}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		panic(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return pair{key, cert}
}

func rsaKey(bits int) *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		panic(err)
	}
	return key
}

// keys are made once for all tests.
var keys = sync.OnceValue(func() (k struct{ ours, realistic, idp, next, attacker, expired, elliptic pair }) {
	from, until := now.AddDate(-1, 0, 0), now.AddDate(2, 0, 0)
	k.ours, k.idp = newPair(rsaKey(2048), from, until), newPair(rsaKey(2048), from, until)
	k.realistic = newPair(k.ours.key, time.Now().Add(-time.Hour), time.Now().AddDate(1, 0, 0)) // by the machine's clock
	k.next, k.attacker = newPair(rsaKey(2048), from, until), newPair(rsaKey(2048), from, until)
	k.expired = newPair(rsaKey(2048), from, now.Add(-time.Hour))
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	k.elliptic = newPair(curve, from, until)
	return k
})

func der(c *x509.Certificate) string { return base64.StdEncoding.EncodeToString(c.Raw) }

// metadataOf describes the identity provider with those certificates.
func metadataOf(certs ...*x509.Certificate) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0"?><!-- made by hand --><md:EntityDescriptor xmlns:md="%s" xmlns:ds="%s" ID="m1" entityID="%s" validUntil="2027-01-01T00:00:00Z">`, nsMetadata, nsSignature, idpEntity)
	fmt.Fprintf(&b, `<md:IDPSSODescriptor protocolSupportEnumeration="%s">`, nsProtocol)
	for _, c := range certs {
		fmt.Fprintf(&b, `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`, der(c))
	}
	fmt.Fprintf(&b, `<md:KeyDescriptor use="encryption"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`, der(keys().attacker.cert))
	for _, binding := range []string{"HTTP-POST", "HTTP-Redirect"} {
		fmt.Fprintf(&b, `<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:%s" Location="%s"/>`, binding, idpSignOut)
	}
	for _, binding := range []string{"HTTP-POST", "HTTP-Redirect"} {
		fmt.Fprintf(&b, `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:%s" Location="%s"/>`, binding, idpSignOn)
	}
	b.WriteString(`</md:IDPSSODescriptor></md:EntityDescriptor>`)
	return b.String()
}

func writePEM(t testing.TB, kind string, content []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// stanza is a Config with our key pair, and the metadata in a file.
func stanza(t testing.TB, metadata string) *Config {
	t.Helper()
	key, err := x509.MarshalPKCS8PrivateKey(keys().ours.key)
	if err != nil {
		t.Fatal(err)
	}
	c := &Config{KeyFile: writePEM(t, "PRIVATE KEY", key), CertificateFile: writePEM(t, "CERTIFICATE", keys().ours.cert.Raw)}
	if metadata != "" {
		c.MetadataFile = filepath.Join(t.TempDir(), "idp.xml")
		if err := os.WriteFile(c.MetadataFile, []byte(metadata), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func environment() auth.Env {
	return auth.Env{ID: "riverside", Name: "Riverside Hospital", Base: base, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }}
}

func openStanza(t testing.TB, c *Config) *provider {
	t.Helper()
	if problems := c.Validate(); len(problems) > 0 {
		t.Fatal(problems)
	}
	p, err := c.Open(context.Background(), environment())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p.(*provider)
}

// begin starts an attempt and gives what was kept and the request's id.
func begin(t testing.TB, p *provider, again bool) (kept []byte, id string) {
	t.Helper()
	d, err := p.Begin(context.Background(), auth.Ask{State: "state", Again: again})
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(d.URL)
	if err != nil {
		t.Fatal(err)
	}
	return d.Kept, attr(message(t, u.Query().Get("SAMLRequest")), "ID")
}

// message unpacks what went by redirect.
func message(t testing.TB, packed string) *etree.Element {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(packed)
	if err != nil {
		t.Fatal(err)
	}
	if b, err = inflate(b); err != nil {
		t.Fatal(err)
	}
	return tree(string(b))
}

func tree(s string) *etree.Element {
	doc := etree.NewDocument()
	if err := doc.ReadFromString(s); err != nil {
		panic(err)
	}
	return doc.Root()
}

func stamp(t time.Time) string { return t.Format("2006-01-02T15:04:05.000Z") }

// answer is a good response to the request, not signed yet.
func answer(request string) *etree.Element {
	return tree(fmt.Sprintf(`<samlp:Response xmlns:samlp="%[1]s" xmlns:saml="%[2]s" ID="_r1" Version="2.0" IssueInstant="%[4]s" Destination="%[3]s/return" InResponseTo="%[5]s">`+
		`<saml:Issuer>%[6]s</saml:Issuer><samlp:Status><samlp:StatusCode Value="%[7]s"/></samlp:Status>%[8]s</samlp:Response>`,
		nsProtocol, nsAssertion, base, stamp(now), request, idpEntity, statusSuccess, goodAssertion(request)))
}

func goodAssertion(request string) string {
	return fmt.Sprintf(`<saml:Assertion xmlns:saml="%[1]s" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID="_a1" Version="2.0" IssueInstant="%[3]s">`+
		`<saml:Issuer>%[4]s</saml:Issuer><saml:Subject><saml:NameID Format="%[5]s" SPNameQualifier="%[2]s/metadata">%[6]s</saml:NameID>`+
		`<saml:SubjectConfirmation Method="%[7]s"><saml:SubjectConfirmationData Recipient="%[2]s/return" InResponseTo="%[8]s" NotOnOrAfter="%[9]s"/></saml:SubjectConfirmation></saml:Subject>`+
		`<saml:Conditions NotBefore="%[10]s" NotOnOrAfter="%[9]s"><saml:AudienceRestriction><saml:Audience>https://other.example/</saml:Audience><saml:Audience>%[2]s/metadata</saml:Audience></saml:AudienceRestriction></saml:Conditions>`+
		`<saml:AuthnStatement AuthnInstant="%[3]s" SessionIndex="s-1" SessionNotOnOrAfter="%[11]s"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`+
		`<saml:AttributeStatement><saml:Attribute Name="urn:oid:2.5.4.3" FriendlyName="cn"><saml:AttributeValue xsi:type="xs:string">Ada Nurse</saml:AttributeValue></saml:Attribute>`+
		`<saml:Attribute Name="groups"><saml:AttributeValue>Doctors</saml:AttributeValue><saml:AttributeValue>Pharmacy</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`,
		nsAssertion, base, stamp(now), idpEntity, formatPersistent, someone, methodBearer, request,
		stamp(now.Add(5*time.Minute)), stamp(now.Add(-time.Minute)), stamp(now.Add(8*time.Hour)))
}

// part finds an element below by its local name; it must be there.
func part(root *etree.Element, tag string) *etree.Element {
	el := root.FindElement(".//" + tag)
	if el == nil {
		panic("no " + tag)
	}
	return el
}

func set(el *etree.Element, name, value string) { el.CreateAttr(name, value) }

// sign puts an enveloped signature into el, after its issuer, as providers do.
func sign(el *etree.Element, by pair) *etree.Element {
	return signWith(el, by, func(*dsig.SigningContext) {}, func(*etree.Element) {})
}

func signWith(el *etree.Element, by pair, how func(*dsig.SigningContext), edit func(*etree.Element)) *etree.Element {
	signer, err := dsig.NewSigningContext(by.key, [][]byte{by.cert.Raw})
	if err != nil {
		panic(err)
	}
	signer.Canonicalizer = dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("")
	how(signer)
	signature, err := signer.ConstructSignature(el.Copy(), true)
	if err != nil {
		panic(err)
	}
	edit(signature)
	el.InsertChildAt(1, signature)
	return signature
}

// resign computes the value over a SignedInfo that was changed.
func resign(signature *etree.Element, by pair) {
	info := part(signature, "SignedInfo").Copy()
	set(info, "xmlns:ds", nsSignature)
	canonical, err := dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("").Canonicalize(info)
	if err != nil {
		panic(err)
	}
	h := crypto.SHA256.New()
	h.Write(canonical)
	value, err := by.key.Sign(rand.Reader, h.Sum(nil), crypto.SHA256)
	if err != nil {
		panic(err)
	}
	part(signature, "SignatureValue").SetText(base64.StdEncoding.EncodeToString(value))
}

func written(el *etree.Element) []byte {
	var b bytes.Buffer
	if _, err := etree.NewDocumentWithRoot(el.Copy()).WriteTo(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func finish(p *provider, kept, response []byte) (auth.Proof, error) {
	return p.Finish(context.Background(), auth.Return{Kept: kept, Form: url.Values{"SAMLResponse": {base64.StdEncoding.EncodeToString(response)}}})
}

func encode(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func rsaOf(p pair) *rsa.PrivateKey { return p.key.(*rsa.PrivateKey) }
