package ldap_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
)

// TestHostileNames: what is typed is data, to the directory and to the lock-out.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	d := slapd(t)
	p := open(t, d.config(), nil)
	for name, c := range map[string]struct {
		username, password string
		in                 bool
	}{
		"right":                          {"ada", password, true},
		"in capitals":                    {"ADA", password, true},
		"spaces around":                  {"  ada\t", password, true},
		"full-width letters":             {"ａｄａ", password, true},
		"a zero-width space":             {"a\u200bda", password, true},
		"a variation selector":           {"ada\ufe0f", password, true},
		"accents that are theirs":        {"zoë", password, true},
		"the same, decomposed":           {"zoe\u0308", password, true},
		"a comma in the DN":              {"comma", password, true},
		"a plus in the DN":               {"plus", password, true},
		"quotes in the DN":               {"quote", password, true},
		"a hash before the DN":           {"hash", password, true},
		"a space before the DN":          {"lead", password, true},
		"all of the filter in the DN":    {"star", password, true},
		"an asterisk that is theirs":     {"a*b", password, true},
		"parentheses that are theirs":    {"a(b)c", password, true},
		"accents that are not theirs":    {"josé", password, false},
		"Cyrillic letters":               {"аdа", password, false},
		"any":                            {"*", password, false},
		"some":                           {"ad*", password, false},
		"a second condition":             {"*)(uid=*", password, false},
		"an alternative":                 {"ada)(|(uid=*", password, false},
		"an end and more":                {"ada)(objectClass=*))(&(uid=x", password, false},
		"an escaped asterisk":            {`\2a`, password, false},
		"an escape cut short":            {`ada\`, password, false},
		"parentheses the wrong way":      {")(", password, false},
		"unbalanced":                     {"((((", password, false},
		"an extensible match":            {"ada)(uid:=*", password, false},
		"a DN":                           {"uid=ada," + staff, password, false},
		"a DN beyond":                    {"ada,ou=staff", password, false},
		"the placeholder":                {"{username}", password, false},
		"no name":                        {"", password, false},
		"spaces only":                    {" \u2003\u3164", password, false},
		"NUL":                            {"ada\x00", password, false},
		"a control character":            {"ada\x1b", password, false},
		"invalid UTF-8":                  {"ada\xff", password, false},
		"a huge name":                    {strings.Repeat("a", 1<<20), password, false},
		"a name that grows":              {strings.Repeat("ﷺ", 80), password, false},
		"nobody":                         {"nobody", password, false},
		"outside the base":               {"outside", password, false},
		"an alias":                       {"alias", password, false},
		"a referral":                     {"referred", password, false},
		"without a password there":       {"nopassword", password, false},
		"the service account":            {"patchwork", servicePwd, false},
		"empty password":                 {"ada", "", false},
		"empty name and password":        {"", "", false},
		"empty password of nobody":       {"nobody", "", false},
		"blank password":                 {"ada", "   ", false},
		"wrong password":                 {"ada", "wrong", false},
		"another's password":             {"ada", servicePwd, false},
		"password and NUL":               {"ada", password + "\x00", false},
		"NUL first":                      {"ada", "\x00" + password, false},
		"a password that is not UTF-8":   {"ada", "\xff\xfe", false},
		"a password of 1 MiB":            {"ada", strings.Repeat("x", 1<<20), false},
		"the password in another case":   {"ada", strings.ToUpper(password), false},
		"the password and a space":       {"ada", password + " ", false},
		"a filter as password":           {"ada", "*)(uid=*", false},
		"empty password, account has no": {"nopassword", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			proof, err := p.Check(t.Context(), c.username, c.password)
			switch {
			case c.in && (err != nil || proof.Subject == ""):
				t.Errorf("refused: %v", err)
			case !c.in && (!errors.Is(err, auth.ErrRefused) || err.Error() != auth.ErrRefused.Error() || proof.Subject != ""):
				t.Errorf("%+v %v", proof, err)
			}
		})
	}
	t.Cleanup(func() {
		if n := d.referralCalls.Load(); n != 0 {
			t.Errorf("a referral was followed %d times", n)
		}
	})
}

func TestTwoOfOneName(t *testing.T) {
	t.Parallel()
	p := open(t, slapd(t).config(), nil)
	_, err := p.Check(t.Context(), "twin", password)
	if code, cause := refusal(err); code != auth.RefusedInvalid || cause != "the filter finds several people" {
		t.Error(err)
	}
}

// TestProof: who they are, from entry and groups.
func TestProof(t *testing.T) {
	t.Parallel()
	d := slapd(t)
	c := d.config()
	c.BaseDN = "OU=Staff, DC=Riverside,DC=Example" // as somebody may write it
	c.Attributes = []string{"MAIL", "title", "employeeNumber", "jpegPhoto"}
	c.Groups.BaseDN = "ou=groups," + suffix
	c.Groups.Filter = "(|(member={dn})(memberUid={username}))"
	p := open(t, c, nil)
	proof, err := p.Check(t.Context(), " Ada ", password)
	if err != nil {
		t.Fatal(err)
	}
	if proof.Issuer != "ldaps://"+d.tls+"/"+staff || len(proof.Subject) != 36 || proof.At.IsZero() || proof.At.Location().String() != "UTC" {
		t.Errorf("%+v", proof)
	}
	list := func(name string) (all []string) {
		for _, v := range proof.Claims[name].([]any) {
			all = append(all, v.(string))
		}
		slices.Sort(all)
		return all
	}
	for name, want := range map[string][]string{
		"MAIL": {"ada@riverside.example"}, "title": {"Consultant", "Lead"}, "employeeNumber": {"1001"}, "jpegPhoto": nil,
		"groups": {"Doctors", "Everyone (all) *", "posix"},
	} {
		if got := list(name); !slices.Equal(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if proof.Claims["name"] != "Dr Ada Example" || len(proof.Claims) != 6 {
		t.Errorf("%v", proof.Claims)
	}
	for username, want := range map[string]int{"star": 1, "comma": 1, "grace": 0, "a*b": 0} {
		proof, err := p.Check(t.Context(), username, password)
		if err != nil || len(proof.Claims["groups"].([]any)) != want {
			t.Errorf("%s: %v %v", username, proof.Claims, err)
		}
	}
}

// TestSubjects: what cannot be an id is nobody's.
func TestSubjects(t *testing.T) {
	t.Parallel()
	c := slapd(t).config()
	c.SubjectAttribute = "employeeNumber"
	p := open(t, c, nil)
	if proof, err := p.Check(t.Context(), "ada", password); err != nil || proof.Subject != "1001" {
		t.Errorf("%+v %v", proof, err)
	}
	for _, username := range []string{"comma", "control", "invisible", "longid"} { // none, U+0001, U+200B, 256 bytes
		if code, cause := refusal2(p.Check(t.Context(), username, password)); code != auth.RefusedInvalid || !strings.Contains(cause, "subject_attribute") {
			t.Errorf("%s: %s %s", username, code, cause)
		}
	}
	c.SubjectAttribute = "departmentNumber"
	if code, _ := refusal2(open(t, c, nil).Check(t.Context(), "manyids", password)); code != auth.RefusedInvalid {
		t.Errorf("two values: %s", code)
	}
}

func refusal2(_ auth.Proof, err error) (auth.RefusalCode, string) { return refusal(err) }

// TestDisabledAccounts of every kind: their password is right, and is not enough.
func TestDisabledAccounts(t *testing.T) {
	t.Parallel()
	const (
		openldap = "(|(pwdAccountLockedTime=*)(pwdEndTime<={now})(shadowExpire=1))"
		ad       = "(|(userAccountControl:1.2.840.113556.1.4.803:=2)(&(accountExpires>=1)(accountExpires<={filetime})))"
	)
	for name, c := range map[string]struct {
		filter, username string
		in               bool
	}{
		"shadow": {openldap, "shadow", false}, "locked": {openldap, "locked", false}, "ended": {openldap, "ended", false},
		"ends later": {openldap, "later", true}, "none of it": {openldap, "ada", true},
		"Active Directory off": {ad, "adoff", false}, "on": {ad, "adon", true}, "not of it": {ad, "ada", true},
		"without a filter": {"", "shadow", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := slapd(t).config()
			config.Disabled = c.filter
			var log lines
			p := open(t, config, log.logger())
			_, err := p.Check(t.Context(), c.username, password)
			if (err == nil) != c.in || !c.in && !errors.Is(err, auth.ErrRefused) {
				t.Error(err)
			}
			if text := log.String(); !c.in && !strings.Contains(text, "disabled") || strings.Contains(text, password) || strings.Contains(text, c.username+",") {
				t.Errorf("log: %s", text)
			}
			if _, err := p.Check(t.Context(), c.username, "wrong"); !errors.Is(err, auth.ErrRefused) {
				t.Error(err)
			}
		})
	}
}
