package rest_test

import (
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

func TestConformance(t *testing.T) {
	sourcetest.Run(t, sourcetest.Case{
		Start: func(t *testing.T) sourcetest.World {
			s := newServer(t)
			return sourcetest.World{Connector: demoStanza(t, s), Behave: s.behaves}
		},
		Known: []string{"17", "18"}, Unknown: "99",
		Nothing: sources.Key{Section: record.Alerts, LocalID: "19"},
		Secrets: []string{"9990000018", "Ashworth", "Bellamy", "1956-03-12", "LC-00017", theKey},
		Lookups: []sourcetest.Lookup{
			{Query: record.PersonQuery{NHSNumber: "9990000018"}, Want: []string{"17"}},
			{Query: record.PersonQuery{NHSNumber: "9990000034"}},
			{Query: record.PersonQuery{LocalID: "18"}, Want: []string{"18"}},
			{Query: record.PersonQuery{LocalID: "99"}},
			{Query: record.PersonQuery{FamilyName: "Ashworth", BirthDate: "1956-03-12"}, Want: []string{"17"}},
			{Query: record.PersonQuery{FamilyName: "Ashworth", GivenName: "Mary", BirthDate: "1956-03-12"}, Want: []string{"17"}},
			{Query: record.PersonQuery{FamilyName: "Ash", BirthDate: "1956-03-12"}},
			{Query: record.PersonQuery{FamilyName: "Bellamy", BirthDate: "1971-11-29"}},
			{Query: record.PersonQuery{FamilyName: "Ashwort", BirthDate: "1956-12-03", Fuzzy: true}, Want: []string{"17", "19"}},
			{Query: record.PersonQuery{Identifier: "lc-00018"}, Want: []string{"18"}},
		},
		Rosters: []sourcetest.Rostered{
			{Roster: sources.Roster{Kind: sources.Caseload, ID: "W-01", Name: "Edith Larkin"}, Want: []string{"17", "18"}},
			{Roster: sources.Roster{Kind: sources.Caseload, ID: "W-02", Name: "Jon Pike"}},
		},
		NoRoster: "W-99",
		Golden:   golden, GoldenRoster: goldenRoster,
	})
}

func (s *server) behaves(b sourcetest.Behaviour) (bool, string) {
	if b == sourcetest.WrongPatient {
		s.behave(nil)
		s.faulty("wrong-patient")
		return true, ""
	}
	s.behave(map[sourcetest.Behaviour]handler{
		sourcetest.Down:         hangUp,
		sourcetest.Slow:         s.hang,
		sourcetest.Unauthorised: status(401),
		sourcetest.TooMany:      status(429, "Retry-After", "2"),
		sourcetest.Malformed:    text(200, "text/html", "<html>Sign in</html>"),
		sourcetest.Truncated:    text(200, "application/json", `{"clients":[{"clientId":17,`),
	}[b])
	return true, ""
}
