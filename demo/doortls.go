package demo

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"slices"
	"time"
)

// authority signs the certificates of the systems behind TLS, good and bad ones.
type authority struct {
	file string // the authority's own certificate, PEM
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	made int64

	good, expired, elsewhere tls.Certificate
}

// newAuthority makes it, and a file of its certificate that goes with the region.
func (r *Region) newAuthority(o Options) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	a := &authority{key: key}
	now := time.Now()
	self := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Westmarch demo authority"}, NotBefore: now.Add(-48 * time.Hour),
		NotAfter: now.AddDate(1, 0, 0), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, self, self, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		return nil, err
	}
	if a.good, err = a.leaf(now.Add(24*time.Hour*30), "localhost", net.IPv4(127, 0, 0, 1)); err != nil {
		return nil, err
	}
	if a.expired, err = a.leaf(now.Add(-time.Hour), "localhost", net.IPv4(127, 0, 0, 1)); err != nil {
		return nil, err
	}
	if a.elsewhere, err = a.leaf(now.Add(24*time.Hour*30), "elsewhere.invalid"); err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(o.Dir, "patchwork-demo-authority-*.pem")
	if err != nil {
		return nil, err
	}
	a.file = file.Name()
	r.closers = append(r.closers, func(context.Context) error { return os.Remove(a.file) })
	if err = pem.Encode(file, &pem.Block{Type: "CERTIFICATE", Bytes: der}); err == nil {
		err = file.Close()
	}
	return a, err
}

// leaf signs a certificate for a name and addresses, with a key of its own.
func (a *authority) leaf(until time.Time, name string, addresses ...net.IP) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	a.made++
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: big.NewInt(1 + a.made), Subject: pkix.Name{CommonName: name},
		DNSNames: []string{name}, IPAddresses: addresses, NotBefore: until.AddDate(0, 0, -60), NotAfter: until,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}, a.cert, &key.PublicKey, a.key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}

// behind is how a system answers a handshake: by the fault its gate has at the moment.
func (a *authority) behind(g *gate) *tls.Config {
	of := func(fault string) *tls.Config {
		c := &tls.Config{Certificates: []tls.Certificate{a.good}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}}
		switch fault {
		case faultExpired:
			c.Certificates = []tls.Certificate{a.expired}
		case faultWrongHost:
			c.Certificates = []tls.Certificate{a.elsewhere}
		case faultTLS10:
			c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS10 // #nosec G402 -- it is the fault
		}
		return c
	}
	c := of("")
	c.GetConfigForClient = func(*tls.ClientHelloInfo) (*tls.Config, error) { return of(g.current()), nil }
	return c
}

// startHTTPS starts a system behind TLS if the region has an authority, as startHTTP
// otherwise; ca is the file with the authority, "" without.
func (r *Region) startHTTPS(o Options, w *wire, c *control) (address, ca string, err error) {
	if !o.TLS {
		address, err = r.startHTTP(w, c)
		return address, "", err
	}
	if r.authority == nil {
		if r.authority, err = r.newAuthority(o); err != nil {
			return "", "", err
		}
	}
	d := &door{handler: w, addr: "127.0.0.1:0", tls: r.authority.behind(c.gate)}
	if err := d.open(); err != nil {
		return "", "", err
	}
	r.closers = append(r.closers, d.close)
	c.shut, c.open, c.secured = d.shut, d.open, true
	return "https://" + d.addr, r.authority.file, nil
}

// ofTLS reports whether a fault is met in the handshake: connections that stand must go.
func ofTLS(fault string) bool { return slices.Contains(TLSFaultNames(), fault) }
