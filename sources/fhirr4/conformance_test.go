package fhirr4_test

import (
	"net/http"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

func TestConformance(t *testing.T) {
	for _, way := range []struct {
		name  string
		batch bool
	}{{"searches", false}, {"batch", true}} {
		t.Run(way.name, func(t *testing.T) { conformance(t, way.batch) })
	}
}

func conformance(t *testing.T, batch bool) {
	sourcetest.Run(t, sourcetest.Case{
		Start: func(t *testing.T) sourcetest.World {
			s := newServer(t, admitted()...)
			return sourcetest.World{
				Connector: &fhirr4.Config{URL: s.URL, Batch: batch, Rosters: rostered()},
				Behave:    func(b sourcetest.Behaviour) (bool, string) { return behave(s, b) },
			}
		},
		Known: []string{"p1", "p2"}, Unknown: "p999",
		Nothing: sources.Key{},
		Secrets: []string{"9990000018", "9990000026", "Ashworth", "Birtwistle", "1956-03-12", "1961-07-04"},
		Lookups: []sourcetest.Lookup{
			{Query: record.PersonQuery{NHSNumber: "9990000018"}, Want: []string{"p1"}},
			{Query: record.PersonQuery{NHSNumber: "9990000026"}, Want: []string{"p2"}},
			{Query: record.PersonQuery{LocalID: "p2"}, Want: []string{"p2"}},
			{Query: record.PersonQuery{FamilyName: "Ashworth", BirthDate: "1956-03-12"}, Want: []string{"p1"}},
			{Query: record.PersonQuery{FamilyName: "Ashworth", BirthDate: "1999-03-12"}},
			{Query: record.PersonQuery{NHSNumber: "9990000034"}},
			{Query: record.PersonQuery{FamilyName: "ASH-WORTH", BirthDate: "1956-03-12"}, Want: []string{"p1"}},
			{Query: record.PersonQuery{FamilyName: "Ash", BirthDate: "1956-03-12"}}, // begins with it, and is another name
			{Query: record.PersonQuery{FamilyName: "Ashwort", BirthDate: "1956-12-03", Fuzzy: true}, Want: []string{"p1"}},
			{Query: record.PersonQuery{FamilyName: "Birtwistle", BirthDate: "1961-07-04", Fuzzy: true}, Want: []string{"p2"}},
			{Query: record.PersonQuery{FamilyName: "Ashworth", BirthDate: "1999-03-12", Fuzzy: true}},
		},
		Rosters: wards(), NoRoster: "w999",
		Golden: golden, GoldenRoster: goldenRoster,
	})
}

func behave(s *server, b sourcetest.Behaviour) (bool, string) {
	s.behave(map[sourcetest.Behaviour]func(http.ResponseWriter, *http.Request) bool{
		sourcetest.Down:         hangUp,
		sourcetest.Slow:         hang,
		sourcetest.Unauthorised: status(401),
		sourcetest.TooMany:      status(429, "Retry-After", "2"),
		sourcetest.Malformed:    text("text/html", "<html>Sign in</html>"),
		sourcetest.Truncated:    text("application/fhir+json", `{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resou`),
		sourcetest.WrongPatient: s.confused,
	}[b])
	return true, ""
}

// hangUp closes the connection without an answer, as a system that is down does
// behind a balancer.
func hangUp(w http.ResponseWriter, _ *http.Request) bool {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close()
	}
	return true
}

// confused answers every search about one person with the other's records.
func (s *server) confused(w http.ResponseWriter, r *http.Request) bool {
	if r.Method == http.MethodPost {
		return s.confusedBatch(w, r)
	}
	q := r.Form
	for _, by := range []string{"patient", "_id"} {
		switch q.Get(by) {
		case "p1":
			q.Set(by, "p2")
		case "p2":
			q.Set(by, "p1")
		case "p1,p2", "p2,p1":
			q.Del(by)
		}
	}
	s.mu.Lock()
	s.entries = append(s.entries[:len(s.entries):len(s.entries)], one("p3", "9990000034", "Crompton", "1970-01-01")...)
	s.mu.Unlock()
	reply(w, s.search(r.URL.Path, q))
	return true
}

// golden serves input, a Bundle about patient p1, and reads one section of p1.
func golden(t *testing.T, section record.Section, input []byte) sources.Result {
	s := bundleServer(t, input)
	return fetchOne(t, &fhirr4.Config{URL: s.URL}, sources.Key{Section: section, LocalID: "p1"})
}
