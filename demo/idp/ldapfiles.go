package idp

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// lockedForGood is the pwdAccountLockedTime of an account that only an administrator
// unlocks.
const lockedForGood = "000001010000Z"

// ldapModules is where Debian keeps what slapd loads.
const ldapModules = "/usr/lib/ldap"

func secret() string { return strings.ToLower(rand.Text()) }

func managerDN(base string) string { return "cn=manager," + base }

func personDN(username, base string) string {
	return "uid=" + escapeDN(username) + ",ou=people," + base
}

// escapeDN writes a value into a DN (RFC 4514 §2.4).
func escapeDN(value string) string {
	var b strings.Builder
	for i := range len(value) {
		c := value[i]
		edge := (i == 0 && (c == ' ' || c == '#')) || (i == len(value)-1 && c == ' ')
		switch {
		case edge || strings.IndexByte(`"+,;<>\=`, c) >= 0:
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&b, `\%02x`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// line is one line of LDIF; base64, so that any value is itself (RFC 2849 §4).
func line(attribute, value string) string {
	return attribute + ":: " + base64.StdEncoding.EncodeToString([]byte(value)) + "\n"
}

// write fills the directory's folder and its database.
func (d *LDAP) write(ctx context.Context, t ldapTools, o LDAPOptions) error {
	authority, err := makeAuthority(nameOr(o.Name) + " authority")
	if err != nil {
		return err
	}
	server, err := makeServer(authority)
	if err != nil {
		return err
	}
	d.CA = authority.certPEM
	ldif, err := d.ldif(ctx, t, o)
	if err != nil {
		return err
	}
	files := map[string][]byte{
		"ca.pem": d.CA, "server.pem": server.certPEM, "server.key": server.keyPEM, "manager": []byte(d.rootPW),
		"slapd.conf": []byte(d.config(o)), "people.ldif": []byte(ldif),
	}
	errs := []error{os.Mkdir(filepath.Join(d.dir, "db"), 0o700)}
	for name, text := range files {
		errs = append(errs, os.WriteFile(filepath.Join(d.dir, name), text, 0o600))
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	add := exec.CommandContext(ctx, t.add, "-q", "-f", filepath.Join(d.dir, "slapd.conf"), "-l", filepath.Join(d.dir, "people.ldif")) //nolint:gosec // as installed
	if out, err := add.CombinedOutput(); err != nil {
		return fmt.Errorf("the directory cannot be filled (%w): %s", err, bytes.TrimSpace(out))
	}
	return nil
}

// config is slapd.conf(5): a service that reads, people who read themselves, accounts that
// a policy can lock, group membership that is seen from both ends.
func (d *LDAP) config(o LDAPOptions) string {
	var b strings.Builder
	for _, schema := range []string{"core", "cosine", "inetorgperson"} {
		fmt.Fprintf(&b, "include /etc/ldap/schema/%s.schema\n", schema)
	}
	fmt.Fprintf(&b, "modulepath %s\nmoduleload back_mdb\nmoduleload memberof\nmoduleload ppolicy\n", ldapModules)
	fmt.Fprintf(&b, "pidfile %[1]s/pid\nTLSCACertificateFile %[1]s/ca.pem\nTLSCertificateFile %[1]s/server.pem\nTLSCertificateKeyFile %[1]s/server.key\n", d.dir)
	if !o.AllowPlain {
		b.WriteString("security simple_bind=128\n")
	}
	if o.AllowEmptyPassword {
		b.WriteString("allow bind_anon_cred bind_anon_dn\n")
	}
	fmt.Fprintf(&b, "database mdb\nmaxsize 67108864\nsuffix %q\nrootdn %q\nrootpw %s\ndirectory %s/db\n", d.Base, managerDN(d.Base), d.rootPW, d.dir)
	for _, attribute := range []string{"objectClass", "uid", "mail", "member", "memberOf", "entryUUID"} {
		fmt.Fprintf(&b, "index %s eq\n", attribute)
	}
	b.WriteString("access to attrs=userPassword by anonymous auth by * none\n")
	fmt.Fprintf(&b, "access to * by dn.exact=%q read by self read by * none\n", d.ServiceDN)
	b.WriteString("overlay memberof\noverlay ppolicy\n")
	fmt.Fprintf(&b, "ppolicy_default \"cn=policy,%s\"\n", d.Base)
	return b.String()
}

// ldif is everything that the directory holds at the start.
func (d *LDAP) ldif(ctx context.Context, t ldapTools, o LDAPOptions) (string, error) {
	var b strings.Builder
	first, _, _ := strings.Cut(d.Base, ",")
	entry(&b, d.Base, "objectClass: dcObject", "objectClass: organization", "dc: "+strings.TrimPrefix(first, "dc="), "o: "+nameOr(o.Name))
	for _, unit := range []string{"people", "groups", "services"} {
		entry(&b, "ou="+unit+","+d.Base, "objectClass: organizationalUnit", "ou: "+unit)
	}
	// Without a policy that knows locking, pwdAccountLockedTime would mean nothing.
	entry(&b, "cn=policy,"+d.Base, "objectClass: applicationProcess", "objectClass: pwdPolicy", "cn: policy", "pwdAttribute: userPassword", "pwdLockout: TRUE")
	hash, err := hashPassword(ctx, t, d.ServicePassword)
	if err != nil {
		return "", err
	}
	entry(&b, d.ServiceDN, "objectClass: applicationProcess", "objectClass: simpleSecurityObject", "cn: patchwork", "userPassword: "+hash)
	for _, u := range o.Users {
		if hash, err = hashPassword(ctx, t, u.Password); err != nil {
			return "", err
		}
		d.writePerson(&b, u, hash)
	}
	d.writeGroups(&b, o.Users)
	if o.Referral != "" {
		entry(&b, "ou=elsewhere,"+d.Base, "objectClass: referral", "objectClass: extensibleObject", "ou: elsewhere", "ref: "+o.Referral)
	}
	return b.String(), nil
}

func entry(b *strings.Builder, dn string, lines ...string) {
	b.WriteString(line("dn", dn) + strings.Join(lines, "\n") + "\n\n")
}

func (d *LDAP) writePerson(b *strings.Builder, u User, hash string) {
	surname := u.Name[strings.LastIndexByte(u.Name, ' ')+1:]
	b.WriteString(line("dn", d.DN(u.Username)) + "objectClass: inetOrgPerson\n" + "entryUUID: " + entryUUID(u.Username) + "\n")
	b.WriteString(line("uid", u.Username) + line("cn", u.Name) + line("displayName", u.Name) + line("sn", surname) + line("userPassword", hash))
	if u.Email != "" {
		b.WriteString(line("mail", u.Email))
	}
	for name, claim := range u.Claims {
		for _, value := range texts(claim) {
			b.WriteString(line(name, value))
		}
	}
	for _, group := range u.Groups {
		b.WriteString(line("memberOf", d.groupDN(group)))
	}
	if u.Disabled {
		b.WriteString("pwdAccountLockedTime: " + lockedForGood + "\n")
	}
	b.WriteString("\n")
}

func (d *LDAP) groupDN(group string) string { return "cn=" + escapeDN(group) + "," + d.Groups }

// writeGroups writes each group that somebody is in: groupOfNames cannot be empty.
func (d *LDAP) writeGroups(b *strings.Builder, users []User) {
	var groups []string
	for _, u := range users {
		groups = append(groups, u.Groups...)
	}
	slices.Sort(groups)
	for _, group := range slices.Compact(groups) {
		b.WriteString(line("dn", d.groupDN(group)) + "objectClass: groupOfNames\n" + line("cn", group))
		for _, u := range users {
			if slices.Contains(u.Groups, group) {
				b.WriteString(line("member", d.DN(u.Username)))
			}
		}
		b.WriteString("\n")
	}
}

// entryUUID is the same at every start, so that an account made of it stays the same
// (RFC 4530; the form of RFC 9562 §5.8).
func entryUUID(username string) string {
	h := sha256.Sum256([]byte("entry " + username))
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[0:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// hashPassword has slappasswd salt and hash, by SHA-512 crypt.
func hashPassword(ctx context.Context, t ldapTools, password string) (string, error) {
	cmd := exec.CommandContext(ctx, t.password, "-n", "-h", "{CRYPT}", "-c", "$6$%.16s", "-T", "/dev/stdin") //nolint:gosec // as installed
	cmd.Stdin = strings.NewReader(password)
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("slappasswd cannot hash a password: %w", err)
	}
	return string(out), nil
}
