package audit_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/record"
)

func TestALookSaysWhoWhenWhatAndWhy(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		l := open(t, db)
		first := sample("p")
		first.Time, first.Withheld = at(), nil
		broke := first
		broke.Action, broke.BreakGlass, broke.Reason, broke.Sources, broke.Fields = audit.ActionBreakGlass, "bg-1", "unconscious, alone", nil, nil
		broke.Time = at().Add(2 * time.Minute)
		last := first
		last.BreakGlass, last.Time, last.Withheld, last.Flags = "bg-1", at().Add(9*time.Minute), []string{"record:problems"}, []string{"same-surname"}
		last.Sources = []audit.SourceRead{{Source: "gp", Section: "problems", Status: "WITHHELD"}, {Source: "gp", Section: "demographics", Status: "EMPTY"}}
		other := first
		other.Patient = "another"
		if err := l.Record(context.Background(), first, other, broke, last); err != nil {
			t.Fatal(err)
		}
		looks, more, err := l.Looks(context.Background(), audit.LooksFilter{Patient: "p"})
		if err != nil || more || len(looks) != 1 {
			t.Fatal(looks, more, err)
		}
		got := looks[0]
		want := audit.Look{
			Seq: 4, Seqs: []int64{1, 3, 4}, Actor: first.Actor, From: at(), To: last.Time,
			Actions: []string{"read", "break-glass"}, Sections: []record.Section{record.Demographics, record.Allergies},
			Withheld: []record.Section{record.Problems}, Purpose: "TREAT", Relationships: []string{"registered GP practice"},
			Reasons: []string{"unconscious, alone"}, BreakGlass: true, Flags: []string{"same-surname"},
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		zone := time.FixedZone("BST", 3600)
		const sentence = "Dr A. Example (GP, Example Surgery), 29-Mar-2026 01:59 to 02:08, 3 times: opened the record, broke the glass; " +
			"saw Person demographics, Allergies and adverse reactions; held back: Problem list; for direct care; because of registered GP practice; " +
			"the glass was broken; reason given: unconscious, alone; to look into: same-surname"
		if s := got.Sentence(zone); s != sentence {
			t.Errorf("got  %s\nwant %s", s, sentence)
		}
	})
}

func TestAPauseEndsALookAndSoDoesAnotherRole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		l := open(t, db)
		read := func(after time.Duration, change func(*audit.Event)) audit.Event {
			e := sample("p")
			e.Time = at().Add(after)
			if change != nil {
				change(&e)
			}
			return e
		}
		same := 15*time.Minute - time.Microsecond
		if err := l.Record(context.Background(),
			read(0, nil),
			read(same, nil), // joins 1
			read(same+15*time.Minute, nil),
			read(same+15*time.Minute, func(e *audit.Event) { e.Actor.Role = "practice-nurse" }),
			read(same+15*time.Minute, func(e *audit.Event) { e.Purpose = "ETREAT" }),
			read(same+15*time.Minute, func(e *audit.Event) { e.Actor.Organisation = "B" }),
			read(same+15*time.Minute, func(e *audit.Event) { e.Actor.Issuer = "another" }),
			read(same+16*time.Minute, nil), // joins 3
		); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			f    audit.LooksFilter
			want [][]int64
			more bool
		}{
			"all":                   {audit.LooksFilter{}, [][]int64{{3, 8}, {7}, {6}, {5}, {4}, {1, 2}}, false},
			"a page":                {audit.LooksFilter{Limit: 2}, [][]int64{{3, 8}, {7}}, true},
			"after the first look":  {audit.LooksFilter{Before: 8, Limit: 2}, [][]int64{{7}, {6}}, true},
			"the last page":         {audit.LooksFilter{Before: 5, Limit: 2}, [][]int64{{4}, {1, 2}}, false},
			"one organisation":      {audit.LooksFilter{Organisation: "B"}, [][]int64{{6}}, false},
			"nobody's organisation": {audit.LooksFilter{Organisation: "C"}, nil, false},
		} {
			f := c.f
			f.Patient = "p"
			looks, more, err := l.Looks(context.Background(), f)
			if got := seqs(looks); err != nil || more != c.more || !reflect.DeepEqual(got, c.want) {
				t.Errorf("%s: got %v %v %v, want %v %v", name, got, more, err, c.want, c.more)
			}
		}
		if _, _, err := l.Looks(context.Background(), audit.LooksFilter{}); err == nil {
			t.Error("looks at nobody were listed")
		}
	})
}

// TestEveryEventIsInExactlyOneLook: whatever happened, whatever the clocks did and
// whatever the pages, the looks are those that a plain reading of the rule gives.
func TestEveryEventIsInExactlyOneLook(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx := context.Background()
		l := open(t, db)
		run := 0
		rapid.Check(t, func(t *rapid.T) {
			run++
			patient := "p" + strconv.Itoa(run)
			clock := at()
			events := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) audit.Event {
				e := audit.Event{Action: audit.ActionRead, Patient: patient, Purpose: rapid.SampledFrom([]string{"TREAT", "BTG"}).Draw(t, "purpose")}
				e.Actor.Subject = rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "who")
				e.Actor.Organisation = rapid.SampledFrom([]string{"X", "Y"}).Draw(t, "where")
				clock = clock.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 4, 14, 15, 16, 31, -3, -20, -90}).Draw(t, "minutes")) * time.Minute)
				e.Time = clock
				return e
			}), 1, 60).Draw(t, "events")
			if err := l.Record(ctx, events...); err != nil {
				t.Fatal(err)
			}
			all, err := l.Events(ctx, audit.Filter{Patient: patient, Limit: audit.MaxLimit})
			if err != nil || len(all) != len(events) {
				t.Fatal(len(all), err)
			}
			f := audit.LooksFilter{
				Patient: patient, Limit: rapid.IntRange(1, 7).Draw(t, "limit"),
				Organisation: rapid.SampledFrom([]string{"", "X"}).Draw(t, "narrowed to"),
			}
			var got [][]int64
			for {
				looks, more, err := l.Looks(ctx, f)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, seqs(looks)...)
				if !more {
					break
				}
				f.Before = looks[len(looks)-1].Seq
			}
			if want := plainly(all, f.Organisation); !reflect.DeepEqual(got, want) {
				t.Fatalf("got  %v\nwant %v", got, want)
			}
		})
	})
}

// plainly groups in the plainest way: for each event, find the same doer's event
// before it, and see whether anything in between is too far from that one.
func plainly(all []audit.Event, organisation string) (want [][]int64) {
	look := map[int][]int64{} // by index of the newest event so far
	for i, e := range all {
		look[i] = []int64{e.Seq}
		for k := i - 1; k >= 0; k-- {
			before := all[k]
			if before.Actor != e.Actor || before.Purpose != e.Purpose {
				continue
			}
			far := slices.ContainsFunc(all[k+1:i+1], func(x audit.Event) bool { return x.Time.Sub(before.Time).Abs() >= audit.LookGap })
			if !far {
				look[i] = append(look[k], e.Seq)
				delete(look, k)
			}
			break
		}
	}
	for i := len(all) - 1; i >= 0; i-- {
		if l := look[i]; l != nil && (organisation == "" || all[i].Actor.Organisation == organisation) {
			want = append(want, l)
		}
	}
	return want
}

func seqs(looks []audit.Look) (out [][]int64) {
	for _, l := range looks {
		out = append(out, l.Seqs)
	}
	return out
}

// BenchmarkLooks: the first page, and one in the middle, of a person in a ledger of
// 100,000 events of 1,000 people.
func BenchmarkLooks(b *testing.B) {
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			ctx := context.Background()
			l := open(b, dbtest.Open(b, dsn(b)))
			const events, people = 100_000, 1_000
			for i := 0; i < events; i += 1000 {
				group := make([]audit.Event, 1000)
				for k := range group {
					e := sample(fmt.Sprintf("p%d", (i+k)*7919%people))
					e.Actor.Subject = "u" + strconv.Itoa((i+k)%37)
					e.Time = at().Add(time.Duration(i+k) * 5 * time.Second)
					group[k] = e
				}
				if err := l.Record(ctx, group...); err != nil {
					b.Fatal(err)
				}
			}
			for page, before := range map[string]int64{"first": 0, "middle": events / 2} {
				b.Run(page, func(b *testing.B) {
					b.ReportAllocs()
					for i := 0; b.Loop(); i++ {
						looks, _, err := l.Looks(ctx, audit.LooksFilter{Patient: "p" + strconv.Itoa(i*31%people), Before: before})
						if err != nil || len(looks) == 0 {
							b.Fatal(len(looks), err)
						}
					}
				})
			}
		})
	}
}

// What nobody did is not said to be somebody's doing.
func TestPatchworkByItself(t *testing.T) {
	t.Parallel()
	for actor, want := range map[audit.Actor]string{
		{}:                                 "Patchwork by itself, ",
		{Issuer: "local", Subject: "u"}:    "A user without a name, ",
		{Issuer: "local", Name: "Dr Shaw"}: "Dr Shaw, ",
	} {
		l := audit.Look{Actor: actor, Seqs: []int64{1}, Actions: []string{"added-to-list"}}
		if got := l.Sentence(time.UTC); !strings.HasPrefix(got, want) {
			t.Errorf("%q does not begin with %q", got, want)
		}
	}
}
