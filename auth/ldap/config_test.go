package ldap_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/ldap"
)

func good() ldap.Config {
	return ldap.Config{URL: "ldaps://dc1.example", BindDN: service, BindPassword: "x", BaseDN: staff}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(c *ldap.Config)
		paths  []string
	}{
		"good":                         {func(*ldap.Config) {}, nil},
		"StartTLS":                     {func(c *ldap.Config) { c.URL, c.StartTLS = "ldap://dc1.example:3389", true }, nil},
		"AD's name of an account":      {func(c *ldap.Config) { c.BindDN = "patchwork@riverside.example" }, nil},
		"in the clear":                 {func(c *ldap.Config) { c.URL = "ldap://dc1.example" }, []string{"url"}},
		"in the clear here, unsaid":    {func(c *ldap.Config) { c.URL = "ldap://127.0.0.1" }, []string{"url"}},
		"in the clear here":            {func(c *ldap.Config) { c.URL, c.InsecureLoopback = "ldap://[::1]:389", true }, nil},
		"in the clear, said elsewhere": {func(c *ldap.Config) { c.URL, c.InsecureLoopback = "ldap://dc1.example", true }, []string{"insecure_loopback", "url"}},
		"loopback by its looks":        {func(c *ldap.Config) { c.URL, c.InsecureLoopback = "ldap://127.0.0.1.example", true }, []string{"insecure_loopback", "url"}},
		"both":                         {func(c *ldap.Config) { c.StartTLS = true }, []string{"start_tls"}},
		"nothing":                      {func(c *ldap.Config) { *c = ldap.Config{} }, []string{"base_dn", "bind_dn", "bind_password", "url"}},
		"a web address":                {func(c *ldap.Config) { c.URL = "https://dc1.example" }, []string{"url"}},
		"a socket":                     {func(c *ldap.Config) { c.URL = "ldapi:///" }, []string{"url"}},
		"UDP":                          {func(c *ldap.Config) { c.URL = "cldap://dc1.example" }, []string{"url"}},
		"a search in the address":      {func(c *ldap.Config) { c.URL = "ldaps://dc1.example/ou=x?uid" }, []string{"url"}},
		"a user in the address":        {func(c *ldap.Config) { c.URL = "ldaps://a:b@dc1.example" }, []string{"url"}},
		"two passwords":                {func(c *ldap.Config) { c.BindPasswordFile = "x" }, []string{"bind_password"}},
		"base":                         {func(c *ldap.Config) { c.BaseDN = "staff" }, []string{"base_dn"}},
		"filter without a name":        {func(c *ldap.Config) { c.UserFilter = "(uid=x)" }, []string{"user_filter"}},
		"filter of two names":          {func(c *ldap.Config) { c.UserFilter = "(|(uid={username})(mail={username}))" }, []string{"user_filter"}},
		"filter with the name alone":   {func(c *ldap.Config) { c.UserFilter = "(uid=*){username}" }, []string{"user_filter"}},
		"filter with the name about":   {func(c *ldap.Config) { c.UserFilter = "(uid=*{username}*)" }, []string{"user_filter"}},
		"filter that sounds alike":     {func(c *ldap.Config) { c.UserFilter = "(cn~={username})" }, []string{"user_filter"}},
		"filter of the attribute":      {func(c *ldap.Config) { c.UserFilter = "({username}=x)" }, []string{"user_filter"}},
		"filter that is none":          {func(c *ldap.Config) { c.UserFilter = "(&(uid={username})" }, []string{"user_filter"}},
		"filter with a domain":         {func(c *ldap.Config) { c.UserFilter = "(userPrincipalName={username}@riverside.example)" }, nil},
		"subject":                      {func(c *ldap.Config) { c.SubjectAttribute = "a=b)(c" }, []string{"subject_attribute"}},
		"attributes":                   {func(c *ldap.Config) { c.Attributes = []string{"mail", "*"} }, []string{"attributes[1]"}},
		"groups twice":                 {func(c *ldap.Config) { c.Attributes, c.Groups.BaseDN = []string{"groups"}, staff }, []string{"attributes[0]"}},
		"groups nowhere":               {func(c *ldap.Config) { c.Groups.Nested = true }, []string{"groups.base_dn"}},
		"groups of nobody":             {func(c *ldap.Config) { c.Groups = ldap.Groups{BaseDN: staff, Filter: "(cn=x)"} }, []string{"groups.filter"}},
		"groups, nested by name": {func(c *ldap.Config) {
			c.Groups = ldap.Groups{BaseDN: staff, Filter: "(memberUid={username})", Nested: true}
		}, []string{"groups.nested"}},
		"groups of a broken filter": {func(c *ldap.Config) { c.Groups = ldap.Groups{BaseDN: "x", Filter: "(member={dn}"} }, []string{"groups.base_dn", "groups.filter"}},
		"disabled":                  {func(c *ldap.Config) { c.Disabled = "shadowExpire=" + "(" }, []string{"disabled"}},
		"decoy":                     {func(c *ldap.Config) { c.DecoyDN = "nobody" }, []string{"decoy_dn"}},
		"bounds":                    {func(c *ldap.Config) { c.Timeout, c.PoolSize = time.Hour, 1000 }, []string{"pool_size", "timeout"}},
		"below":                     {func(c *ldap.Config) { c.Timeout, c.PoolSize = -1, -1 }, []string{"pool_size", "timeout"}},
	} {
		config := good()
		c.change(&config)
		var paths []string
		for _, p := range config.Validate() {
			paths = append(paths, p.Path)
			if p.Text == "" || strings.HasSuffix(p.Text, ".") {
				t.Errorf("%s: %q", name, p.Text)
			}
		}
		slices.Sort(paths)
		if !slices.Equal(paths, c.paths) {
			t.Errorf("%s: %v", name, config.Validate())
		}
	}
}

// TestSample: both of its directories are right.
func TestSample(t *testing.T) {
	t.Parallel()
	read := func(text string) (c ldap.Config) {
		decoder := yaml.NewDecoder(bytes.NewReader([]byte(text)))
		decoder.KnownFields(true)
		if err := decoder.Decode(&c); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		return c
	}
	ad := read(ldap.Sample)
	if problems := ad.Validate(); problems != nil || ad.SubjectAttribute != "objectGUID" || !ad.Groups.Nested {
		t.Errorf("%v", problems)
	}
	head, rest, _ := strings.Cut(ldap.Sample, "# Active Directory:")
	_, rest, _ = strings.Cut(rest, "# OpenLDAP:")
	rest, _, _ = strings.Cut(rest, "# 389")
	openldap := read(head + strings.ReplaceAll(rest, "\n# ", "\n"))
	if problems := openldap.Validate(); problems != nil || openldap.SubjectAttribute != "entryUUID" || openldap.Disabled == "" {
		t.Errorf("%v", problems)
	}
}

// TestOpen: the stanza's own files must be right; the directory may be down.
func TestOpen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	none := filepath.Join(dir, "none")
	for name, c := range map[string]struct {
		change func(c *ldap.Config)
		want   string // "" for well
	}{
		"well":            {func(*ldap.Config) {}, ""},
		"password":        {func(c *ldap.Config) { c.BindPassword, c.BindPasswordFile = "", file("p", "secret\n") }, ""},
		"no password":     {func(c *ldap.Config) { c.BindPassword, c.BindPasswordFile = "", none }, "bind_password_file"},
		"empty password":  {func(c *ldap.Config) { c.BindPassword, c.BindPasswordFile = "", file("e", "\n") }, "bind_password_file"},
		"no CA":           {func(c *ldap.Config) { c.CAFile = none }, "ca_file"},
		"CA that is none": {func(c *ldap.Config) { c.CAFile = file("ca", "x") }, "ca_file"},
		"not valid":       {func(c *ldap.Config) { c.BaseDN = "" }, "base_dn"},
	} {
		config := good()
		c.change(&config)
		p, err := config.Open(t.Context(), auth.Env{})
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && p.Close() != nil {
			t.Errorf("%s: not closed", name)
		}
	}
}

// TestFold: one account is counted once, whatever the spelling.
func TestFold(t *testing.T) {
	t.Parallel()
	p, err := new(good()).Open(t.Context(), auth.Env{})
	if err != nil {
		t.Fatal(err)
	}
	fold := p.(auth.PasswordChecker).Fold
	for _, same := range [][]string{
		{"ada", "ADA", " ada ", "a d a", "ａｄａ", "a\u200bda", "ada\u00ad", "\ufeffada", "ad\u0301a", "ádà", "a\u3164da", "ada\ufe0f", "ada\xff", "ada\x00"},
		{"strasse", "STRASSE", "straße", "STRAẞE", "ſtraſſe"},
		{"file", "ﬁle"}, {"kelvin", "\u212aelvin"}, {"i", "I", "İ", "ı"}, {"σ", "ς", "Σ"}, {"", " ", "\u200b", "\xff"},
	} {
		for _, s := range same {
			if fold(s) != same[0] {
				t.Errorf("%q: %q, want %q", s, fold(s), same[0])
			}
		}
	}
	if len(fold(strings.Repeat("a", 1<<20))) > 256 || fold("ada") == fold("аda") {
		t.Error("too long, or too coarse")
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "name")
		if len(s) <= 200 && fold(fold(s)) != fold(s) {
			t.Fatalf("%q: %q, then %q", s, fold(s), fold(fold(s)))
		}
	})
}
