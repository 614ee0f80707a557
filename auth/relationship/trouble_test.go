package relationship_test

import (
	"context"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// changes tries every change on a patient and gives the errors by name.
func (h *house) changes(b relationship.BreakGlass, o relationship.Objection) map[string]error {
	ctx, me := context.Background(), h.session("a.example", "RXX")
	other := *me
	other.Launch = nil
	_, claim := h.Claim(ctx, me, "p1", "walk-in", whyClaim)
	_, smash := h.Break(ctx, me, "p2", "safeguarding", whyBreak)
	unconfirmed := *me
	unconfirmed.Confirmed = time.Time{}
	_, refused := h.Break(ctx, &unconfirmed, "p2", "safeguarding", whyBreak)
	_, object := h.Object(ctx, me, relationship.Objection{Patient: "p1"})
	_, withdraw := h.Withdraw(ctx, me, o.ID, whyClaim)
	return map[string]error{
		"claim": claim, "break": smash, "a refused break": refused, "object": object, "withdraw": withdraw,
		"end":   h.EndBreak(ctx, me, b.ID),
		"learn": h.Learn(ctx, []relationship.Relationship{h.found("p1", "RXX", relationship.Referral, "referral", time.Hour)}),
	}
}

// TestWithoutTheLedgerNothingChanges (hazard H-15).
func TestWithoutTheLedgerNothingChanges(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		me := h.session("a.example", "RXX")
		b := h.smash(me, "p1")
		o, err := h.Object(context.Background(), me, relationship.Objection{Patient: "p1"})
		if err != nil {
			t.Fatal(err)
		}
		if err := h.ledger.Close(); err != nil {
			t.Fatal(err)
		}
		before := h.rows()
		for what, err := range h.changes(b, o) {
			if err == nil || isBad(err) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if got := h.standing(me, "p1"); h.rows() != before || got.BreakGlass == nil || len(got.Objections) != 1 || len(got.Relationships) != 0 {
			t.Errorf("something changed: %+v", got)
		}
	})
}

// TestWithoutTheTablesNothingIsShown: whoever asks gets an error, never a stranger's
// standing, which has no objections.
func TestWithoutTheTablesNothingIsShown(t *testing.T) {
	t.Parallel()
	for _, table := range []string{"relationship", "relationship_break", "relationship_objection"} {
		t.Run(table, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
				h, ctx := build(t, db), context.Background()
				if _, err := db.Write.DB.Exec(`ALTER TABLE ` + table + ` RENAME TO away`); err != nil {
					t.Fatal(err)
				}
				if got, err := h.Standings(ctx, h.session("a", "RXX"), []string{"p1"}); err == nil || got != nil {
					t.Errorf("%+v", got)
				}
				if _, err := db.Write.DB.Exec(`ALTER TABLE away RENAME TO ` + table); err != nil {
					t.Fatal(err)
				}
				if _, err := h.Standings(ctx, h.session("a", "RXX"), []string{"p1"}); err != nil {
					t.Errorf("it does not recover: %v", err)
				}
			})
		})
	}
}

func TestADatabaseThatIsAwaySaysSo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), context.Background()
		me := h.session("a.example", "RXX")
		b := h.smash(me, "p1")
		o, err := h.Object(ctx, me, relationship.Objection{Patient: "p1"})
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"relationship", "relationship_break", "relationship_objection", "relationship_looked"} {
			if _, err := db.Write.DB.Exec(`DROP TABLE ` + table); err != nil {
				t.Fatal(err)
			}
		}
		errs := h.changes(b, o)
		delete(errs, "a refused break")
		_, errs["breaks"] = h.Breaks(ctx, relationship.BreakFilter{})
		_, errs["objections"] = h.Objections(ctx, "p1")
		_, errs["learned"] = h.Learned(ctx, "RXX", []string{"p1"})
		errs["looked"] = h.Looked(ctx, "RXX", []string{"p1"}, h.clock.now())
		for what, err := range errs {
			if err == nil || isBad(err) {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

// TestAServerThatForgetsWhatWasPrepared, as a proxy before PostgreSQL makes it look: the
// question is asked all the same (hazard H-05).
func TestAServerThatForgetsWhatWasPrepared(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.Postgres(t)))
	h.db.Read.SetMaxOpenConns(1)
	me := h.session("a.example", "RXX")
	h.claim(me, "p1")
	for range 2 {
		if got := h.standing(me, "p1"); len(got.Relationships) != 1 {
			t.Errorf("%+v", got)
		}
		if _, err := h.db.Read.DB.Exec(`DEALLOCATE ALL`); err != nil {
			t.Fatal(err)
		}
	}
	if got := h.standing(me, "p1"); len(got.Relationships) != 1 {
		t.Errorf("%+v", got)
	}
}
