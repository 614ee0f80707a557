package lists_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// TestTheOrderIsWhatPeopleMadeIt: whatever is added, taken off and moved, the list is as a
// slice would be; every change that changes something makes one version and one row.
func TestTheOrderIsWhatPeopleMadeIt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		rapid.Check(t, func(r *rapid.T) {
			l := h.make(ann, "Order")
			var want []string
			version := l.Version
			for range rapid.IntRange(1, 8).Draw(r, "steps") {
				who := fmt.Sprint("p", rapid.IntRange(0, 5).Draw(r, "who"))
				place := slices.Index(want, who)
				before := slices.Clone(want)
				var err error
				switch rapid.SampledFrom([]string{"add", "remove", "move", "move"}).Draw(r, "what") {
				case "add":
					if place < 0 {
						want = append(want, who)
					}
					l, err = h.add(l.ID, who)
				case "remove":
					if place >= 0 {
						want = slices.Delete(want, place, place+1)
					}
					l, err = h.Remove(h.ctx, ann, l.ID, []string{who})
				case "move":
					if place < 0 {
						continue
					}
					want = slices.Delete(want, place, place+1)
					to := rapid.IntRange(0, len(want)).Draw(r, "to")
					after := ""
					if to > 0 {
						after = want[to-1]
					}
					want = slices.Insert(want, to, who)
					l, err = h.Move(h.ctx, ann, l.ID, who, after)
				}
				if !slices.Equal(before, want) {
					version++
				}
				if err != nil || l.Version != version || l.Size != len(want) {
					r.Fatalf("version %d of %d, size %d of %d: %v", l.Version, version, l.Size, len(want), err)
				}
				if got := h.order(ann, l.ID); !slices.Equal(got, want) {
					r.Fatalf("%v, not %v", got, want)
				}
			}
			if rows := h.count(`SELECT COUNT(*) FROM list_change WHERE list = $1`, l.ID); int64(rows) != version {
				r.Fatalf("%d rows, version %d", rows, version)
			}
			if _, err := db.Write.DB.Exec(`UPDATE list SET owner = 'nobody' WHERE id = $1`, l.ID); err != nil { // ann has only so many
				r.Fatal(err)
			}
		})
	})
}
