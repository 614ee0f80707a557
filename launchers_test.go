package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth/smartlogin"
)

// Everything wrong with the launchers is said at once, each with its line.
func TestLaunchersReportEverything(t *testing.T) {
	t.Parallel()
	lines := []string{
		"sources: [{id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}]",
		"public_url: https://care.example.nhs.uk",
		"logins:",
		"  - {id: riverside, type: oidc, name: R, organisations: [{ods: RRV01, name: R}], connect: {issuer: 'https://idp.example', client_id: a, client_secret: b}, who: {roles: [{role: gp}]}}",
		"launchers:",
		"  - id: River EPR", // 6
		"    type: smrt",    // 7
		"    frames: ['*', 'https://epr.example/', 'http://epr.example', 'https://epr.example; script-src *']", // 8
		"    who: {roles: [{role: gp}]}",        // 9
		"  - id: riverside",                     // 10
		"    type: smart",                       // 11
		"    name: Riverside",                   // 12
		"    organisations:",                    // 13
		"      - {ods: rrv01, name: A}",         // 14
		"      - {ods: A81001}",                 // 15
		"    connect:",                          // 16
		"      iss: https://epr.example/fhir?x", // 17
		"      public: true",                    // 18
		"      client_secret: b",                // 19
		"      endpoints_on: [https://x/y]",     // 20
		"      patient: 'a..b'",                 // 21
		"    who:",                              // 22
		"      name: claim.name",                // 23
		"      roles: [{role: doctor}]",         // 24
		"  - id: one",                           // 25
		"    type: smart",
		"    name: One",
		"    organisations: [{ods: A81001, name: A}]",
		"    connect: {iss: 'https://epr.example/fhir', client_id: a, public: true}", // 29
		"    who: {roles: [{role: gp}]}",
		"  - id: one", // 31
		"    type: smart",
		"    name: Two",
		"    organisations: [{ods: A81001, name: A}]",
		"    connect: {iss: 'https://epr.example/fhir/', client_id: a, public: true}", // 35
		"    who: {roles: [{role: gp}]}",
		"  - id: own",
		"    type: smart",
		"    name: Own",
		"    organisations: [{ods: A81001, name: A}]",
		"    connect: {iss: 'https://care.example.nhs.uk/fhir', client_id: a, public: true}", // 41
		"  - id: local", // 42
		"    type: smart",
		"    name: Local",
		"    organisations: [{ods: A81001, name: A, town: x}]", // 45
		"    connect: {iss: 3, clientid: a}",                   // 46
		"    who: {roles: [{role: gp}]}",
	}
	_, err := parseConfig("bad.yaml", []byte(strings.Join(lines, "\n")))
	if err == nil {
		t.Fatal("it is well")
	}
	wants := []string{
		"6: launcher 1: id must be", `7: launcher River EPR: there is no type "smrt"; there is smart`, "6: launcher River EPR: name is missing", "6: launcher River EPR: organisations: at least one", "6: launcher River EPR: connect is missing",
		"8: launcher River EPR: frames: each must be an origin",
		"10: launcher riverside: this id is taken by a login", "14: launcher riverside: organisation 1: ods must be", "15: launcher riverside: organisation 2: name is missing", "17: launcher riverside: connect.iss: must be the EPR's FHIR base",
		"launcher riverside: connect.client_id: is missing", "launcher riverside: connect.private_key_file: give exactly one", "20: launcher riverside: connect.endpoints_on: each must be an origin", "21: launcher riverside: connect.patient: must lead",
		"23: launcher riverside: who.name: not CEL", `24: launcher riverside: who.roles[0].role: there is no role "doctor"`,
		"31: launcher one: this id is taken by another launcher above", "35: launcher one: connect.iss: a launcher above has it already", "41: launcher own: connect.iss: this is Patchwork's own FHIR base", "37: launcher own: who is missing",
		"42: launcher local: this id is taken by Patchwork's own accounts", "45: there is no key town", "46: launcher local: there is no key clientid",
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
	if t.Failed() {
		t.Log("\n" + err.Error())
	}
}

const plainLauncher = `sources: [{id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}]
public_url: %s
launchers:
  - id: river
    type: smart
    name: Riverside EPR
    organisations: [{ods: RRV01, name: Riverside, care_setting: acute}]
    frames: [https://epr.example.nhs.uk, "http://127.0.0.1:9"]
    connect: {iss: "%s", client_id: patchwork, public: true, private: true}
    who: {roles: [{role: gp}]}
`

func TestALauncherIsLoaded(t *testing.T) {
	t.Parallel()
	config, err := parseConfig("a.yaml", fmt.Appendf(nil, plainLauncher, "https://care.example/", "https://epr.example/fhir"))
	if err != nil {
		t.Fatal(err)
	}
	if l := config.Launchers[0]; l.mapping == nil || l.connector.Iss != "https://epr.example/fhir" || l.base(config.PublicURL) != "https://care.example/auth/epr/river" || len(l.Frames) != 2 {
		t.Errorf("%+v", l)
	}
	if _, err := parseConfig("a.yaml", fmt.Appendf(nil, plainLauncher, `""`, "https://epr.example/fhir")); err == nil || !strings.Contains(err.Error(), "a.yaml:2: public_url is missing: logins and launchers need") {
		t.Error(err)
	}
}

// The commented stanza that `launcher init` writes stands under `launchers:` as it is, and so
// does each `connect` among its comments.
func TestTheSampleLauncherIsWell(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	if code := run([]string{"launcher", "init"}, &out, &errs); code != 0 {
		t.Fatalf("%d %s", code, errs.String())
	}
	head := "sources: [{id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}]\npublic_url: https://care.example\nlaunchers:\n"
	if _, err := parseConfig("sample", []byte(head+out.String())); err != nil {
		t.Errorf("%v\nin\n%s", err, out.String())
	}
	blocks := regexp.MustCompile(`(?m)(^# connect:\n(^#  .*\n)+)(^# who:\n(^#  .*\n)+)?`).FindAllStringSubmatch(smartlogin.Sample, -1)
	if len(blocks) < 3 {
		t.Fatalf("%d blocks", len(blocks))
	}
	for i, block := range blocks {
		stanza := fmt.Sprintf("id: s%d\ntype: smart\nname: S\norganisations: [{ods: RRV01, name: R}]\n", i) + regexp.MustCompile(`(?m)^# `).ReplaceAllString(block[0], "")
		if block[3] == "" {
			stanza += "who: {roles: [{role: gp}]}\n"
		}
		text := head + strings.Replace(indented(stanza, "    "), "    id: ", "  - id: ", 1)
		if _, err := parseConfig("sample", []byte(text)); err != nil {
			t.Errorf("%v\nin\n%s", err, text)
		}
	}
}

func TestLauncherCommands(t *testing.T) {
	t.Parallel()
	var base string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch r.URL.Path {
		case "/fhir/.well-known/smart-configuration":
			fmt.Fprintf(w, `{"issuer":%q,"authorization_endpoint":%q,"token_endpoint":%q,"jwks_uri":%q,"capabilities":["launch-ehr"]}`, base+"/fhir", base+"/authorize", base+"/token", base+"/jwks")
		case "/jwks":
			fmt.Fprint(w, `{"keys":[{"kty":"EC","crv":"P-384","x":"wcE8O55ro6aOuTf5Ty1k_IG4mTcuLiVercHouge1G5Ri-leevhev4uJzlHpi3U8r","y":"mLRgz8Giu6XA_AqG8bywqbygShmd8jowflrdx0KQtM5X4s4aqDeCRfcpexykp3aI","kid":"a"}]}`)
		case "/token":
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"error":"invalid_grant"}`)
		default:
			http.Redirect(w, r, r.FormValue("redirect_uri")+"?error=invalid_request", http.StatusFound)
		}
	}))
	t.Cleanup(server.Close)
	base = server.URL
	file := filepath.Join(t.TempDir(), "patchwork.yaml")
	if err := os.WriteFile(file, fmt.Appendf(nil, plainLauncher, "https://care.example", base+"/fhir"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args  []string
		code  int
		wants string
	}{
		"check":       {[]string{"config", "check", file}, 0, `is well: 1 source, 0 logins, 1 launcher\n(.|\n)*  river +smart +Riverside EPR \(RRV01\)\n`},
		"test":        {[]string{"launcher", "test", file, "river"}, 0, `^ok      Find the EPR's SMART configuration: (.|\n)*\nok      Ask to come back: The EPR sends the browser back to https://care.example/auth/epr/river/return\n$`},
		"no launcher": {[]string{"launcher", "test", file, "lake"}, 2, `there is no launcher "lake"; there are river`},
		"no file":     {[]string{"launcher", "test", file + ".none", "river"}, 2, "there is no file"},
	} {
		var out, errs bytes.Buffer
		if code := run(c.args, &out, &errs); code != c.code || !regexp.MustCompile(c.wants).MatchString(out.String()+errs.String()) {
			t.Errorf("%s: exit %d\n%s%s", name, code, out.String(), errs.String())
		}
	}
	server.Close()
	var out, errs bytes.Buffer
	if code := run([]string{"launcher", "test", file, "river"}, &out, &errs); code != 1 || !strings.Contains(out.String(), "failed  Find the EPR's") || !strings.Contains(errs.String(), "launcher river does not work yet") {
		t.Errorf("exit %d\n%s%s", code, out.String(), errs.String())
	}
}
