package viewer_test

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/viewer"
)

// Every role sees every section, each once, and allergies and alerts open and among the
// first: nothing is hidden by where it stands.
func TestEveryRoleHasEverySection(t *testing.T) {
	t.Parallel()
	for _, role := range append(auth.Roles(), "", "astronaut") {
		for _, setting := range []string{"", "emergency", "nowhere"} {
			order := viewer.Summaries(nil).For(role, setting)
			for _, h := range record.Headings() {
				at := slices.IndexFunc(order, func(p viewer.Placed) bool { return p.Name == h.Name })
				switch {
				case at < 0:
					t.Errorf("%s in %q: %s is missing", role, setting, h.Name)
				case viewer.NeverFolded(h.Name) && (order[at].Folded || at > 4 && role.Purpose() != auth.PurposeOperations):
					t.Errorf("%s in %q: %s stands at %d, folded %v", role, setting, h.Name, at, order[at].Folded)
				}
			}
			if len(order) != len(record.Headings()) {
				t.Errorf("%s in %q: %d sections", role, setting, len(order))
			}
		}
	}
}

// What each reader begins with, as they would say it.
func TestBuiltInOrders(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		role    auth.Role
		setting string
		first   []string
	}{
		{auth.RoleGP, "gp", []string{"allergies", "alerts", "problems", "medications"}},
		{auth.RolePharmacist, "gp", []string{"allergies", "alerts", "medications", "problems"}},
		{auth.RoleHospitalNurse, "acute", []string{"allergies", "alerts", "observations"}},
		{auth.RoleReceptionist, "gp", []string{"appointments"}},
		{"", "", []string{"allergies", "alerts", "medications", "problems"}},
	} {
		order := slices.DeleteFunc(names(viewer.Summaries(nil).For(c.role, c.setting)), func(name string) bool {
			return name == "endOfLife" // a section of its own build
		})
		equal(t, string(c.role), order[:len(c.first)], c.first)
	}
}

func TestTheRegionsOrder(t *testing.T) {
	t.Parallel()
	region := viewer.Summaries{
		{Role: auth.RoleGP, Sections: []string{"results", "allergies"}, Folded: []string{"consents", "alerts"}},
		{Role: auth.RoleGP, CareSetting: "gp", Sections: []string{"medications", "medications", "secrets"}},
	}
	anywhere := region.For(auth.RoleGP, "acute")
	equal(t, "for the role", names(anywhere)[:3], []string{"results", "allergies", "alerts"})
	for _, p := range anywhere {
		if p.Folded != (p.Name == "consents") {
			t.Errorf("%s is folded: %v", p.Name, p.Folded)
		}
	}
	there := names(region.For(auth.RoleGP, "gp"))
	equal(t, "in its care setting", there[:3], []string{"medications", "allergies", "alerts"})
	if len(there) != len(record.Headings()) || slices.Contains(there, "secrets") {
		t.Errorf("in its care setting: %v", there)
	}
	equal(t, "another role", names(region.For(auth.RolePharmacist, "gp")), names(viewer.Summaries(nil).For(auth.RolePharmacist, "gp")))
}

// What a stored order does not name stands right after what it usually follows.
func TestNothingIsLostFromAStoredOrder(t *testing.T) {
	t.Parallel()
	usual := viewer.Order{{Name: "a"}, {Name: "b"}, {Name: "c", Folded: true}, {Name: "d"}}
	for _, c := range []struct {
		own  viewer.Order
		want []string
	}{
		{nil, []string{"a", "b", "c", "d"}},
		{viewer.Order{{Name: "d"}, {Name: "a"}}, []string{"d", "a", "b", "c"}},
		{viewer.Order{{Name: "b"}, {Name: "gone"}, {Name: "b"}}, []string{"a", "b", "c", "d"}},
		{viewer.Order{{Name: "d"}, {Name: "c"}, {Name: "b"}, {Name: "a"}}, []string{"d", "c", "b", "a"}},
	} {
		got := viewer.Layout{Order: c.own}.Within(usual)
		equal(t, "the order", names(got), c.want)
	}
}

func TestArrange(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		order := viewer.Order{{Name: "results"}, {Name: "consents", Folded: true}, {Name: "allergies"}}
		made, err := h.Arrange(h.ctx, ann, auth.RoleGP, order, 0)
		if err != nil || made.Version != 1 {
			t.Fatal(made, err)
		}
		got, err := h.LayoutOf(h.ctx, ann, auth.RoleGP)
		if err != nil || got.Version != 1 || !slices.Equal(got.Order, order) {
			t.Errorf("it reads as %v, %v", got, err)
		}
		for what, read := range map[string]func() (viewer.Layout, error){
			"another user": func() (viewer.Layout, error) { return h.LayoutOf(h.ctx, other, auth.RoleGP) },
			"another role": func() (viewer.Layout, error) { return h.LayoutOf(h.ctx, ann, auth.RolePharmacist) },
		} {
			if l, err := read(); err != nil || l.Version != 0 || l.Order != nil {
				t.Errorf("%s has %v, %v", what, l, err)
			}
		}
		for _, version := range []int64{0, 2, -1} {
			if _, err := h.Arrange(h.ctx, ann, auth.RoleGP, order[:1], version); !errors.Is(err, viewer.ErrChanged) {
				t.Errorf("version %d: %v", version, err)
			}
		}
		if _, err := h.Arrange(h.ctx, other, auth.RoleGP, order, 7); !errors.Is(err, viewer.ErrChanged) {
			t.Errorf("a version of nothing: %v", err)
		}
		given, err := h.Reset(h.ctx, ann, auth.RoleGP, 1)
		if err != nil || given.Version != 2 || given.Order != nil {
			t.Error(given, err)
		}
		if _, err := h.Arrange(h.ctx, ann, auth.RoleGP, order, 1); !errors.Is(err, viewer.ErrChanged) {
			t.Errorf("from before it was given up: %v", err)
		}
	})
}

// Of two windows that saw the same order one is first, and the other is told.
func TestTwoWindows(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		for version := range int64(4) {
			var wg sync.WaitGroup
			errs := make([]error, 6)
			for i := range errs {
				wg.Go(func() {
					_, errs[i] = h.Arrange(h.ctx, ann, auth.RoleGP, viewer.Order{{Name: record.Headings()[i].Name}}, version)
				})
			}
			wg.Wait()
			won := 0
			for _, err := range errs {
				switch {
				case err == nil:
					won++
				case !errors.Is(err, viewer.ErrChanged):
					t.Error(err)
				}
			}
			if won != 1 {
				t.Errorf("version %d: %d windows were first", version, won)
			}
		}
	})
}

func TestArrangeRefuses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		for what, order := range map[string]viewer.Order{
			"nothing": nil, "no section": {{Name: "secrets"}}, "twice": {{Name: "results"}, {Name: "results"}}, "allergies folded": {{Name: "allergies", Folded: true}},
			"alerts folded": {{Name: "alerts", Folded: true}},
		} {
			var bad *viewer.InputError
			if _, err := h.Arrange(h.ctx, ann, auth.RoleGP, order, 0); !errors.As(err, &bad) || !bad.BadInput() || bad.Error() == "" {
				t.Errorf("%s: %v", what, err)
			}
		}
		order := viewer.Order{{Name: "results"}}
		if _, err := h.Arrange(h.ctx, viewer.User{}, auth.RoleGP, order, 0); !errors.Is(err, viewer.ErrNobody) {
			t.Error(err)
		}
		if _, err := h.Arrange(h.ctx, ann, "", order, 0); !errors.Is(err, viewer.ErrNobody) {
			t.Error(err)
		}
	})
}
