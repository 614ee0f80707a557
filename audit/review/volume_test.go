package review_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/review"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// opened is one user opening n different patients, evenly over a time from a moment.
func opened(subject string, n int, from, over time.Duration) (events []audit.Event) {
	for i := range n {
		e := did(audit.ActionRead, subject, "p"+strconv.Itoa(i), from+over*time.Duration(i)/time.Duration(n))
		e.Actor.Role = "hospital-doctor" // who may work nights
		events = append(events, e)
	}
	return events
}

func at(e audit.Event, after time.Duration) audit.Event {
	e.Time = noon.Add(after)
	return e
}

func TestUnusualVolume(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	hour := func(n int, from time.Duration) []audit.Event { return opened("u", n, from, 50*time.Minute) }
	another := opened("u", 61, 0, time.Minute)[60:] // the 61st patient
	denied := at(another[0], 55*time.Minute)
	denied.Decision = audit.Deny
	other := at(another[0], 55*time.Minute)
	other.Actor.Issuer = "https://another.example"
	search := at(another[0], 55*time.Minute)
	search.Action = audit.ActionSearch
	for name, c := range map[string]struct {
		parts [][]audit.Event
		want  []string
	}{
		"as many as is usual":                   {[][]audit.Event{hour(60, 0)}, nil},
		"one more":                              {[][]audit.Event{hour(61, 0)}, []string{`unusual-volume by u on "": seq 1, 61 events`}},
		"ever more, one item":                   {[][]audit.Event{hour(61, 0), hour(80, 51*time.Minute)}, []string{`unusual-volume by u on "": seq 1, 80 events`}},
		"the same ones again":                   {[][]audit.Event{hour(60, 0), hour(60, 5*time.Minute)}, nil},
		"a refused one, another's, a search":    {[][]audit.Event{hour(60, 0), {denied, other, search}}, nil},
		"the last just within the hour":         {[][]audit.Event{opened("u", 60, 0, 0), {at(another[0], time.Hour-time.Microsecond)}}, []string{`unusual-volume by u on "": seq 1, 61 events`}},
		"the last an hour after":                {[][]audit.Event{opened("u", 60, 0, 0), {at(another[0], time.Hour)}}, nil},
		"the last an hour after, in one round":  {[][]audit.Event{nil, append(opened("u", 60, 0, 0), at(another[0], time.Hour), at(another[0], time.Hour))}, nil},
		"usual for them":                        {[][]audit.Event{hour(30, -day), hour(90, 0)}, nil},
		"three times what is usual for them":    {[][]audit.Event{hour(30, -day), hour(91, 0)}, []string{`unusual-volume by u on "": seq 31, 91 events`}},
		"their custom fourteen days ago":        {[][]audit.Event{hour(30, -14*day), hour(90, 0)}, nil},
		"their custom before that is forgotten": {[][]audit.Event{hour(30, -15*day), hour(61, 0)}, []string{`unusual-volume by u on "": seq 31, 61 events`}},
		"a little custom does not lower it":     {[][]audit.Event{hour(3, -day), hour(60, 0)}, nil},
		"today's burst is no custom":            {[][]audit.Event{hour(50, -4*time.Hour), hour(61, 0)}, []string{`unusual-volume by u on "": seq 51, 61 events`}},
		"a burst over midnight is no custom":    {[][]audit.Event{opened("u", 61, 12*time.Hour-10*time.Minute, 20*time.Minute)}, []string{`unusual-volume by u on "": seq 1, 61 events`}},
		"a new day, a new item": {[][]audit.Event{hour(61, -day), hour(200, 0)},
			[]string{`unusual-volume by u on "": seq 1, 61 events`, `unusual-volume by u on "": seq 62, 200 events`}},
	} {
		for _, how := range []string{"one that goes on", "started anew", "two in turn"} {
			t.Run(name+", "+how, func(t *testing.T) {
				t.Parallel()
				dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
					r := open(t, db)
					other := queue(t, db, r.ledger)
					for _, part := range c.parts {
						// Half of it in a round of its own.
						for _, events := range [][]audit.Event{part[:len(part)/2], part[len(part)/2:]} {
							r.record(t, events...)
							switch how {
							case "started anew":
								r.Queue = queue(t, db, r.ledger)
							case "two in turn":
								r.Queue, other = other, r.Queue
							}
							r.catchUp(t)
						}
					}
					expect(t, r.Queue, c.want...)
				})
			})
		}
	}
}

// Who opens thousands hides nobody else: whose hour was not read whole beside them is read again.
func TestVolumeBesideSomebodyWhoOpensThousands(t *testing.T) {
	t.Parallel()
	r := open(t, dbtest.Open(t, dbtest.SQLite(t)))
	r.Volume = 60
	r.record(t, opened("u", 40, 0, time.Minute)...)
	r.record(t, opened("thousands", 2100, 2*time.Minute, time.Minute)...)
	r.catchUp(t)
	r.Queue = queue(t, r.db, r.ledger) // it has read nothing yet
	more := opened("u", 71, 5*time.Minute, time.Minute)[40:]
	r.record(t, append(opened("thousands", 1, 4*time.Minute, 0), more[0])...)
	r.catchUp(t)
	r.record(t, more[1:]...)
	r.catchUp(t)
	items, _, err := r.Items(t.Context(), review.Filter{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(items, func(i review.Item) bool { return i.Actor.Subject == "u" && i.Events == 71 }) {
		t.Errorf("u opened 71 within the hour, and the queue has %d items: %+v", len(items), items)
	}
}

func TestUnusualTime(t *testing.T) {
	t.Parallel()
	utc := func(s string) time.Duration {
		at, err := time.Parse(time.DateTime, s)
		if err != nil {
			t.Fatal(err)
		}
		return at.Sub(noon)
	}
	read := func(s string) audit.Event { return did(audit.ActionRead, "u", "p", utc(s)) }
	nurse := read("2026-01-14 23:00:00")
	nurse.Actor.Role = "hospital-nurse"
	denied := read("2026-01-14 23:00:00")
	denied.Decision = audit.Deny
	none := read("2026-01-14 23:00:00")
	none.Patient = ""
	for name, c := range map[string]struct {
		events []audit.Event
		want   []string
	}{
		"before the night":           {[]audit.Event{read("2026-01-14 21:59:59")}, nil},
		"the night begins":           {[]audit.Event{read("2026-01-14 22:00:00")}, []string{`unusual-time by u on "": seq 1, 1 events`}},
		"the night ends":             {[]audit.Event{read("2026-01-15 05:59:59")}, []string{`unusual-time by u on "": seq 1, 1 events`}},
		"after the night":            {[]audit.Event{read("2026-01-15 06:00:00")}, nil},
		"one night":                  {[]audit.Event{read("2026-01-14 22:00:00"), read("2026-01-15 05:59:59")}, []string{`unusual-time by u on "": seq 1, 2 events`}},
		"two nights":                 {[]audit.Event{read("2026-01-14 05:00:00"), read("2026-01-14 23:00:00")}, []string{`unusual-time by u on "": seq 1, 1 events`, `unusual-time by u on "": seq 2, 1 events`}},
		"new year":                   {[]audit.Event{read("2025-12-31 23:00:00"), read("2026-01-01 01:00:00")}, []string{`unusual-time by u on "": seq 1, 2 events`}},
		"who works nights":           {[]audit.Event{nurse, denied, none}, nil},
		"summer time has begun":      {[]audit.Event{read("2026-03-29 05:00:00")}, nil}, // 06:00 in London
		"just before, that night":    {[]audit.Event{read("2026-03-28 22:00:00"), read("2026-03-29 04:59:59")}, []string{`unusual-time by u on "": seq 1, 2 events`}},
		"the evening before is UTC":  {[]audit.Event{read("2026-03-28 21:30:00")}, nil},
		"the evening after is not":   {[]audit.Event{read("2026-03-29 21:00:00")}, []string{`unusual-time by u on "": seq 1, 1 events`}},
		"summer time has ended":      {[]audit.Event{read("2026-10-25 05:59:59")}, []string{`unusual-time by u on "": seq 1, 1 events`}},
		"the long night is one":      {[]audit.Event{read("2026-10-24 21:00:00"), read("2026-10-25 00:30:00"), read("2026-10-25 01:30:00"), read("2026-10-25 05:59:59")}, []string{`unusual-time by u on "": seq 1, 4 events`}},
		"and over at six by winter":  {[]audit.Event{read("2026-10-25 06:00:00")}, nil},
		"and over at six by summer":  {[]audit.Event{read("2026-10-24 05:00:00")}, nil},
		"the same hour before it is": {[]audit.Event{read("2026-10-24 04:59:59")}, []string{`unusual-time by u on "": seq 1, 1 events`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
				r := open(t, db)
				r.record(t, c.events...)
				r.catchUp(t)
				expect(t, r.Queue, c.want...)
			})
		})
	}
	t.Run("a night after midnight", func(t *testing.T) {
		t.Parallel()
		r := open(t, dbtest.Open(t, dbtest.SQLite(t)))
		r.NightFrom, r.NightUntil = 1, 5
		r.record(t, read("2026-01-14 00:59:59"), read("2026-01-14 01:00:00"), read("2026-01-14 05:00:00"), read("2026-01-14 23:00:00"))
		r.catchUp(t)
		expect(t, r.Queue, `unusual-time by u on "": seq 2, 1 events`)
	})
}
