package pds_test

import (
	"testing"

	register "github.com/patchworkcare/patchwork/demo/pds"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/pds"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

func TestConformance(t *testing.T) {
	sourcetest.Run(t, sourcetest.Case{
		Start: func(t *testing.T) sourcetest.World {
			s := newServer(t, register.Options{}, people()...)
			return sourcetest.World{
				Connector: &pds.Config{URL: s.base(), PerSecond: 1000, Repeats: 1},
				Behave:    func(b sourcetest.Behaviour) (bool, string) { return behave(s, b) },
			}
		},
		Known: []string{"9990000018", "9990000026"}, Unknown: "9990000034",
		Nothing: sources.Key{Section: record.GPPractice, LocalID: "9990000069"},
		Secrets: []string{"9990000085", "Ashworth", "Birtwistle", "1956-03-12", "1961-07-04"},
		Lookups: []sourcetest.Lookup{
			{Query: record.PersonQuery{NHSNumber: "9990000018"}, Want: []string{"9990000018"}},
			{Query: record.PersonQuery{NHSNumber: "9990000085"}, Want: []string{"9990000018"}},
			{Query: record.PersonQuery{LocalID: "9990000026"}, Want: []string{"9990000026"}},
			{Query: record.PersonQuery{LocalID: "9990000085"}},
			{Query: record.PersonQuery{NHSNumber: "9990000018", BirthDate: "1999-01-01"}},
			{Query: record.PersonQuery{FamilyName: "Ashworth", BirthDate: "1956-03-12"}, Want: []string{"9990000018"}},
			{Query: record.PersonQuery{FamilyName: "Ashworth", BirthDate: "1999-03-12"}},
			{Query: record.PersonQuery{NHSNumber: "9990000034"}},
			{Query: record.PersonQuery{NHSNumber: "9990000050"}},
		},
		Golden: func(t *testing.T, section record.Section, input []byte) sources.Result {
			s := newServer(t, register.Options{})
			s.behave(text("application/fhir+json", string(input)))
			return fetchOne(t, open(t, &pds.Config{URL: s.base()}), section, "9000000009")
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
		sourcetest.Truncated:    text("application/fhir+json", `{"resourceType":"Patient","id":"99900000`),
		sourcetest.WrongPatient: s.swapped,
	}[b])
	return true, ""
}
