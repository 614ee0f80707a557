package main

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/resolvers"
)

// checkSystem asks for everything that a check tells.
const checkSystem = `mutation($s: ID!) { checkSource(source: $s) {
	source name kind at tookMilliseconds people calls p50Milliseconds p95Milliseconds slowestMilliseconds
	checks { name verdict text findings { code verdict text mend where { section title count of at } } }
	scorecard { section title mandatory people entries coded statements validCodes codes validDates dates duplicates items { name mandatory populated } }
} }`

// reported is the report of an answer; empty if there is none.
func reported(answer object) object {
	report, _ := answer.at("data.checkSource").(map[string]any)
	return report
}

// findings are the codes that a check came to, with their findings.
func findings(report object) map[string]object {
	all := map[string]object{}
	for _, c := range report.list("checks") {
		for _, f := range c.list("findings") {
			all[f.text("code")] = f
		}
	}
	return all
}

// openAll opens everybody once, so that systems without lists have people who were found there.
func (r *region) openAll(t *testing.T) {
	t.Helper()
	for _, p := range r.Patients {
		r.ask(t, auth.RoleGP, `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id } }`, map[string]any{"n": p.NHSNumber})
	}
}

// TestCheckedByTheGraph: every system of the region, with people whom nobody chose; what is
// wrong with one is found with its mend, and nothing that is said tells of anybody.
func TestCheckedByTheGraph(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 40, PDS: true, GPConnect: true, Archive: true, HomeCare: true, OpenEHR: true}, nil)
	r.openAll(t)
	said := strings.Builder{}
	read := 0
	for _, system := range r.server.systems {
		id := system.Origin().ID
		a := r.ask(t, auth.RoleAdministrator, checkSystem, map[string]any{"s": id})
		report := reported(a)
		if report.text("source") != id || report.text("at") == "" || len(report.list("checks")) != 17 || len(report.list("scorecard")) == 0 && report["people"] != 0.0 {
			t.Errorf("%s: %v", id, report)
		}
		for code, f := range findings(report) {
			if f.text("text") == "" || f.text("mend") == "" {
				t.Errorf("%s: %s: %v", id, code, f)
			}
		}
		if report["people"] != 0.0 {
			read++
		}
		text, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		said.Write(text)
		t.Logf("%s: %v people, %v ms: %v", id, report["people"], report["tookMilliseconds"], slices.Sorted(maps.Keys(findings(report))))
	}
	if read < 5 {
		t.Errorf("only %d systems were read", read)
	}
	for _, p := range r.Patients {
		for _, w := range append([]string{p.NHSNumber, p.FamilyName, p.GivenName, p.BirthDate}, slices.Collect(maps.Values(p.LocalIDs))...) {
			if len(w) > 3 && strings.Contains(said.String(), w) {
				t.Errorf("it tells %q", w)
			}
		}
	}
}

// TestOfFewNothingIsCounted: who knows the only person of a system must not learn what is
// recorded of them.
func TestOfFewNothingIsCounted(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	r.ask(t, auth.RoleGP, everySection, map[string]any{"n": r.Patients[0].NHSNumber})
	few := 0
	for _, system := range r.server.systems {
		a := r.ask(t, auth.RoleAdministrator, checkSystem, map[string]any{"s": system.Origin().ID})
		people, _ := a.at("data.checkSource.people").(float64)
		if people > 0 && people < 5 || people == 0 && len(a.list("data.checkSource.scorecard")) != 0 {
			t.Errorf("%s: %v", system.Origin().ID, a)
		}
		if text, _ := json.Marshal(a); strings.Contains(string(text), "of fewer than 5 sample people") {
			few++
		}
	}
	if few == 0 {
		t.Error("no system had somebody, and few")
	}
}

// TestASeededDefectIsFound (hazard H-01): also while the system is switched off, which is when
// it is mended.
func TestASeededDefectIsFound(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 40}, nil)
	const id = "gp"
	r.openAll(t)
	r.administer(t, `mutation { switchSourceOff(source: "gp", reason: "It answers wrongly") { off } }`)
	for _, c := range []struct{ fault, code string }{{"", ""}, {"wrong-patient", "wrong-subject"}, {"refused", "unreachable"}} {
		if c.fault != "" && !r.misbehave(t, id, c.fault) {
			t.Fatal(c.fault)
		}
		a := r.ask(t, auth.RoleAdministrator, checkSystem, map[string]any{"s": id})
		found := findings(reported(a))
		if c.code == "" && (found["wrong-subject"] != nil || found["unreachable"] != nil || a.at("data.checkSource.people") == 0.0) {
			t.Errorf("without a fault: %v", a)
		}
		if f := found[c.code]; c.code != "" && (f.text("verdict") != "FAIL" || f.text("mend") == "") {
			t.Errorf("%s: %v", c.fault, a)
		}
	}
	if r.server.systems[0].Off() == nil {
		t.Error("it was switched on by checking it")
	}
}

// TestOnlyAdministratorsCheck: everybody else is refused, and both are in the ledger.
func TestOnlyAdministratorsCheck(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	id := r.server.systems[0].Origin().ID
	for _, role := range slices.Sorted(maps.Keys(r.tokens)) {
		a := r.ask(t, role, `mutation($s: ID!) { checkSource(source: $s) { source } }`, map[string]any{"s": id})
		may := a.text("data.checkSource.source") == id
		if may != (role == auth.RoleAdministrator) || !may && a.text("errors.0.extensions.code") != resolvers.CodeForbidden {
			t.Errorf("%s: %v", role, a)
		}
	}
	for _, wrong := range []string{"", "nowhere", "a\u0000b", "../" + id} {
		a := r.ask(t, auth.RoleAdministrator, checkSystem, map[string]any{"s": wrong})
		if a.text("errors.0.extensions.code") != resolvers.CodeBadInput {
			t.Errorf("%q: %v", wrong, a)
		}
	}
	checked, refused := 0, map[string]bool{}
	for _, e := range r.ledgerEvents(t) {
		switch {
		case e.Decision == audit.Permit && e.Target == "source:"+id && e.Reason == "check":
			checked++
		case e.Decision == audit.Deny && slices.Contains(e.Withheld, "checks:administer"):
			refused[e.Actor.Role] = true
		}
	}
	if checked != 1 || len(refused) != len(r.tokens)-1 || !refused["gp"] {
		t.Errorf("%d checks, refused %v", checked, refused)
	}
}

// TestCheckedByOneAtATime: another is told so; whoever goes away ends theirs, so that the next
// may begin.
func TestCheckedByOneAtATime(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 40}, nil)
	const id = "gp"
	r.misbehave(t, id, "hang")
	ctx, leave := context.WithCancel(t.Context())
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		body := `{"query": "mutation { checkSource(source: \"gp\") { source } }"}`
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.http.URL+"/graphql", strings.NewReader(body))
		if err != nil {
			t.Error(err)
			return
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Authorization", "Bearer "+r.tokens[auth.RoleAdministrator])
		if resp, err := http.DefaultClient.Do(req); err == nil {
			_ = resp.Body.Close()
			t.Errorf("a system that hangs was checked: %d", resp.StatusCode)
		}
	}()
	running := func() bool {
		a := r.ask(t, auth.RoleAdministrator, checkSystem, map[string]any{"s": id})
		return a.text("errors.0.extensions.code") == resolvers.CodeCheckRunning
	}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !slices.ContainsFunc(r.ledgerEvents(t), func(e audit.Event) bool { return e.Reason == "check" }) {
		<-tick.C
	}
	if !running() {
		t.Error("two at once")
	}
	if a := r.ask(t, auth.RoleAdministrator, checkSystem, map[string]any{"s": "hospital"}); a.text("data.checkSource.source") != "hospital" {
		t.Errorf("another system: %v", a)
	}
	leave()
	<-gone
	r.control(t, http.MethodDelete, id, "", "")
	for begun := time.Now(); running(); <-tick.C {
		if time.Since(begun) > 10*time.Second {
			t.Fatal("the check of who has gone goes on")
		}
	}
}
