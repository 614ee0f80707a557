package sources

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

func london(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestParseWindow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what     string
		days     []string
		from, to string
		want     string // the paths of the problems
	}{
		{"every night", nil, "22:00", "06:00", ""},
		{"the whole day", []string{"sat", "sun"}, "00:00", "24:00", ""},
		{"until midnight", []string{"mon"}, "20:00", "00:00", ""},
		{"a day that is not", []string{"mon", "Tue", "friday"}, "22:00", "06:00", "days days"},
		{"times that are not", nil, "24:00", "25:00", "from to"},
		{"times without form", nil, "9:00", "1800", "from to"},
		{"seconds", nil, "09:00:00", "", "from to"},
		{"nothing", nil, "", "", "from to"},
		{"no time at all", nil, "22:00", "22:00", "to"},
		{"everything", []string{""}, "x", "-1:00", "days from to"},
	} {
		_, problems := ParseWindow(c.days, c.from, c.to)
		var paths []string
		for _, p := range problems {
			paths = append(paths, p.Path)
			if p.Text == "" || strings.HasSuffix(p.Text, ".") {
				t.Errorf("%s: %q", c.what, p.Text)
			}
		}
		if got := strings.Join(paths, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

func window(t *testing.T, days, from, to string) Window {
	t.Helper()
	w, problems := ParseWindow(strings.Fields(days), from, to)
	if problems != nil {
		t.Fatal(problems)
	}
	return w
}

// TestHours: the clocks go forward on 29 March 2026 at 01:00 and back on 25 October at 02:00.
func TestHours(t *testing.T) {
	t.Parallel()
	zone := london(t)
	night := window(t, "", "22:00", "06:00")
	for _, c := range []struct {
		what   string
		w      []Window
		at     string // UTC
		open   bool
		reason string
	}{
		{"no windows", nil, "2026-03-04T12:00:00Z", true, ""},
		{"by day", []Window{night}, "2026-03-04T12:00:00Z", false, "Wednesday 4 March, 22:00"},
		{"a moment before", []Window{night}, "2026-03-04T21:59:59Z", false, "Wednesday 4 March, 22:00"},
		{"it begins", []Window{night}, "2026-03-04T22:00:00Z", true, ""},
		{"after midnight", []Window{night}, "2026-03-05T05:59:59Z", true, ""},
		{"it ends", []Window{night}, "2026-03-05T06:00:00Z", false, "Thursday 5 March, 22:00"},
		{"summer time", []Window{night}, "2026-07-01T21:00:00Z", true, ""},
		{"summer time, before", []Window{night}, "2026-07-01T20:59:00Z", false, "Wednesday 1 July, 22:00"},
		{"Friday's night is Saturday's morning", []Window{window(t, "fri", "22:00", "06:00")}, "2026-03-07T03:00:00Z", true, ""},
		{"Friday's morning is Thursday's night", []Window{window(t, "fri", "22:00", "06:00")}, "2026-03-06T03:00:00Z", false, "Friday 6 March, 22:00"},
		{"Saturday's night for a Sunday", []Window{window(t, "sat", "22:00", "06:00")}, "2026-03-08T03:00:00Z", true, ""},
		{"weekends", []Window{window(t, "sat sun", "00:00", "24:00")}, "2026-03-09T00:00:00Z", false, "Saturday 14 March, 00:00"},
		{"the nearer of two", []Window{window(t, "fri", "10:00", "11:00"), window(t, "thu", "12:00", "13:00")}, "2026-03-04T12:00:00Z", false, "Thursday 5 March, 12:00"},
		{"an hour left out", []Window{window(t, "", "01:15", "02:30")}, "2026-03-29T00:30:00Z", false, "Sunday 29 March, 02:00"},
		{"the only hour left out", []Window{window(t, "sun", "01:00", "02:00")}, "2026-03-29T00:30:00Z", false, "Sunday 5 April, 01:00"},
		{"an hour twice, first", []Window{window(t, "", "01:15", "01:30")}, "2026-10-25T00:20:00Z", true, ""},
		{"an hour twice, between", []Window{window(t, "", "01:15", "01:30")}, "2026-10-25T00:40:00Z", false, "Sunday 25 October, 01:15"},
		{"an hour twice, second", []Window{window(t, "", "01:15", "01:30")}, "2026-10-25T01:20:00Z", true, ""},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		h := &hours{windows: c.w, zone: zone, now: func() time.Time { return at }}
		e := h.shut()
		if (e == nil) != c.open || e != nil && (!strings.HasSuffix(e.Reason, "from "+c.reason) || e.Code != "outside-hours" || e.Kind != Unavailable) {
			t.Errorf("%s: %+v", c.what, e)
		}
	}
}

// TestTheNextOpeningIsTheNext: it is open then, and at no minute before; a source that knows
// the answer already says the same.
func TestTheNextOpeningIsTheNext(t *testing.T) {
	t.Parallel()
	zone := london(t)
	random := rand.New(rand.NewPCG(3, 7))
	for range 400 {
		w := Window{From: random.IntN(minutesOfDay), To: random.IntN(minutesOfDay + 1)}
		if w.From == w.To {
			continue
		}
		for day := range time.Weekday(7) {
			if random.IntN(3) == 0 {
				w.Days = append(w.Days, day)
			}
		}
		at := time.Date(2026, 1, 1, 0, 0, random.IntN(366*24*3600), 0, time.UTC)
		h := &hours{windows: []Window{w}, zone: zone, now: func() time.Time { return at }}
		for range 3 {
			e := h.shut()
			if e == nil {
				break
			}
			opens := at.Add(e.RetryAfter)
			if e.RetryAfter <= 0 || !w.holds(opens.In(zone)) {
				t.Fatalf("%+v at %v: not open at %v", w, at, opens)
			}
			for m := at; m.Before(opens); m = m.Add(time.Minute) {
				if w.holds(m.In(zone)) {
					t.Fatalf("%+v at %v: open at %v already", w, at, m)
				}
			}
			at = at.Add(e.RetryAfter / 2)
		}
	}
}

// TestOutsideItsHoursASourceIsNotAsked: not for a section, a person or a document, not by a
// connector on its own; what is remembered is given.
func TestOutsideItsHoursASourceIsNotAsked(t *testing.T) {
	t.Parallel()
	var hour atomic.Int64
	hour.Store(23)
	l := newLine(func(context.Context) error { return nil })
	s, err := Open(t.Context(), l, Settings{Origin: record.Origin{ID: "clinic"}, Remember: time.Hour, Windows: []Window{window(t, "", "22:00", "06:00")}},
		Env{Zone: time.UTC, Now: func() time.Time { return time.Date(2026, 3, 4, int(hour.Load()), 0, 0, 0, time.UTC) }}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if a := readOne(s, allergiesOf("1")); a.Err != nil || l.calls.Load() != 1 {
		t.Fatal(a.Err)
	}
	hour.Store(7)
	if a := readOne(s, allergiesOf("1")); a.Err != nil || !a.Remembered {
		t.Errorf("what is remembered: %+v", a)
	}
	o := OutcomeOf(readOne(s, allergiesOf("2")), s.now())
	if o.Status != record.Unavailable || o.Code != "outside-hours" || o.Reason != "It may not be asked at this time; it may again from Wednesday 4 March, 22:00" {
		t.Errorf("%+v", o)
	}
	if err := l.Call(t.Context(), l.reach); err == nil {
		t.Error("a connector may call")
	}
	if l.fetches() != 1 || l.calls.Load() != 1 || s.Health().State != StateUp {
		t.Errorf("%d fetches, %d calls, %+v", l.fetches(), l.calls.Load(), s.Health())
	}
	hour.Store(22)
	if a := readOne(s, allergiesOf("2")); a.Err != nil {
		t.Errorf("in its hours again: %v", a.Err)
	}
}
