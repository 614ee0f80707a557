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

func TestAClaimLastsADayAndIsTheUsersAlone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		me, start := h.session("a.example", "RXX"), h.clock.now()
		r, err := h.Claim(context.Background(), me, "p1", "walk-in", "  She came in\r\nwithout an appointment ")
		if err != nil || !r.From.Equal(start) || !r.Until.Equal(start.Add(24*time.Hour)) || r.Reason != whyClaim || r.ReasonCode != "walk-in" {
			t.Fatalf("%+v %v", r, err)
		}
		if got := h.standing(me, "p1"); len(got.Relationships) != 1 || got.Relationships[0] != r {
			t.Errorf("got %+v want %+v", got, r)
		}
		sameName := h.session("a.example", "RXX")
		sameName.Issuer = "https://idp.example"
		for name, s := range map[string]*auth.Session{"a colleague": h.session("b", "RXX"), "of another issuer": sameName, "nobody": nil, "zero": {}} {
			if got := h.standing(s, "p1"); len(got.Relationships) != 0 {
				t.Errorf("%s: %+v", name, got)
			}
		}
		if got := h.standing(me, "p2"); len(got.Relationships) != 0 {
			t.Errorf("another patient: %+v", got)
		}
		moved := h.session("a.example", "RYY") // a claim is the user's, wherever they work
		if got := h.standing(moved, "p1"); len(got.Relationships) != 1 {
			t.Errorf("%+v", got)
		}
		e := h.events(0)
		if len(e) != 1 || e[0].Action != audit.ActionClaim || e[0].Patient != "p1" || e[0].Target != r.ID || e[0].Decision != audit.Permit ||
			e[0].Reason != "walk-in: "+whyClaim || e[0].Actor.Subject != "a.example" || e[0].Actor.Organisation != "RXX" {
			t.Errorf("%+v", e)
		}
		h.clock.set(r.Until.Add(-time.Microsecond))
		if got := h.standing(me, "p1"); len(got.Relationships) != 1 {
			t.Errorf("a microsecond before: %+v", got)
		}
		h.clock.set(r.Until)
		if got := h.standing(me, "p1"); len(got.Relationships) != 0 {
			t.Errorf("at its end: %+v", got)
		}
	})
}

func TestClaimingAgainExtends(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		me := h.session("a.example", "RXX")
		first := h.claim(me, "p1")
		h.clock.add(23 * time.Hour)
		second, err := h.Claim(context.Background(), me, "p1", "on-call-cover", "Covering for the ward tonight")
		if err != nil || !second.From.Equal(first.From) || !second.Until.Equal(h.clock.now().Add(relationship.ClaimLasts)) || second.ID == first.ID {
			t.Errorf("%+v %v", second, err)
		}
		if got := h.standing(me, "p1").Relationships; len(got) != 1 || got[0] != second {
			t.Errorf("%+v", got)
		}
		h.clock.set(second.Until)
		third := h.claim(me, "p1")
		if !third.From.Equal(second.Until) {
			t.Errorf("a time between is covered: %+v", third)
		}
	})
}

func TestManyClaimsAtOnceAreOne(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		me := h.session("a.example", "RXX")
		var group sync.WaitGroup
		for i := range 64 {
			store := h.Store
			if i%2 == 0 {
				store = h.other
			}
			group.Go(func() {
				if _, err := store.Claim(context.Background(), me, "p1", "walk-in", whyClaim); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		got, events := h.standing(me, "p1").Relationships, h.events(0)
		if len(got) != 1 || len(events) != 64 || h.rows() != 1 {
			t.Fatalf("%d relationships, %d events, %d rows", len(got), len(events), h.rows())
		}
		for _, e := range events {
			if e.Target == got[0].ID {
				return
			}
		}
		t.Error("the claim that holds is not in the ledger")
	})
}

func TestWhatIsNoClaim(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), context.Background()
		me := h.session("a.example", "RXX")
		for name, c := range map[string]struct{ patient, code, reason string }{
			"no patient":      {"", "walk-in", whyClaim},
			"a space":         {"p 1", "walk-in", whyClaim},
			"NUL":             {"p\x00", "walk-in", whyClaim},
			"bad UTF-8":       {"p\xff", "walk-in", whyClaim},
			"long patient":    {strings.Repeat("p", 129), "walk-in", whyClaim},
			"no code":         {"p1", "", whyClaim},
			"a code of glass": {"p1", "patient-unconscious", whyClaim},
			"short":           {"p1", "walk-in", "nine char"},
			"only spaces":     {"p1", "walk-in", strings.Repeat(" ", 30)},
			"only invisible":  {"p1", "walk-in", strings.Repeat("\u200b", 30)},
			"too long":        {"p1", "walk-in", strings.Repeat("x", 501)},
			"escape":          {"p1", "walk-in", whyClaim + "\x1b[2J"},
			"NUL in text":     {"p1", "walk-in", whyClaim + "\x00"},
			"turned round":    {"p1", "walk-in", whyClaim + "\u202e"},
			"bad text":        {"p1", "walk-in", whyClaim + "\xff"},
		} {
			_, err := h.Claim(ctx, me, c.patient, c.code, c.reason)
			if !isBad(err) || strings.Contains(err.Error(), c.reason) || strings.ContainsRune(err.Error(), '\x00') {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, s := range map[string]*auth.Session{"nil": nil, "zero": {}, "no issuer": {Subject: "x"}, "NUL": {Issuer: "local", Subject: "x\x00"}} {
			if _, err := h.Claim(ctx, s, "p1", "walk-in", whyClaim); !errors.Is(err, relationship.ErrNobody) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if len(h.events(0)) != 0 || h.rows() != 0 {
			t.Error("something changed")
		}
		me.Launch = &auth.Launch{Patient: "p1", Client: "epr"}
		if _, err := h.Claim(ctx, me, "p2", "walk-in", whyClaim); !errors.Is(err, relationship.ErrOtherPatient) {
			t.Error(err)
		}
		if e := h.events(0); len(e) != 1 || e[0].Decision != audit.Deny || e[0].Patient != "p2" || h.rows() != 0 {
			t.Errorf("%+v", e)
		}
		h.claim(me, "p1")
	})
}

// TestHostileWordsStayWords: what looks like SQL is text, and comes back as it was.
func TestHostileWordsStayWords(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		for _, word := range []string{`'); DROP TABLE relationship;--`, `$1 ? ?1 :name @p %s`, `"><script>`, `é 👩‍⚕️ \ \\ ' ''`} {
			me := h.session(word, "RXX")
			text := word + " and more to be long enough"
			if _, err := h.Claim(context.Background(), me, "p'1", "other", text); err != nil {
				t.Fatalf("%q: %v", word, err)
			}
			if got := h.standing(me, "p'1").Relationships; len(got) != 1 || got[0].Reason != text || got[0].Subject != word {
				t.Errorf("%q: %+v", word, got)
			}
		}
		if got := h.standing(h.session("' OR ''='", "' OR ''='"), "p'1"); len(got.Relationships) != 0 {
			t.Errorf("%+v", got)
		}
	})
}
