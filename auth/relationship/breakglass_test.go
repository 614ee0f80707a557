package relationship_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func TestBreakingTheGlass(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		me, start := h.session("a.example", "RXX"), h.clock.now()
		b := h.smash(me, "p1")
		if !b.Started.Equal(start) || !b.Until.Equal(start.Add(4*time.Hour)) || !b.Ended.IsZero() || b.Reason != whyBreak {
			t.Errorf("%+v", b)
		}
		if got := h.standing(me, "p1"); got.BreakGlass == nil || *got.BreakGlass != b || len(got.Relationships) != 0 {
			t.Errorf("%+v", got)
		}
		for name, s := range map[string]*auth.Session{"a colleague": h.session("b", "RXX"), "nobody": nil} {
			if got := h.standing(s, "p1"); got.BreakGlass != nil {
				t.Errorf("%s: %+v", name, got)
			}
		}
		if h.standing(me, "p2").BreakGlass != nil {
			t.Error("another patient")
		}
		e := h.events(0)
		if len(e) != 1 || e[0].Action != audit.ActionBreakGlass || e[0].BreakGlass != b.ID || e[0].Patient != "p1" ||
			e[0].Reason != "patient-unconscious: "+whyBreak || e[0].Purpose != "BTG" || e[0].Decision != audit.Permit {
			t.Errorf("%+v", e)
		}
		h.clock.set(b.Until.Add(-time.Microsecond))
		if h.standing(me, "p1").BreakGlass == nil {
			t.Error("over before its time")
		}
		h.clock.set(b.Until)
		if h.standing(me, "p1").BreakGlass != nil {
			t.Error("holds at its end")
		}
		if err := h.EndBreak(context.Background(), me, b.ID); err != nil || len(h.events(1)) != 0 {
			t.Errorf("what is over ended again: %v", err)
		}
		me.Confirmed = h.clock.now()
		h.BreakLasts = 2 * time.Hour
		if c := h.smash(me, "p1"); !c.Until.Equal(h.clock.now().Add(2 * time.Hour)) {
			t.Errorf("%+v", c)
		}
		if e := h.events(1); len(e) != 1 {
			t.Errorf("one that was over is said to be replaced: %+v", e)
		}
		all, err := h.Breaks(context.Background(), relationship.BreakFilter{IDs: []string{b.ID}})
		if err != nil || len(all) != 1 || all[0] != b {
			t.Errorf("one that ran out: %+v %v", all, err)
		}
	})
}

func TestBreakingNeedsAFreshConfirmation(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), context.Background()
		me, now := h.session("a.example", "RXX"), h.clock.now()
		refused := 0
		for name, c := range map[string]struct {
			at time.Time
			ok bool
		}{
			"never":                    {time.Time{}, false},
			"five minutes ago":         {now.Add(-5 * time.Minute), false},
			"a microsecond less":       {now.Add(-5*time.Minute + time.Microsecond), true},
			"by a clock a bit ahead":   {now.Add(time.Second), true},
			"by a clock that is wrong": {now.Add(time.Hour), false},
		} {
			me.Confirmed = c.at
			_, err := h.Break(ctx, me, "p1", "safeguarding", whyBreak)
			if c.ok != (err == nil) || !c.ok && !errors.Is(err, relationship.ErrNotConfirmed) {
				t.Errorf("%s: %v", name, err)
			}
			if !c.ok {
				refused++
			}
		}
		me.Confirmed, me.Launch = now, &auth.Launch{Patient: "p1"}
		if _, err := h.Break(ctx, me, "p2", "safeguarding", whyBreak); !errors.Is(err, relationship.ErrOtherPatient) || h.standing(me, "p2").BreakGlass != nil {
			t.Error(err)
		}
		denied := 0
		for _, e := range h.events(0) {
			if e.Decision == audit.Deny && e.Action == audit.ActionBreakGlass && strings.Contains(e.Reason, "safeguarding") {
				denied++
			}
		}
		if denied != refused+1 {
			t.Errorf("%d of %d refusals are in the ledger", denied, refused+1)
		}
	})
}

func TestWhatIsNoReasonToBreak(t *testing.T) {
	t.Parallel()
	h, ctx := build(t, dbtest.Open(t, dbtest.SQLite(t))), context.Background()
	me := h.session("a.example", "RXX")
	for name, c := range map[string]struct{ patient, code, reason string }{
		"no patient": {"", "safeguarding", whyBreak},
		"no code":    {"p1", "", whyBreak},
		"a claim's":  {"p1", "walk-in", whyBreak},
		"too short":  {"p1", "safeguarding", "nineteen characters"},
	} {
		if _, err := h.Break(ctx, me, c.patient, c.code, c.reason); !isBad(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.Break(ctx, nil, "p1", "safeguarding", whyBreak); !errors.Is(err, relationship.ErrNobody) {
		t.Error(err)
	}
	if err := h.EndBreak(ctx, nil, "x"); !errors.Is(err, relationship.ErrNobody) {
		t.Error(err)
	}
	if h.rows() != 0 || len(h.events(0)) != 0 {
		t.Error("something changed")
	}
	if _, err := h.Break(ctx, me, "p1", "safeguarding", "twenty characters it"); err != nil {
		t.Error(err)
	}
}

func TestEndingTheBrokenGlass(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), context.Background()
		me := h.session("a.example", "RXX")
		b := h.smash(me, "p1")
		h.clock.add(time.Minute)
		for name, c := range map[string]struct {
			s  *auth.Session
			id string
		}{
			"a colleague's": {h.session("b", "RXX"), b.ID}, "unknown": {me, "none"}, "empty": {me, ""}, "hostile": {me, "' OR '1'='1"}, "NUL": {me, "\x00"},
		} {
			if err := h.EndBreak(ctx, c.s, c.id); !errors.Is(err, relationship.ErrNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if h.standing(me, "p1").BreakGlass == nil {
			t.Fatal("somebody else ended it")
		}
		for range 2 {
			if err := h.EndBreak(ctx, me, b.ID); err != nil {
				t.Error(err)
			}
		}
		if h.standing(me, "p1").BreakGlass != nil {
			t.Error("holds on another server")
		}
		if e := h.events(1); len(e) != 1 || e[0].Action != audit.ActionBreakGlassEnd || e[0].BreakGlass != b.ID || e[0].Patient != "p1" {
			t.Errorf("%+v", e)
		}
		got, err := h.Breaks(ctx, relationship.BreakFilter{Patient: "p1"})
		if err != nil || len(got) != 1 || !got[0].Ended.Equal(h.clock.now()) {
			t.Errorf("%+v %v", got, err)
		}
	})
}

// TestBreakingAgainReplaces: one holds, and all stay to be reviewed, also when several
// servers break at once.
func TestBreakingAgainReplaces(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), context.Background()
		me := h.session("a.example", "RXX")
		first := h.smash(me, "p1")
		h.clock.add(time.Minute)
		second := h.smash(me, "p1")
		if got := h.standing(me, "p1").BreakGlass; got == nil || *got != second {
			t.Errorf("%+v", got)
		}
		if e := h.events(1); len(e) != 2 || e[0].BreakGlass != second.ID || e[1].Action != audit.ActionBreakGlassEnd || e[1].BreakGlass != first.ID {
			t.Errorf("%+v", e)
		}
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				if _, err := h.other.Break(ctx, me, "p1", "safeguarding", whyBreak); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		all, err := h.Breaks(ctx, relationship.BreakFilter{Patient: "p1"})
		if err != nil || len(all) != 10 {
			t.Fatalf("%d %v", len(all), err)
		}
		open := 0
		for _, b := range all {
			if b.Ended.IsZero() {
				open++
			}
		}
		begun, ended := map[string]int{}, map[string]int{}
		for _, e := range h.events(0) {
			if e.Action == audit.ActionBreakGlass {
				begun[e.BreakGlass]++
			} else {
				ended[e.BreakGlass]++
			}
		}
		if open != 1 || len(begun) != 10 || len(ended) < 9 {
			t.Errorf("%d open, %d begun and %d ended in the ledger", open, len(begun), len(ended))
		}
		holds := h.standing(me, "p1").BreakGlass
		if holds == nil {
			t.Fatal("none holds")
		}
		if err := h.EndBreak(ctx, me, holds.ID); err != nil || h.standing(me, "p1").BreakGlass != nil {
			t.Errorf("another holds when it has ended: %v", err)
		}
	})
}

func TestReportsOfBrokenGlass(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), context.Background()
		a, b := h.session("a", "RXX"), h.session("b", "RYY")
		start := h.clock.now()
		one := h.smash(a, "p1")
		h.clock.add(time.Minute)
		two := h.smash(b, "p1")
		h.clock.add(time.Minute)
		three := h.smash(a, "p2")
		for name, c := range map[string]struct {
			filter relationship.BreakFilter
			want   []string
		}{
			"all":            {relationship.BreakFilter{}, []string{three.ID, two.ID, one.ID}},
			"the newest":     {relationship.BreakFilter{Limit: 1}, []string{three.ID}},
			"of a patient":   {relationship.BreakFilter{Patient: "p1", Limit: 5000}, []string{two.ID, one.ID}},
			"of a user":      {relationship.BreakFilter{Issuer: "local", Subject: "a"}, []string{three.ID, one.ID}},
			"of ids":         {relationship.BreakFilter{IDs: []string{one.ID, "none", "\x00", three.ID}}, []string{three.ID, one.ID}},
			"of no ids":      {relationship.BreakFilter{IDs: []string{}}, nil},
			"since":          {relationship.BreakFilter{From: start.Add(time.Minute)}, []string{three.ID, two.ID}},
			"before":         {relationship.BreakFilter{Before: start.Add(time.Minute)}, []string{one.ID}},
			"hostile":        {relationship.BreakFilter{Patient: "p1' OR '1'='1"}, nil},
			"cannot be kept": {relationship.BreakFilter{Subject: "\x00"}, nil},
		} {
			got, err := h.Breaks(ctx, c.filter)
			var ids []string
			for _, b := range got {
				ids = append(ids, b.ID)
			}
			if err != nil || strings.Join(ids, " ") != strings.Join(c.want, " ") {
				t.Errorf("%s: %v, want %v, %v", name, ids, c.want, err)
			}
		}
	})
}
