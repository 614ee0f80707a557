package views_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/views"
)

// move puts a person of the list to a place, as somebody does who sorts it.
func (r *region) move(person, to int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.order = slices.DeleteFunc(r.order, func(p int) bool { return p == person })
	r.order = slices.Insert(r.order, to, person)
	r.version++
}

func (r *region) of(people int) {
	for i := range people {
		r.order = append(r.order, i)
	}
	r.version = 1
}

// A list that is sorted while its run goes on loses nobody, and shows nobody twice.
func TestAListIsReorderedWhileItRuns(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		people int
		change func(r *region, page string, pages int)
		// lacking is what the run says of itself.
		lacking string
	}{
		"to what was read": {170, func(r *region, page string, _ int) {
			if strings.HasPrefix(page, "50 ") {
				r.move(160, 0)
				r.move(155, 10)
			}
		}, ""},
		"to what was not": {170, func(r *region, page string, _ int) {
			if strings.HasPrefix(page, "50 ") {
				r.move(3, 169)
				r.move(4, 120)
			}
		}, ""},
		"while the last page is read": {120, func(r *region, page string, _ int) {
			if strings.HasPrefix(page, "100 ") {
				r.move(119, 0)
			}
		}, ""},
		"in one page":   {40, func(r *region, _ string, _ int) { r.move(39, 0) }, ""},
		"all the while": {170, func(r *region, _ string, pages int) { r.move(169-pages, 0) }, "may be missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
				h := build(t, db, 0)
				h.region.of(c.people)
				pages := 0
				h.region.before = func(page string) { c.change(h.region, page, pages); pages++ }
				h.region.looked = func() {
					if c.lacking != "" {
						h.region.move(0, 5+h.region.version%7)
					}
				}
				defer h.work(h.Store)()
				r, err := h.Start(ann, h.save(ann, body(nil)).ID, 0, "l")
				if err != nil {
					t.Fatal(err)
				}
				r = h.ended(ann, r.ID)
				if r.State != views.Done || int(r.People) != c.people || int(r.Rows) != 2*c.people || !strings.Contains(r.Lacking, c.lacking) || c.lacking == "" && r.Lacking != "" {
					t.Errorf("%+v", r)
				}
				h.everybodyOnce(r, c.people)
			})
		})
	}
}

func (h *house) everybodyOnce(r *views.Run, people int) {
	h.t.Helper()
	rows := map[string]int{}
	for _, row := range h.rowsOf(r) {
		rows[row[0].(string)]++
	}
	for i := range people {
		if p := fmt.Sprintf("p%d", i); rows[p] != 2 {
			h.t.Errorf("%s has %d rows, want 2", p, rows[p])
		}
	}
}

// Whoever went on with a run knows whom it has read, also those without a row.
func TestWhoHasNoRowIsReadOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db, 0)
		h.region.of(120)
		h.region.before = func(page string) {
			if strings.HasPrefix(page, "50 ") {
				h.region.move(2, 119)
				h.region.move(110, 0)
			}
		}
		v := h.save(ann, body(func(b *views.Body) {
			b.Columns = nil
			b.Definition = []byte(`{"resourceType":"ViewDefinition","resource":"Person","status":"active","select":[{"forEach":"allergies.entries.where(criticality = 'low')","column":[{"name":"a","path":"id"}]}]}`)
			b.Selection = "allergies { entries { id criticality } }"
		}))
		defer h.work(h.Store)()
		r, err := h.Start(ann, v.ID, 0, "l")
		if err != nil {
			t.Fatal(err)
		}
		if r = h.ended(ann, r.ID); r.State != views.Done || r.People != 120 || r.Rows != 0 {
			t.Errorf("%+v", r)
		}
		var kept string
		if err := db.Read.QueryRowContext(t.Context(), `SELECT people FROM view_rows WHERE run = ? AND page = 0`, r.ID).Scan(&kept); err != nil || kept == "" || strings.ContainsAny(kept, `"[{,`) {
			t.Errorf("kept as %q: %v", kept, err)
		}
	})
}
