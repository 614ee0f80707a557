package hl7v2

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

func TestConformance(t *testing.T) {
	sourcetest.Run(t, sourcetest.Case{
		Start: func(t *testing.T) sourcetest.World {
			c := stanza(t)
			c.Complete = []string{"allergies"}
			s := openNow(t, c)
			x := dial(t, s)
			x.well(admit, numbers, strings.NewReplacer("H1^", "H2^", "9990000018", "9990000026", "Ashworth", "Bellamy", "V100", "V200", "19560312", "19711130").Replace(admit))
			x.well(`MSH|^~\&|PAS|WMI|||20260301||ADT^A28|%ID%|P|2.4
PID|1||H3^^^WMI||Corrigan^Ada||19560312|F`, `MSH|^~\&|CRIS|WMI|||20260301||SIU^S12|%ID%|P|2.4
SCH|A1|B1|||||FU^Follow-up^L|||30|MIN|^^^20260401093000
PID|1||H1^^^WMI
AIP|1||^Osei^Grace`, `MSH|^~\&|DOCS|WMI|||20260301||MDM^T02|%ID%|P|2.4
PID|1||H2^^^WMI
TXA|1|DS|TX|20260301||||||||D1|||||AU
OBX|1|TX|||Sent home`)
			_ = x.conn.Close()
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			swapped := false
			swap := func(want bool) {
				if swapped != want {
					swapPeople(t, c.Store)
					swapped = want
				}
			}
			return sourcetest.World{Connector: c, Behave: func(b sourcetest.Behaviour) (bool, string) {
				switch b {
				case sourcetest.Normal, sourcetest.WrongPatient:
					swap(b == sourcetest.WrongPatient)
					return true, ""
				}
				return false, "it answers from its own store, and how long the feed has been silent is in every answer"
			}}
		},
		Known:   []string{"H1", "H2"},
		Unknown: "H999",
		Nothing: sources.Key{Section: record.Allergies, LocalID: "H3"},
		Secrets: []string{"9990000018", "9990000026", "Ashworth", "Bellamy", "19560312", "1956-03-12", "High Street", "V100"},
		Lookups: []sourcetest.Lookup{
			{Query: record.PersonQuery{NHSNumber: "9990000018"}, Want: []string{"H1"}},
			{Query: record.PersonQuery{NHSNumber: "9990000034"}},
			{Query: record.PersonQuery{FamilyName: "bellamy", BirthDate: "1971-11-30"}, Want: []string{"H2"}},
			{Query: record.PersonQuery{FamilyName: "Bellamy", BirthDate: "1971-11-29"}},
			{Query: record.PersonQuery{LocalID: "H3"}, Want: []string{"H3"}},
			{Query: record.PersonQuery{Identifier: "h2"}, Want: []string{"H2"}},
			{Query: record.PersonQuery{FamilyName: "x", BirthDate: "1956-12-03", Fuzzy: true}, Want: []string{"H1", "H3"}},
		},
		Golden: golden,
	})
}

// swapPeople damages the store's index: each message stands under somebody else's id.
func swapPeople(t *testing.T, dir string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "feed.db")+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "UPDATE message SET person = CASE person WHEN 'H1' THEN 'H2' WHEN 'H2' THEN 'H1' ELSE person END"); err != nil {
		t.Fatal(err)
	}
}

// golden reads a case: messages one after another, each beginning with MSH; the person is H1.
func golden(t *testing.T, section record.Section, input []byte) sources.Result {
	s := open(t, stanza(t))
	x := dial(t, s)
	for _, text := range strings.Split("\n"+string(input), "\nMSH")[1:] {
		x.send("MSH" + text)
	}
	return read(t, s, section, "H1")
}
