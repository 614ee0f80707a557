package review_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/review"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

const note = "Spoke to the ward: on duty."

// one makes a queue with one item, of user a's about patient p.
func one(t *testing.T, db *migrations.DB) (*room, string) {
	t.Helper()
	r := open(t, db)
	e := did(audit.ActionBreakGlass, "a", "p", 0)
	e.Reason = "unconscious"
	r.record(t, e)
	r.catchUp(t)
	items, _, err := r.Items(context.Background(), review.Filter{})
	if err != nil || len(items) != 1 {
		t.Fatal(items, err)
	}
	return r, items[0].ID
}

func TestAReviewFromBeginningToEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx := context.Background()
		r, id := one(t, db)
		step := func(i review.Item, err error) review.Item {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			return i
		}
		i := step(r.Item(ctx, id))
		if i.State != review.StateNew || i.Actor.Name != "Dr a" || i.Actor.Issuer != "https://login.example" || i.Reason != "unconscious" ||
			!i.Opened.Equal(noon) || i.Seq != 1 || len(i.History) != 0 || i.Sentence() != "Dr a broke the glass in an emergency." {
			t.Errorf("new: %+v", i)
		}
		i = step(r.Begin(ctx, officer("o"), id))
		if i.State != review.StateInReview || i.Reviewer != officer("o").Actor || len(i.History) != 1 {
			t.Errorf("begun: %+v", i)
		}
		i = step(r.Close(ctx, officer("o"), id, review.Appropriate, "  "+note+"\n"))
		if i.State != review.StateClosed || i.Outcome != review.Appropriate || i.Note != note || !i.Closed.Equal(noon) {
			t.Errorf("closed: %+v", i)
		}
		i = step(r.Reopen(ctx, officer("q"), id, "There was a complaint."))
		if i.State != review.StateNew || i.Reviewer != (audit.Actor{}) || i.Outcome != "" || i.Note != "" || !i.Closed.IsZero() {
			t.Errorf("reopened: %+v", i)
		}
		step(r.Begin(ctx, officer("q"), id))
		i = step(r.Close(ctx, officer("q"), id, review.Inappropriate, "It was a neighbour."))
		var history []string
		for _, s := range i.History {
			history = append(history, strings.TrimSpace(s.Name+" "+s.Actor.Subject+" "+string(s.Outcome)+" "+s.Note))
		}
		if want := []string{"begin o", "close o appropriate " + note, "reopen q  There was a complaint.", "begin q", "close q inappropriate It was a neighbour."}; !slices.Equal(history, want) {
			t.Errorf("history %q", history)
		}
		// Every step is in the ledger, without the notes.
		events, err := r.ledger.Events(ctx, audit.Filter{After: 1})
		if err != nil || len(events) != 5 {
			t.Fatal(len(events), err)
		}
		for k, want := range []string{"begin", "close: appropriate", "reopen", "begin", "close: inappropriate"} {
			e := events[k]
			if e.Action != audit.ActionReview || e.Decision != audit.Permit || e.Target != id || e.Patient != "p" || e.Reason != want || e.RequestID == "" || e.Device == "" {
				t.Errorf("%d: %+v", k, e)
			}
		}
		r.catchUp(t) // and make no items
		expect(t, r.Queue, `break-glass by a on "p": seq 1, 1 events`)
	})
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx := context.Background()
		r, id := one(t, db)
		own := officer("a") // a doctor who is a privacy officer too
		refused := 0
		expectRefusal := func(name string, want error, do func() (review.Item, error)) {
			t.Helper()
			before, err := r.Item(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			_, err = do()
			var input interface{ BadInput() bool }
			if !errors.Is(err, want) || !errors.As(err, &input) || !input.BadInput() {
				t.Errorf("%s: got %v, want %v", name, err, want)
			}
			if after, err := r.Item(ctx, id); err != nil || after.State != before.State || len(after.History) != len(before.History) {
				t.Errorf("%s: it changed: %+v %v", name, after, err)
			}
			if !errors.Is(want, review.ErrNotFound) {
				refused++
			}
		}
		begin := func(by audit.Event, id string) func() (review.Item, error) {
			return func() (review.Item, error) { return r.Begin(ctx, by, id) }
		}
		end := func(by audit.Event, o review.Outcome, note string) func() (review.Item, error) {
			return func() (review.Item, error) { return r.Close(ctx, by, id, o, note) }
		}
		again := func(by audit.Event, note string) func() (review.Item, error) {
			return func() (review.Item, error) { return r.Reopen(ctx, by, id, note) }
		}
		for _, hostile := range []string{"", "nothing", "x' OR '1'='1", "\x00", strings.Repeat("x", 10000)} {
			expectRefusal("no such item", review.ErrNotFound, begin(officer("o"), hostile))
		}
		expectRefusal("own doing", review.ErrOwnDoing, begin(own, id))
		expectRefusal("close before begin", review.ErrNotBegun, end(officer("o"), review.Appropriate, note))
		expectRefusal("reopen what is new", review.ErrNew, again(officer("o"), note))
		if _, err := r.Begin(ctx, officer("o"), id); err != nil {
			t.Fatal(err)
		}
		expectRefusal("begin twice", review.ErrTaken, begin(officer("q"), id))
		expectRefusal("close another's", review.ErrNotReviewer, end(officer("q"), review.Appropriate, note))
		expectRefusal("close own doing", review.ErrOwnDoing, end(own, review.Appropriate, note))
		expectRefusal("no outcome", review.ErrOutcome, end(officer("o"), "fine", note))
		for name, bad := range map[string]string{
			"nine": "123456789", "spaces": strings.Repeat(" ", 20), "long": strings.Repeat("ä", 1001), "control": "ten letters\x00", "not UTF-8": "ten letters\xff",
		} {
			expectRefusal(name, review.ErrNote, end(officer("o"), review.Mistaken, bad))
			expectRefusal(name, review.ErrNote, again(officer("q"), bad))
		}
		if _, err := r.Close(ctx, officer("o"), id, review.NeedsInvestigation, "1234567890"); err != nil {
			t.Fatal(err)
		}
		expectRefusal("begin what is closed", review.ErrClosed, begin(officer("q"), id))
		expectRefusal("close twice", review.ErrClosed, end(officer("o"), review.Appropriate, note))
		expectRefusal("reopen own doing", review.ErrOwnDoing, again(own, note))
		if _, err := r.Begin(ctx, audit.Event{}, id); err == nil {
			t.Error("nobody took a step")
		}
		// Every refusal is in the ledger.
		events, err := r.ledger.Events(ctx, audit.Filter{Limit: audit.MaxLimit})
		if err != nil {
			t.Fatal(err)
		}
		denied := 0
		for _, e := range events {
			if e.Decision == audit.Deny {
				denied++
			}
		}
		if denied != refused {
			t.Errorf("%d refusals, %d in the ledger", refused, denied)
		}
	})
}

// TestOfManyReviewersOneWins: the others are told.
func TestOfManyReviewersOneWins(t *testing.T) {
	t.Parallel()
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			dsn := fresh(t)
			r, id := one(t, dbtest.Open(t, dsn))
			rooms := []*room{r, open(t, dbtest.Open(t, dsn))}
			const reviewers = 16
			var group sync.WaitGroup
			var mu sync.Mutex
			winners := map[string]bool{}
			for n := range reviewers {
				group.Go(func() {
					_, err := rooms[n%2].Begin(ctx, officer("o"+strconv.Itoa(n)), id)
					switch {
					case err == nil:
						mu.Lock()
						winners["o"+strconv.Itoa(n)] = true
						mu.Unlock()
					case !errors.Is(err, review.ErrTaken) && !errors.Is(err, review.ErrOvertaken):
						t.Error(err)
					}
				})
			}
			group.Wait()
			i, err := r.Item(ctx, id)
			if err != nil || len(winners) != 1 || !winners[i.Reviewer.Subject] || len(i.History) != 1 {
				t.Errorf("%v won, the item says %+v, %v", winners, i, err)
			}
		})
	}
}

func TestNothingChangesWithoutTheLedger(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx := context.Background()
		r, id := one(t, db)
		staff := review.NewStaff(db.Write, db.Read, r.ledger, clock)
		_ = r.ledger.Close()
		if _, err := r.Begin(ctx, officer("o"), id); !errors.Is(err, audit.ErrClosed) {
			t.Errorf("begun: %v", err)
		}
		if i, err := r.Item(ctx, id); err != nil || i.State != review.StateNew || len(i.History) != 0 {
			t.Errorf("it changed: %+v %v", i, err)
		}
		if err := staff.Register(ctx, officer("o"), review.StaffEntry{Issuer: "i", Subject: "s", Patient: "p"}); !errors.Is(err, audit.ErrClosed) {
			t.Errorf("registered: %v", err)
		}
		if flags := staff.Flags(ctx, audit.Actor{Issuer: "i", Subject: "s"}, "p", nil, nil); len(flags) != 0 {
			t.Errorf("it was registered: %v", flags)
		}
	})
}
