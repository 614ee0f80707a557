package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"strings"
	"testing"
	"time"
)

func chmod(t *testing.T, path string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// loosen puts a policy into force that lets a role read everything of anybody.
func (p *examined) loosen(t *testing.T, roles, labels string) {
	t.Helper()
	text := readText(t, p.dir+"/policies.yaml")
	file := p.put(t, "policies.yaml", text+"\n  - id: an-oversight\n    description: An oversight.\n    effect: allow\n    "+roles+"\n    actions: [read]\n    resources: [\"record:problems\"]\n    when: {label: ["+labels+"]}\n", 0o640)
	if code, out, errs := command("policy", "import", "--config", p.file, "--reason", "an oversight of a test", file); code != 0 {
		t.Fatal(out, errs)
	}
}

// certificate gives the audit repository an authority that ends.
func (p *examined) certificate(t *testing.T, in time.Duration) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-24 * time.Hour), NotAfter: time.Now().Add(in)}
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: der}); err != nil {
		t.Fatal(err)
	}
	p.change(t, "  # syslog:", "  syslog: {address: '127.0.0.1:1', ca: "+p.put(t, "ca.pem", b.String(), 0o640)+"}\n  # syslog:")
}
