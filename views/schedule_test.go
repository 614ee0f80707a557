package views_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/views"
)

func london(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// schedule keeps a schedule of ann's.
func (h *house) schedule(change func(*views.Plan)) *views.Schedule {
	h.t.Helper()
	c, err := h.SaveSchedule(ann, "", h.plan(change))
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

func (h *house) plan(change func(*views.Plan)) views.Plan {
	p := views.Plan{List: "l", When: views.When{Every: views.Hourly}, Alert: views.AlertNew, Until: h.now().AddDate(0, 0, 60)}
	if change != nil {
		change(&p)
	}
	if p.View == "" {
		p.View = h.save(ann, body(nil)).ID
	}
	return p
}

// repeated lets what is due run to its end, and gives the schedule as it is then.
func (h *house) repeated(ctx context.Context, id string) *views.Schedule {
	h.t.Helper()
	h.Repeat(context.Background())
	c := h.one(ctx, id)
	if c.Last != nil {
		c.Last = h.ended(ctx, c.Last.ID)
	}
	return c
}

func (h *house) one(ctx context.Context, id string) *views.Schedule {
	h.t.Helper()
	list, err := h.Schedules(ctx)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, c := range list {
		if c.ID == id {
			return c
		}
	}
	h.t.Fatalf("no schedule %s among %d", id, len(list))
	return nil
}

func (h *house) runs() int {
	h.t.Helper()
	var n int
	if err := h.db.Write.QueryRowContext(context.Background(), `SELECT COUNT(*) FROM view_run`).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

// What is due by the region's clocks, over the nights on which they are changed.
func TestWhenAViewIsRepeated(t *testing.T) {
	t.Parallel()
	zone := london(t)
	for name, c := range map[string]struct {
		when views.When
		from string
		want []string
	}{
		"by the hour":                            {views.When{Every: views.Hourly}, "2026-10-25T00:30:00+01:00", []string{"2026-10-25T01:00:00+01:00", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"}},
		"daily":                                  {views.When{Every: views.Daily, Hour: 6}, "2026-10-24T05:59:59+01:00", []string{"2026-10-24T06:00:00+01:00", "2026-10-25T06:00:00Z", "2026-10-26T06:00:00Z"}},
		"daily, on the dot":                      {views.When{Every: views.Daily, Hour: 6}, "2026-11-28T06:00:00Z", []string{"2026-11-29T06:00:00Z"}},
		"an hour that comes twice":               {views.When{Every: views.Daily, Hour: 1}, "2026-10-24T12:00:00+01:00", []string{"2026-10-25T01:00:00+01:00", "2026-10-26T01:00:00Z"}},
		"an hour that there is not":              {views.When{Every: views.Daily, Hour: 1}, "2026-03-28T12:00:00Z", []string{"2026-03-29T02:00:00+01:00", "2026-03-30T01:00:00+01:00"}},
		"midnight":                               {views.When{Every: views.Daily}, "2026-03-28T23:59:59Z", []string{"2026-03-29T00:00:00Z", "2026-03-30T00:00:00+01:00"}},
		"weekly":                                 {views.When{Every: views.Weekly, Hour: 7, Day: time.Monday}, "2026-10-19T07:00:00+01:00", []string{"2026-10-26T07:00:00Z", "2026-11-02T07:00:00Z"}},
		"weekly, today":                          {views.When{Every: views.Weekly, Hour: 7, Day: time.Saturday}, "2026-11-28T06:59:00Z", []string{"2026-11-28T07:00:00Z"}},
		"weekly, over an hour that there is not": {views.When{Every: views.Weekly, Hour: 1, Day: time.Sunday}, "2026-03-22T01:00:00Z", []string{"2026-03-29T02:00:00+01:00", "2026-04-05T01:00:00+01:00"}},
	} {
		at, err := time.Parse(time.RFC3339, c.from)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range c.want {
			at = c.when.After(at, zone)
			if w, _ := time.Parse(time.RFC3339, want); !at.Equal(w) {
				t.Errorf("%s: %s, want %s", name, at.In(zone), want)
			}
		}
	}
}

// A schedule is run at once, and then at its times; what was missed is one run.
func TestAViewIsRepeated(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db, 2)
		h.Zone = london(t)
		defer h.work(h.Store)()
		c := h.schedule(func(p *views.Plan) { p.When = views.When{Every: views.Daily, Hour: 6} })
		c = h.repeated(ann, c.ID)
		if c.Last == nil || c.Last.State != views.Done || c.Last.Rows != 4 || c.Last.Differences != nil || !c.Next.Equal(time.Date(2026, 11, 29, 6, 0, 0, 0, time.UTC)) {
			t.Fatalf("%+v %+v", c, c.Last)
		}
		h.add(20*time.Hour + 59*time.Minute)
		if h.repeated(ann, c.ID); h.runs() != 1 {
			t.Fatalf("%d runs before its time", h.runs())
		}
		h.add(time.Minute)
		if c = h.repeated(ann, c.ID); h.runs() != 2 || c.Last.Differences == nil || c.Last.Differences.New != 0 {
			t.Fatalf("%d runs, %+v", h.runs(), c.Last.Differences)
		}
		h.add(5 * 24 * time.Hour) // nobody was there
		if c = h.repeated(ann, c.ID); h.runs() != 3 || !c.Next.Equal(time.Date(2026, 12, 5, 6, 0, 0, 0, time.UTC)) {
			t.Fatalf("%d runs, next %s", h.runs(), c.Next)
		}
		if list, err := h.Schedules(ben); err != nil || len(list) > 0 {
			t.Errorf("somebody else sees %d: %v", len(list), err)
		}
		if _, err := h.RunNow(ben, c.ID); !errors.Is(err, views.ErrNoSchedule) {
			t.Errorf("somebody else runs it: %v", err)
		}
		if err := h.EndSchedule(ben, c.ID); !errors.Is(err, views.ErrNoSchedule) {
			t.Errorf("somebody else ends it: %v", err)
		}
		if err := h.EndSchedule(ann, c.ID); err != nil {
			t.Fatal(err)
		}
		h.add(48 * time.Hour)
		if h.Repeat(t.Context()); h.runs() != 3 {
			t.Errorf("%d runs after its end", h.runs())
		}
		h.noDigests()
	})
}

func (h *house) noDigests() {
	h.t.Helper()
	var n int
	if err := h.db.Write.QueryRowContext(context.Background(), `SELECT COUNT(*) FROM view_digest`).Scan(&n); err != nil || n != 0 {
		h.t.Errorf("%d pages of digests: %v", n, err)
	}
}

// Of two servers that look at the same moment one begins the run, and what a server had taken
// that was killed before it began the run, is begun by another.
func TestADueRunIsBegunOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db, 2)
		for range 10 {
			h.schedule(nil)
		}
		one, other := h.server(), h.server()
		done := make(chan struct{})
		go func() { defer close(done); other.Repeat(context.Background()) }()
		one.Repeat(context.Background())
		<-done
		if n := h.runs(); n != 10 {
			t.Fatalf("%d runs of 10 schedules", n)
		}

		killed, cancel := context.WithCancel(context.Background())
		k := h.server()
		k.Welcome = func(context.Context, *auth.Session) error { cancel(); return killed.Err() } // after it was taken
		h.schedule(nil)
		k.Repeat(killed)
		if one.Repeat(context.Background()); h.runs() != 10 {
			t.Fatalf("%d runs: another began what is taken", h.runs())
		}
		h.add(11 * time.Second)
		if one.Repeat(context.Background()); h.runs() != 11 {
			t.Errorf("%d runs: what was taken is lost", h.runs())
		}
	})
}

// It pauses while its owner does not open their views, and goes on when they do, as they are then.
func TestAScheduleOfWhoDoesNotLookPauses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db, 1)
		defer h.work(h.Store)()
		c := h.schedule(func(p *views.Plan) { p.When = views.When{Every: views.Daily, Hour: 6} })
		h.repeated(ann, c.ID)
		for range 20 {
			h.add(24 * time.Hour)
			h.Repeat(t.Context())
			for _, r := range h.allRuns() {
				h.ended(ann, r)
			}
		}
		if n := h.runs(); n != 14 {
			t.Errorf("%d runs of one who has not looked for 20 days, want 14", n)
		}
		otherwise := as("ann", auth.RoleHospitalDoctor)
		if list, err := h.Schedules(otherwise); err != nil || len(list) > 0 {
			t.Errorf("in another role %d: %v", len(list), err)
		}
		if h.Repeat(t.Context()); h.runs() != 14 {
			t.Error("another role let it go on")
		}
		c = h.one(ann, c.ID)
		if c.Paused || !strings.Contains(c.Problem, "goes on now") {
			t.Errorf("%+v", c)
		}
		if c = h.repeated(ann, c.ID); h.runs() != 15 || c.Problem != "" {
			t.Errorf("%d runs: %+v", h.runs(), c)
		}
	})
}

func (h *house) allRuns() (ids []string) {
	h.t.Helper()
	rows, err := h.db.Write.QueryContext(context.Background(), `SELECT id FROM view_run`)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			h.t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	return ids
}

// What keeps it from going on is told, and nothing is run.
func TestAScheduleThatMayNotGoOn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change, back func(h *house, c *views.Schedule)
		want         string
	}{
		"switched off": {func(h *house, _ *views.Schedule) { h.region.off.Store(true) }, func(h *house, _ *views.Schedule) { h.region.off.Store(false) }, "switched off"},
		"by policy":    {func(h *house, _ *views.Schedule) { h.region.refuses.Store(true) }, func(h *house, _ *views.Schedule) { h.region.refuses.Store(false) }, "may not run"},
		"withdrawn": {func(h *house, c *views.Schedule) {
			if _, err := h.Submit(ann, c.View, c.Version); err != nil {
				h.t.Fatal(err)
			}
			if _, err := h.Withdraw(ann, c.View, c.Version, false, "it is over"); err != nil {
				h.t.Fatal(err)
			}
		}, nil, "may not run"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 1)
			defer h.work(h.Store)()
			s := h.repeated(ann, h.schedule(nil).ID)
			c.change(h, s)
			h.add(time.Hour)
			h.Repeat(t.Context())
			notices, unread, err := h.Notices(ann, 10)
			if err != nil || unread != 1 || !strings.Contains(notices[0].Problem, c.want) || notices[0].Run != "" || h.runs() != 1 {
				t.Fatalf("%d runs, %d notices, %v", h.runs(), unread, err)
			}
			if c.back == nil {
				if s = h.one(ann, s.ID); !s.Paused || !strings.Contains(s.Problem, c.want) {
					t.Errorf("%+v", s)
				}
				return
			}
			c.back(h, s)
			h.one(ann, s.ID) // looks
			if s = h.repeated(ann, s.ID); s.Paused || h.runs() != 2 {
				t.Errorf("%d runs, %+v", h.runs(), s)
			}
		})
	}
}

// It ends with its last day, and what it knew is gone.
func TestAScheduleEnds(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 1)
	defer h.work(h.Store)()
	c := h.schedule(func(p *views.Plan) { p.Until = h.now().Add(90 * time.Minute) })
	h.repeated(ann, c.ID)
	h.add(time.Hour)
	h.repeated(ann, c.ID)
	h.add(time.Hour)
	if c = h.repeated(ann, c.ID); h.runs() != 2 || !c.Over(h.now()) {
		t.Fatalf("%d runs: %+v", h.runs(), c)
	}
	if _, err := h.RunNow(ann, c.ID); err == nil {
		t.Error("it is run after its end")
	}
	h.SweepSchedules(t.Context())
	h.noDigests()
	var session string
	if err := h.db.Read.QueryRowContext(t.Context(), `SELECT session FROM view_schedule`).Scan(&session); err != nil || session != "" {
		t.Errorf("a session is kept: %v", err)
	}
	if _, err := h.SaveSchedule(ann, c.ID, h.plan(func(p *views.Plan) { p.View = c.View; p.Until = h.now().AddDate(0, 1, 0) })); err != nil {
		t.Fatal(err)
	}
	if c = h.repeated(ann, c.ID); h.runs() != 3 || c.Last.Differences != nil {
		t.Errorf("%d runs; nothing is known to compare with: %+v", h.runs(), c.Last)
	}
}

func TestWhatIsNoSchedule(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 1)
	for name, c := range map[string]struct {
		change func(*views.Plan)
		want   string
	}{
		"never":        {func(p *views.Plan) { p.Every = "" }, "hourly, daily or weekly"},
		"an hour":      {func(p *views.Plan) { p.When = views.When{Every: views.Daily, Hour: 24} }, "0 to 23"},
		"a day":        {func(p *views.Plan) { p.When = views.When{Every: views.Weekly, Day: 7} }, "day of the week"},
		"no list":      {func(p *views.Plan) { p.List = "" }, "over a list"},
		"no alert":     {func(p *views.Plan) { p.Alert = "" }, "none, new or changed"},
		"over":         {func(p *views.Plan) { p.Until = h.now() }, "within 90 days"},
		"for too long": {func(p *views.Plan) { p.Until = h.now().AddDate(0, 0, 92) }, "within 90 days"},
	} {
		_, err := h.SaveSchedule(ann, "", h.plan(c.change))
		var input *views.InputError
		if !errors.As(err, &input) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.SaveSchedule(ben, "", h.plan(nil)); !errors.Is(err, views.ErrNotApproved) {
		t.Errorf("somebody else's view: %v", err)
	}
	pinned := auth.WithSession(ann, &auth.Session{Issuer: "local", Subject: "ann", Role: auth.RoleGP, Launch: &auth.Launch{Patient: "p1"}})
	if _, err := h.SaveSchedule(pinned, "", h.plan(nil)); err == nil {
		t.Error("a session that is pinned to one patient repeats a view")
	}
	if list, err := h.Schedules(pinned); err != nil || len(list) != 0 {
		t.Errorf("it sees %d: %v", len(list), err)
	}
	for i := range 21 {
		if _, err := h.SaveSchedule(ann, "", h.plan(nil)); (err != nil) != (i == 20) {
			t.Errorf("the %d. schedule: %v", i+1, err)
		}
	}
}

// Everything that is done with a schedule is in the ledger, and the server that is killed does
// not change that.
func TestSchedulesAreInTheLedger(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 1)
	defer h.work(h.Store)()
	c := h.schedule(nil)
	if _, err := h.SaveSchedule(ann, c.ID, h.plan(func(p *views.Plan) { p.View, p.Alert = c.View, views.AlertNone })); err != nil {
		t.Fatal(err)
	}
	h.repeated(ann, c.ID)
	if _, err := h.RunNow(ann, c.ID); err != nil {
		t.Fatal(err)
	}
	if err := h.EndSchedule(ann, c.ID); err != nil {
		t.Fatal(err)
	}
	var reasons []string
	rows, err := h.db.Read.QueryContext(t.Context(), `SELECT body FROM audit_event ORDER BY seq`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		reasons = append(reasons, text)
	}
	all := strings.Join(reasons, "\n")
	for _, want := range []string{"made: hourly", "changed: hourly", fmt.Sprintf("by schedule %s", c.ID), fmt.Sprintf("of schedule %s, asked for", c.ID), "ended"} {
		if strings.Count(all, want) != 1 {
			t.Errorf("%q stands %d times in the ledger", want, strings.Count(all, want))
		}
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
}

// A server with another secret can read neither as whom it runs nor what it knew: its owner is
// told, and it begins anew when they look.
func TestAScheduleUnderAnotherSecret(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 1)
	c := h.schedule(nil)
	stop := h.work(h.Store)
	h.repeated(ann, c.ID)
	stop()
	h.Store = views.New(h.db.Write, h.db.Read, h.ledger, []byte(strings.Repeat("t", 32)), h.now)
	h.Executor, h.Fields = h.region, fields
	h.Welcome = func(context.Context, *auth.Session) error { return nil }
	defer h.work(h.Store)()
	h.add(time.Hour)
	h.Repeat(t.Context())
	if notices, unread, err := h.Notices(ann, 10); err != nil || unread != 1 || !strings.Contains(notices[0].Problem, "cannot be read") {
		t.Fatalf("%d notices: %v", unread, err)
	}
	h.one(ann, c.ID)
	if c = h.repeated(ann, c.ID); c.Paused || c.Last.State != views.Done || c.Last.Differences != nil {
		t.Errorf("%+v %+v", c, c.Last)
	}
}
