package views_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/views"
)

// What cannot be a view is refused, and says everything that is wrong.
func TestWhatIsNoView(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 0)
	column := func(c views.Column) func(*views.Body) {
		return func(b *views.Body) { b.Columns = append(b.Columns, c) }
	}
	for name, c := range map[string]struct {
		change func(*views.Body)
		want   string
	}{
		"no title":           {func(b *views.Body) { b.Title = " x " }, "3 to 120"},
		"no purpose":         {func(b *views.Body) { b.Purpose = "BTG" }, "TREAT, CAREMGT"},
		"no role":            {func(b *views.Body) { b.Roles = []auth.Role{"gpp"} }, `no role "gpp"`},
		"nothing":            {func(b *views.Body) { b.Columns = nil }, "needs columns"},
		"both":               {func(b *views.Body) { b.Definition = json.RawMessage(`{}`) }, "either columns or"},
		"a name":             {column(views.Column{Name: "A b", Section: "allergies", Field: "date", Take: views.All}), "lower-case"},
		"our name":           {column(views.Column{Name: "_complete", Section: "allergies", Field: "date", Take: views.All}), "lower-case"},
		"twice":              {column(views.Column{Name: "person", Section: views.Patient, Field: "id"}), "two columns person"},
		"no take":            {column(views.Column{Name: "x", Section: "allergies", Field: "date"}), "each, latest, all or count"},
		"two sections' rows": {column(views.Column{Name: "x", Section: "problems", Field: "date", Take: views.Each}), "Only one section"},
		"a slip":             {column(views.Column{Name: "x", Section: "allergies", Field: "criticalty", Take: views.All}), "there is `criticality`"},
		"no section":         {column(views.Column{Name: "x", Section: "alergies", Field: "date", Take: views.All}), "no section `alergies`"},
		"a count of a field": {column(views.Column{Name: "x", Section: "allergies", Field: "date", Take: views.Count}), "no field"},
		"braces":             {column(views.Column{Name: "x", Section: "allergies", Field: "date } } } me { name", Take: views.All}), "no field"},
		"a chart":            {func(b *views.Body) { b.Chart = json.RawMessage(`{`) }, "not JSON"},
		"no definition": {func(b *views.Body) {
			b.Columns, b.Definition = nil, json.RawMessage(`{"resourceType":"ViewDefinition"}`)
		}, "definition cannot be used"},
		"not for others": {func(b *views.Body) {
			b.Purpose, b.Columns, b.Definition = auth.PurposeResearch, nil, json.RawMessage(`{}`)
		}, "picked columns"},
		"a selection of FHIR": {func(b *views.Body) {
			b.Columns, b.Selection, b.Definition = nil, "id", json.RawMessage(`{"resourceType":"ViewDefinition","resource":"Patient","status":"draft","select":[{"column":[{"name":"a","path":"id"}]}]}`)
		}, "is of the resource Person"},
		"too large": {func(b *views.Body) { b.Selection = strings.Repeat("x", 40<<10) }, "32 KiB"},
	} {
		_, err := h.Save(ann, "", 0, body(c.change))
		var input *views.InputError
		if !errors.As(err, &input) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if list, err := h.List(ann, true); err != nil || len(list) > 0 {
		t.Errorf("%d views were kept: %v", len(list), err)
	}
}

// The way of a view: its owner designs it, somebody else approves it, and of two who change it
// at once one is told.
func TestTheWayOfAView(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db, 0)
		v := h.save(ann, body(nil))
		is := func(err, want error) {
			t.Helper()
			if !errors.Is(err, want) {
				t.Errorf("%v, want %v", err, want)
			}
		}
		_, err := h.Save(ben, v.ID, 1, body(nil))
		is(err, views.ErrOwner)
		_, err = h.Submit(ben, v.ID, 1)
		is(err, views.ErrOwner)
		_, err = h.Decide(officer, v.ID, 1, true, time.Time{}, "it is needed")
		is(err, views.ErrChanged) // not submitted
		_, err = h.Save(ann, v.ID, 1, body(func(b *views.Body) { b.Title = "Allergies and more" }))
		is(err, nil)
		_, err = h.Save(ann, v.ID, 1, body(nil))
		is(err, views.ErrChanged)
		_, err = h.Submit(ann, v.ID, 1)
		is(err, views.ErrChanged)
		_, err = h.Submit(ann, v.ID, 2)
		is(err, nil)
		_, err = h.Decide(ann, v.ID, 2, true, time.Time{}, "I like it")
		is(err, views.ErrOwnApproval)
		if _, err := h.Decide(officer, v.ID, 2, true, h.now().AddDate(2, 0, 0), "for good"); err == nil {
			t.Error("approved for two years")
		}
		if _, err := h.Start(ben, v.ID, 0, "l"); !errors.Is(err, views.ErrNotApproved) && !errors.Is(err, views.ErrNotFound) {
			t.Errorf("somebody else runs what nobody approved: %v", err)
		}
		got, err := h.Decide(officer, v.ID, 2, true, h.now().AddDate(0, 1, 0), "it is needed")
		is(err, nil)
		if !got.InForce(h.now()) || got.Approver != "Somebody" || got.Title != "Allergies and more" {
			t.Errorf("%+v", got)
		}
		_, err = h.Start(ben, v.ID, 0, "l")
		is(err, nil)
		h.add(32 * 24 * time.Hour)
		_, err = h.Start(ben, v.ID, 0, "l")
		is(err, views.ErrNotApproved)
		_, err = h.Withdraw(ben, v.ID, 2, false, "I do not like it")
		is(err, views.ErrOwner)
		_, err = h.Withdraw(officer, v.ID, 2, true, "it is over")
		is(err, nil)
		_, err = h.Start(ann, v.ID, 0, "l")
		is(err, views.ErrNotApproved)
		_, err = h.Get(ann, "nothing", 0)
		is(err, views.ErrNotFound)
		_, err = h.Save(context.Background(), "", 0, body(nil))
		is(err, views.ErrNobody)
	})
}

// A run is its caller's alone, and sees nobody else's; a pinned session begins none.
func TestARunIsItsCallers(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 3)
	defer h.work(h.Store)()
	v := h.save(ann, body(nil))
	r, err := h.Start(ann, v.ID, 0, "l")
	if err != nil {
		t.Fatal(err)
	}
	if r = h.ended(ann, r.ID); r.State != views.Done || r.People != 3 || r.Rows != 6 || r.LeftOut != 1 {
		t.Errorf("%+v", r)
	}
	if _, err := h.Run(ben, r.ID); !errors.Is(err, views.ErrNotFound) {
		t.Errorf("somebody else's: %v", err)
	}
	other := *auth.SessionFrom(ann)
	other.Issuer = "https://id.example" // the same subject of another issuer is another person
	if _, err := h.Run(auth.WithSession(ann, &other), r.ID); !errors.Is(err, views.ErrNotFound) {
		t.Errorf("another issuer's: %v", err)
	}
	elsewhere := *auth.SessionFrom(ann)
	elsewhere.Role = auth.RoleReceptionist // the same user in another role
	if _, err := h.Run(auth.WithSession(ann, &elsewhere), r.ID); !errors.Is(err, views.ErrNotFound) {
		t.Errorf("in another role: %v", err)
	}
	if list, err := h.Runs(auth.WithSession(ann, &elsewhere), ""); err != nil || len(list) > 0 {
		t.Errorf("in another role: %d runs, %v", len(list), err)
	}
	pinned := *auth.SessionFrom(ann)
	pinned.Launch = &auth.Launch{Patient: "p1"}
	if _, err := h.Run(auth.WithSession(ann, &pinned), r.ID); !errors.Is(err, views.ErrNotFound) {
		t.Errorf("a session on one patient sees a run: %v", err)
	}
	if _, err := h.Start(auth.WithSession(ann, &pinned), v.ID, 0, "l"); err == nil {
		t.Error("a pinned session began a run")
	}
	if s := h.region.session; s == nil || s.View == nil || s.View.View != v.ID || s.View.Secondary || s.Purpose != auth.PurposeCareManagement {
		t.Errorf("it was read as %+v", s)
	}
	ticket, err := h.Ticket(ann, r, "csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.Admit(ben, ticket); !errors.Is(err, views.ErrNotFound) {
		t.Errorf("somebody else's file: %v", err)
	}
	if _, form, err := h.Admit(ann, ticket); err != nil || form != "csv" {
		t.Errorf("%s %v", form, err)
	}
	h.add(6 * time.Minute)
	if _, _, err := h.Admit(ann, ticket); !errors.Is(err, views.ErrNotFound) {
		t.Errorf("after five minutes: %v", err)
	}
}

// Nobody takes all servers for themselves.
func TestSoManyRunsAtOnce(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 3) // and no server works
	v := h.save(ann, body(nil))
	for i := range 21 {
		_, err := h.Start(ann, v.ID, 0, "l")
		if (err != nil) != (i == 20) {
			t.Fatalf("run %d: %v", i+1, err)
		}
	}
}

// For other purposes than care nothing runs where the region has no governance.
func TestNoOtherPurposeWithoutGovernance(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 3)
	v := h.save(ann, body(func(b *views.Body) { b.Purpose = auth.PurposeOperations }))
	if _, err := h.Submit(ann, v.ID, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Decide(officer, v.ID, 1, true, time.Time{}, "it is needed"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Start(ann, v.ID, 0, "l"); err == nil || !strings.Contains(err.Error(), "not set up") {
		t.Error(err)
	}
}
