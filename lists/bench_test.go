package lists_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// Fifty people of a page, in a region with 1,000 lists of 50 people each, of which 20 are
// shared with the caller: what every page of a list costs, and the caller's lists.
func BenchmarkRegion(b *testing.B) {
	for name, fresh := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			h := build(b, dbtest.Open(b, fresh(b)))
			if err := h.Seen(h.ctx, bob); err != nil {
				b.Fatal(err)
			}
			l, page := h.region(b)
			b.Run("grounds", func(b *testing.B) {
				for b.Loop() {
					if _, err := h.OnSharedLists(context.Background(), bob, page); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run("lists", func(b *testing.B) {
				for b.Loop() {
					if _, err := h.Of(context.Background(), bob, false); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run("move", func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					if _, err := h.Move(context.Background(), ann, l.ID, page[i%50], page[(i+1)%50]); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

// region gives one of the lists with its people.
func (h *house) region(b *testing.B) (l lists.List, page []string) {
	b.Helper()
	for i := range 50 {
		page = append(page, fmt.Sprint("page", i))
	}
	l = h.make(ann, "Round")
	for _, p := range page {
		h.with(ann, l.ID, p, "appointment")
	}
	h.share(ann, l.ID, h.person(bob), lists.Read, time.Time{})
	for _, statement := range []string{
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
		INSERT INTO list SELECT 'list' || n.i, 1, 1, 'Round', '', '[]', CASE WHEN n.i % 50 = 1 THEN 'x' ELSE 'y' END, '', '', '', '', 0, 0, '', 0 FROM n`,
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
		INSERT INTO list_item SELECT 'list' || (1 + n.i % 1000), 'p' || n.i, n.i, 1, 9000000000000000, 'x', 'appointment' FROM n`,
		`INSERT INTO list_item SELECT 'list' || CAST(added_by AS TEXT), patient, place, 1, added, 'x', grounds FROM (SELECT 7 AS added_by, patient, place, added, grounds FROM list_item WHERE list = '` + l.ID + `') q`,
		`INSERT INTO list_share SELECT 'share ' || id, id, 'person', (SELECT id FROM list_user WHERE subject = 'bob'), '', 1, 0, 'x', 0 FROM list WHERE owner = 'x'`,
		`INSERT INTO list_share SELECT 'other ' || id, id, 'role', 'gp', 'R' || id, 1, 0, 'x', 0 FROM list`,
	} {
		if _, err := h.db.Write.DB.Exec(statement); err != nil {
			b.Fatal(err)
		}
	}
	if h.postgres() {
		if _, err := h.db.Write.DB.Exec(`ANALYZE`); err != nil {
			b.Fatal(err)
		}
	}
	return l, page
}

func (h *house) postgres() bool { return h.db.Dialect == "postgres" }
