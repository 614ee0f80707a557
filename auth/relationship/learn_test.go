package relationship_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func TestWhatIsLearnedIsTheOrganisations(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		me := h.session("a.example", "RXX")
		me.Launch = &auth.Launch{Patient: "p1", Client: "epr"}
		ctx := auth.WithCaller(auth.WithSession(context.Background(), me), auth.Caller{RequestID: "req-1"})
		later := h.found("p1", "RXX", relationship.Appointment, "appointment on 2026-11-20 in hospital", 30*24*time.Hour)
		later.From = h.clock.now().Add(time.Hour)
		over := h.found("p1", "RXX", relationship.Referral, "referral of long ago", time.Hour)
		over.From, over.Until = over.From.Add(-48*time.Hour), h.clock.now()
		none := h.found("p1", "RXX", relationship.Referral, "referral", time.Hour)
		none.From = time.Time{}
		if err := h.Learn(ctx, []relationship.Relationship{
			none, later, over,
			h.found("p1", "RXX", relationship.Registration, "registration: hospital", 24*time.Hour),
			h.found("p1", "RYY", relationship.Admission, "admission", 24*time.Hour),
			h.found("p2", "RXX", relationship.Admission, "admission", 24*time.Hour),
		}); err != nil {
			t.Fatal(err)
		}
		if e := h.events(0); len(e) != 3 || e[0].Patient != "p1" || e[0].Target != "RXX" || e[0].Action != relationship.ActionLearn || e[0].RequestID != "req-1" || e[0].Actor.Subject != "a.example" ||
			e[0].Relationship != "appointment: appointment on 2026-11-20 in hospital; referral: referral; registration: registration: hospital" ||
			e[1].Target != "RYY" || e[2].Patient != "p2" {
			t.Errorf("%+v", e)
		}
		kinds := func(s *auth.Session, patient string) string {
			var out []string
			for _, r := range h.standing(s, patient).Relationships {
				out = append(out, string(r.Kind))
			}
			return strings.Join(out, " ")
		}
		h.claim(me, "p1")
		for name, c := range map[string]struct {
			s             *auth.Session
			patient, want string
		}{
			"mine":              {me, "p1", "registration referral launch self-claimed"},
			"a colleague's":     {h.session("b", "RXX"), "p1", "registration referral"},
			"another patient":   {h.session("b", "RXX"), "p2", "admission"},
			"of another":        {h.session("c", "RYY"), "p1", "admission"},
			"of a third":        {h.session("d", "RZZ"), "p1", ""},
			"of none":           {h.session("e", ""), "p1", ""},
			"of a blank":        {h.session("e", " "), "p1", ""},
			"of another case":   {h.session("e", "rxx"), "p1", ""},
			"of a wildcard":     {h.session("e", "%"), "p1", ""},
			"of a hostile name": {h.session("e", "RXX\x00"), "p1", ""},
			"nobody's":          {nil, "p1", ""},
		} {
			if got := kinds(c.s, c.patient); got != c.want {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
		h.clock.set(later.From)
		me.Launch = nil
		if got := kinds(me, "p1"); got != "registration appointment self-claimed" { // the referral is over
			t.Errorf("an hour later: %q", got)
		}
	})
}

func TestLearningAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		me := h.session("a.example", "RXX")
		first := h.found("p1", "RXX", relationship.Registration, "registration: gp", 24*time.Hour)
		one := func(why string, from, until time.Time, events int) {
			t.Helper()
			got := h.standing(me, "p1").Relationships
			if len(got) != 1 || !got[0].From.Equal(from) || !got[0].Until.Equal(until) || got[0].ID == "" || len(h.events(0)) != events {
				t.Errorf("%s: %+v, %d events; want %v to %v", why, got, len(h.events(0)), from, until)
			}
		}
		h.learn(first, first)
		h.learn(first)
		one("the same", first.From, first.Until, 1)
		h.clock.add(time.Hour)
		shorter := first
		shorter.Until = first.Until.Add(-time.Hour)
		h.learn(shorter)
		one("a shorter one", first.From, first.Until, 1)
		longer := h.found("p1", "RXX", relationship.Registration, "registration: gp", 24*time.Hour)
		h.learn(shorter, longer, first)
		one("a longer one", first.From, longer.Until, 2)
		h.clock.set(longer.Until.Add(time.Hour))
		anew := h.found("p1", "RXX", relationship.Registration, "registration: gp", 24*time.Hour)
		h.learn(anew)
		one("after a time between", anew.From, anew.Until, 3)
		earlier := anew
		earlier.From, earlier.Until = earlier.From.Add(-time.Hour), earlier.Until.Add(time.Hour)
		h.learn(earlier)
		one("from earlier to later", earlier.From, earlier.Until, 4)
	})
}

func TestManyServersLearnAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		var all []relationship.Relationship
		for i := range 120 {
			all = append(all, h.found(fmt.Sprintf("p%d", i%60), "RXX", relationship.Appointment, fmt.Sprintf("appointment %d", i), time.Hour))
		}
		var group sync.WaitGroup
		for i := range 8 {
			group.Go(func() {
				mine := append(append([]relationship.Relationship(nil), all[i*10:]...), all[:i*10]...)
				if err := h.Learn(context.Background(), mine); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if h.rows() != 120 {
			t.Errorf("%d rows", h.rows())
		}
	})
}

func TestWhatCannotBeLearned(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		good := h.found("p1", "RXX", relationship.Referral, "referral", time.Hour)
		bad := func(change func(*relationship.Relationship)) relationship.Relationship {
			r := good
			change(&r)
			return r
		}
		all := []relationship.Relationship{
			bad(func(r *relationship.Relationship) { r.Patient = "" }),
			bad(func(r *relationship.Relationship) { r.Patient = "p\x00" }),
			bad(func(r *relationship.Relationship) { r.Organisation = "" }),
			bad(func(r *relationship.Relationship) { r.Organisation = " " }),
			bad(func(r *relationship.Relationship) { r.Kind = relationship.SelfClaimed }),
			bad(func(r *relationship.Relationship) { r.Kind = relationship.Launch }),
			bad(func(r *relationship.Relationship) { r.Kind = "" }),
			bad(func(r *relationship.Relationship) { r.Subject = "a.example" }),
			bad(func(r *relationship.Relationship) { r.Issuer = "local" }),
			bad(func(r *relationship.Relationship) { r.Until = time.Time{} }),
			bad(func(r *relationship.Relationship) { r.Until = r.From }),
			bad(func(r *relationship.Relationship) { r.Evidence = "" }),
			bad(func(r *relationship.Relationship) { r.Evidence = strings.Repeat("x", 201) }),
			bad(func(r *relationship.Relationship) { r.Evidence = "x\x00" }),
		}
		for i, r := range all {
			if err := h.Learn(context.Background(), []relationship.Relationship{r}); !isBad(err) {
				t.Errorf("%d: %v", i, err)
			}
		}
		if h.rows() != 0 || len(h.events(0)) != 0 {
			t.Error("something changed")
		}
		err := h.Learn(context.Background(), append(all, good))
		if got := strings.Count(fmt.Sprint(err), "\n") + 1; got != len(all) || !isBad(err) || h.rows() != 1 {
			t.Errorf("%d refusals, %d rows: %v", got, h.rows(), err)
		}
		if err := h.Learn(context.Background(), nil); err != nil {
			t.Error(err)
		}
	})
}

func TestWhenWasItLookedFor(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), context.Background()
		now := h.clock.now()
		var many []string
		for i := range 120 {
			many = append(many, fmt.Sprintf("p%d", i))
		}
		if err := h.Looked(ctx, "RXX", append(many, "p1", "\x00", ""), now); err != nil {
			t.Fatal(err)
		}
		if err := h.Looked(ctx, "RXX", []string{"p1"}, now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if err := h.Looked(ctx, "RXX", []string{"p1"}, now); err != nil {
			t.Fatal(err)
		}
		got, err := h.other.Learned(ctx, "RXX", append(many, "never", "\x00"))
		if err != nil || len(got) != 120 || !got["p1"].Equal(now.Add(time.Hour)) || !got["p2"].Equal(now) || got["p2"].Location() != time.UTC {
			t.Errorf("%d %v %v", len(got), got["p1"], err)
		}
		for _, other := range []string{"RYY", "", "\x00"} {
			if got, err := h.Learned(ctx, other, many); err != nil || got == nil || len(got) != 0 {
				t.Errorf("%q: %v %v", other, got, err)
			}
		}
		if err := h.Looked(ctx, "", []string{"p1"}, now); !isBad(err) {
			t.Error(err)
		}
		if err := h.Looked(ctx, "RXX", nil, now); err != nil || len(h.events(0)) != 0 {
			t.Error(err)
		}
	})
}
