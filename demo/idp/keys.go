package idp

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"time"
)

// keyPair is a key and its certificate, made at the start and good for 90 days.
type keyPair struct {
	key             crypto.Signer
	cert            *x509.Certificate
	keyPEM, certPEM []byte
}

// makeSigner makes what a SAML provider signs with: RSA, self-signed.
func makeSigner(name string) (keyPair, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return keyPair{}, err
	}
	return certify(key, &x509.Certificate{Subject: pkix.Name{CommonName: name}, KeyUsage: x509.KeyUsageDigitalSignature}, nil)
}

// makeAuthority makes a certificate authority of its own.
func makeAuthority(name string) (keyPair, error) {
	return certifyNew(&x509.Certificate{
		Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}, nil)
}

// makeServer makes what a server on loopback shows, signed by the authority.
func makeServer(authority keyPair) (keyPair, error) {
	return certifyNew(&x509.Certificate{
		Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		KeyUsage:    x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, &authority)
}

func certifyNew(template *x509.Certificate, by *keyPair) (keyPair, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return keyPair{}, err
	}
	return certify(key, template, by)
}

// certify signs template by an authority, or by key itself if by is nil.
func certify(key crypto.Signer, template *x509.Certificate, by *keyPair) (keyPair, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return keyPair{}, err
	}
	template.SerialNumber, template.NotBefore, template.NotAfter = serial, time.Now().Add(-time.Hour), time.Now().AddDate(0, 0, 90)
	parent, signer := template, key
	if by != nil {
		parent, signer = by.cert, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		return keyPair{}, err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return keyPair{}, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return keyPair{}, err
	}
	return keyPair{
		key: key, cert: cert, certPEM: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		keyPEM: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}),
	}, nil
}

// ServiceKey is what a SAML service signs with and has assertions encrypted to.
type ServiceKey struct {
	// Certificate is in DER, the others in PEM; the key is PKCS #8.
	Certificate, CertificatePEM, KeyPEM []byte
}

// MakeServiceKey makes one: RSA of 2048 bits, self-signed.
func MakeServiceKey(name string) (ServiceKey, error) {
	k, err := makeSigner(name)
	if err != nil {
		return ServiceKey{}, err
	}
	return ServiceKey{Certificate: k.cert.Raw, CertificatePEM: k.certPEM, KeyPEM: k.keyPEM}, nil
}
