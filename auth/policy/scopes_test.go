package policy

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/auth/scope"
	"github.com/patchworkcare/patchwork/record"
)

func app(scopes ...string) *auth.Session {
	s := caller(auth.RoleGP)
	s.Scopes, s.Launch = append([]string{}, scopes...), &auth.Launch{Patient: "p"}
	return s
}

// scopedEdition decides over a schema with the fields by which scopes filter; more are
// further policies.
func scopedEdition(t *testing.T, more string) *Edition {
	t.Helper()
	set, err := Load([]byte(string(defaults) + more))
	if err != nil {
		t.Fatal(err)
	}
	wider := maps.Clone(schema)
	wider["record:problems"] = []string{"code", "category", "clinicalStatus", "verification"}
	wider["record:medications"] = []string{"code", "kind", "status"}
	wider["record:results"] = []string{"code", "category", "status", "measurements", "conclusion"}
	e, err := NewEdition(set, wider, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

const snomed = "http://snomed.info/sct"

func sct(code string) record.Concept {
	return record.Concept{Codings: []record.Coding{{System: snomed, Code: code}}}
}

// TestScopesFilter: what of a section's entries is there for an app, one entry after the
// other.
func TestScopesFilter(t *testing.T) {
	t.Parallel()
	e := scopedEdition(t, "")
	problem := &record.Problem{Base: record.Base{Code: sct("195967001")}, ClinicalStatus: "Active", Category: record.Text("worded only")}
	bare := &record.Problem{Base: record.Base{Code: record.Concept{Codings: []record.Coding{{Code: "H33"}}}}}
	mistaken := &record.Problem{ClinicalStatus: "active", Verification: "entered-in-error"}
	restricted := &record.Problem{Base: record.Base{Code: sct("195967001"), Labels: label("?")}}
	panel := &record.Result{Base: record.Base{Code: sct("1")}, Status: "partial", Measurements: []record.Measurement{{Code: sct("2")}, {Code: sct("3")}}}
	single := &record.Result{Base: record.Base{Code: sct("1")}, Status: "final", Measurements: []record.Measurement{{Code: sct("2"), Status: "amended"}}}
	words := &record.Result{Base: record.Base{Code: sct("1")}, Conclusion: "Normal"}
	repeat, statement := &record.Medication{Kind: record.RepeatPrescription}, &record.Medication{}
	forbidden, handed := &record.Medication{Status: "do-not-perform"}, &record.Medication{Kind: record.Dispense}
	for _, c := range []struct {
		class, scopes string
		entry         record.Entry
		want          bool
	}{
		{"record:problems", "user/Condition.rs", problem, true},
		{"record:problems", "user/Condition.rs?code=195967001", problem, true},
		{"record:problems", "user/Condition.rs?code=" + snomed + "|195967001", problem, true},
		{"record:problems", "user/Condition.rs?code=" + snomed + "|", problem, true},
		{"record:problems", "user/Condition.rs?code=1,195967001", problem, true},
		{"record:problems", "user/Condition.rs?code=|195967001", problem, false},
		{"record:problems", "user/Condition.rs?code=|H33", bare, true},
		{"record:problems", "user/Condition.rs?code=http://other|195967001", problem, false},
		{"record:problems", "user/Condition.rs?code=195967001&code=1", problem, false},
		{"record:problems", "user/Condition.rs?code=1 user/Condition.r?code=195967001", problem, true},
		{"record:problems", "user/Condition.rs?code=1 user/Flag.rs?code=195967001", problem, false},
		{"record:problems", "user/*.rs?code=195967001", problem, true},
		{"record:problems", "user/Condition.rs?code=1 user/*.read", problem, true},
		{"record:problems", "user/Condition.rs?category=worded", problem, false},
		{"record:problems", "user/Condition.rs?clinical-status=active", problem, true},
		{"record:problems", "user/Condition.rs?clinical-status=http://terminology.hl7.org/CodeSystem/condition-clinical|active", problem, true},
		{"record:problems", "user/Condition.rs?clinical-status=active", mistaken, false},
		{"record:problems", "user/Condition.rs?clinical-status=active&code=195967001", problem, true},
		{"record:problems", "user/Condition.rs?clinical-status=resolved&code=195967001", problem, false},
		{"record:problems", "user/Condition.rs?code=195967001", restricted, false}, // held back: not told whether it is inside
		{"record:results", "user/DiagnosticReport.rs?code=1", panel, true},
		{"record:results", "user/Observation.rs?code=1", panel, true},
		{"record:results", "user/Observation.rs?code=2", panel, false},
		{"record:results", "user/Observation.rs?code=2", single, true},
		{"record:results", "user/Observation.rs?code=1", single, false},
		{"record:results", "user/Observation.rs?status=preliminary", panel, true},
		{"record:results", "user/Observation.rs?status=amended", single, true},
		{"record:results", "user/Observation.rs", words, false},
		{"record:results", "user/Observation.rs user/DiagnosticReport.rs", words, true},
		{"record:medications", "user/MedicationRequest.rs", repeat, true},
		{"record:medications", "user/MedicationRequest.rs", statement, false},
		{"record:medications", "user/MedicationRequest.rs", forbidden, true},
		{"record:medications", "user/MedicationStatement.rs", statement, true},
		{"record:medications", "user/MedicationStatement.rs", forbidden, false},
		{"record:medications", "user/MedicationStatement.rs user/MedicationRequest.rs", handed, false},
		{"record:medications", "user/MedicationDispense.rs", handed, true},
		{"record:medications", "user/*.rs", handed, true},
	} {
		g := e.Check(app(strings.Fields(c.scopes)...), related(relationship.Registration), Read, c.class, nil)
		if _, seen := g.Entry(c.entry); (seen == Shown) != c.want || seen == Held {
			t.Errorf("%s of %+v: %v, want %v", c.scopes, c.entry, seen, c.want)
		}
	}
}

// TestScopesDoNotGuess: a query that is not answered exactly names nothing at all.
func TestScopesDoNotGuess(t *testing.T) {
	t.Parallel()
	e := scopedEdition(t, "")
	for _, query := range []string{
		"code:in=http://v", "code:not=1", "code:text=a", "category:missing=true", "date=ge2020-01-01", "onset-date=2020", "_id=1", "patient=p", "subject:Patient.name=a",
		"_security=R", "verification-status=confirmed", "code=", "code=,", "code=1,", "code=|", "code=a|b|c", "code=a%5C,b", "status=active&foo=bar", "Code=1", "code=1&code:in=v",
	} {
		for _, resource := range []string{"Condition", "*"} {
			s := app("user/" + resource + ".rs?" + query)
			if e.Check(s, related(relationship.Registration), Read, "record:problems", nil).Allowed() || ScopesPermit(s, "Condition", scope.Read) {
				t.Errorf("%s?%s lets something through", resource, query)
			}
		}
	}
	for _, text := range []string{"user/Patient.rs?name=a", "user/CareTeam.rs?category=a", "user/RelatedPerson.rs?code=1", "user/Appointment.rs?code=1", "user/MedicationDispense.rs?code=1"} {
		if r := e.reachOf(app(text)); r.words != none {
			t.Errorf("%s names %s", text, r.words)
		}
	}
}

// TestScopesHideNoFieldByPresence: what may not be seen is not filtered by.
func TestScopesHideNoFieldByPresence(t *testing.T) {
	t.Parallel()
	e := scopedEdition(t, `
  - {id: no-codes, description: For the test., effect: deny, roles: [any], actions: [read], resources: ["record:problems:code", "record:medications:kind", "record:results:measurements"]}
`)
	for class, entry := range map[string]record.Entry{
		"record:problems": &record.Problem{Base: record.Base{Code: sct("1")}}, "record:medications": &record.Medication{Kind: record.RepeatPrescription},
		"record:results": &record.Result{Measurements: []record.Measurement{{Code: sct("1")}}},
	} {
		g := e.Check(app("user/Condition.rs?code=1", "user/MedicationRequest.rs", "user/Observation.rs"), related(relationship.Registration), Read, class, nil)
		if _, seen := g.Entry(entry); !g.Allowed() || seen == Shown {
			t.Errorf("%s: %v, %v", class, g.Allowed(), seen)
		}
	}
}

// TestScopesOfATypeShowItsFields: the conclusion of a report is no Observation's, also
// where another scope shows that of other reports.
func TestScopesOfATypeShowItsFields(t *testing.T) {
	t.Parallel()
	e := scopedEdition(t, "")
	report := func(code string) *record.Result {
		return &record.Result{Base: record.Base{Code: sct(code)}, Measurements: []record.Measurement{{}, {}}}
	}
	g := e.Check(app("user/Observation.rs", "user/DiagnosticReport.rs?code=1"), related(relationship.Registration), Read, "record:results", nil)
	for code, want := range map[string]bool{"1": true, "2": false} {
		if fields, seen := g.Entry(report(code)); seen != Shown || g.Has(fields, "conclusion") != want || !g.Has(fields, "code") {
			t.Errorf("a report with code %s: %v, %v", code, seen, g.Names(fields))
		}
	}
	if g = e.Check(app("user/Observation.rs"), related(relationship.Registration), Read, "record:results", nil); g.Field("conclusion") || !g.Field("code") {
		t.Error("an Observation has a conclusion")
	}
}

// TestScopesPermit: what the FHIR API asks before each interaction.
func TestScopesPermit(t *testing.T) {
	t.Parallel()
	unpinned := caller(auth.RoleGP)
	unpinned.Scopes = []string{"patient/*.rs"}
	for _, c := range []struct {
		session  *auth.Session
		resource string
		may      scope.Permissions
		want     bool
	}{
		{nil, "Observation", scope.Read, false},
		{caller(auth.RoleGP), "Observation", scope.Read | scope.Search, true},
		{app("patchwork/graph"), "Observation", scope.Read, true},
		{app(), "Observation", scope.Read, false},
		{app("patient/Observation.r"), "Observation", scope.Read, true},
		{app("patient/Observation.r"), "Observation", scope.Search, false},
		{app("patient/Observation.r"), "Observation", scope.Read | scope.Search, false},
		{app("patient/Observation.r", "user/*.s"), "Observation", scope.Read | scope.Search, true},
		{app("patient/Observation.read"), "Condition", scope.Read, false},
		{app("patient/*.read"), "Provenance", scope.Read, true},
		{app("patient/Practitioner.r"), "Practitioner", scope.Read, true},
		{app("patient/Practitioner.r?name=a"), "Practitioner", scope.Read, false},
		{app("patient/Observation.write"), "Observation", scope.Read, false},
		{app("patient/Observation.rs"), "Observation", 0, false},
		{unpinned, "Observation", scope.Read, false},
	} {
		if got := ScopesPermit(c.session, c.resource, c.may); got != c.want {
			t.Errorf("%+v %s %s: %v", c.session, c.resource, c.may, got)
		}
	}
	queries, ok := ScopeQueries(app("patient/Observation.rs?code=1", "patient/Observation.s?code:in=v", "patient/*.s?category=a"), "Observation", scope.Search)
	if !ok || len(queries) != 2 || queries[0].String() != "code=1" || queries[1].String() != "category=a" {
		t.Errorf("%v %v", queries, ok)
	}
	if queries, ok = ScopeQueries(app("patient/Observation.rs?code=1", "patient/*.rs"), "Observation", scope.Search); !ok || queries != nil {
		t.Errorf("%v %v", queries, ok)
	}
}

// TestScopesAreNotMixedUp: what is remembered of one session's scopes is not another's.
func TestScopesAreNotMixedUp(t *testing.T) {
	t.Parallel()
	e := scopedEdition(t, "")
	reads := func(s *auth.Session) bool {
		return e.Check(s, related(relationship.Registration), Read, "record:allergies", nil).Allowed()
	}
	unpinned := app("patient/AllergyIntolerance.rs", "openid")
	unpinned.Launch = nil
	for range 2 {
		if !reads(app("patient/AllergyIntolerance.rs", "openid")) || reads(app("patient/AllergyIntolerance.rs openid")) || reads(unpinned) {
			t.Error("scopes are mixed up")
		}
	}
	for i := range mostReached + 10 {
		reads(app("user/Flag.rs?code=" + strings.Repeat("1", i%400+1) + string(rune('a'+i/400))))
	}
	if n := e.reached.count.Load(); n > mostReached {
		t.Errorf("%d lists of scopes are kept", n)
	}
}
