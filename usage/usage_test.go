package usage_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/usage"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

const viewer = "the-viewer"

var secret = []byte("0123456789abcdef0123456789abcdef")

// clock is moved by the one goroutine of a test.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func counter(t *testing.T, db *migrations.DB, c *clock) *usage.Counter {
	t.Helper()
	u := usage.New(db.Write, db.Read, secret, c.now)
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	u.Viewer, u.Zone = viewer, zone
	return u
}

func session(subject string, change func(*auth.Session)) *auth.Session {
	s := &auth.Session{ID: subject, Issuer: "local", Subject: subject, Login: "local", Role: auth.RoleGP, Organisation: record.Organisation{ODS: "YZ901", Name: "Lantern Row"}}
	if change != nil {
		change(s)
	}
	return s
}

func read(patients ...string) (list []audit.Event) {
	for _, p := range patients {
		list = append(list, audit.Event{Action: audit.ActionRead, Decision: audit.Permit, Patient: p})
	}
	return list
}

func table(t *testing.T, u *usage.Counter, days int) string {
	t.Helper()
	rows, err := u.Rows(context.Background(), days)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintln(&b, r.Day, r.Organisation, r.OrganisationName, r.Role, r.Door, r.Users, r.Opened, r.Searches)
	}
	return b.String()
}

func flush(t *testing.T, list ...*usage.Counter) {
	t.Helper()
	for _, u := range list {
		if err := u.Flush(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
}

// What is counted, by which door, on two servers; and that a list, a repeated look, a refusal and a run
// of a view are no opening.
func TestCounts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		c := &clock{time.Date(2026, 6, 1, 22, 30, 0, 0, time.UTC)} // 23:30 in London
		u, other := counter(t, db, c), counter(t, db, c)
		ann, bob := session("ann", nil), session("bob", nil)
		search := audit.Event{Action: audit.ActionSearch, Decision: audit.Permit}
		u.Count(ann, read("p"))
		u.Count(ann, read("p")) // the same look
		u.Count(ann, read("q"))
		u.Count(ann, read("r", "s", "t")) // a list
		u.Count(ann, []audit.Event{search, {Action: audit.ActionSearch, Decision: audit.Permit, Patient: "p"}})
		u.Count(ann, []audit.Event{{Action: audit.ActionRead, Decision: audit.Deny, Patient: "z"}, {Action: audit.ActionLogin, Decision: audit.Permit},
			{Action: audit.ActionSearch, Decision: audit.Permit, Flags: []string{"numbers"}}})
		other.Count(bob, read("p"))
		other.Count(ann, read("u"))
		u.Count(nil, read("p"))
		u.Count(session("ann", func(s *auth.Session) { s.Role = "" }), read("v"))
		u.Count(session("ann", func(s *auth.Session) { s.View = &auth.ViewRun{} }), read("v"))
		u.Count(session("own", func(s *auth.Session) { s.App = viewer }), read("v"))
		u.Count(session("epr", func(s *auth.Session) { s.App, s.Launch = viewer, &auth.Launch{Client: "epr"} }), read("v"))
		u.Count(session("app", func(s *auth.Session) { s.App = "charts" }), read("v"))
		u.Count(session("svc", func(s *auth.Session) { s.App, s.Login = "service", "" }), read("v"))
		flush(t, u, other)
		c.at = c.at.Add(45 * time.Minute) // the next day
		u.Count(ann, read("p"))
		flush(t, u, other, u)
		want := `2026-06-02 YZ901 Lantern Row gp SIGN_IN 1 1 0
2026-06-01 YZ901 Lantern Row gp API 1 1 0
2026-06-01 YZ901 Lantern Row gp APP 1 1 0
2026-06-01 YZ901 Lantern Row gp LAUNCH 1 1 0
2026-06-01 YZ901 Lantern Row gp SIGN_IN 3 5 1
`
		if got := table(t, u, 28); got != want {
			t.Errorf("got\n%swanted\n%s", got, want)
		}
		if got := table(t, u, 1); strings.Count(got, "\n") != 1 {
			t.Errorf("of one day:\n%s", got)
		}
	})
}

// Nothing of a patient or a user is in the tables: the digest of a user is another one each day.
func TestNobodyIsInTheTables(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		c := &clock{time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)}
		u := counter(t, db, c)
		for range 3 {
			u.Count(session("ann", nil), read("patient-x"))
			u.Paint(session("ann", nil), time.Second)
			flush(t, u)
			c.at = c.at.Add(24 * time.Hour)
		}
		var digests int
		if err := db.Read.DB.QueryRow(`SELECT COUNT(DISTINCT who) FROM usage_user WHERE who NOT LIKE '%ann%'`).Scan(&digests); err != nil || digests != 3 {
			t.Error(digests, err)
		}
		c.at = c.at.Add(401 * 24 * time.Hour)
		u.Count(session("bob", nil), read("p"))
		flush(t, u)
		var left int
		if err := db.Read.DB.QueryRow(`SELECT (SELECT COUNT(*) FROM usage_user) + (SELECT COUNT(*) FROM usage_day) + (SELECT COUNT(*) FROM usage_paint)`).Scan(&left); err != nil || left != 2 {
			t.Errorf("%d rows are left of a year and more ago, %v", left-2, err)
		}
	})
}

// A database that is away loses nothing.
func TestWhatCannotBeWrittenIsKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		c := &clock{time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)}
		u := counter(t, db, c)
		rename := func(from, to string) {
			t.Helper()
			if _, err := db.Write.DB.Exec(`ALTER TABLE ` + from + ` RENAME TO ` + to); err != nil {
				t.Fatal(err)
			}
		}
		rename("usage_user", "away")
		u.Count(session("ann", nil), read("p"))
		u.Paint(session("ann", nil), time.Second)
		if u.Flush(context.Background()) == nil {
			t.Error("it went unnoticed")
		}
		u.Count(session("bob", nil), read("p"))
		rename("away", "usage_user")
		flush(t, u)
		if got := table(t, u, 1); got != "2026-06-01 YZ901 Lantern Row gp SIGN_IN 2 2 0\n" {
			t.Error(got)
		}
		if waits, err := u.Paints(context.Background(), 1); err != nil || len(waits) != 2 || waits[0].Count != 1 {
			t.Error(waits, err)
		}
	})
}

// First paints: what cannot be is not counted, nor more of one session than anybody opens.
func TestFirstPaints(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		c := &clock{time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)}
		u := counter(t, db, c)
		told := 0
		u.Painted = func(usage.Door, time.Duration) { told++ }
		ann := session("ann", nil)
		for took, counted := range map[time.Duration]bool{0: false, -time.Second: false, 11 * time.Minute: false, 1 << 62: false, time.Microsecond: true, 10 * time.Minute: true} {
			if u.Paint(ann, took) != counted {
				t.Errorf("%s: counted %v", took, !counted)
			}
		}
		for i := range 40 {
			if u.Paint(session("bob", nil), 900*time.Millisecond) != (i < 30) {
				t.Errorf("the %dth of a minute", i+1)
			}
		}
		c.at = c.at.Add(time.Minute)
		if !u.Paint(session("bob", func(s *auth.Session) { s.App, s.Launch = viewer, &auth.Launch{Client: "epr"} }), 3*time.Second) {
			t.Error("in the next minute it is not")
		}
		if u.Paint(nil, time.Second) || u.Paint(session("x", func(s *auth.Session) { s.Role = "" }), time.Second) {
			t.Error("nobody's is counted")
		}
		flush(t, u)
		waits, err := u.Paints(context.Background(), 28)
		if err != nil || len(waits) != 3 || told != 33 {
			t.Fatal(waits, err, told)
		}
		all, launched, own := waits[0], waits[1], waits[2]
		if all.Door != "" || all.Count != 33 || all.P50 != 1000 || all.P75 != 1000 || all.P95 != 3000 ||
			launched.Door != usage.Launch || launched.Count != 1 || launched.P50 != 3000 || own.Door != usage.SignIn || own.Count != 32 || own.P50 != 1000 {
			t.Errorf("%+v %+v %+v", all, launched, own)
		}
	})
}
