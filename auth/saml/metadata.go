package saml

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"strings"
	"time"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"
)

// idp is what metadata says of an identity provider.
type idp struct {
	entity string
	// signOn and signOut are its addresses for the HTTP-Redirect binding; signOut and
	// answer (where answers to its own requests to sign out go) are "" if it has none.
	signOn, signOut, answer string
	// trusted are its certificates for signatures, all of them strong.
	trusted []*x509.Certificate
	// until is when the metadata is void; zero if it does not say.
	until time.Time
	// fresh is how long it may be kept without looking again; 0 if it does not say.
	fresh time.Duration
}

// Bounds of metadata. ADFS describes itself in 60 KiB.
const (
	mostMetadata     = 1 << 20
	mostCertificates = 8
)

// readMetadata makes an idp of metadata for one provider. With a signer, only what it
// signed counts (metadata §3).
func readMetadata(b []byte, signer *x509.Certificate, now time.Time) (*idp, error) {
	if len(b) > mostMetadata {
		return nil, errors.New("the metadata is larger than 1 MiB")
	}
	g := &gate{elements: 10 * mostElements, attrs: 30 * mostElements, comments: true, ids: map[string]bool{}}
	root, err := g.tree(bytes.TrimPrefix(b, []byte("\ufeff"))) // ADFS and Entra ID write a byte order mark
	if err != nil {
		return nil, err
	}
	if signer != nil {
		if root, err = signed(root, []*x509.Certificate{signer}, now); err != nil {
			return nil, err
		}
		if root == nil {
			return nil, errors.New("the metadata is not signed, and metadata_signer_file says that it must be")
		}
	}
	entity, err := describe(root)
	if err != nil {
		return nil, err
	}
	return newIDP(entity, now)
}

// describe finds the one identity provider: the root, or the only one of a list.
func describe(root *etree.Element) (*saml.EntityDescriptor, error) {
	found := []*etree.Element{root}
	if is(root, nsMetadata, "EntitiesDescriptor") {
		found = nil
		for _, e := range children(root, nsMetadata, "EntityDescriptor") {
			if len(children(e, nsMetadata, "IDPSSODescriptor")) > 0 {
				found = append(found, e)
			}
		}
	}
	if len(found) != 1 || !is(found[0], nsMetadata, "EntityDescriptor") {
		return nil, errors.New("the metadata does not describe exactly one identity provider")
	}
	alone, err := detached(found[0])
	if err != nil {
		return nil, err
	}
	doc := etree.NewDocumentWithRoot(alone)
	b, err := doc.WriteToBytes()
	if err != nil {
		return nil, errors.New("the metadata cannot be read")
	}
	var entity saml.EntityDescriptor
	if xml.Unmarshal(b, &entity) != nil {
		return nil, errors.New("the metadata is not as SAML wants it")
	}
	return &entity, nil
}

func newIDP(entity *saml.EntityDescriptor, now time.Time) (*idp, error) {
	if entity.EntityID == "" || len(entity.IDPSSODescriptors) != 1 {
		return nil, errors.New("the metadata does not describe exactly one identity provider")
	}
	role := &entity.IDPSSODescriptors[0]
	i := &idp{entity: entity.EntityID, until: entity.ValidUntil, fresh: entity.CacheDuration}
	if role.ValidUntil != nil && (i.until.IsZero() || role.ValidUntil.Before(i.until)) {
		i.until = *role.ValidUntil
	}
	if i.expired(now) {
		return nil, errors.New("the metadata is no longer valid (validUntil)")
	}
	if !strings.Contains(role.ProtocolSupportEnumeration, nsProtocol) {
		return nil, errors.New("the identity provider does not speak SAML 2.0")
	}
	i.signOn, _ = endpoint(role.SingleSignOnServices)
	i.signOut, i.answer = endpoint(role.SingleLogoutServices)
	if i.signOn == "" {
		return nil, errors.New("the metadata has no address for signing in by HTTP-Redirect over https")
	}
	i.trusted = certificates(role.KeyDescriptors)
	if len(i.trusted) == 0 {
		return nil, errors.New("the metadata has no usable certificate for signatures: RSA of 2048 bits or more, or ECDSA of 256, is needed")
	}
	return i, nil
}

func (i *idp) expired(now time.Time) bool { return !i.until.IsZero() && !now.Before(i.until) }

// endpoint is the address of the HTTP-Redirect binding, and where responses go; "" if there
// is none that may be used.
func endpoint(all []saml.Endpoint) (location, response string) {
	for _, e := range all {
		if e.Binding != saml.HTTPRedirectBinding || !goodAddress(e.Location) {
			continue
		}
		if response = e.ResponseLocation; !goodAddress(response) {
			response = e.Location
		}
		return e.Location, response
	}
	return "", ""
}

// certificates are the strong ones for signatures (metadata §2.4.1.1: no use is any use),
// each once.
func certificates(keys []saml.KeyDescriptor) (all []*x509.Certificate) {
	for _, k := range keys {
		if k.Use != "" && k.Use != "signing" {
			continue
		}
		for _, c := range k.KeyInfo.X509Data.X509Certificates {
			der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(c.Data), ""))
			if err != nil {
				continue
			}
			certificate, err := x509.ParseCertificate(der)
			if err != nil || !strong(certificate) || holds(all, certificate) || len(all) == mostCertificates {
				continue
			}
			all = append(all, certificate)
		}
	}
	return all
}

func holds(all []*x509.Certificate, certificate *x509.Certificate) bool {
	for _, c := range all {
		if c.Equal(certificate) {
			return true
		}
	}
	return false
}
