package saml

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
	"regexp"
	"strings"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/russellhaering/goxmldsig/etreeutils"
)

// signatureMethods are those accepted, everywhere: no SHA-1, no HMAC.
var signatureMethods = map[string]x509.SignatureAlgorithm{
	dsig.RSASHA256SignatureMethod:   x509.SHA256WithRSA,
	dsig.RSASHA384SignatureMethod:   x509.SHA384WithRSA,
	dsig.RSASHA512SignatureMethod:   x509.SHA512WithRSA,
	dsig.ECDSASHA256SignatureMethod: x509.ECDSAWithSHA256,
	dsig.ECDSASHA384SignatureMethod: x509.ECDSAWithSHA384,
	dsig.ECDSASHA512SignatureMethod: x509.ECDSAWithSHA512,
}

// digestMethods are those accepted of a reference.
var digestMethods = map[string]bool{
	"http://www.w3.org/2001/04/xmlenc#sha256":       true,
	"http://www.w3.org/2001/04/xmldsig-more#sha384": true,
	"http://www.w3.org/2001/04/xmlenc#sha512":       true,
}

// messageID is the part of NCName that providers use.
var messageID = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]{0,254}$`)

// signed gives el as it was signed: the tree parsed from the very bytes that the signature
// covers, without the signature. The shape has been checked: el has one signature at most.
// None is nil without an error.
func signed(el *etree.Element, trusted []*x509.Certificate, now time.Time) (*etree.Element, error) {
	signature := only(el, nsSignature, "Signature")
	if signature == nil {
		return nil, nil //nolint:nilnil // an element without a signature is not wrong by itself
	}
	method, err := signatureShape(el, signature)
	if err != nil {
		return nil, err
	}
	alone, err := detached(el)
	if err != nil {
		return nil, err
	}
	if err := plainSignature(only(alone, nsSignature, "Signature"), method); err != nil {
		return nil, err
	}
	return verified(alone, trusted, now)
}

// verified tries the trusted certificates one by one: which key a message says it was
// signed with is not asked.
func verified(el *etree.Element, trusted []*x509.Certificate, now time.Time) (*etree.Element, error) {
	for _, certificate := range trusted {
		verifier := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: []*x509.Certificate{certificate}})
		verifier.Clock = dsig.NewFakeClockAt(now)
		if content, err := verifier.Validate(el); err == nil {
			if content.Tag != el.Tag || attr(content, "ID") != attr(el, "ID") {
				return nil, invalid("the signature covers another element than it stands in")
			}
			return content, nil
		}
	}
	return nil, invalid("the signature is by none of the certificates of the provider's metadata that are valid now, or what it signs was changed")
}

// signatureShape holds a signature to the SAML profile of XML Signature (core §5.4): one
// reference, to the element it stands in, enveloped and exclusively canonical.
func signatureShape(el, signature *etree.Element) (method string, err error) {
	id := attr(el, "ID")
	if !messageID.MatchString(id) {
		return "", invalid("what is signed has no usable id")
	}
	if !childrenAre(signature, nsSignature, "SignedInfo", "SignatureValue", "KeyInfo") {
		return "", invalid("the signature has parts that SAML does not allow")
	}
	info := only(signature, nsSignature, "SignedInfo")
	if len(children(info, nsSignature, "Reference")) > 1 {
		return "", invalid("the signature has more than one reference")
	}
	if !childrenAre(info, nsSignature, "CanonicalizationMethod", "SignatureMethod", "Reference") {
		return "", invalid("the signature has parts that SAML does not allow")
	}
	canonical, how := only(info, nsSignature, "CanonicalizationMethod"), only(info, nsSignature, "SignatureMethod")
	if attr(canonical, "Algorithm") != nsExclusive {
		return "", invalid("the signature is not exclusively canonical")
	}
	method = attr(how, "Algorithm")
	if _, ok := signatureMethods[method]; !ok || len(how.ChildElements()) > 0 {
		return "", invalid("the signature's algorithm is not allowed: RSA or ECDSA with SHA-256 or more is needed")
	}
	return method, referenceShape(only(info, nsSignature, "Reference"), id)
}

func referenceShape(reference *etree.Element, id string) error {
	if attr(reference, "URI") != "#"+id {
		return invalid("the signature's reference is not to the element it stands in")
	}
	if !childrenAre(reference, nsSignature, "Transforms", "DigestMethod", "DigestValue") {
		return invalid("the signature has parts that SAML does not allow")
	}
	if !digestMethods[attr(only(reference, nsSignature, "DigestMethod"), "Algorithm")] {
		return invalid("the signature's digest is not allowed: SHA-256 or more is needed")
	}
	transforms := only(reference, nsSignature, "Transforms").ChildElements()
	if len(transforms) != 2 || attr(transforms[0], "Algorithm") != string(dsig.EnvelopedSignatureAltorithmId) ||
		attr(transforms[1], "Algorithm") != nsExclusive || len(transforms[0].ChildElements()) > 0 {
		return invalid("the signature's transforms are not enveloped and exclusively canonical")
	}
	for _, t := range transforms {
		if !is(t, nsSignature, "Transform") {
			return invalid("the signature's transforms are not enveloped and exclusively canonical")
		}
	}
	for _, c := range transforms[1].ChildElements() {
		if !is(c, nsExclusive, "InclusiveNamespaces") {
			return invalid("the signature's transforms are not enveloped and exclusively canonical")
		}
	}
	return nil
}

// childrenAre reports whether el has children of those names only, each once; KeyInfo and
// Transforms' own rules apart, KeyInfo alone may be missing.
func childrenAre(el *etree.Element, ns string, tags ...string) bool {
	if el == nil {
		return false
	}
	found := 0
	for _, tag := range tags {
		n := len(children(el, ns, tag))
		if n > 1 || (n == 0 && tag != "KeyInfo") {
			return false
		}
		found += n
	}
	return found == len(el.ChildElements())
}

// detached is a copy of el with the namespaces of where it stood.
func detached(el *etree.Element) (*etree.Element, error) {
	around, err := etreeutils.NSBuildParentContext(el)
	if err != nil {
		return nil, invalid("the message's namespaces cannot be resolved")
	}
	alone, err := etreeutils.NSDetatch(around, el)
	if err != nil {
		return nil, invalid("the message's namespaces cannot be resolved")
	}
	return alone, nil
}

// plainSignature makes a signature such as goxmldsig reads it: no KeyInfo, no white space
// in the value, and an ECDSA value in ASN.1 (XML Signature has r and s side by side: RFC
// 4051 §2.3.6). None of this is covered by the signature.
func plainSignature(signature *etree.Element, method string) error {
	if k := only(signature, nsSignature, "KeyInfo"); k != nil {
		signature.RemoveChild(k)
	}
	element := only(signature, nsSignature, "SignatureValue")
	value, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text(element)), ""))
	if err != nil || len(value) == 0 || len(value) > 1024 {
		return invalid("the signature's value cannot be read")
	}
	element.SetText(base64.StdEncoding.EncodeToString(plainValue(value, method)))
	return nil
}

// plainValue is an ECDSA value in ASN.1, if it was not; an RSA value as it is.
func plainValue(value []byte, method string) []byte {
	half := len(value) / 2
	if !strings.Contains(method, "#ecdsa-") || len(value)%2 != 0 || asn1Sequence(value) {
		return value
	}
	der, err := asn1.Marshal(struct{ R, S *big.Int }{new(big.Int).SetBytes(value[:half]), new(big.Int).SetBytes(value[half:])})
	if err != nil {
		return value
	}
	return der
}

func asn1Sequence(value []byte) bool {
	var rs struct{ R, S *big.Int }
	rest, err := asn1.Unmarshal(value, &rs)
	return err == nil && len(rest) == 0
}

// strong reports whether a provider's or our key may be used: RSA of 2048 bits and more, or
// ECDSA on a curve of 256 bits and more.
func strong(certificate *x509.Certificate) bool {
	switch key := certificate.PublicKey.(type) {
	case *rsa.PublicKey:
		return key.N.BitLen() >= 2048 && key.N.BitLen() <= 8192
	case *ecdsa.PublicKey:
		return key.Curve.Params().BitSize >= 256
	}
	return false
}
