package ldap_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	_ "embed"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/ldap"

	"github.com/patchworkcare/patchwork/demo/idp"
	"github.com/patchworkcare/patchwork/demo/idp/idptest"
)

const (
	suffix     = "dc=riverside,dc=example"
	staff      = "ou=staff," + suffix
	service    = "cn=patchwork," + suffix
	servicePwd = "service secret"
	password   = "correct horse battery"
)

//go:embed testdata/people.ldif
var people string

// directory is a running slapd: plain and StartTLS at one port, TLS at the other.
type directory struct {
	plain, tls    string // HOST:PORT
	ca, otherCA   string // files
	referralCalls atomic.Int32
	dir           string
	cmd           *exec.Cmd
	referral      net.Listener
}

var (
	once   sync.Once
	shared *directory
	broken error
)

func TestMain(m *testing.M) {
	code := m.Run()
	if shared != nil {
		shared.stop()
	}
	if code == 0 {
		if err := goleak.Find(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// slapd gives the directory that all tests share.
func slapd(t testing.TB) *directory {
	t.Helper()
	if _, err := os.Stat("/usr/sbin/slapd"); errors.Is(err, fs.ErrNotExist) {
		idptest.Started(t, fmt.Errorf("%w: slapd", idp.ErrAbsent)) // skips, but where all is meant to be there
	}
	once.Do(func() { shared, broken = start() })
	if broken != nil {
		t.Fatal(broken)
	}
	return shared
}

func start() (*directory, error) {
	dir, err := os.MkdirTemp("", "slapd")
	if err != nil {
		return nil, err
	}
	d := &directory{dir: dir, plain: freeAddress(), tls: freeAddress(), ca: filepath.Join(dir, "ca.pem"), otherCA: filepath.Join(dir, "other.pem")}
	authority := newCA()
	newCA().write(d.otherCA)
	authority.write(d.ca)
	authority.issue(dir, "server", time.Now().Add(24*time.Hour), "localhost")
	if d.referral, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	go d.countCalls()
	config := filepath.Join(dir, "slapd.conf")
	ldif := filepath.Join(dir, "people.ldif")
	text := strings.ReplaceAll(people, "REFERRAL", d.referral.Addr().String())
	if err := errors.Join(os.WriteFile(config, []byte(fmt.Sprintf(slapdConf, dir)), 0o600), os.WriteFile(ldif, []byte(text), 0o600),
		os.Mkdir(filepath.Join(dir, "db"), 0o700)); err != nil {
		return nil, err
	}
	if out, err := exec.Command("/usr/sbin/slapadd", "-q", "-f", config, "-l", ldif).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("slapadd: %w\n%s", err, out)
	}
	d.cmd = exec.Command("/usr/sbin/slapd", "-d", "0", "-f", config, "-h", "ldap://"+d.plain+" ldaps://"+d.tls)
	d.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := d.cmd.Start(); err != nil {
		return nil, err
	}
	for end := time.Now().Add(15 * time.Second); ; {
		conn, err := net.Dial("tcp", d.tls)
		if err == nil {
			return d, conn.Close()
		}
		if time.Now().After(end) {
			d.stop()
			return nil, err
		}
	}
}

func (d *directory) countCalls() {
	for {
		c, err := d.referral.Accept()
		if err != nil {
			return
		}
		d.referralCalls.Add(1)
		_ = c.Close()
	}
}

func (d *directory) stop() {
	_ = d.cmd.Process.Kill()
	_ = d.cmd.Wait()
	_ = d.referral.Close()
	_ = os.RemoveAll(d.dir)
}

// slapdConf lets unauthenticated and anonymous binds in, as badly kept directories do.
const slapdConf = `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/nis.schema
include /etc/ldap/schema/inetorgperson.schema
include /etc/ldap/schema/msuser.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
allow bind_anon_cred bind_anon_dn
TLSCertificateFile %[1]s/server.pem
TLSCertificateKeyFile %[1]s/server.key
database mdb
suffix "dc=riverside,dc=example"
rootdn "cn=root,dc=riverside,dc=example"
rootpw root
directory %[1]s/db
index objectClass,uid,entryUUID eq
overlay ppolicy
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="cn=patchwork,dc=riverside,dc=example" read by * none
`

func freeAddress() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// ca is an authority of certificates.
type ca struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newCA() *ca {
	key, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test CA"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(48 * time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	cert, _ := x509.ParseCertificate(der)
	return &ca{cert, key}
}

func (c *ca) write(file string) { writePEM(file, "CERTIFICATE", c.cert.Raw) }

// issue writes NAME.pem and NAME.key.
func (c *ca) issue(dir, name string, until time.Time, hosts ...string) {
	key, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: hosts[0]}, DNSNames: hosts,
		NotBefore: until.Add(-48 * time.Hour), NotAfter: until, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, c.cert, &key.PublicKey, c.key)
	if err != nil {
		panic(err)
	}
	private, _ := x509.MarshalPKCS8PrivateKey(key)
	writePEM(filepath.Join(dir, name+".pem"), "CERTIFICATE", der)
	writePEM(filepath.Join(dir, name+".key"), "PRIVATE KEY", private)
}

func writePEM(file, kind string, der []byte) {
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		panic(err)
	}
}

// config is a stanza for the directory: TLS, the server's name as in its certificate.
func (d *directory) config() ldap.Config {
	return ldap.Config{
		URL: "ldaps://" + d.tls, ServerName: "localhost", CAFile: d.ca,
		BindDN: service, BindPassword: servicePwd, BaseDN: staff, Timeout: 10 * time.Second,
	}
}

// provider is what Open gives.
type provider interface {
	auth.Provider
	auth.PasswordChecker
	auth.Rechecker
}

func open(t testing.TB, c ldap.Config, log *slog.Logger) provider {
	t.Helper()
	if problems := c.Validate(); len(problems) > 0 {
		t.Fatal(problems)
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	p, err := c.Open(context.Background(), auth.Env{ID: "riverside", Name: "Riverside", Log: log, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p.(provider)
}

// refusal gives the code and the cause of an error; "" if it is none.
func refusal(err error) (auth.RefusalCode, string) {
	var r *auth.Refusal
	if !errors.As(err, &r) {
		return "", ""
	}
	return r.Code, r.Cause
}
