package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/resolvers"
)

// everyStaging asks for everything of the stages of sources, each by itself.
var everyStaging = []string{
	`{ sourceStages { source name section organisation stage at by reason } }`,
	`{ sourceTrials { day source section status answers entries meanMilliseconds slowestMilliseconds } }`,
	`mutation { setSourceStage(source: "gp", stage: SHADOW, reason: "It is new here") { source } }`,
}

func TestOnlyAdministratorsChangeStages(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	id := r.server.systems[0].Origin().ID
	roles := slices.DeleteFunc(slices.Sorted(maps.Keys(r.tokens)), func(role auth.Role) bool { return role == auth.RoleAdministrator })
	for _, role := range append(roles, auth.RoleAdministrator) {
		if r.server.stages.Current().Of(id, "allergies", "") != record.Live {
			t.Fatalf("changed before %s", role)
		}
		for _, query := range everyStaging {
			a := r.ask(t, role, strings.ReplaceAll(query, `"gp"`, `"`+id+`"`), nil)
			refused := a.text("errors.0.extensions.code") == resolvers.CodeForbidden
			if (role == auth.RoleAdministrator) == refused || role == auth.RoleAdministrator && a["errors"] != nil {
				t.Errorf("%s: %s: %v", role, query, a)
			}
		}
	}
}

func TestSlipsOfTheFingerChangeNoStage(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	id := r.server.systems[0].Origin().ID
	for name, arguments := range map[string]string{
		"none of the region":  `source: "nowhere", stage: LIVE, reason: "It is new here"`,
		"NUL":                 `source: "a\u0000b", stage: LIVE, reason: "It is new here"`,
		"no section":          `source: "` + id + `", section: "alergies", stage: SHADOW, reason: "It is new here"`,
		"an empty section":    `source: "` + id + `", section: "", stage: SHADOW, reason: "It is new here"`,
		"no organisation":     `source: "` + id + `", organisation: "the hospital", stage: SHADOW, reason: "It is new here"`,
		"no reason":           `source: "` + id + `", stage: SHADOW, reason: "new"`,
		"a misleading reason": `source: "` + id + `", stage: SHADOW, reason: "\u202eereh wen si tI"`,
	} {
		got := r.administer(t, `mutation { setSourceStage(`+arguments+`) { stage } }`)
		if code := got.text("errors.0.extensions.code"); code != resolvers.CodeBadInput || got.text("errors.0.message") == "" {
			t.Errorf("%s: %v", name, got)
		}
	}
	for _, s := range r.administer(t, everyStaging[0]).list("data.sourceStages") {
		if s["stage"] != "LIVE" || s["at"] != nil || s["section"] != nil || s.text("name") == "" {
			t.Errorf("%v", s)
		}
	}
}

// everywhere is what is asked of a person on every surface, as one text.
func (r *region) everywhere(t *testing.T, role auth.Role, p demo.Patient) (text, id string) {
	t.Helper()
	var fields strings.Builder
	for _, h := range record.Headings() {
		fields.WriteString(" " + h.Name + " { verdict missing { source { id } } outcomes { source { id } status code reason count } entries { id provenance { localId source { id } } } }")
	}
	record := r.ask(t, role, `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id registrations { source { id } state }
		timeline(first: 50) { edges { node { id provenance { source { id } } } } facets { sources { source { id } } } }`+fields.String()+` } }`, map[string]any{"n": p.NHSNumber})
	id = record.text("data.patientByNHSNumber.id")
	parts := []any{record,
		r.ask(t, role, searching, map[string]any{"f": p.FamilyName, "b": p.BirthDate}),
		r.ask(t, role, `{ rosters { rosters { id source { id } } outcomes { source { id } status } } }`, nil),
	}
	for _, path := range []string{"/fhir/Patient/" + id, "/fhir/AllergyIntolerance?patient=" + id, "/fhir/Condition?patient=" + id, "/fhir/Patient/" + id + "/$summary"} {
		_, resource := r.fhirAs(t, role, path)
		parts = append(parts, resource)
	}
	whole, err := json.Marshal(parts)
	if err != nil {
		t.Fatal(err)
	}
	return string(whole), id
}

// TestTheLifeOfASystem: from live into shadow, where nobody is shown or told anything of it on
// any surface and it is tried and counted; into clinical safety testing, where the named group
// sees it, marked, and nothing is concluded from it; and back (hazards H-02, H-04).
func TestTheLifeOfASystem(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, func(c *Config) {
		c.ClinicalSafety = []TesterConfig{{Login: "local", User: "hospital-doctor"}}
	})
	const source = "hospital"
	p := r.Scenario("everything")
	stage := func(arguments string) {
		t.Helper()
		if got := r.administer(t, `mutation { setSourceStage(source: "hospital", `+arguments+`, reason: "The board decided") { source stage } }`); got["errors"] != nil {
			t.Fatal(got)
		}
	}
	const gp, tester = auth.RoleGP, auth.RoleHospitalDoctor
	entries := func(role auth.Role) (mine int, outcome, set object) {
		t.Helper()
		set = object(r.ask(t, role, everySection, map[string]any{"n": p.NHSNumber}).at("data.patientByNHSNumber.allergies").(map[string]any))
		for _, e := range set.list("entries") {
			if e.text("provenance.source.id") == source {
				mine++
			}
		}
		for _, o := range set.list("outcomes") {
			if o.text("source.id") == source {
				outcome = o
			}
		}
		return mine, outcome, set
	}
	before, id := r.everywhere(t, gp, p)
	patient, papers := r.documentsFor(t, gp, p.NHSNumber)
	if mine, _, _ := entries(gp); mine == 0 || !strings.Contains(before, p.LocalIDs[source]) && !strings.Contains(before, `"id":"hospital"`) {
		t.Fatal("nothing of it is shown to begin with")
	}

	stage("stage: SHADOW")
	after, again := r.everywhere(t, gp, p)
	if again != id {
		t.Error("the person is another")
	}
	// All that is left of it is that it offers nothing.
	for left, o := range map[string]string{"not offered": `"status":"NOT_OFFERED"`} {
		rest := after
		for {
			at := strings.Index(rest, `"id":"hospital"`)
			if at < 0 {
				break
			}
			if near := rest[max(0, at-120):min(len(rest), at+60)]; !strings.Contains(near, o) {
				t.Errorf("something else than %s is left: %s", left, near)
			}
			rest = rest[at+10:]
		}
	}
	if strings.Contains(after, p.LocalIDs[source]) {
		t.Error("its local id is left")
	}
	for _, paper := range papers {
		if paper.text("provenance.source.id") == source {
			if got := r.openDocument(t, r.tokens[gp], patient, paper.text("id")); got.status == http.StatusOK || got.code() != resolvers.CodeDocumentNotFound {
				t.Errorf("a document of it: %d %s", got.status, got.code())
			}
		}
	}
	if mine, o, _ := entries(tester); mine != 0 || o.text("status") != "NOT_OFFERED" || o["code"] != nil {
		t.Errorf("the group sees it in shadow: %d %v", mine, o)
	}
	for _, s := range r.ask(t, gp, `{ sources { id sections health { state } } }`, nil).list("data.sources") {
		if sections, _ := s.at("sections").([]any); s.text("id") == source && (len(sections) > 0 || s.text("health.state") != "UNKNOWN") {
			t.Errorf("%v", s)
		}
	}

	stage("stage: CLINICAL_SAFETY")
	if mine, o, _ := entries(gp); mine != 0 || o.text("status") != "NOT_OFFERED" || o["code"] != nil {
		t.Errorf("others see what is tested: %d %v", mine, o)
	}
	if mine, o, _ := entries(tester); mine == 0 || o.text("code") != resolvers.CodeTested || o.text("reason") != "In clinical safety testing, not for care" {
		t.Errorf("the group does not see it marked: %d %v", mine, o)
	}
	r.administer(t, `mutation { switchSourceOff(source: "hospital", reason: "It answers wrongly") { off } }`)
	if _, o, set := entries(tester); o.text("status") != "UNAVAILABLE" || o.text("code") != resolvers.CodeTested || set.text("verdict") == "KNOWN_INCOMPLETE" {
		t.Errorf("that what is tested is down is told of the record: %v", set)
	}
	r.administer(t, `mutation { switchSourceOn(source: "hospital", reason: "It is mended") { off } }`)

	stage("stage: LIVE, section: \"allergies\", organisation: \"" + r.organisationOf(t, gp) + "\"")
	if mine, o, _ := entries(gp); mine == 0 || o["code"] == resolvers.CodeTested {
		t.Errorf("it is live for them: %d %v", mine, o)
	}
	if _, o, _ := entries(tester); o.text("code") != resolvers.CodeTested {
		t.Errorf("it is live for others too: %v", o)
	}
	stage("stage: LIVE")
	if mine, o, _ := entries(tester); mine == 0 || o["code"] != nil {
		t.Errorf("it is live: %d %v", mine, o)
	}
	r.tried(t, source)
}

// organisationOf is where a role works.
func (r *region) organisationOf(t *testing.T, role auth.Role) string {
	t.Helper()
	return r.ask(t, role, `{ me { organisation { ods } } }`, nil).text("data.me.organisation.ods")
}

// tried holds the numbers of the trials against what must not be in them.
func (r *region) tried(t *testing.T, source string) {
	t.Helper()
	for tick := time.NewTicker(5 * time.Millisecond); !r.server.trials.Idle(); {
		<-tick.C
	}
	r.server.trials.Close() // which keeps what was counted
	answered := 0
	for _, c := range r.administer(t, everyStaging[1]).list("data.sourceTrials") {
		if c.text("source") != source || c.text("day") == "" || c["answers"].(float64) < 1 {
			t.Errorf("%v", c)
		}
		if c.text("status") == "ANSWERED" && c["entries"].(float64) > 0 {
			answered++
		}
	}
	if answered == 0 {
		t.Error("it was not tried")
	}
}

// TestSourceStageByTheCommandLine: a server that runs takes it up within a second; who did it
// and why are in its ledger.
func TestSourceStageByTheCommandLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "patchwork.yaml")
	text := "state: sqlite:" + filepath.Join(dir, "patchwork.db") + "\nsources:\n  - {id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}\n" +
		"  - {id: lab, type: fhirr4, stage: shadow, connect: {url: http://127.0.0.1:1}}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	command := func(want int, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(append([]string{"source"}, append(args, "--config", file)...), &out, &errs); code != want {
			t.Fatalf("%v: %d %s%s", args, code, out.String(), errs.String())
		}
		return out.String() + errs.String()
	}
	config, err := loadConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := open(t.Context(), config, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.close() }()
	because := []string{"--reason", "The board decided"}
	for _, args := range [][]string{
		{"stage", "pas", "live"}, {"stage", "lab", "alive"}, {"stage", "lab", "live", "--section", "alergies"}, {"stage", "lab", "live", "--organisation", "the hospital"},
	} {
		command(exitUsage, append(args, because...)...)
	}
	command(exitUsage, "stage", "lab", "live", "--reason", "bad")
	if said := command(0, append([]string{"stage", "lab", "clinical-safety", "--section", "results", "--organisation", "A81001"}, because...)...); said != "the stage of lab is clinical-safety; servers that run take it up within a second\n" {
		t.Error(said)
	}
	is := func() record.Stage { return s.stages.Current().Of("lab", "results", "A81001") }
	until := func(want record.Stage) {
		t.Helper()
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for begun := time.Now(); is() != want; <-tick.C {
			if time.Since(begun) > time.Second {
				t.Fatal("not within a second")
			}
		}
	}
	until(record.ClinicalSafety)
	listed := command(0, "stages")
	for _, line := range []string{"gp all all live as configured", "lab all all shadow as configured", "lab results A81001 clinical-safety"} {
		if !strings.Contains(strings.Join(strings.Fields(listed), " "), line) {
			t.Errorf("%q is not in\n%s", line, listed)
		}
	}
	command(0, append([]string{"stage", "lab", "unset", "--section", "results", "--organisation", "A81001"}, because...)...)
	until(record.Shadow)
	events, err := s.ledger.Events(t.Context(), audit.Filter{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(slices.DeleteFunc(events, func(e audit.Event) bool {
		return e.Target != "source:lab" || e.Actor.Name != systemUser() || e.Client != "patchwork source" || !strings.HasPrefix(e.Reason, "stage of results for A81001 from ")
	})); n != 2 {
		t.Errorf("%d are in the ledger", n)
	}
}
