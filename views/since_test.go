package views_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/views"
)

// ward is a list whose people and what is known of them change from run to run.
type ward struct {
	mu     sync.Mutex
	order  []string
	people map[string]*patient
	hidden int
}

// patient has entries, written source/id=criticality, and how each source answers.
type patient struct {
	entries  []string
	statuses map[string]string
	withheld []string
}

func newWard(people ...string) *ward {
	w := &ward{people: map[string]*patient{}}
	for _, p := range people {
		w.come(p)
	}
	return w
}

func (w *ward) come(name string, entries ...string) {
	w.order = append(w.order, name)
	w.people[name] = &patient{entries: entries, statuses: map[string]string{"gp": "ANSWERED", "lab": "ANSWERED"}}
}

func (w *ward) leave(name string) {
	w.order = slices.DeleteFunc(w.order, func(p string) bool { return p == name })
}

// answer is what the graph gives: of a source that does not answer nothing.
func (w *ward) answer() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	people := []any{}
	for _, name := range w.order {
		p := w.people[name]
		var entries, outcomes []any
		for _, e := range p.entries {
			source, rest, _ := strings.Cut(e, "/")
			id, criticality, _ := strings.Cut(rest, "=")
			if status := p.statuses[source]; status == "ANSWERED" || status == "PARTIAL" {
				entries = append(entries, map[string]any{"id": id, "criticality": criticality, "provenance": map[string]any{"source": map[string]any{"id": source}, "retrieved": time.Now()}})
			}
		}
		for source, status := range p.statuses {
			outcomes = append(outcomes, map[string]any{"source": map[string]any{"id": source}, "status": status})
		}
		people = append(people, map[string]any{"patient": map[string]any{"_id": name, "id": name, "allergies": map[string]any{"entries": entries},
			"_coverage_allergies": map[string]any{"outcomes": outcomes, "withheldFields": p.withheld}}})
	}
	text, _ := json.Marshal(map[string]any{"list": map[string]any{"people": map[string]any{"hidden": w.hidden, "unidentified": 0, "people": people}}})
	return string(text)
}

func (w *ward) change(do func(w *ward)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	do(w)
}

// differences are as a test writes them: new, changed, gone, unknown; came, left.
func differences(d *views.Differences) string {
	if d == nil {
		return "none"
	}
	return fmt.Sprintf("%d %d %d %d; %d %d", d.New, d.Changed, d.Gone, d.Unknown, d.Came, d.Left)
}

// changes are the rows that a run shows, with what they are.
func (h *house) changes(r *views.Run) string {
	h.t.Helper()
	at := slices.IndexFunc(r.Headings, func(x views.Heading) bool { return x.Name == "_change" })
	var all []string
	for _, row := range h.rowsOf(r) {
		all = append(all, fmt.Sprint(row[0], " ", row[1], " ", row[at]))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// What a run tells of the run before, step by step: each case begins with two runs over the same,
// so that the first is known, and says what changes and what is told then.
func TestDifferences(t *testing.T) {
	t.Parallel()
	type step struct {
		change func(w *ward)
		want   string // new, changed, gone, unknown; came, left
		rows   string // "" is not looked at
	}
	status := func(name, source, status string) func(*ward) {
		return func(w *ward) { w.people[name].statuses[source] = status }
	}
	entries := func(name string, entries ...string) func(*ward) {
		return func(w *ward) { w.people[name].entries = entries }
	}
	both := func(all ...func(*ward)) func(*ward) {
		return func(w *ward) {
			for _, f := range all {
				f(w)
			}
		}
	}
	for name, steps := range map[string][]step{
		"nothing":            {{nil, "0 0 0 0; 0 0", "p1 high SAME, p1 low SAME, p2 <nil> SAME"}},
		"an entry more":      {{entries("p1", "gp/a=high", "lab/b=low", "gp/c=high"), "1 0 0 0; 0 0", "p1 high NEW, p1 high SAME, p1 low SAME, p2 <nil> SAME"}},
		"the first entry":    {{entries("p2", "gp/z=high"), "1 0 0 0; 0 0", "p1 high SAME, p1 low SAME, p2 high NEW"}},
		"says otherwise":     {{entries("p1", "gp/a=low", "lab/b=low"), "0 1 0 0; 0 0", "p1 low CHANGED, p1 low SAME, p2 <nil> SAME"}},
		"one is gone":        {{entries("p1", "gp/a=high"), "0 0 1 0; 0 0", ""}, {entries("p1", "gp/a=high", "lab/b=low"), "1 0 0 0; 0 0", ""}},
		"all are gone":       {{entries("p1"), "0 1 2 0; 0 0", "p1 <nil> CHANGED, p2 <nil> SAME"}},
		"somebody comes":     {{func(w *ward) { w.come("p3") }, "1 0 0 0; 1 0", "p1 high SAME, p1 low SAME, p2 <nil> SAME, p3 <nil> NEW"}},
		"with their entries": {{func(w *ward) { w.come("p3", "gp/x=high", "lab/y=low") }, "2 0 0 0; 1 0", ""}},
		"somebody leaves":    {{func(w *ward) { w.leave("p1") }, "0 0 2 0; 0 1", "p2 <nil> SAME"}, {func(w *ward) { w.order = append(w.order, "p1") }, "2 0 0 0; 1 0", ""}},
		"one does not answer": {
			{status("p1", "lab", "TIMED_OUT"), "0 0 0 1; 0 0", "p1 high SAME, p2 <nil> SAME"},
			{nil, "0 0 0 1; 0 0", ""},
			{status("p1", "lab", "ANSWERED"), "0 0 0 0; 0 0", "p1 high SAME, p1 low SAME, p2 <nil> SAME"},
		},
		"nobody answers": {
			{both(status("p1", "lab", "UNAVAILABLE"), status("p1", "gp", "PENDING")), "0 0 0 2; 0 0", "p1 <nil> UNKNOWN, p2 <nil> SAME"},
			{both(status("p1", "lab", "ANSWERED"), status("p1", "gp", "ANSWERED")), "0 0 0 0; 0 0", "p1 high SAME, p1 low SAME, p2 <nil> SAME"},
		},
		"none known, and not answered": {
			{status("p2", "gp", "UNAVAILABLE"), "0 0 0 1; 0 0", "p1 high SAME, p1 low SAME, p2 <nil> UNKNOWN"},
			{status("p2", "gp", "ANSWERED"), "0 0 0 0; 0 0", ""},
		},
		"another's new entry while one does not answer": {
			{both(status("p1", "lab", "TIMED_OUT"), entries("p1", "gp/a=high", "lab/b=low", "gp/c=high")), "1 0 0 1; 0 0", ""},
		},
		"what came while it did not answer is new when it does": {
			{status("p1", "lab", "TIMED_OUT"), "0 0 0 1; 0 0", ""},
			{both(status("p1", "lab", "ANSWERED"), entries("p1", "gp/a=high", "lab/b=low", "lab/c=high")), "1 0 0 0; 0 0", "p1 high NEW, p1 high SAME, p1 low SAME, p2 <nil> SAME"},
		},
		"what went while it did not answer is gone when it does": {
			{status("p1", "lab", "TIMED_OUT"), "0 0 0 1; 0 0", ""},
			{both(status("p1", "lab", "EMPTY"), entries("p1", "gp/a=high")), "0 0 1 0; 0 0", ""},
		},
		"who came while one did not answer": {
			{both(func(w *ward) { w.come("p3", "lab/x=high") }, func(w *ward) { w.people["p3"].statuses["lab"] = "TIMED_OUT" }), "1 0 0 0; 1 0", ""},
			{status("p3", "lab", "ANSWERED"), "0 0 0 1; 0 0", "p1 high SAME, p1 low SAME, p2 <nil> SAME, p3 high UNKNOWN"},
			{entries("p3", "lab/x=high", "lab/y=low"), "1 0 0 0; 0 0", ""},
		},
		"a part of it":     {{both(status("p1", "lab", "PARTIAL"), entries("p1", "gp/a=high", "lab/c=low")), "1 0 0 1; 0 0", ""}},
		"withheld":         {{status("p1", "lab", "WITHHELD"), "0 0 0 1; 0 0", ""}, {status("p1", "lab", "ANSWERED"), "0 0 0 0; 0 0", ""}},
		"concealed":        {{status("p1", "lab", "NOT_OFFERED"), "0 0 0 1; 0 0", ""}, {status("p1", "lab", "ANSWERED"), "0 0 0 0; 0 0", ""}},
		"another mismatch": {{status("p1", "lab", "MISMATCHED"), "0 0 0 1; 0 0", ""}},
		"a field withheld": {
			{func(w *ward) { w.people["p1"].withheld = []string{"criticality"} }, "0 0 0 2; 0 0", ""},
			{func(w *ward) { w.people["p1"].withheld = nil }, "0 0 0 0; 0 0", ""},
		},
		"a system that joins": {
			{both(status("p1", "new", "ANSWERED"), entries("p1", "gp/a=high", "lab/b=low", "new/n=high")), "0 0 0 1; 0 0", ""},
			{entries("p1", "gp/a=high", "lab/b=low", "new/n=high", "new/m=high"), "1 0 0 0; 0 0", ""},
		},
		"a system that is not there any more": {
			{func(w *ward) { delete(w.people["p1"].statuses, "lab") }, "0 0 0 1; 0 0", ""},
		},
		"somebody is hidden": {
			{func(w *ward) { w.leave("p1"); w.hidden = 1 }, "0 0 0 2; 0 0", ""},
			{func(w *ward) { w.order = append(w.order, "p1"); w.hidden = 0 }, "0 0 0 0; 0 0", "p1 high SAME, p1 low SAME, p2 <nil> SAME"},
		},
		"somebody left, as is known later": {
			{func(w *ward) { w.leave("p1"); w.hidden = 1 }, "0 0 0 2; 0 0", ""},
			{func(w *ward) { w.hidden = 0 }, "0 0 2 0; 0 1", ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 0)
			w := newWard("p1", "p2")
			w.people["p1"].entries = []string{"gp/a=high", "lab/b=low"}
			h.region.answer = w.answer
			defer h.work(h.Store)()
			c := h.repeated(ann, h.schedule(nil).ID)
			if c.Last.Differences != nil || h.changes(c.Last) != "p1 high <nil>, p1 low <nil>, p2 <nil> <nil>" {
				t.Fatalf("the first run: %v %s", c.Last.Differences, h.changes(c.Last))
			}
			for i, s := range steps {
				if s.change != nil {
					w.change(s.change)
				}
				h.add(time.Hour)
				began := h.now()
				c = h.repeated(ann, c.ID)
				if got := differences(c.Last.Differences); got != s.want {
					t.Errorf("step %d: %s, want %s (%s)", i+1, got, s.want, h.changes(c.Last))
				}
				if got := h.changes(c.Last); s.rows != "" && got != s.rows {
					t.Errorf("step %d: %s, want %s", i+1, got, s.rows)
				}
				if d := c.Last.Differences; d == nil || !d.Since.Equal(began.Add(-time.Hour)) {
					t.Errorf("step %d: since %v", i+1, d)
				}
			}
		})
	}
}

// Since when a row is as it is, whoever looks later is told too.
func TestSinceWhen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db, 0)
		w := newWard("p1")
		w.people["p1"].entries = []string{"gp/a=high"}
		h.region.answer = w.answer
		defer h.work(h.Store)()
		c := h.repeated(ann, h.schedule(nil).ID)
		w.change(func(w *ward) { w.people["p1"].entries = []string{"gp/a=high", "gp/b=low"} })
		for range 3 {
			h.add(time.Hour)
			c = h.repeated(ann, c.ID)
		}
		rows := h.rowsOf(c.Last)
		if got := fmt.Sprint(rows[0][len(rows[0])-2:], rows[1][len(rows[1])-2:]); got != "[SAME <nil>] [SAME 2026-11-28T10:00:00Z]" {
			t.Error(got)
		}
	})
}

// Rows without an entry of their own: how many there are, and all in one cell.
func TestDifferencesOfCounts(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 0)
	w := newWard("p1", "p2")
	w.people["p1"].entries = []string{"gp/a=high", "lab/b=low"}
	h.region.answer = w.answer
	defer h.work(h.Store)()
	v := h.save(ann, body(func(b *views.Body) {
		b.Columns[1] = views.Column{Name: "criticality", Section: "allergies", Field: "criticality", Take: views.All}
		b.Columns = append(b.Columns, views.Column{Name: "n", Section: "allergies", Take: views.Count})
	}))
	c := h.repeated(ann, h.schedule(func(p *views.Plan) { p.View = v.ID }).ID)
	for i, s := range []struct {
		change func(*ward)
		want   string
	}{
		{func(w *ward) { w.people["p1"].entries = []string{"lab/b=low", "gp/a=high"} }, "0 0 0 0; 0 0"}, // in another order
		{func(w *ward) { w.people["p1"].statuses["lab"] = "TIMED_OUT" }, "0 0 0 1; 0 0"},
		{func(w *ward) { w.people["p1"].statuses["lab"] = "ANSWERED" }, "0 0 0 0; 0 0"},
		{func(w *ward) { w.people["p1"].entries = []string{"lab/b=low"} }, "0 1 0 0; 0 0"},
		{func(w *ward) { w.people["p1"].statuses["lab"] = "NOT_OFFERED" }, "0 0 0 1; 0 0"}, // concealed: fewer than before is not a change
		{func(w *ward) { w.people["p1"].statuses["lab"] = "ANSWERED" }, "0 0 0 1; 0 0"},
		{func(w *ward) { w.leave("p2") }, "0 0 1 0; 0 1"},
		{func(w *ward) { w.come("p2") }, "1 0 0 0; 1 0"},
	} {
		w.change(s.change)
		h.add(time.Hour)
		if c = h.repeated(ann, c.ID); differences(c.Last.Differences) != s.want {
			t.Errorf("step %d: %s, want %s", i+1, differences(c.Last.Differences), s.want)
		}
	}
}

// Its owner is told of what they want to be told of, once, and nobody else; also that a run failed.
func TestNotices(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db, 0)
		w := newWard("p1")
		w.people["p1"].entries = []string{"gp/a=high"}
		fails := ""
		h.region.answer = func() string {
			w.mu.Lock()
			bad := fails
			w.mu.Unlock()
			if bad != "" {
				return bad
			}
			return w.answer()
		}
		defer h.work(h.Store)()
		fresh := h.repeated(ann, h.schedule(nil).ID)
		changed := h.repeated(ann, h.schedule(func(p *views.Plan) { p.Alert = views.AlertChanged }).ID)
		none := h.repeated(ann, h.schedule(func(p *views.Plan) { p.Alert = views.AlertNone }).ID)
		again := func() {
			h.add(time.Hour)
			for _, c := range []*views.Schedule{fresh, changed, none} {
				h.repeated(ann, c.ID)
			}
		}
		expect := func(what string, want ...string) []*views.Notice {
			t.Helper()
			list, unread, err := h.Notices(ann, 50)
			var got []string
			for _, n := range list {
				whose := map[string]string{fresh.ID: "new", changed.ID: "changed", none.ID: "none"}[n.Schedule]
				if !n.Read {
					got = append(got, fmt.Sprintf("%s %d %d %s", whose, n.New, n.Changed, n.Problem))
				}
			}
			slices.Sort(got)
			if err != nil || int64(len(want)) != unread || !slices.Equal(got, want) {
				t.Errorf("%s: %q (%d unread), want %q: %v", what, got, unread, want, err)
			}
			return list
		}
		again()
		expect("nothing")
		w.change(func(w *ward) { w.people["p1"].entries = []string{"gp/a=low"} })
		again()
		expect("changed", "changed 0 1 ")
		w.change(func(w *ward) { w.people["p1"].entries = []string{"gp/a=low", "gp/b=high"} })
		again()
		list := expect("new", "changed 0 1 ", "changed 1 0 ", "new 1 0 ")
		if list, unread, err := h.Notices(ben, 50); err != nil || unread != 0 || len(list) > 0 {
			t.Errorf("somebody else has %d: %v", unread, err)
		}
		if list, unread, err := h.Notices(as("ann", auth.RoleHospitalDoctor), 50); err != nil || unread != 0 || len(list) > 0 {
			t.Errorf("in another role they have %d: %v", unread, err)
		}
		if err := h.ReadNotices(ben, "", ""); err != nil {
			t.Fatal(err)
		}
		if err := h.ReadNotices(ann, list[0].ID, list[0].Run); err != nil {
			t.Fatal(err)
		}
		if _, unread, _ := h.Notices(ann, 1); unread != 2 {
			t.Errorf("%d are unread", unread)
		}
		if err := h.ReadNotices(ann, "", ""); err != nil {
			t.Fatal(err)
		}
		expect("read")
		w.change(func(*ward) { fails = `{"list":null}` })
		again()
		again()
		h.add(time.Minute)
		h.Repeat(t.Context())
		said := "It could not be run. There is no such list that you may see."
		expect("failed", "changed 0 0 "+said, "new 0 0 "+said)
		w.change(func(w *ward) { fails = ""; w.people["p1"].entries = append(w.people["p1"].entries, "gp/c=high") })
		again()
		expect("and mended", "changed 0 0 "+said, "changed 1 0 ", "new 0 0 "+said, "new 1 0 ")
	})
}

// A run that is taken up by another server compares as if nothing had happened.
func TestDifferencesAfterAnotherServerWentOn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db, 160)
		stop := h.work(h.server())
		c := h.repeated(ann, h.schedule(nil).ID)
		stop()
		h.add(time.Hour)
		h.region.people = 170
		middle := make(chan struct{})
		var once sync.Once
		h.region.before = func(page string) {
			if strings.HasPrefix(page, "100 ") {
				once.Do(func() { close(middle) })
			}
		}
		stop = h.work(h.server())
		if _, err := h.RunNow(ann, c.ID); err != nil {
			t.Fatal(err)
		}
		arrived(t, middle)
		stop()
		h.add(time.Minute)
		defer h.work(h.Store)()
		c = h.one(ann, c.ID)
		r := h.ended(ann, c.Last.ID)
		if r.State != views.Done || differences(r.Differences) != "20 0 0 0; 10 0" {
			t.Errorf("%+v %s", r, differences(r.Differences))
		}
	})
}

// What is kept from run to run has no word of what was read, and no two people's are alike.
func TestDigestsSayNothing(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 3)
	defer h.work(h.Store)()
	h.repeated(ann, h.schedule(nil).ID)
	rows, err := h.db.Read.QueryContext(t.Context(), `SELECT body FROM view_digest UNION ALL SELECT session FROM view_schedule`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	n := 0
	for rows.Next() {
		var body string
		if err := rows.Scan(&body); err != nil {
			t.Fatal(err)
		}
		n++
		for _, word := range []string{"criticality", "Somebody"} {
			if strings.Contains(body, word) {
				t.Errorf("%q is in what is kept", word)
			}
		}
	}
	if n < 2 || rows.Err() != nil {
		t.Errorf("%d are kept: %v", n, rows.Err())
	}
}

// A view for another purpose is repeated, and tells nobody of differences: they are few people.
func TestOtherPurposesHaveNoDifferences(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 30)
	h.Governance = everybody{}
	analyst := auth.WithSession(context.Background(), &auth.Session{Issuer: "local", Subject: "ada", Role: auth.RoleAnalyst, Purpose: auth.PurposeOperations, Organisation: record.Organisation{ODS: "YZ901"}})
	v := h.save(analyst, body(func(b *views.Body) { b.Purpose = auth.PurposeOperations }))
	if _, err := h.Submit(analyst, v.ID, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Decide(officer, v.ID, 1, true, time.Time{}, "it is needed"); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*views.Plan){
		"no differences":  func(p *views.Plan) { p.When = views.When{Every: views.Daily} },
		"daily or weekly": func(p *views.Plan) { p.Alert = views.AlertNone },
	} {
		if _, err := h.SaveSchedule(analyst, "", h.plan(func(p *views.Plan) { p.View = v.ID; change(p) })); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	c, err := h.SaveSchedule(analyst, "", h.plan(func(p *views.Plan) { p.View, p.Alert, p.When = v.ID, views.AlertNone, views.When{Every: views.Daily} }))
	if err != nil {
		t.Fatal(err)
	}
	defer h.work(h.Store)()
	for range 2 {
		c = h.repeated(analyst, c.ID)
		if c.Last == nil || c.Last.State != views.Done || c.Last.Differences != nil || slices.ContainsFunc(c.Last.Headings, func(x views.Heading) bool { return x.Name == "_change" }) {
			t.Fatalf("%+v", c.Last)
		}
		h.add(24 * time.Hour)
	}
	h.noDigests()
	if h.runs() != 2 {
		t.Errorf("%d runs", h.runs())
	}
}

// everybody may be told of.
type everybody struct{}

func (everybody) OptedOut(context.Context, string) (bool, error)  { return false, nil }
func (everybody) Pseudonym(_, patient string) (string, error)     { return "x" + patient, nil }
func (everybody) Cohort(patient string) string                    { return patient }
func (everybody) Generalise(_, value string) (string, bool)       { return value, true }
func (everybody) Allows(string) bool                              { return true }
func (everybody) Few(people []string, _ [][]byte) ([]byte, error) { return []byte{1}, nil }
func (everybody) Counts([]string, func(func(string, []string)) error) ([]views.Cell, error) {
	return nil, nil
}
