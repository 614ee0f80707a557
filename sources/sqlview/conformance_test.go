package sqlview

import (
	"context"
	"database/sql"
	"path/filepath"
	"sync/atomic"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/demo/pgwire"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// stanza reads a stanza as patchwork.yaml would hold it.
func stanza(t testing.TB, text string) *Config {
	t.Helper()
	var c Config
	if err := yaml.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	if problems := c.Validate(); problems != nil {
		t.Fatal(problems)
	}
	return &c
}

const pas = `
date_format: DD/MM/YYYY
values:
  gender: {"1": male, "2": female, "9": unknown}
sections:
  allergies:
    query: SELECT pas_id, id, substance AS code_text, noted AS date, status, severity AS criticality FROM allergies WHERE pas_id IN (:ids) AND status <> 'E' ORDER BY id
    columns: {subject: pas_id}
    values: {status: {A: active}, criticality: {H: high, L: low}}
    none_when: {status: N}
  contacts:
    query: SELECT pas_id, id, kind AS code_text, at AS start, notes AS note FROM contacts WHERE pas_id IN (:ids) ORDER BY id
    columns: {subject: pas_id}
    date_formats: {start: YYYYMMDD hhmm}
people:
  query: SELECT * FROM patients WHERE nhs_number IN (:nhs_numbers)
  by_local_id: SELECT * FROM patients WHERE pas_id IN (:ids)
  by_name: SELECT * FROM patients WHERE family_name IN (:family_names) AND birth_date = :birth_date
  by_birth_date: SELECT * FROM patients WHERE birth_date IN (:birth_dates)
  by_local_number: SELECT * FROM patients WHERE pas_id IN (:local_numbers)
  columns: {subject: pas_id}
rosters:
  query: SELECT kind, id, name FROM rosters ORDER BY id
  people: SELECT p.* FROM patients p JOIN placed r ON r.pas_id = p.pas_id WHERE r.kind = :kind AND r.id = :id ORDER BY r.place
`

// tables are what the tests read, for any kind of database.
func tables() []string {
	return []string{
		`CREATE TABLE allergies (id INTEGER, pas_id VARCHAR(20), substance VARCHAR(100), noted VARCHAR(20), status VARCHAR(2), severity VARCHAR(2))`,
		`INSERT INTO allergies VALUES (1, 'MH001', 'Penicillin', '12/03/2020', 'A', 'H'), (2, 'MH001', 'Latex', '01/02/2019', 'A', 'L'),
			(3, 'MH001', 'Entered in error', '01/02/2019', 'E', 'L'), (4, 'MH002', 'No known allergies', '05/06/2021', 'N', '')`,
		`CREATE TABLE contacts (id INTEGER, pas_id VARCHAR(20), kind VARCHAR(100), at VARCHAR(20), notes VARCHAR(1000))`,
		`INSERT INTO contacts VALUES (1, 'MH001', 'Home visit', '20260701 0930', 'It''s well'), (2, 'MH002', 'Telephone', '20260102 1100', NULL)`,
		`CREATE TABLE patients (pas_id VARCHAR(20), nhs_number VARCHAR(20), family_name VARCHAR(50), given_names VARCHAR(50), birth_date VARCHAR(20), gender VARCHAR(1))`,
		`INSERT INTO patients VALUES ('MH001', '9990000018', 'ASHWORTH', 'Mary', '12/03/1956', '2'), ('MH002', '9990000026', 'BELLAMY', 'Tom', '30/11/1971', '1'),
			('MH003', '', 'CORRIGAN', 'Ada', '12/03/1956', '9')`,
		`CREATE TABLE rosters (kind VARCHAR(10), id VARCHAR(10), name VARCHAR(50))`,
		`INSERT INTO rosters VALUES ('ward', 'ELM', 'Elm Ward'), ('CASELOAD', 'ELM', 'Elm Team'), ('WARD', 'OAK', 'Oak Ward')`,
		`CREATE TABLE placed (kind VARCHAR(10), id VARCHAR(10), pas_id VARCHAR(20), place INTEGER)`,
		`INSERT INTO placed VALUES ('WARD', 'ELM', 'MH002', 1), ('WARD', 'ELM', 'MH001', 2), ('WARD', 'ELM', 'MH002', 3), ('CASELOAD', 'ELM', 'MH003', 1),
			('WARD', 'GONE', 'MH001', 1)`,
	}
}

func fill(t testing.TB, db *sql.DB, statements []string) {
	t.Helper()
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// newSQLite is a database in a file, filled.
func newSQLite(t testing.TB, statements []string) (path string, db *sql.DB) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "pas.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	fill(t, db, statements)
	return path, db
}

// wire serves the tables over the PostgreSQL wire protocol, and can misbehave.
type wire struct {
	*pgwire.Server
	fault   atomic.Pointer[pgwire.Fault]
	queries atomic.Int64
}

func startWire(t *testing.T, statements []string) *wire {
	t.Helper()
	_, db := newSQLite(t, statements)
	w := &wire{}
	w.fault.Store(&pgwire.Fault{})
	server, err := pgwire.Start(context.WithoutCancel(t.Context()), db, func(context.Context, string) pgwire.Fault {
		w.queries.Add(1)
		return *w.fault.Load()
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Server = server
	t.Cleanup(func() { _ = server.Close() })
	return w
}

func (w *wire) dsn() string { return "postgres://reader@" + w.Addr() + "/pas?sslmode=disable" }

func (w *wire) behave(b sourcetest.Behaviour) (bool, string) {
	faults := map[sourcetest.Behaviour]string{
		sourcetest.Normal: "", sourcetest.Down: "", sourcetest.Slow: "hang", sourcetest.Unauthorised: "status-401",
		sourcetest.TooMany: "status-429", sourcetest.Malformed: "html", sourcetest.Truncated: "reset",
		sourcetest.WrongPatient: "wrong-patient",
	}
	fault, ok := faults[b]
	if !ok {
		return false, "not played by the wire"
	}
	w.fault.Store(&pgwire.Fault{Kind: fault, Other: func(string) string { return "MH777" }})
	if err := w.Refuse(b == sourcetest.Down); err != nil {
		return false, err.Error()
	}
	return true, ""
}

func TestConformance(t *testing.T) {
	sourcetest.Run(t, sourcetest.Case{
		Start: func(t *testing.T) sourcetest.World {
			w := startWire(t, tables())
			c := stanza(t, "driver: postgres\ndsn: "+w.dsn()+pas)
			return sourcetest.World{Connector: c, Behave: w.behave}
		},
		Known:   []string{"MH001", "MH002"},
		Unknown: "MH999",
		Nothing: sources.Key{Section: record.Allergies, LocalID: "MH003"},
		Secrets: []string{"9990000018", "Ashworth", "Bellamy", "12/03/1956", "1956-03-12", "Penicillin"},
		Lookups: []sourcetest.Lookup{
			{Query: record.PersonQuery{NHSNumber: "9990000018"}, Want: []string{"MH001"}},
			{Query: record.PersonQuery{NHSNumber: "9990000034"}},
			{Query: record.PersonQuery{FamilyName: "Bellamy", BirthDate: "1971-11-30"}, Want: []string{"MH002"}},
			{Query: record.PersonQuery{FamilyName: "Bellamy", BirthDate: "1971-11-29"}},
			{Query: record.PersonQuery{LocalID: "MH003"}, Want: []string{"MH003"}},
			{Query: record.PersonQuery{NHSNumber: "9990000026", GivenName: "Ada"}},
			{Query: record.PersonQuery{FamilyName: "Ash-worth", BirthDate: "1956-03-12"}, Want: []string{"MH001"}},
			{Query: record.PersonQuery{FamilyName: "Ashwort", BirthDate: "1956-12-03", Fuzzy: true}, Want: []string{"MH001", "MH003"}},
			{Query: record.PersonQuery{FamilyName: "Bellamy", BirthDate: "1971-11-30", Fuzzy: true}, Want: []string{"MH002"}},
			{Query: record.PersonQuery{Identifier: "MH003"}, Want: []string{"MH003"}},
			{Query: record.PersonQuery{Identifier: "mh003"}, Want: []string{"MH003"}},
			{Query: record.PersonQuery{Identifier: "MH999"}},
		},
		Rosters: []sourcetest.Rostered{
			{Roster: sources.Roster{Kind: sources.Ward, ID: "ELM", Name: "Elm Ward"}, Want: []string{"MH002", "MH001"}},
			{Roster: sources.Roster{Kind: sources.Caseload, ID: "ELM", Name: "Elm Team"}, Want: []string{"MH003"}},
			{Roster: sources.Roster{Kind: sources.Ward, ID: "OAK", Name: "Oak Ward"}},
		},
		NoRoster: "GONE", // people are placed there, and there is no such ward
		Golden:   golden, GoldenRoster: goldenRoster,
	})
}

// golden reads a case: a stanza, a line of three hyphens, the statements that fill
// the database, each ended by a semicolon at the end of its line.
func golden(t *testing.T, section record.Section, input []byte) sources.Result {
	config, statements := parts(t, input)
	path, _ := newSQLite(t, statements)
	c := stanza(t, "driver: sqlite\ndsn: "+path+"\n"+config)
	s := open(t, c)
	var got sources.Result
	s.Fetch(t.Context(), []sources.Key{{Section: section, LocalID: "P1"}}, func(_ sources.Key, r sources.Result) { got = r })
	return got
}
