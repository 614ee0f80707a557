package versiontest

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// Conform runs the conformance suite against the connector of one version. at configures it
// for an address; of is everything that a server of that version holds about somebody.
func Conform(t *testing.T, at func(url string) sources.Connector, of func(id, number, family, born string) []string) {
	sourcetest.Run(t, sourcetest.Case{
		Start: func(t *testing.T) sourcetest.World {
			s := New(t, append(of("p1", "9990000018", "Ashworth", "1956-03-12"), of("p2", "9990000026", "Birtwistle", "1961-07-04")...)...)
			return sourcetest.World{
				Connector: at(s.URL),
				Behave: func(b sourcetest.Behaviour) (bool, string) {
					return s.behave(b, of("p3", "9990000034", "Crompton", "1970-01-01"))
				},
			}
		},
		Known: []string{"p1", "p2"}, Unknown: "p999",
		Secrets: []string{"9990000018", "9990000026", "Ashworth", "Birtwistle", "1956-03-12", "1961-07-04"},
		Lookups: []sourcetest.Lookup{
			{Query: record.PersonQuery{NHSNumber: "9990000018"}, Want: []string{"p1"}},
			{Query: record.PersonQuery{LocalID: "p2"}, Want: []string{"p2"}},
			{Query: record.PersonQuery{FamilyName: "Ashworth", BirthDate: "1956-03-12"}, Want: []string{"p1"}},
			{Query: record.PersonQuery{NHSNumber: "9990000034"}},
		},
		Golden: func(t *testing.T, section record.Section, input []byte) sources.Result {
			s := New(t, Resources(t, input)...)
			return fetchOne(t, at(s.URL), section, "p1")
		},
	})
}

func (s *Server) behave(b sourcetest.Behaviour, other []string) (bool, string) {
	s.Behave(map[sourcetest.Behaviour]func(http.ResponseWriter, *http.Request) bool{
		sourcetest.Down:         HangUp,
		sourcetest.Slow:         s.Hang,
		sourcetest.Unauthorised: Status(401),
		sourcetest.TooMany:      Status(429, "Retry-After", "2"),
		sourcetest.Malformed:    Text("text/html", "<html>Sign in</html>"),
		sourcetest.Truncated:    Text("application/fhir+json", `{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resou`),
		sourcetest.WrongPatient: s.Confuse("p1", "p2", other...),
	}[b])
	return true, ""
}

func fetchOne(t *testing.T, c sources.Connector, section record.Section, id string) sources.Result {
	t.Helper()
	s, err := c.Open(t.Context(), sources.Env{ID: "other", Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: time.UTC,
		Call: func(ctx context.Context, do func(context.Context) error) error { return do(ctx) }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	var mu sync.Mutex
	var got *sources.Result
	s.Fetch(t.Context(), []sources.Key{{Section: section, LocalID: id}}, func(_ sources.Key, r sources.Result) {
		mu.Lock()
		defer mu.Unlock()
		got = &r
	})
	if got == nil {
		t.Fatal("no answer")
	}
	return *got
}
