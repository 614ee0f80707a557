package sqlview

import (
	"os"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/demo/pgwire"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

func allergiesOf(ids ...string) []sources.Key {
	var keys []sources.Key
	for _, id := range ids {
		keys = append(keys, sources.Key{Section: record.Allergies, LocalID: id})
	}
	return keys
}

func TestSQLiteFileIsReadOnlyAndNeverMade(t *testing.T) {
	path, db := newSQLite(t, tables())
	_ = db.Close()
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	s := open(t, stanza(t, "driver: sqlite\ndsn: "+path+pas))
	for k, r := range read(t, s, allergiesOf("MH001", "MH002", "MH404")...) {
		if r.Err != nil {
			t.Errorf("%s: %v", k.LocalID, r.Err)
		}
	}
	gone := path + ".gone"
	missing := open(t, stanza(t, "driver: sqlite\ndsn: "+gone+pas))
	r := read(t, missing, allergiesOf("MH001")...)[allergiesOf("MH001")[0]]
	if e := sources.AsError(r.Err); e == nil || e.Code != "file-missing" || e.Kind != sources.Unavailable {
		t.Errorf("a file that is not there: %v", r.Err)
	}
	if _, err := os.Stat(gone); err == nil {
		t.Error("the file was made")
	}
	if err := os.WriteFile(gone, []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	r = read(t, missing, allergiesOf("MH001")...)[allergiesOf("MH001")[0]]
	if e := sources.AsError(r.Err); e == nil || e.Code != "not-a-database" {
		t.Errorf("a file that is no database: %v", r.Err)
	}
}

func TestQueriesThatDoNotFit(t *testing.T) {
	path, _ := newSQLite(t, tables())
	for query, code := range map[string]string{
		"SELECT * FROM nowhere WHERE pas_id IN (:ids)":                                   "bad-query",
		"SELECT id, pas_id AS patient FROM allergies WHERE pas_id IN (:ids)":             "column-missing",
		"SELECT pas_id AS subject, id FROM allergies WHERE pas_id NOT IN (:ids)":         "wrong-patient",
		"SELECT NULL AS subject, id FROM allergies WHERE pas_id IN (:ids)":               "wrong-patient",
		"SELECT pas_id AS subject, writefile('x','y') FROM allergies WHERE id IN (:ids)": "bad-query",
	} {
		s := open(t, stanza(t, "driver: sqlite\ndsn: "+path+"\nsections: {allergies: {query: \""+query+"\"}}"))
		for _, r := range read(t, s, allergiesOf("MH001")...) {
			if e := sources.AsError(r.Err); e == nil || e.Code != code {
				t.Errorf("%s: %v, want %s", query, r.Err, code)
			}
		}
	}
}

func TestTooManyRowsAreNamed(t *testing.T) {
	path, _ := newSQLite(t, tables())
	s := open(t, stanza(t, "driver: sqlite\nmax_rows: 1\ndsn: "+path+pas))
	r := read(t, s, allergiesOf("MH001")...)[allergiesOf("MH001")[0]]
	if len(r.Entries) != 1 || len(r.Gaps) != 1 || r.Gaps[0].Code != "row-cap" || r.Gaps[0].Status != record.Partial {
		t.Errorf("%+v", r)
	}
}

func TestOneQueryPerSectionWhateverTheNumberOfPatients(t *testing.T) {
	w := startWire(t, tables())
	s := open(t, stanza(t, "driver: postgres\ndsn: "+w.dsn()+pas))
	var keys []sources.Key
	for _, id := range []string{"MH001", "MH002", "MH003", "MH004", "MH005"} {
		for _, section := range s.Offers() {
			keys = append(keys, sources.Key{Section: section, LocalID: id})
		}
	}
	read(t, s, keys...)
	if got, want := w.queries.Load(), int64(len(s.Offers())); got != want {
		t.Errorf("%d queries for %d sections", got, want)
	}
	if stats := s.(*rostering).db.Stats(); stats.Idle == 0 || stats.Idle != stats.OpenConnections {
		t.Errorf("connections are not kept: %+v", stats)
	}
}

// A database that swaps two patients of one batch gives no row about a stranger in
// any section; the list of the people shows it.
func TestPatientsMixedUpWithinABatch(t *testing.T) {
	w := startWire(t, tables())
	s := open(t, stanza(t, "driver: postgres\ndsn: "+w.dsn()+pas))
	for _, kind := range []string{"wrong-patient", "mixed-patients"} {
		next := map[string]string{"MH001": "MH002", "MH002": "MH003", "MH003": "MH001"}
		w.fault.Store(&pgwire.Fault{Kind: kind, Other: func(id string) string { return next[id] }})
		for k, r := range read(t, s, allergiesOf("MH001", "MH002")...) {
			if e := sources.AsError(r.Err); e == nil || e.Kind != sources.WrongPatient {
				t.Errorf("%s: %s: %v with %d entries", kind, k.LocalID, r.Err, len(r.Entries))
			}
		}
	}
}

func TestValidate(t *testing.T) {
	c := Config{
		Driver: "db2", MaxConns: -1, MaxRows: -1, TrustNHSNumbers: "yes",
		Sections: map[string]Section{"allergys": {}, "alerts": {Query: "SELECT 1"}, "problems": {}},
		People:   &People{Query: "SELECT 1", ByName: "SELECT :family_name"},
	}
	var got []string
	for _, p := range c.Validate() {
		got = append(got, p.Path)
		if strings.HasSuffix(p.Text, ".") || p.Text == "" {
			t.Errorf("%s: %q", p.Path, p.Text)
		}
	}
	want := "driver dsn max_conns max_rows trust_nhs_numbers sections.alerts.query sections.allergys sections.problems.query people.query people.by_name"
	if strings.Join(got, " ") != want {
		t.Errorf("problems at\n%s, want\n%s", strings.Join(got, " "), want)
	}
}

func TestDSNIsInNoError(t *testing.T) {
	for _, c := range []*Config{
		{Driver: "postgres", DSN: "postgres://u:hunter2@[::1"}, {Driver: "mysql", DSN: "u:hunter2@tcp(x"},
		{Driver: "sqlite", DSNEnv: "PATCHWORK_TEST_NOT_SET"}, {Driver: "sqlite", DSNFile: "/hunter2/nowhere"},
	} {
		if _, err := c.Open(t.Context(), sources.Env{}); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", c.Driver, err)
		}
	}
}
