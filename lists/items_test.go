package lists_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// TestPeopleComeGoAndAreMoved: each change makes one version, and what changes nothing
// makes none.
func TestPeopleComeGoAndAreMoved(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		l := h.make(ann, "  Ward   round ", "a", "b", "c")
		if l.Title != "Ward round" || l.Version != 2 || l.Size != 3 || l.May != lists.Own || l.Owner.Name != "Nurse ann" {
			t.Fatalf("%+v", l)
		}
		version := l.Version
		for _, step := range []struct {
			name string
			do   func() (lists.List, error)
			want []string
			more int64
		}{
			{"again", func() (lists.List, error) { return h.add(l.ID, "c", "a") }, []string{"a", "b", "c"}, 0},
			{"some again", func() (lists.List, error) { return h.add(l.ID, "b", "d", "d") }, []string{"a", "b", "c", "d"}, 1},
			{"to the top", func() (lists.List, error) { return h.Move(h.ctx, ann, l.ID, "c", "") }, []string{"c", "a", "b", "d"}, 1},
			{"is at the top", func() (lists.List, error) { return h.Move(h.ctx, ann, l.ID, "c", "") }, []string{"c", "a", "b", "d"}, 0},
			{"to the end", func() (lists.List, error) { return h.other.Move(h.ctx, ann, l.ID, "a", "d") }, []string{"c", "b", "d", "a"}, 1},
			{"between", func() (lists.List, error) { return h.Move(h.ctx, ann, l.ID, "a", "c") }, []string{"c", "a", "b", "d"}, 1},
			{"stands there", func() (lists.List, error) { return h.Move(h.ctx, ann, l.ID, "a", "c") }, []string{"c", "a", "b", "d"}, 0},
			{"gone", func() (lists.List, error) { return h.Remove(h.ctx, ann, l.ID, []string{"a", "x", "a"}) }, []string{"c", "b", "d"}, 1},
			{"not there", func() (lists.List, error) { return h.Remove(h.ctx, ann, l.ID, []string{"a"}) }, []string{"c", "b", "d"}, 0},
			{"back", func() (lists.List, error) { return h.add(l.ID, "a") }, []string{"c", "b", "d", "a"}, 1},
		} {
			got, err := step.do()
			version += step.more
			if order := h.order(ann, l.ID); err != nil || !slices.Equal(order, step.want) || got.Version != version || got.Size != len(step.want) {
				t.Errorf("%s: %v version %d of %d, %v", step.name, order, got.Version, version, err)
			}
		}
		for _, gone := range [][2]string{{"x", ""}, {"a", "x"}} {
			if _, err := h.Move(h.ctx, ann, l.ID, gone[0], gone[1]); err != lists.ErrChanged {
				t.Errorf("%v: %v", gone, err)
			}
		}
		if rows := h.count(`SELECT COUNT(*) FROM list_change WHERE list = $1`, l.ID); int64(rows) != version {
			t.Errorf("%d rows for %d versions", rows, version)
		}
	})
}

func (h *house) add(id string, patients ...string) (lists.List, error) {
	_, _, l, err := h.Add(h.ctx, ann, id, items(patients...))
	return l, err
}

// TestRoomBetween: however often people are put to the same place, the order is right.
func TestRoomBetween(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		l := h.make(ann, "Order", "a", "b", "c", "d")
		want := []string{"a", "b", "c", "d"}
		for i := range 60 {
			who := want[len(want)-1-i%2]
			if _, err := h.Move(h.ctx, ann, l.ID, who, "a"); err != nil {
				t.Fatal(err)
			}
			want = slices.DeleteFunc(want, func(p string) bool { return p == who })
			want = slices.Insert(want, 1, who)
			if got := h.order(ann, l.ID); !slices.Equal(got, want) {
				t.Fatalf("after %d: %v, not %v", i, got, want)
			}
		}
	})
}

// TestPagesGoOn though people are moved and leave meanwhile.
func TestPagesGoOn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		var all []string
		for i := range 10 {
			all = append(all, fmt.Sprintf("p%d", i))
		}
		l := h.make(ann, "Pages", all...)
		page, next, err := h.Items(h.ctx, ann, l.ID, 4, "")
		if err != nil || len(page) != 4 || next == "" {
			t.Fatal(page, next, err)
		}
		if _, err := h.Remove(h.ctx, ann, l.ID, []string{"p3"}); err != nil {
			t.Fatal(err)
		}
		page, next, err = h.Items(h.ctx, ann, l.ID, 6, next)
		if err != nil || len(page) != 6 || page[0].Patient != "p4" || next != "" {
			t.Errorf("%+v %q %v", page, next, err)
		}
		for _, bad := range []string{"x", "AAAA", "MSA", "!"} {
			if _, _, err := h.Items(h.ctx, ann, l.ID, 4, bad); !isBad(err) {
				t.Errorf("%q: %v", bad, err)
			}
		}
	})
}

// TestCursorsTellNothing of who a page ended with and how many stand before them: both may
// be people whom policy conceals. Another server goes on after one, and another list does not.
func TestCursorsTellNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		l, other := h.make(ann, "Pages", "first", "second", "third"), h.make(ann, "Other", "first", "second")
		var cursors []string
		for first := 1; first < 3; first++ {
			_, next, err := h.Items(h.ctx, ann, l.ID, first, "")
			if err != nil || next == "" {
				t.Fatal(next, err)
			}
			if _, same, err := h.other.Items(h.ctx, ann, l.ID, first, ""); err != nil || same != next {
				t.Errorf("%q is not %q: %v", same, next, err)
			}
			plain, err := base64.RawURLEncoding.DecodeString(next)
			if err != nil || strings.Contains(string(plain), "first") || strings.Contains(string(plain), "second") || strings.ContainsAny(next, "+/=") {
				t.Errorf("%q is in the clear: %v", plain, err)
			}
			page, _, err := h.other.Items(h.ctx, ann, l.ID, 1, next)
			if err != nil || len(page) != 1 || page[0].Patient != []string{"second", "third"}[first-1] {
				t.Errorf("another server: %+v, %v", page, err)
			}
			if _, _, err := h.Items(h.ctx, ann, other.ID, 1, next); !isBad(err) {
				t.Errorf("another list: %v", err)
			}
			cursors = append(cursors, next)
		}
		if len(cursors[0]) != len(cursors[1]) {
			t.Errorf("the length of %q tells it from %q", cursors[0], cursors[1])
		}
	})
}
