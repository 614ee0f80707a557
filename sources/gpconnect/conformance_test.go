package gpconnect_test

import (
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

func TestConformance(t *testing.T) {
	sourcetest.Run(t, sourcetest.Case{
		Start: func(t *testing.T) sourcetest.World {
			s := newServer(t, people()...)
			return sourcetest.World{
				Connector: config(s.base()),
				Behave:    func(b sourcetest.Behaviour) (bool, string) { return behave(s, b) },
			}
		},
		Known: []string{"9990000018", "9990000026"}, Unknown: "9990000034",
		Nothing: sources.Key{Section: record.Problems, LocalID: "9990000042"},
		Secrets: []string{"Ashworth", "Birtwistle", "Nightingale", "1956-03-12", "1961-07-04", "pt-1", "Heartburn"},
		Lookups: []sourcetest.Lookup{
			{Query: record.PersonQuery{NHSNumber: "9990000018"}, Want: []string{"9990000018"}},
			{Query: record.PersonQuery{LocalID: "9990000026"}, Want: []string{"9990000026"}},
			{Query: record.PersonQuery{NHSNumber: "9990000018", BirthDate: "1956-03-12"}, Want: []string{"9990000018"}},
			{Query: record.PersonQuery{NHSNumber: "9990000018", BirthDate: "1999-01-01"}},
			{Query: record.PersonQuery{NHSNumber: "9990000018", LocalID: "9990000026"}},
			{Query: record.PersonQuery{NHSNumber: "9990000034"}},
		},
		Golden: func(t *testing.T, section record.Section, input []byte) sources.Result {
			s := newServer(t)
			s.behave(text("application/fhir+json", string(input)))
			return fetchOne(t, open(t, config(s.base())), section, "9990000018")
		},
	})
}

func behave(s *server, b sourcetest.Behaviour) (bool, string) {
	s.behave(map[sourcetest.Behaviour]handler{
		sourcetest.Down:         hangUp,
		sourcetest.Slow:         s.hang,
		sourcetest.Unauthorised: status(401),
		sourcetest.TooMany:      status(429, "Retry-After", "2"),
		sourcetest.Malformed:    text("text/html", "<html>Sign in</html>"),
		sourcetest.Truncated:    text("application/fhir+json", `{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resou`),
		sourcetest.WrongPatient: s.swapped,
	}[b])
	return true, ""
}
