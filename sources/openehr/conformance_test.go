package openehr_test

import (
	"bytes"
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
		Known: []string{maryID, tomID}, Unknown: "99999999-9999-4999-8999-999999999999",
		Nothing: sources.Key{Section: record.Allergies, LocalID: adaID},
		Secrets: []string{"9990000018", "9990000026", "Ashworth", "1956-03-12", "penicillin", "Abiola", "a-secret-of-the-tests"},
		Lookups: []sourcetest.Lookup{
			{Query: record.PersonQuery{NHSNumber: "9990000018"}, Want: []string{maryID}},
			{Query: record.PersonQuery{NHSNumber: "9990000034"}},
			{Query: record.PersonQuery{LocalID: tomID}, Want: []string{tomID}},
			{Query: record.PersonQuery{NHSNumber: "9990000018", BirthDate: "1956-03-13"}},
		},
		Golden: golden,
	})
}

func (s *server) behaves(b sourcetest.Behaviour) (bool, string) {
	if b == sourcetest.WrongPatient {
		s.behave(nil, "wrong-patient")
		return true, ""
	}
	s.behave(map[sourcetest.Behaviour]handler{
		sourcetest.Down:         hangUp,
		sourcetest.Slow:         s.hang,
		sourcetest.Unauthorised: text(401, "application/json", "{}"),
		sourcetest.TooMany:      text(429, "application/json", "{}", "Retry-After", "2"),
		sourcetest.Malformed:    text(200, "text/html", "<html>Sign in</html>"),
		sourcetest.Truncated:    text(200, "application/json", `{"columns":[{"name":"subject"}],"rows":[["7d44`),
	}[b], "")
	return true, ""
}

// golden serves one result set to whatever is asked: a stanza, a line of three hyphens, and
// the answer.
func golden(t *testing.T, section record.Section, input []byte) sources.Result {
	config, answer, ok := bytes.Cut(input, []byte("\n---\n"))
	if !ok {
		t.Fatal("the case has no line of three hyphens")
	}
	s := newServer(t)
	s.behave(text(200, "application/json", string(answer)), "")
	return fetchOne(t, open(t, stanza(t, "url: "+s.URL+"\n"+string(config))), section, "P1")
}
