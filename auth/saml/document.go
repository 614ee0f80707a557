package saml

import (
	"crypto/x509"
	"encoding/base64"
	"strconv"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"
)

// Document is our metadata for the provider's operator (metadata §2.4.4). crewjam's own
// would offer the artifact binding, which is refused here, and no AES-GCM.
func (p *provider) Document() (document []byte, mediaType string) {
	root := etree.NewElement("md:EntityDescriptor")
	root.CreateAttr("xmlns:md", nsMetadata)
	root.CreateAttr("xmlns:ds", nsSignature)
	root.CreateAttr("entityID", p.config.EntityID)
	role := root.CreateElement("md:SPSSODescriptor")
	role.CreateAttr("AuthnRequestsSigned", strconv.FormatBool(p.config.signsRequests()))
	role.CreateAttr("WantAssertionsSigned", "true")
	role.CreateAttr("protocolSupportEnumeration", nsProtocol)
	describeKey(role, "signing", p.own)
	if p.next != nil {
		describeKey(role, "signing", p.next)
	}
	encryption := describeKey(role, "encryption", p.own)
	for _, method := range []string{
		nsXMLEnc11 + "aes256-gcm", nsXMLEnc11 + "aes128-gcm", nsEncryption + "aes256-cbc", nsEncryption + "aes128-cbc",
		nsXMLEnc11 + "rsa-oaep", nsEncryption + "rsa-oaep-mgf1p",
	} {
		encryption.CreateElement("md:EncryptionMethod").CreateAttr("Algorithm", method)
	}
	for _, binding := range []string{saml.HTTPRedirectBinding, saml.HTTPPostBinding} {
		slo := role.CreateElement("md:SingleLogoutService")
		slo.CreateAttr("Binding", binding)
		slo.CreateAttr("Location", p.slo())
		slo.CreateAttr("ResponseLocation", p.env.Base+"/left")
	}
	if p.config.NameIDFormat != "" {
		role.CreateElement("md:NameIDFormat").SetText(p.config.NameIDFormat)
	}
	acs := role.CreateElement("md:AssertionConsumerService")
	acs.CreateAttr("Binding", saml.HTTPPostBinding)
	acs.CreateAttr("Location", p.acs())
	acs.CreateAttr("index", "0")
	acs.CreateAttr("isDefault", "true")
	doc := etree.NewDocumentWithRoot(root)
	doc.Indent(2)
	b, _ := doc.WriteToBytes() // into memory: it cannot fail
	return b, "application/samlmetadata+xml"
}

func describeKey(role *etree.Element, use string, certificate *x509.Certificate) *etree.Element {
	key := role.CreateElement("md:KeyDescriptor")
	key.CreateAttr("use", use)
	key.CreateElement("ds:KeyInfo").CreateElement("ds:X509Data").CreateElement("ds:X509Certificate").
		SetText(base64.StdEncoding.EncodeToString(certificate.Raw))
	return key
}
