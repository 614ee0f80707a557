package review_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/review"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func TestScopeFiltersAndCounts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		ctx := context.Background()
		r := open(t, db)
		asked := 0
		r.Homes = func(_ context.Context, patient string) []string {
			asked++
			return map[string][]string{"p": {"RTH01", "A99001"}, "q": {"A99002", ""}}[patient]
		}
		elsewhere := did(audit.ActionClaim, "b", "q", 2*time.Minute)
		elsewhere.Actor.Organisation = "RTH01"
		homeless := did(audit.ActionClaim, "c", "r", 3*time.Minute)
		homeless.Actor.Organisation = ""
		r.record(t, did(audit.ActionBreakGlass, "a", "p", 0), did(audit.ActionClaim, "a", "p", time.Minute), elsewhere, homeless)
		r.catchUp(t)
		if asked != 3 {
			t.Errorf("asked %d times where three patients are at home", asked)
		}
		list := func(f review.Filter) (subjects string, items []review.Item, more bool) {
			items, more, err := r.Items(ctx, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range items {
				subjects += i.Actor.Subject + "/" + string(i.Kind) + " "
			}
			return strings.TrimSpace(subjects), items, more
		}
		_, every, _ := list(review.Filter{})
		if _, err := r.Begin(ctx, officer("o"), every[3].ID); err != nil {
			t.Fatal(err)
		}
		const glass, claim, b, c = "a/break-glass", "a/self-claimed", "b/self-claimed", "c/self-claimed"
		for name, x := range map[string]struct {
			f    review.Filter
			want string
			more bool
		}{
			"everything":              {review.Filter{}, c + " " + b + " " + claim + " " + glass, false},
			"the actor's":             {review.Filter{Organisation: "A99001"}, claim + " " + glass, false},
			"the actor's and at home": {review.Filter{Organisation: "RTH01"}, b + " " + claim + " " + glass, false},
			"at home":                 {review.Filter{Organisation: "A99002"}, b, false},
			"a stranger's":            {review.Filter{Organisation: "X"}, "", false},
			"quoting is inert":        {review.Filter{Organisation: "X' OR '1'='1"}, "", false},
			"a kind":                  {review.Filter{Kind: review.BreakGlass}, glass, false},
			"new":                     {review.Filter{State: review.StateNew, Organisation: "RTH01"}, b + " " + claim, false},
			"in review":               {review.Filter{State: review.StateInReview}, glass, false},
			"a page":                  {review.Filter{Limit: 2}, c + " " + b, true},
			"the next":                {review.Filter{Limit: 2, Before: every[1].ID}, claim + " " + glass, false},
			"all at once":             {review.Filter{Kind: review.SelfClaimed, State: review.StateNew, Organisation: "RTH01", Before: every[1].ID, Limit: 1}, claim, false},
		} {
			if got, _, more := list(x.f); got != x.want || more != x.more {
				t.Errorf("%s: got %q %v, want %q %v", name, got, more, x.want, x.more)
			}
		}
		if got := every[2].Organisations; !slices.Equal(got, []string{"A99001", "RTH01"}) || !every[2].In("RTH01") || every[2].In("") || every[0].In("") {
			t.Errorf("organisations %q", got)
		}
		for organisation, want := range map[string][3]int{"": {3, 1, 0}, "RTH01": {2, 1, 0}, "A99002": {1, 0, 0}, "X": {0, 0, 0}} {
			got, err := r.Counts(ctx, organisation)
			if err != nil || len(got) != 3 || [3]int{got[review.StateNew], got[review.StateInReview], got[review.StateClosed]} != want {
				t.Errorf("%q: %v %v", organisation, got, err)
			}
		}
		for _, f := range []review.Filter{{State: "x"}, {Kind: "x"}} {
			if _, _, err := r.Items(ctx, f); !errors.Is(err, review.ErrFilter) {
				t.Errorf("%+v: %v", f, err)
			}
		}
		if _, _, err := r.Items(ctx, review.Filter{Before: "x"}); !errors.Is(err, review.ErrNotFound) {
			t.Errorf("an unknown item: %v", err)
		}
	})
}

// TestAnItemBelongsWhereItDid: where a known item belongs is not asked again.
func TestAnItemBelongsWhereItDid(t *testing.T) {
	t.Parallel()
	r := open(t, dbtest.Open(t, dbtest.SQLite(t)))
	r.Homes = func(context.Context, string) []string { return []string{"RTH01"} }
	for range 2 {
		r.record(t, flagged(did(audit.ActionRead, "a", "p", 0), "colleague"))
		r.catchUp(t)
		r.Homes = func(context.Context, string) []string { t.Error("asked again"); return nil }
	}
	items, _, err := r.Items(context.Background(), review.Filter{Organisation: "RTH01"})
	if err != nil || len(items) != 1 || items[0].Events != 2 {
		t.Error(items, err)
	}
}

func TestEveryKindHasItsSentence(t *testing.T) {
	t.Parallel()
	seen := map[string]review.Kind{}
	for _, k := range append(review.Kinds(), "") {
		s := (&review.Item{Kind: k}).Sentence()
		if other, twice := seen[s]; twice {
			t.Errorf("%q and %q both read %q", k, other, s)
		}
		seen[s] = k
	}
}
