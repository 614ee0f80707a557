package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth/policy"
)

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// altered writes the built-in policies with a piece of their text replaced.
func altered(t *testing.T, old, with string) string {
	t.Helper()
	text, err := os.ReadFile("auth/policy/defaults.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		t.Fatalf("the built-in policies have no %q", old)
	}
	return file(t, "altered.yaml", strings.Replace(string(text), old, with, 1))
}

const reasonResource = `"record:appointments:reason", "record:appointments:note"`

func TestPolicyTestCommand(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("auth/policy/testdata/*.test")
	if err != nil || files == nil {
		t.Fatal("no scenario files")
	}
	if code, out, errs := command(append([]string{"policy", "test"}, files...)...); code != 0 || !strings.HasSuffix(out, " hold\n") {
		t.Errorf("the built-in policies: %d %s%s", code, out, errs)
	}
	looser := altered(t, reasonResource, `"record:appointments:note"`)
	code, out, errs := command(append([]string{"policy", "test", "--policies", looser}, files...)...)
	if code != 1 || !strings.Contains(out, `/sections.test:`) || !strings.Contains(out, "appointments.reason is shown") ||
		!strings.Contains(out, "allowed by receptionists-read-appointments") || !strings.Contains(errs, "statements do not hold") {
		t.Errorf("looser policies: %d\n%s\n%s", code, out, errs)
	}
	bad := file(t, "bad.test", "given a gpp\n  sees allergies\n")
	worse := file(t, "worse.test", "given a gp\n  sees alergies\n")
	code, out, errs = command("policy", "test", bad, worse)
	if code != 2 || out != "" || !strings.Contains(errs, bad+`:1: "gpp" is not understood`) || !strings.Contains(errs, worse+`:2: there is no resource "record:alergies"`) {
		t.Errorf("unreadable files: %d %s%s", code, out, errs)
	}
	for _, args := range [][]string{{"policy", "test", "nowhere.test"}, {"policy", "test", "--policies", "nowhere.yaml", bad}, {"policy", "test"}} {
		if code, _, errs := command(args...); code != 2 || errs == "" {
			t.Errorf("%v: %d %s", args, code, errs)
		}
	}
}

func TestPolicyExplainCommand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ args, want string }{
		{"--role gp allergies.reactions", "record:allergies:reactions is withheld. You have no recorded relationship with this person."},
		{"--role gp --relationship registration record:allergies:reactions", "record:allergies:reactions is shown.\n|It is shown.|allowed by clinicians-read-the-record"},
		{"--role receptionist --relationship list appointments.reason", "The role, organisation or purpose does not include it.\n  denied by receptionists-not-why"},
		{"--role gp --relationship launch --launch --label sensitive documents", "record:documents is concealed. It is not shown, nor that there is any.\n  denied by legally-restricted-is-concealed"},
		{"--role gp --relationship launch --objection absolute --break-glass documents", "The person has objected to this being shown."},
		{"--role gp --objection overridable --break-glass documents", "is shown"},
		{"--role gp --relationship list --restricted-person practice", "This person may not be located."},
		{"--role pharmacist --care-setting acute --relationship referral results", "careSetting         acute"},
		{"--role pharmacist --relationship referral --relationship list results", "relationship        referral, list"},
		{"--role administrator --action administer policy:administer", "purpose             HOPERAT"},
		{"--role gp --purpose none patient:read", "is withheld"},
		{"--role gp --relationship list --scope patient/Condition.rs allergies", "or the session's scopes, do not allow it|scope               record:problems"},
		{"--role data-quality allergies", "no policy speaks of it to this role"},
	} {
		code, out, errs := command(append([]string{"policy", "explain"}, strings.Fields(c.args)...)...)
		found := slices.ContainsFunc(strings.Split(c.want, "|"), func(want string) bool { return strings.Contains(out, want) })
		if code != 0 || !found {
			t.Errorf("%s: %d %s\n%s\nwant %s", c.args, code, errs, out, c.want)
		}
	}
	clocked := altered(t, "      purpose: [TREAT, ETREAT]\n      breakGlass", "      time: [\"22:00-06:00\"]\n      weekday: [sunday]\n      source: [hospital]\n      sourceOrganisation: [own]\n      breakGlass")
	args := []string{"policy", "explain", "--policies", clocked, "--role", "gp", "--break-glass", "--organisation", "YZ910", "--source", "hospital", "--source-organisation", "YZ910"}
	for at, want := range map[string]string{"2026-11-22 22:30": "shown", "2026-11-22 21:59": "withheld", "2026-11-23 22:30": "withheld"} {
		code, out, errs := command(append(args, "--json", "--at", at, "allergies")...)
		var x explanation
		if err := json.Unmarshal([]byte(out), &x); err != nil || code != 0 {
			t.Fatalf("%d %s %v", code, errs, err)
		}
		if x.Decision != want || x.Attributes["sourceOrganisation"][1] != "own" || len(x.Attributes) != len(policy.Keys()) || len(x.Policies) == 0 {
			t.Errorf("at %s: %+v", at, x)
		}
	}
	for _, c := range []struct{ args, want string }{
		{"--role wizard allergies", "there is no role"}, {"--role gp alergies", "did you mean"}, {"--role gp allergies.reaction", `did you mean "reactions"`},
		{"--role gp --label secret allergies", "there is no label"}, {"--role gp --at noon allergies", "--at is a time"}, {"--role gp --purpose FUN allergies", "must be one of"},
		{"--role gp --config nowhere.yaml allergies", "there is no file"},
	} {
		if code, _, errs := command(append([]string{"policy", "explain"}, strings.Fields(c.args)...)...); code != 2 || !strings.Contains(errs, c.want) {
			t.Errorf("%s: %d %s", c.args, code, errs)
		}
	}
}

func TestPolicyDiffAndCheck(t *testing.T) {
	t.Parallel()
	looser := altered(t, reasonResource, `"record:appointments:note"`)
	code, out, errs := command("policy", "diff", "defaults", looser)
	want := "receptionist\n  gains: appointments.reason (to read or list; for CAREMGT or TREAT, with a relationship, without objection, without label)\n"
	if code != 0 || out != want {
		t.Errorf("%d %s\n%s\nwant\n%s", code, errs, out, want)
	}
	if code, out, errs := command("policy", "diff", "defaults", "defaults"); code != 0 || !strings.HasPrefix(out, "no difference") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	if code, out, errs := command("policy", "check", looser); code != 0 || !strings.Contains(out, "is well: ") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	bad := altered(t, reasonResource, `"record:appointments:reasn", "record:apointments"`)
	code, _, errs = command("policy", "check", bad)
	if code != 2 || !strings.Contains(errs, `did you mean "record:appointments:reason"`) || !strings.Contains(errs, `no resource "record:apointments"`) {
		t.Errorf("%d %s", code, errs)
	}
	for _, c := range []struct{ args, want string }{
		{"diff defaults nowhere", "there is no file"}, {"diff db defaults", "db needs --config"}, {"diff db:x defaults", "is no version"}, {"diff db:0 defaults", "is no version"},
		{"diff defaults " + bad, "is refused:\n  policy"}, {"check defaults", "there is no file"}, {"check nowhere", "there is no file"},
	} {
		if code, _, errs := command(append([]string{"policy"}, strings.Fields(c.args)...)...); code != 2 || !strings.Contains(errs, c.want) {
			t.Errorf("%s: %d %s", c.args, code, errs)
		}
	}
}

// What is imported decides in the running server within a second, is in the ledger, and
// can be exported, compared and tested from there.
func TestPolicyImportBesideTheServer(t *testing.T) {
	t.Parallel()
	s := startSealed(t)
	looser := altered(t, reasonResource, `"record:appointments:note"`)
	code, out, errs := command("policy", "import", "--config", s.file, "--reason", "agreed by the governance board", looser)
	if code != 0 || !strings.HasPrefix(out, "version 2 is in force") {
		t.Fatalf("%d %s %s", code, out, errs)
	}
	begun := time.Now()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for s.server.policies.Guard.Current().Version != "2" {
		if <-tick.C; time.Since(begun) > time.Second {
			t.Fatal("the running server has not taken it up within a second")
		}
	}
	events, err := s.server.ledger.Events(t.Context(), audit.Filter{Actor: systemUser()})
	if err != nil || len(events) != 1 || events[0].Action != audit.ActionPolicy || events[0].Target != "version 2: policies imported" || events[0].Reason != "agreed by the governance board" {
		t.Errorf("the ledger has %+v %v", events, err)
	}
	code, out, errs = command("policy", "export", "--config", s.file)
	exported := file(t, "exported.yaml", out)
	if code != 0 || errs != "" {
		t.Fatalf("%d %s", code, errs)
	}
	for _, c := range []struct{ args, want string }{
		{"diff --config " + s.file + " db " + exported, "no difference"},
		{"diff --config " + s.file + " db:1 db", "receptionist\n  gains: appointments.reason"},
		{"explain --config " + s.file + " --role receptionist --relationship list appointments.reason", "is shown"},
		{"check " + exported, "is well"},
	} {
		if code, out, errs := command(append([]string{"policy"}, strings.Fields(c.args)...)...); code != 0 || !strings.Contains(out, c.want) {
			t.Errorf("%s: %d %s %s", c.args, code, out, errs)
		}
	}
	code, out, errs = command("policy", "export", "--config", s.file, "--ladon")
	var documents []map[string]any
	if err := json.Unmarshal([]byte(out), &documents); err != nil || code != 0 || len(documents) < 20 || documents[0]["subjects"] == nil {
		t.Errorf("%d %s %v", code, errs, err)
	}
	locking := file(t, "locking.yaml", `policies: [{id: a, effect: allow, roles: [gp], actions: [read], resources: ["record:*"]}]`)
	for _, c := range []struct{ file, reason, want string }{
		{locking, "agreed by the board", "lock administrators out"}, {looser, "short", "10 to 500"}, {"nowhere", "agreed by the board", "there is no file"},
	} {
		if code, _, errs := command("policy", "import", "--config", s.file, "--reason", c.reason, c.file); code != 2 || !strings.Contains(errs, c.want) {
			t.Errorf("%s: %d %s", c.want, code, errs)
		}
	}
	if code, _, errs := command("policy", "diff", "--config", s.file, "db:9", "db"); code != 1 || !strings.Contains(errs, "no such version") {
		t.Errorf("a version that there is not: %d %s", code, errs)
	}
}

// A database that no server has opened yet has no policies to show.
func TestPolicyOfAnEmptyDatabase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	config := file(t, "patchwork.yaml", "state: sqlite:"+dir+"/p.db\nsources:\n  - {id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}\n")
	if code, _, errs := command("policy", "export", "--config", config); code != 2 || !strings.Contains(errs, "there is no database") {
		t.Errorf("%d %s", code, errs)
	}
	if err := os.WriteFile(dir+"/p.db", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"export", "--config", config}, {"import", "--config", config, "--reason", "agreed by the board", "defaults"}} {
		if code, _, errs := command(append([]string{"policy"}, args...)...); code != 1 || !strings.Contains(errs, "start this version of the server on it once") {
			t.Errorf("%v: %d %s", args, code, errs)
		}
	}
}
