package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/demo/idp"
	"github.com/patchworkcare/patchwork/demo/idp/idptest"
)

// Everything wrong with the logins is said at once, each with its line.
func TestLoginsReportEverything(t *testing.T) {
	t.Parallel()
	lines := []string{
		"sources: [{id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}]",
		"public_url: http://care.example.nhs.uk", // 2
		"logins:",
		"  - id: River Side", // 4
		"    type: oicd",     // 5
		"    domains: [Riverside.nhs.uk, trust.nhs.uk, '@x', localhost]", // 6
		"    recheck: 5s",                                      // 7
		"    who: {roles: [{role: gp}]}",                       // 8
		"  - id: local",                                        // 9
		"    type: oidc",                                       // 10
		"    name: Somewhere",                                  // 11
		"    organisations:",                                   // 12
		"      - {ods: rrv01, name: A}",                        // 13
		"      - {ods: A81001, name: B}",                       // 14
		"      - {ods: A81001, name: C}",                       // 15
		"      - {ods: A81002}",                                // 16
		"    domains: [trust.nhs.uk]",                          // 17
		"    recheck: -1m",                                     // 18
		"    connect:",                                         // 19
		"      issuer: http://idp.example",                     // 20
		"      scopes: [profile]",                              // 21
		"      parameters: {state: x}",                         // 22
		"    who:",                                             // 23
		"      name: claim.name",                               // 24
		"      identifiers: {nhs: claims.nhs}",                 // 25
		"      require: [{that: claims.acr == 3}]",             // 26
		"      roles:",                                         // 27
		"        - when: '\"a\" in claims.groups'",             // 28
		"          role: hospital-docter",                      // 29
		"          organisation: '\"X99\"'",                    // 30
		"        - when: it == 3",                              // 31
		"          role: gp",                                   // 32
		"  - id: twice",                                        // 33
		"    type: oidc",                                       // 34
		"    name: Twice",                                      // 35
		"    organisations: [{ods: A81001, name: A, town: B}]", // 36
		"    connect: {issuer: 3, clientid: x}",                // 37
		"  - id: twice",                                        // 38
		"    type: oidc",                                       // 39
		"    name: ' '",                                        // 40
		"    organisations: [{ods: A81001, name: A}]",          // 41
		"    recheck: soon",                                    // 42
		"    who: {roles: []}",                                 // 43
	}
	_, err := parseConfig("bad.yaml", []byte(strings.Join(lines, "\n")))
	if err == nil {
		t.Fatal("it is well")
	}
	wants := []string{
		"2: public_url must begin with https://", "4: login 1: id must be", `5: login River Side: there is no type "oicd"; there are `,
		`6: login River Side: domains: "Riverside.nhs.uk" is no domain`, `6: login River Side: domains: "@x" is no`, `6: login River Side: domains: "localhost" is no`,
		"7: login River Side: recheck must be 30s or longer", "4: login River Side: name is missing", "4: login River Side: organisations: at least one",
		"9: login local: this id is that of Patchwork's own", "13: login local: organisation 1: ods must be", "15: login local: organisation 3: A81001 is there already",
		"16: login local: organisation 4: name is missing", "17: login local: domains: trust.nhs.uk is listed already", "18: login local: recheck must be",
		"20: login local: connect.issuer: ", "login local: connect.client_id: is missing", "20: login local: connect.client_secret: give exactly one", "21: login local: connect.scopes: ", "22: login local: connect.parameters.state: ",
		"24: login local: who.name: not CEL: undeclared reference to 'claim' (did you mean 'claims'?) at column 1", `25: login local: who.identifiers.nhs: there is no kind`,
		"26: login local: who.require[0].else: else is missing", `29: login local: who.roles[0].role: there is no role "hospital-docter"; did you mean "hospital-doctor"?`,
		`30: login local: who.roles[0].organisation: "X99" is not one of`, "31: login local: who.roles[1].when: not CEL: 'it' is known only",
		"31: login local: who.roles[1].organisation: the login has several organisations", "36: there is no key town", "37: login twice: there is no key clientid",
		"33: login twice: who is missing", "38: login twice: this id is taken", "40: login twice: name is missing", "38: login twice: connect is missing", "42: this must be a duration",
		"43: login twice: who.roles: there is no role rule",
	}
	for _, want := range wants {
		number, text, _ := strings.Cut(want, ": ")
		if _, err2 := fmt.Sscanf(number, "%d", new(int)); err2 == nil {
			want = "bad.yaml:" + number + ": " + text
		}
		if !strings.Contains(err.Error(), want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if said := strings.Count(err.Error(), "\n") + 1; said != len(wants) {
		t.Errorf("%d problems, want %d", said, len(wants))
	}
	if t.Failed() {
		t.Log("\n" + err.Error())
	}
}

const plainLogin = `sources: [{id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}]
public_url: %s
logins:
  - id: riverside
    type: oidc
    name: Riverside Hospital
    organisations: [{ods: RRV01, name: Riverside, care_setting: acute}]
    recheck: %s
    connect: {issuer: "%s", client_id: patchwork, client_secret: secret}
    who: {roles: [{role: gp}]}
`

func TestPublicURLAndRecheck(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		url, recheck, want string
	}{
		"well":             {"https://care.example.nhs.uk", "30s", ""},
		"a slash":          {"https://care.example.nhs.uk/", "0s", ""},
		"a port":           {"https://care.example.nhs.uk:8443", "24h", ""},
		"loopback":         {"http://127.0.0.1:8080", "1s", ""},
		"loopback, v6":     {"http://[::1]:8080", "1s", ""},
		"localhost":        {"http://localhost:8080", "1s", ""},
		"missing":          {`""`, "5m", "public_url is missing"},
		"no scheme":        {"care.example.nhs.uk", "5m", "must be an address"},
		"no host":          {"https:///x", "5m", "must be an address"},
		"ftp":              {"ftp://care.example", "5m", "must be an address"},
		"a path":           {"https://care.example/app", "5m", "no path"},
		"a query":          {"https://care.example?x=y", "5m", "no path"},
		"a user":           {"https://me@care.example", "5m", "no user"},
		"plain":            {"http://10.0.0.1", "5m", "must begin with https://"},
		"a lookalike":      {"http://127.0.0.1.example", "5m", "must begin with https://"},
		"too often":        {"https://care.example", "29s", "recheck must be 30s or longer"},
		"too often, local": {"http://127.0.0.1", "10ms", "recheck must be 1s or longer"},
	} {
		config, err := parseConfig("a.yaml", fmt.Appendf(nil, plainLogin, c.url, c.recheck, "https://idp.example"))
		switch {
		case c.want == "" && err != nil, c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v", name, err)
		case err == nil:
			if l := config.Logins[0]; l.connector == nil || l.mapping == nil || l.base(config.PublicURL) != strings.TrimSuffix(c.url, "/")+"/auth/at/riverside" {
				t.Errorf("%s: %+v", name, l)
			}
		}
	}
	config, err := parseConfig("a.yaml", []byte(strings.Replace(fmt.Sprintf(plainLogin, "https://care.example", "0", "https://idp.example"), "    recheck: 0\n", "", 1)))
	if err != nil || *config.Logins[0].Recheck != 5*time.Minute {
		t.Errorf("the default: %v", err)
	}
	if config, err = parseConfig("a.yaml", fmt.Appendf(nil, plainLogin, "https://care.example", "0", "https://idp.example")); err != nil || *config.Logins[0].Recheck != 0 {
		t.Errorf("never: %v", err)
	}
}

// The commented stanzas that `login init` writes stand under `logins:` as they are.
func TestSampleLoginsAreWell(t *testing.T) {
	t.Parallel()
	if len(loginSamples()) != len(loginTypes()) {
		t.Error("a type has no sample")
	}
	for kind := range loginTypes() {
		var out, errs bytes.Buffer
		if code := run([]string{"login", "init", kind}, &out, &errs); code != 0 {
			t.Fatalf("%s: %d %s", kind, code, errs.String())
		}
		text := "sources: [{id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}]\npublic_url: https://care.example\nlogins:\n" + out.String()
		if config, err := parseConfig(kind, []byte(text)); err != nil {
			t.Errorf("%v\nin\n%s", err, out.String())
		} else if config.Logins[0].Type != kind {
			t.Errorf("%s is of type %s", kind, config.Logins[0].Type)
		}
	}
}

// What docs/add-an-organisation.md shows is well, and it shows every type that there is.
func TestDocumentedLoginsAreWell(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("docs/add-an-organisation.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]int{}
	for _, block := range regexp.MustCompile("(?s)```yaml\n# type: (\\w+)\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		kind := block[1]
		if shown[kind]++; loginTypes()[kind] == nil {
			continue
		}
		stanza := fmt.Sprintf(loginHead, kind)
		stanza = strings.TrimSuffix(stanza, "connect:\n") + block[2]
		stanza = strings.Replace(indented(stanza, "    "), "    id:", "  - id:", 1)
		whole := "sources: [{id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}]\npublic_url: https://care.example\nlogins:\n" + stanza
		if _, err := parseConfig(kind, []byte(whole)); err != nil {
			t.Errorf("%v\nin\n%s", err, whole)
		}
	}
	for kind := range loginTypes() {
		if shown[kind] == 0 {
			t.Errorf("no stanza of type %s is shown", kind)
		}
	}
}

// loginRun runs a command on a configuration with one login.
func loginRun(t *testing.T, text string, args ...string) (code int, out, errs string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "patchwork.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		args[i] = strings.Replace(a, "FILE", file, 1)
	}
	var o, e bytes.Buffer
	code = run(args, &o, &e)
	return code, o.String(), e.String()
}

func TestLoginCommands(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "http://" + l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf(plainLogin, "https://care.example", "5m", nobody)
	for name, c := range map[string]struct {
		args  []string
		code  int
		wants string // of what is written, a regular expression
	}{
		"check":      {[]string{"config", "check", "FILE"}, 0, `is well: 1 source, 1 login\n(.|\n)*  riverside +oidc +Riverside Hospital \(RRV01\)\n`},
		"no type":    {[]string{"login", "init", "kerberos"}, 2, `there is no type "kerberos"; there are (.*, )?oidc`},
		"no login":   {[]string{"login", "test", "FILE", "lakeside"}, 2, `there is no login "lakeside"; there are riverside`},
		"no file":    {[]string{"login", "test", "FILE.none", "riverside"}, 2, "there is no file"},
		"it is down": {[]string{"login", "test", "FILE", "riverside"}, 1, `^failed  Find the provider's configuration: .*\n(.|\n)*login riverside does not work yet`},
	} {
		code, out, errs := loginRun(t, text, c.args...)
		if code != c.code || !regexp.MustCompile(c.wants).MatchString(out+errs) {
			t.Errorf("%s: exit %d\n%s%s", name, code, out, errs)
		}
	}
	key := strings.Replace(text, "client_secret: secret", "private_key_file: /nowhere/key.pem", 1)
	if code, out, errs := loginRun(t, key, "login", "test", "FILE", "riverside"); code != 1 || !strings.Contains(errs, "login riverside cannot be opened") || out != "" {
		t.Errorf("no key: exit %d\n%s%s", code, out, errs)
	}
}

// A provider that works is tried step by step, and all is well.
func TestLoginTestOfARealProvider(t *testing.T) {
	t.Parallel()
	provider, err := idp.StartOIDC(t.Context(), idp.OIDCOptions{
		Name: "Riverside Hospital", Users: []idp.User{{Username: "a", Password: "b", Name: "A B"}},
		Clients: []idp.OIDCClient{{ID: "patchwork", Secret: "secret", RedirectURIs: []string{"https://care.example/auth/at/riverside/return"}}},
	})
	idptest.Started(t, err)
	t.Cleanup(provider.Stop)
	code, out, errs := loginRun(t, fmt.Sprintf(plainLogin, "https://care.example", "5m", provider.Issuer), "login", "test", "FILE", "riverside")
	if code != 0 || strings.Contains(out, "failed") || strings.Count(out, "ok      ") < 5 || strings.Contains(out+errs, "secret") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	code, out, _ = loginRun(t, strings.Replace(fmt.Sprintf(plainLogin, "https://care.example", "5m", provider.Issuer), "client_secret: secret", "client_secret: wrong", 1), "login", "test", "FILE", "riverside")
	if code != 1 || !strings.Contains(out, "failed") {
		t.Errorf("a wrong secret: exit %d\n%s", code, out)
	}
}
