package patient_test

import (
	"slices"
	"testing"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// Only of the system that is asked for, only who is linked, and no more than are wanted.
func TestSample(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		p := linking(t, db, holds(), holds(unnumbered(rosamund("", "2"))), holds(unnumbered(rosamund("", "3"))))
		got := p.adopt("b", "2")
		sampled := func(source string, n int, want ...string) {
			t.Helper()
			if ids, err := p.Sample(t.Context(), source, n); err != nil || !slices.Equal(ids, want) {
				t.Errorf("%s: %v, %v; not %v", source, ids, err, want)
			}
		}
		sampled("a", 5)
		sampled("b", 5, "2")
		sampled("c", 5, "3")
		sampled("c", 0)
		sampled("nowhere", 5)
		if err := p.Unlink(t.Context(), steward, got.ID, "c", "3", because); err != nil {
			t.Fatal(err)
		}
		sampled("c", 5)
	})
}
