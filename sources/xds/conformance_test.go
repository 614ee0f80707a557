package xds_test

import (
	"testing"
	"time"

	archive "github.com/patchworkcare/patchwork/demo/xds"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

func TestConformance(t *testing.T) {
	sourcetest.Run(t, sourcetest.Case{
		Start: func(t *testing.T) sourcetest.World {
			s := newServer(t, archive.Options{}, documents()...)
			return sourcetest.World{Connector: s.config(), Behave: func(b sourcetest.Behaviour) (bool, string) { return behave(s, b) }}
		},
		Known: []string{philippa, bernard}, Unknown: "9990000034",
		Nothing: sources.Key{Section: record.Allergies, LocalID: bernard},
		Secrets: []string{"Ashworth", "Birtwistle", "19560312", "1956-03-12", "1.2.3.5", "1.2.3.9"},
		Lookups: []sourcetest.Lookup{
			{Query: record.PersonQuery{NHSNumber: philippa}, Want: []string{philippa}},
			{Query: record.PersonQuery{LocalID: bernard}, Want: []string{bernard}},
			{Query: record.PersonQuery{NHSNumber: bernard, LocalID: philippa}},
			{Query: record.PersonQuery{NHSNumber: bernard, BirthDate: "1961-07-04"}, Want: []string{bernard}},
			{Query: record.PersonQuery{NHSNumber: bernard, BirthDate: "1999-01-01"}},
			{Query: record.PersonQuery{NHSNumber: "9990000034"}},
			{Query: record.PersonQuery{LocalID: "x"}},
		},
		Golden: golden,
	})
}

// golden serves a case: a registry's answer, or a summary for the sections in one.
func golden(t *testing.T, section record.Section, input []byte) sources.Result {
	if section == record.Documents {
		s := newServer(t, archive.Options{})
		s.behave(answering("application/soap+xml", string(input)), "")
		return fetchOne(t, open(t, s.config()), section, "9000000009")
	}
	s := newServer(t, archive.Options{}, archive.Document{Patient: "9000000009", Unique: "1.2.3", Repository: repository, Title: "Summary", Mime: "text/xml",
		Class: summaries, Type: summaries, Confidentiality: restricted, Created: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Body: func() []byte { return input }})
	return fetchOne(t, open(t, s.config()), section, "9000000009")
}

func behave(s *server, b sourcetest.Behaviour) (bool, string) {
	s.behave(map[sourcetest.Behaviour]handler{
		sourcetest.Down:         hangUp,
		sourcetest.Slow:         s.hang,
		sourcetest.Unauthorised: status(401),
		sourcetest.TooMany:      status(429, "Retry-After", "2"),
		sourcetest.Malformed:    answering("text/html", "<html>Sign in</html>"),
		sourcetest.Truncated:    answering("application/soap+xml", `<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope"><env:Body><query`),
	}[b], map[sourcetest.Behaviour]string{sourcetest.WrongPatient: "wrong-patient"}[b])
	return true, ""
}
