package idp

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// LDAPOptions say which directory to start.
type LDAPOptions struct {
	// Name is the organisation's; "" is "Demo organisation".
	Name string
	// Base is the suffix, of dc parts only; "" is "dc=example,dc=org".
	Base  string
	Users []User
	// AllowPlain takes passwords over a connection without TLS; else the directory refuses
	// them (RFC 4513 §6.3.1).
	AllowPlain bool
	// AllowEmptyPassword takes a bind with a name and no password for an anonymous one, as
	// some directories do (RFC 4513 §5.1.2): it succeeds and proves nothing.
	AllowEmptyPassword bool
	// Referral is the URL of another server that ou=elsewhere refers to; "" for none.
	Referral string
}

// LDAP is a running directory: people under ou=people (inetOrgPerson, uid=…), groups under
// ou=groups (groupOfNames, cn=…), memberOf kept by the server.
type LDAP struct {
	// URL is ldap://, to be used with StartTLS; SecureURL is ldaps://.
	URL, SecureURL string
	// Base, People and Groups are DNs.
	Base, People, Groups string
	// ServiceDN and ServicePassword are an account that may read people and groups, and no
	// passwords. Nobody else may read anything but themselves.
	ServiceDN, ServicePassword string
	// CAFile is the authority of its certificate, in PEM, at a path that lives until Stop;
	// CA is the same.
	CAFile string
	CA     []byte
	// Control takes POST /users/NAME/disable and /enable.
	Control string

	dir     string
	modify  string
	rootPW  string
	child   *child
	control *control

	mu    sync.Mutex
	users []User
}

// StartLDAP starts slapd over a database of its own and returns when it answers. It ends
// with Stop, or when this process does.
func StartLDAP(ctx context.Context, o LDAPOptions) (*LDAP, error) {
	t, err := findLDAPTools()
	if err != nil {
		return nil, err
	}
	return onFreePort(2, func(at []string) (*LDAP, error) { return startLDAP(ctx, t, o, at[0], at[1]) })
}

func startLDAP(ctx context.Context, t ldapTools, o LDAPOptions, plain, secure string) (_ *LDAP, err error) {
	if o.Base == "" {
		o.Base = "dc=example,dc=org"
	}
	d := &LDAP{
		URL: "ldap://" + plain, SecureURL: "ldaps://" + secure,
		Base: o.Base, People: "ou=people," + o.Base, Groups: "ou=groups," + o.Base,
		ServiceDN: "cn=patchwork,ou=services," + o.Base, ServicePassword: secret(),
		modify: t.modify, rootPW: secret(), users: append([]User(nil), o.Users...),
	}
	if d.dir, err = folder("ldap"); err != nil {
		return nil, err
	}
	d.CAFile = filepath.Join(d.dir, "ca.pem")
	defer func() {
		if err != nil {
			d.Stop()
		}
	}()
	if err := d.write(ctx, t, o); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(context.WithoutCancel(ctx), t.slapd, "-d", "0", "-h", d.URL+"/ "+d.SecureURL+"/", "-f", filepath.Join(d.dir, "slapd.conf")) //nolint:gosec // as installed
	if d.child, err = startChild("slapd", cmd); err != nil {
		return nil, err
	}
	if err := d.child.ready(ctx, func(ctx context.Context) error { return d.answers(ctx, secure) }); err != nil {
		return nil, err
	}
	if d.control, err = serveControl(d); err != nil {
		return nil, err
	}
	d.Control = d.control.url
	return d, nil
}

// answers reports whether it shows the certificate that was made for it.
func (d *LDAP) answers(ctx context.Context, secure string) error {
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(d.CA)
	dialer := tls.Dialer{Config: &tls.Config{RootCAs: roots, ServerName: "localhost", MinVersion: tls.VersionTLS12}}
	conn, err := dialer.DialContext(ctx, "tcp", secure)
	if err != nil {
		return err
	}
	return conn.Close()
}

// Stop ends the directory and removes its folder.
func (d *LDAP) Stop() {
	if d.control != nil {
		d.control.close()
	}
	if d.child != nil {
		d.child.Stop()
	}
	_ = os.RemoveAll(d.dir)
}

// DN is a user's.
func (d *LDAP) DN(username string) string { return personDN(username, d.Base) }

// Disable locks an account as the password policy does (pwdAccountLockedTime, draft-
// behera-ldap-password-policy §5.3.3): binding fails like a wrong password.
func (d *LDAP) Disable(ctx context.Context, username string) error {
	return d.lock(ctx, username, true, "replace: pwdAccountLockedTime\npwdAccountLockedTime: "+lockedForGood+"\n")
}

// Enable takes Disable back.
func (d *LDAP) Enable(ctx context.Context, username string) error {
	return d.lock(ctx, username, false, "replace: pwdAccountLockedTime\n")
}

func (d *LDAP) lock(ctx context.Context, username string, disabled bool, change string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !setDisabled(d.users, username, disabled) {
		return errNoUser
	}
	return d.Modify(ctx, line("dn", d.DN(username))+"changetype: modify\n"+change)
}

// Modify changes the directory by LDIF (RFC 2849), as its manager: groups, attributes, new
// people.
func (d *LDAP) Modify(ctx context.Context, ldif string) error {
	cmd := exec.CommandContext(ctx, d.modify, "-x", "-H", d.SecureURL, "-D", managerDN(d.Base), "-y", filepath.Join(d.dir, "manager")) //nolint:gosec // as installed
	cmd.Env = append(os.Environ(), "LDAPTLS_CACERT="+d.CAFile)
	cmd.Stdin = strings.NewReader(ldif)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("the directory refuses the change (%w): %s", err, bytes.TrimSpace(out))
	}
	return nil
}

func (d *LDAP) list() []standing {
	d.mu.Lock()
	defer d.mu.Unlock()
	return standings(d.users)
}

// ldapTools are OpenLDAP's programs.
type ldapTools struct{ slapd, add, password, modify string }

func findLDAPTools() (ldapTools, error) {
	var t ldapTools
	var errs []error
	for into, name := range map[*string]string{&t.slapd: "slapd", &t.add: "slapadd", &t.password: "slappasswd", &t.modify: "ldapmodify"} {
		path, err := program(name)
		*into = path
		errs = append(errs, err)
	}
	return t, errors.Join(errs...)
}
