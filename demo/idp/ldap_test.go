package idp_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/demo/idp"
	"github.com/patchworkcare/patchwork/demo/idp/idptest"
)

var people = []idp.User{
	{Username: "leila.haddad", Password: "a long password", Name: "Dr Leila Haddad", Email: "leila@example.org", Groups: []string{"Doctors", "Pharmacy"}, Claims: map[string]any{"employeeNumber": "7654321"}},
	{Username: "o'neil, rory", Password: "it is: a password", Name: "Rory O’Neil", Groups: []string{"Doctors"}},
	{Username: "gone", Password: "was a password", Name: "Somebody Gone", Disabled: true},
}

func startLDAP(t *testing.T, o idp.LDAPOptions) *idp.LDAP {
	t.Helper()
	d, err := idp.StartLDAP(t.Context(), o)
	idptest.Started(t, err)
	t.Cleanup(d.Stop)
	return d
}

// search asks as somebody, below base.
func search(t *testing.T, d *idp.LDAP, base, dn, password, filter string, extra ...string) (string, error) {
	t.Helper()
	args := append([]string{"-LLL", "-x", "-o", "ldif-wrap=no", "-H", d.URL, "-b", base, "-D", dn, "-w", password}, extra...)
	cmd := exec.CommandContext(t.Context(), "ldapsearch", append(args, filter, "uid", "memberOf", "mail", "entryUUID", "userPassword")...)
	cmd.Env = append(os.Environ(), "LDAPTLS_CACERT="+d.CAFile)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func TestLDAP(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("ldapsearch"); err != nil {
		t.Skip("skipped: absent: ldapsearch is not installed")
	}
	d := startLDAP(t, idp.LDAPOptions{Users: people})
	out, err := search(t, d, d.Base, d.ServiceDN, d.ServicePassword, "(uid=leila.haddad)", "-ZZ")
	if err != nil || !strings.Contains(out, "memberOf: cn=Pharmacy,ou=groups,dc=example,dc=org") || !strings.Contains(out, "entryUUID: ") {
		t.Errorf("the service account finds: %v\n%s", err, out)
	}
	if strings.Contains(out, "userPassword") {
		t.Errorf("the service account reads passwords:\n%s", out)
	}
	for _, u := range people {
		out, err := search(t, d, d.DN(u.Username), d.DN(u.Username), u.Password, "(objectClass=inetOrgPerson)", "-ZZ")
		if (err == nil) == u.Disabled {
			t.Errorf("%s signs in: %v\n%s", u.Username, err, out)
		}
	}
	if out, err := search(t, d, d.Base, d.ServiceDN, d.ServicePassword, "(uid=*)"); err == nil {
		t.Errorf("a password goes in clear text:\n%s", out)
	}
	if out, err := search(t, d, d.Base, d.DN("leila.haddad"), "", "(uid=*)", "-ZZ"); err == nil {
		t.Errorf("an empty password is taken:\n%s", out)
	}
}

func TestLDAPSwitchesAccounts(t *testing.T) {
	t.Parallel()
	d := startLDAP(t, idp.LDAPOptions{Users: people})
	can := func() bool {
		_, err := search(t, d, d.DN("leila.haddad"), d.DN("leila.haddad"), "a long password", "(uid=leila.haddad)", "-ZZ")
		return err == nil
	}
	if err := d.Disable(t.Context(), "leila.haddad"); err != nil || can() {
		t.Errorf("disabled: %v, and signs in: %v", err, can())
	}
	if err := d.Enable(t.Context(), "leila.haddad"); err != nil || !can() {
		t.Errorf("enabled: %v, and signs in: %v", err, can())
	}
	if err := d.Disable(t.Context(), "nobody"); err == nil {
		t.Error("an unknown user is disabled")
	}
}

func TestLDAPThatTakesEmptyPasswords(t *testing.T) {
	t.Parallel()
	d := startLDAP(t, idp.LDAPOptions{Users: people, AllowEmptyPassword: true, Referral: "ldap://127.0.0.1:9/dc=elsewhere"})
	if out, err := search(t, d, d.Base, d.DN("leila.haddad"), "", "(uid=*)", "-ZZ"); strings.Contains(out, "Invalid credentials") || strings.Contains(out, "unauthenticated bind") {
		t.Errorf("the bind is refused: %v\n%s", err, out)
	}
	if out, _ := search(t, d, d.Base, d.ServiceDN, d.ServicePassword, "(uid=leila.haddad)", "-ZZ"); !strings.Contains(out, "ldap://127.0.0.1:9") {
		t.Errorf("there is no referral:\n%s", out)
	}
}
