package sqlview

import (
	"database/sql"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// real gives the address of a real database, or skips.
func real(t *testing.T, variable string) string {
	t.Helper()
	dsn := os.Getenv(variable)
	if dsn == "" {
		t.Skip("skipped: " + variable + " is not set")
	}
	return dsn
}

// fresh fills tables in a database that others may use too.
func fresh(t *testing.T, driver, dsn string, statements []string) {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	drop := func() {
		for _, table := range []string{"allergies", "contacts", "patients", "typed"} {
			if _, err := db.Exec("DROP TABLE IF EXISTS " + table); err != nil {
				t.Error(err)
			}
		}
	}
	drop()
	t.Cleanup(func() { drop(); _ = db.Close() })
	fill(t, db, statements)
}

func quote(s string) string { return fmt.Sprintf("%q", s) }

func TestRealPostgres(t *testing.T) {
	dsn := real(t, "PATCHWORK_TEST_POSTGRES")
	fresh(t, "pgx", dsn, append(tables(),
		`CREATE TABLE typed (id INTEGER, subject CHAR(10), code_text TEXT, date DATE, recorded TIMESTAMPTZ, start TIMESTAMP, value NUMERIC(6,2), small REAL)`,
		`INSERT INTO typed VALUES (1, 'MH001', 'Weight', '2026-07-01', '2026-07-01 09:30:00+00', '2026-07-01 09:30:00', 71.10, 7.1), (2, 'MH001', 'Weight', 'infinity', NULL, NULL, NULL, NULL)`))
	database(t, "driver: postgres\ndsn: "+quote(dsn), typedWanted{recorded: "2026-07-01T10:30:00+01:00", start: "2026-07-01T09:30:00+01:00", badDate: true})

	if strings.Contains(dsn, "@") {
		parted := strings.SplitN(dsn, "@", 2)
		wrong := open(t, stanza(t, "driver: postgres\ndsn: "+quote("postgres://nobody_of_that_name:wrong@"+parted[1])+pas))
		refused(t, wrong, "sqlstate-28000", "user")
		at, _, _ := strings.Cut(parted[1], "/")
		refused(t, open(t, stanza(t, "driver: postgres\ndsn: "+quote(parted[0]+"@"+at+"/canary_of_no_database?sslmode=disable")+pas)), "sqlstate-3D000", "no database")
	}
}

func TestRealMariaDB(t *testing.T) {
	dsn := real(t, "PATCHWORK_TEST_MARIADB")
	fresh(t, "mysql", dsn, append(tables(),
		`CREATE TABLE typed (id INTEGER, subject CHAR(10), code_text TEXT, date DATE, recorded DATETIME, start DATETIME, value DECIMAL(6,2), small FLOAT)`,
		`INSERT INTO typed VALUES (1, 'MH001', 'Weight', '2026-07-01', '2026-07-01 09:30:00', '2026-07-01 09:30:00', 71.10, 7.1), (2, 'MH001', 'Weight', NULL, NULL, NULL, NULL, NULL)`))
	database(t, "driver: mysql\ndsn: "+quote(dsn), typedWanted{recorded: "2026-07-01T09:30:00+01:00", start: "2026-07-01T09:30:00+01:00"})
	if _, host, ok := strings.Cut(dsn, "@"); ok {
		refused(t, open(t, stanza(t, "driver: mysql\ndsn: "+quote("nobody_there:canary@"+host)+pas)), "mysql-1045", "password")
		at, _, _ := strings.Cut(dsn, "/")
		refused(t, open(t, stanza(t, "driver: mysql\ndsn: "+quote(at+"/canary_of_no_database")+pas)), "mysql-1049", "no database")
	}
}

func refused(t *testing.T, s sources.Source, code, word string) {
	t.Helper()
	err := s.(sources.Prober).Probe(t.Context())
	if e := sources.AsError(err); e == nil || e.Kind != sources.Refused || e.Code != code || !strings.Contains(e.Reason, word) || strings.Contains(e.Error(), "canary") {
		t.Errorf("not %s: %v", code, err)
	}
}

// What the database refuses is said by its own code: a password, a user, a database, a right.
func TestRefusalsAreToldApart(t *testing.T) {
	t.Parallel()
	for code, word := range map[string]string{"28P01": "password", "28000": "user", "3D000": "no database", "3F000": "schema", "42501": "read this"} {
		if e := sqlState(code); e.Kind != sources.Refused || e.Code != "sqlstate-"+code || !strings.Contains(e.Reason, word) {
			t.Errorf("%s: %v", code, e)
		}
	}
	for number, word := range map[uint16]string{1045: "password", 1044: "may not use", 1049: "no database", 1862: "expired", 1142: "read this"} {
		e := mysqlFault(&mysql.MySQLError{Number: number, Message: "canary"})
		if e.Kind != sources.Refused || e.Code != fmt.Sprintf("mysql-%d", number) || !strings.Contains(e.Reason, word) {
			t.Errorf("%d: %v", number, e)
		}
	}
}

// A dsn that is not there, and one that cannot be read, are told apart; its text never shows.
func TestWhatIsWrongWithTheDSN(t *testing.T) {
	for name, c := range map[string]struct {
		config     Config
		code, want string
	}{
		"no variable": {Config{Driver: "postgres", DSNEnv: "PATCHWORK_NO_SUCH_DSN"}, "dsn-env", "dsn_env (PATCHWORK_NO_SUCH_DSN) is not set"},
		"no file":     {Config{Driver: "postgres", DSNFile: "no-such-dsn.txt"}, "dsn-file", "dsn_file (no-such-dsn.txt) is not there"},
		"malformed":   {Config{Driver: "postgres", DSN: "postgres://u:canary@h:port/x"}, "bad-dsn", "form"},
		"of MySQL":    {Config{Driver: "mysql", DSN: "u:canary@h/x"}, "bad-dsn", "form"},
	} {
		_, err := c.config.Open(t.Context(), sources.Env{})
		if e := sources.AsError(err); e == nil || e.Code != c.code || !strings.Contains(e.Reason, c.want) || strings.Contains(e.Error(), "canary") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type typedWanted struct {
	recorded, start record.Date
	badDate         bool
}

// database is what must hold for every kind of server.
func database(t *testing.T, driver string, want typedWanted) {
	s := open(t, stanza(t, driver+pas))
	keys := allergiesOf("MH001", "MH002", "MH404")
	got := read(t, s, keys...)
	if r := got[keys[0]]; r.Err != nil || len(r.Entries) != 2 || r.Entries[0].(*record.Allergy).Criticality != "high" {
		t.Errorf("%+v", r)
	}
	if r := got[keys[1]]; r.Err != nil || len(r.Asserted) != 1 {
		t.Errorf("%+v", r)
	}
	if r := got[keys[2]]; r.Err != nil || len(r.Entries) != 0 {
		t.Errorf("%+v", r)
	}
	people, err := s.(sources.Finder).Find(t.Context(), []record.PersonQuery{
		{NHSNumber: "9990000018"}, {FamilyName: "bellamy", BirthDate: "1971-11-30"}, {LocalID: "MH003"}, {FamilyName: "x' OR '1'='1", BirthDate: "1971-11-30"}})
	if err != nil || len(people[0]) != 1 || len(people[1]) != 1 || len(people[2]) != 1 || len(people[3]) != 0 {
		t.Errorf("%+v, %v", people, err)
	}
	if err := s.(sources.Prober).Probe(t.Context()); err != nil {
		t.Error(err)
	}

	typed := open(t, stanza(t, driver+`
sections:
  observations: {query: "SELECT id, subject, code_text, date, recorded, value FROM typed WHERE subject IN (:ids) ORDER BY id"}
  appointments: {query: "SELECT id, subject, code_text, start, small AS location FROM typed WHERE subject IN (:ids) ORDER BY id"}
  alerts: {query: "SELECT nothing FROM typed WHERE subject IN (:ids)"}
  problems: {query: "SELECT id, subject, date FROM typed WHERE subject IN (:ids) AND id = 'Ashworth'"}
`))
	of := func(section record.Section) sources.Result {
		k := sources.Key{Section: section, LocalID: "MH001"}
		return read(t, typed, k)[k]
	}
	r := of(record.Observations)
	if r.Err != nil || len(r.Entries) != 2 {
		t.Fatalf("%+v", r)
	}
	o := r.Entries[0].(*record.Observation)
	if o.Date != "2026-07-01" || o.Recorded != want.recorded || o.Value.Quantity.Value != "71.10" {
		t.Errorf("%s %s %+v", o.Date, o.Recorded, o.Value.Quantity)
	}
	if got := len(r.Gaps) == 1 && r.Gaps[0].Code == "bad-date"; got != want.badDate {
		t.Errorf("gaps: %+v", r.Gaps)
	}
	a := of(record.FutureAppointments)
	if a.Err != nil || a.Entries[0].(*record.Appointment).Start != want.start || a.Entries[0].(*record.Appointment).Location != "7.1" {
		t.Errorf("%+v", a)
	}
	if e := sources.AsError(of(record.Alerts).Err); e == nil || e.Code != "bad-query" || e.Kind != sources.Malformed {
		t.Errorf("%v", e)
	}
	if r := of(record.Problems); r.Err != nil && strings.Contains(r.Err.Error(), "Ashworth") {
		t.Errorf("an error quotes a value: %v", r.Err)
	}
}
