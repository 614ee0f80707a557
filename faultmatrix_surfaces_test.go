package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// readingWay is one way in which a person's record is read.
type readingWay struct {
	name string
	look func(t *testing.T, m *matrix) seen
}

func matrixSurfaces() []readingWay {
	return []readingWay{
		{"GraphQL, one person", lookAtPerson},
		{"GraphQL, a worklist", lookAtWorklist},
		{"GraphQL, the line of time", lookAtTimeline},
		{"GraphQL, a search for people", lookAtSearch},
		{"a stream (SSE) of one person", lookAtStream},
		{"a subscription to a list", lookAtSubscription},
		{"FHIR, searches by type", lookAtTypes},
		{"FHIR, $everything", lookAtEverything},
		{"FHIR, $summary", lookAtSummary},
		{"documents, opened", lookAtDocuments},
		{"a view's run", lookAtView},
	}
}

const (
	// matrixPart is what a reader needs of a section to know whether it is all.
	matrixPart = ` fragment P on Section { title verdict outcomes { source { id name } status ageSeconds } } fragment E on Entry { id provenance { source { id } } }`
	// matrixWait is longer than any of the matrix's systems may take.
	matrixWait = "15000"
)

// selected asks for sections, whatever their type.
func selected(names []string) string {
	var b strings.Builder
	for _, name := range names {
		b.WriteString(name + " { ...P entries { ...E } } ")
	}
	return b.String()
}

func sectionNames() (names []string) {
	for _, h := range record.Headings() {
		names = append(names, h.Name)
	}
	return names
}

// told are the statuses that say that something is missing.
func told(status string) bool {
	return slices.Contains([]string{"PENDING", "TIMED_OUT", "UNAVAILABLE", "PARTIAL", "MISMATCHED", "WITHHELD"}, status)
}

// sightOf reads the sections of a person.
func sightOf(t *testing.T, p object) seen {
	t.Helper()
	s := seen{}
	for name, v := range p {
		fields, ok := v.(map[string]any)
		if !ok || fields["outcomes"] == nil {
			continue
		}
		section := object(fields)
		for _, e := range section.list("entries") {
			s.add(name, e.text("provenance.source.id"), e.text("id"))
		}
		verdict := section.text("verdict")
		for _, o := range section.list("outcomes") {
			if age, _ := o.at("ageSeconds").(float64); age < 0 {
				t.Errorf("%s of %s is %v seconds old", name, o.text("source.id"), age)
			}
			// A verdict that sounds complete would be believed, whatever the outcomes say.
			if told(o.text("status")) && !slices.Contains([]string{"KNOWN", "NONE_KNOWN", "NOT_RECORDED"}, verdict) {
				s.lacks(name, o.text("source.id"), o.text("status"))
			}
		}
	}
	return s.sorted()
}

func lookAtPerson(t *testing.T, m *matrix) seen {
	answer := m.ask(t, auth.RoleGP, personQuery(), map[string]any{"n": m.person.NHSNumber})
	return sightOf(t, m.found(t, answer, "data.patientByNHSNumber"))
}

func personQuery() string {
	return `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n, wait: ` + matrixWait + `) { ` + selected(sectionNames()) + `} }` + matrixPart
}

// found is the person in an answer: a page always comes.
func (m *matrix) found(t *testing.T, answer object, path string) object {
	t.Helper()
	p, _ := answer.at(path).(map[string]any)
	if p == nil {
		t.Fatalf("no page comes: %v", answer["errors"])
	}
	return p
}

// lookAtWorklist asks for several people; of the others it must be as before, too.
func lookAtWorklist(t *testing.T, m *matrix) seen {
	q := `query($n: [NHSNumber!]!) { patientsByNHSNumber(nhsNumbers: $n, wait: ` + matrixWait + `) { patient { ` +
		selected([]string{"allergies", "alerts", "medications", "problems", "observations"}) + `} } }` + matrixPart
	answer := m.ask(t, auth.RoleGP, q, map[string]any{"n": append([]string{m.person.NHSNumber}, m.others...)})
	all := seen{}
	for i := range 1 + len(m.others) {
		row, _ := answer.at("data.patientsByNHSNumber").([]any)
		if i >= len(row) {
			t.Fatalf("%d rows: %v", len(row), answer["errors"])
		}
		for at, v := range sightOf(t, m.found(t, object(row[i].(map[string]any)), "patient")) {
			all[place{string('1'+rune(i)) + " " + at.heading, at.system}] = v
		}
	}
	return all
}

func lookAtTimeline(t *testing.T, m *matrix) seen {
	s := seen{}
	for after := any(nil); ; {
		answer := m.ask(t, auth.RoleGP, `query($n: NHSNumber!, $a: String) { patientByNHSNumber(nhsNumber: $n, wait: `+matrixWait+`) { timeline(first: 100, after: $a) {
			edges { section node { id provenance { source { id } } } } pageInfo { hasNextPage endCursor } missing { section outcome { source { id } status } } } } }`,
			map[string]any{"n": m.person.NHSNumber, "a": after})
		line := m.found(t, answer, "data.patientByNHSNumber.timeline")
		for _, e := range line.list("edges") {
			s.add(e.text("section"), e.text("node.provenance.source.id"), e.text("node.id"))
		}
		for _, g := range line.list("missing") {
			if told(g.text("outcome.status")) {
				s.lacks(g.text("section"), g.text("outcome.source.id"), g.text("outcome.status"))
			}
		}
		if line.at("pageInfo.hasNextPage") != true {
			return s.sorted()
		}
		after = line.at("pageInfo.endCursor")
	}
}

// lookAtSearch looks for the person by name and birth date: the systems that know them.
func lookAtSearch(t *testing.T, m *matrix) seen {
	answer := m.ask(t, auth.RoleGP, `query($f: String!, $b: Date!) { searchPatients(familyName: $f, birthDate: $b, wait: `+matrixWait+`) {
		hits { nhsNumber sources { id } } outcomes { source { id } status } } }`, map[string]any{"f": m.person.FamilyName, "b": m.person.BirthDate})
	found, s := m.found(t, answer, "data.searchPatients"), seen{}
	for _, h := range found.list("hits") {
		for _, o := range h.list("sources") {
			if h.text("nhsNumber") == m.person.NHSNumber {
				s.add("people", o.text("id"), "the person")
			}
		}
	}
	for _, o := range found.list("outcomes") {
		if told(o.text("status")) {
			s.lacks("people", o.text("source.id"), o.text("status"))
		}
	}
	return s.sorted()
}

func lookAtStream(t *testing.T, m *matrix) seen {
	last, end := m.subscribe(t, m.tokens[auth.RoleGP], personQuery(), map[string]any{"n": m.person.NHSNumber}).over(t)
	if end != "complete" {
		t.Errorf("it ends with %q", end)
	}
	return sightOf(t, m.found(t, last, "data.patientByNHSNumber"))
}

// lookAtSubscription opens a subscription to a list with the person on it.
func lookAtSubscription(t *testing.T, m *matrix) seen {
	f := m.subscribe(t, m.tokens[auth.RoleGP], `subscription($l: ID!) { listChanged(id: $l) { people(first: 5, wait: `+matrixWait+`) { people { patient { `+
		selected([]string{"demographics", "allergies", "alerts", "medications", "problems", "results", "contacts", "documents"})+`} } } } }`+matrixPart, map[string]any{"l": m.list})
	defer f.close()
	return sightOf(t, m.found(t, f.next(t).data, "data.listChanged.people.people.0.patient"))
}

// lookAtDocuments opens one document of each system that has one. What is opened is its
// bytes; a refusal, or a connection that breaks off, says that something is missing.
func lookAtDocuments(t *testing.T, m *matrix) seen {
	s := seen{}
	for system, id := range m.documents {
		switch got := m.openDocument(t, m.tokens[auth.RoleGP], m.id, id); {
		case got.status == http.StatusOK && got.cut:
			s.lacks("document", system, "cut")
		case got.status == http.StatusOK:
			s.add("document", system, string(got.body))
		case got.status != http.StatusNotFound && got.code() != "": // "there is none" is no answer
			s.lacks("document", system, got.code())
		}
	}
	return s
}

// lookAtView runs a view over the person; each row says who answered.
func lookAtView(t *testing.T, m *matrix) seen {
	answer := m.ask(t, auth.RoleGP, `mutation($v: ID!, $l: ID!) { runView(id: $v, list: $l, wait: `+matrixWait+`) `+runFields+` }`, map[string]any{"v": m.view, "l": m.list})
	run := m.found(t, answer, "data.runView")
	if run.text("state") != "DONE" || len(run.list("page")) == 0 {
		t.Fatalf("the run: %v", run)
	}
	s := seen{}
	for _, section := range matrixColumns {
		s.add(section, wholeOf, column(run, strings.ToLower(section))[0])
		for _, o := range strings.Fields(column(run, "_coverage_"+section)[0]) {
			system, status, _ := strings.Cut(o, "=")
			switch {
			case told(status) && column(run, "_complete")[0] != "true":
				s.lacks(section, system, status)
				s.lacks(section, wholeOf, status)
			case status == "ANSWERED":
				s.add(section, system, "its part")
			}
		}
	}
	return s
}

// matrixColumns are the sections that the matrix's view counts.
var matrixColumns = []string{"allergies", "problems", "medications", "results", "observations", "carePlans", "vaccinations"}
