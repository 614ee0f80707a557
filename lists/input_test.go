package lists_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// TestWhatIsNotAcceptable is refused with a plain sentence that does not repeat it, and
// changes nothing.
func TestWhatIsNotAcceptable(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		l, team, bobs := h.furnished()
		roster, err := h.Create(h.ctx, ann, lists.Draft{Title: "Ward 7", Roster: &lists.Roster{Source: "hospital", Kind: "WARD", ID: "7", Name: "Ward 7"}})
		if err != nil {
			t.Fatal(err)
		}
		before := h.state()
		long := strings.Repeat("ä", 1001)
		create := func(d lists.Draft) func() error {
			return func() error { _, err := h.Create(h.ctx, ann, d); return err }
		}
		edit := func(ch lists.Changes) func() error {
			return func() error { _, err := h.Edit(h.ctx, ann, l.ID, l.Version, ch); return err }
		}
		columns := func(cs ...lists.Column) func() error { return edit(lists.Changes{Columns: &cs}) }
		add := func(id string, patients ...string) func() error {
			return func() error { _, _, _, err := h.Add(h.ctx, ann, id, items(patients...)); return err }
		}
		share := func(with lists.Grantee, may lists.Permission) func() error {
			return func() error { _, err := h.Share(h.ctx, ann, l.ID, with, may, time.Time{}); return err }
		}
		people := func(text, ods string) func() error {
			return func() error { _, err := h.People(h.ctx, ann, text, ods); return err }
		}
		teamed := func(ch lists.TeamChanges) func() error {
			return func() error { _, err := h.EditTeam(h.ctx, ann, team, ch); return err }
		}
		empty, control := " \t ", "a\x00b"
		var many, columnsMany = make([]string, 51), make([]lists.Column, 21)
		for i := range many {
			many[i] = fmt.Sprint("m", i)
		}
		for i := range columnsMany {
			columnsMany[i] = lists.Column{Section: "allergies", Show: "COUNT"}
		}
		for name, c := range map[string]struct {
			field string
			try   func() error
		}{
			"no title":                   {"title", create(lists.Draft{})},
			"an empty title":             {"title", create(lists.Draft{Title: empty})},
			"an invisible title":         {"title", create(lists.Draft{Title: "\u200b\u2060"})},
			"a long title":               {"title", create(lists.Draft{Title: strings.Repeat("a", 121)})},
			"a title with NUL":           {"title", create(lists.Draft{Title: control})},
			"a reversed title":           {"title", create(lists.Draft{Title: "a\u202eb"})},
			"a broken title":             {"title", create(lists.Draft{Title: "a\xffb"})},
			"a long description":         {"description", create(lists.Draft{Title: "a", Description: long})},
			"no section":                 {"columns", create(lists.Draft{Title: "a", Columns: []lists.Column{{Section: "secrets", Show: "COUNT"}}})},
			"no roster":                  {"roster", create(lists.Draft{Title: "a", Roster: &lists.Roster{}})},
			"a roster of no kind":        {"roster", create(lists.Draft{Title: "a", Roster: &lists.Roster{Source: "s", Kind: "STREET", ID: "1"}})},
			"an edit to nothing":         {"title", edit(lists.Changes{Title: &empty})},
			"an edit with NUL":           {"description", edit(lists.Changes{Description: &control})},
			"too many columns":           {"columns", columns(columnsMany...)},
			"a column that shows no way": {"columns", columns(lists.Column{Section: "allergies", Show: "ALL"})},
			"a code of another section":  {"columns", columns(lists.Column{Section: "allergies", Show: "COUNT", Code: "1"})},
			"a code with spaces":         {"columns", columns(lists.Column{Section: "results", Show: "LATEST", Code: "1 2"})},
			"a long column title":        {"columns", columns(lists.Column{Section: "results", Show: "LATEST", Title: long})},
			"nobody added":               {"patients", add(l.ID)},
			"too many added":             {"patients", add(l.ID, many...)},
			"a patient without id":       {"patients", add(l.ID, "")},
			"a patient with spaces":      {"patients", add(l.ID, "a b")},
			"a patient with NUL":         {"patients", add(l.ID, "a\x00")},
			"added to a team list":       {"id", add(roster.ID, "p1")},
			"taken off a team list":      {"id", func() error { _, err := h.Remove(h.ctx, ann, roster.ID, []string{"p1"}); return err }},
			"moved on a team list":       {"id", func() error { _, err := h.Move(h.ctx, ann, roster.ID, "p1", ""); return err }},
			"strange grounds": {"grounds", func() error {
				_, _, _, err := h.Add(h.ctx, ann, l.ID, []lists.Item{{Patient: "p5", Grounds: "be cause"}})
				return err
			}},
			"after oneself":               {"patient", func() error { _, err := h.Move(h.ctx, ann, l.ID, "p1", "p1"); return err }},
			"shared with nobody":          {"with", share(lists.Grantee{}, lists.Read)},
			"shared with an unknown":      {"with", share(lists.Grantee{Kind: lists.KindPerson, ID: "x"}, lists.Read)},
			"shared with no such team":    {"with", share(lists.Grantee{Kind: lists.KindTeam, ID: "x"}, lists.Read)},
			"shared with a person's team": {"with", share(lists.Grantee{Kind: lists.KindTeam, ID: bobs.ID}, lists.Read)},
			"shared with the owner":       {"with", share(h.person(ann), lists.Read)},
			"shared with patients":        {"with", share(role(auth.RolePatient, "RXX"), lists.Read)},
			"shared with no such role":    {"with", share(role("boss", "RXX"), lists.Read)},
			"shared with a bad place":     {"organisation", share(role(auth.RoleGP, "R X"), lists.Read)},
			"shared to own":               {"may", share(bobs, lists.Own)},
			"shared to nothing":           {"may", share(bobs, lists.None)},
			"one letter":                  {"text", people("n", "")},
			"no letters":                  {"text", people("  ", "")},
			"a long search":               {"text", people(long, "")},
			"a strange organisation":      {"organisation", people("nurse", "a b")},
			"a team without a name":       {"name", func() error { _, err := h.CreateTeam(h.ctx, ann, empty); return err }},
			"a team renamed to nothing":   {"name", teamed(lists.TeamChanges{Name: &empty})},
			"an unknown in a team":        {"add", teamed(lists.TeamChanges{Add: []string{"x"}})},
			"NUL in a team":               {"add", teamed(lists.TeamChanges{Add: []string{control}})},
			"the only lead leaves":        {"remove", teamed(lists.TeamChanges{Remove: []string{h.handle(ann)}})},
			"added and taken off":         {"remove", teamed(lists.TeamChanges{Add: []string{bobs.ID}, Remove: []string{bobs.ID}})},
			"given to nobody":             {"to", func() error { _, err := h.Transfer(h.ctx, ann, l.ID, control); return err }},
			"the same patient moved":      {"patient", func() error { return h.Moved(h.ctx, "p1", "p1") }},
			"a page of minus one":         {"first", func() error { _, _, err := h.Items(h.ctx, ann, l.ID, -1, ""); return err }},
			"a page of too many":          {"first", func() error { _, err := h.History(h.ctx, ann, l.ID, 101, 0); return err }},
		} {
			err := c.try()
			var bad *lists.InputError
			if !errors.As(err, &bad) || bad.Field != c.field || err != error(bad) {
				t.Errorf("%s: %v", name, err)
			} else if strings.ContainsAny(bad.Error(), "\x00\u202e") || strings.Contains(bad.Error(), "secrets") {
				t.Errorf("%s: it repeats what was given: %v", name, err)
			}
		}
		for name, err := range map[string]error{
			"no list":         second(h.Get(h.ctx, ann, "x")),
			"a list with NUL": second(h.Edit(h.ctx, ann, control, 1, lists.Changes{})),
			"no id":           second(h.Archive(h.ctx, ann, "", true)),
		} {
			if !errors.Is(err, lists.ErrNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := h.EditTeam(h.ctx, bob, team, lists.TeamChanges{}); err != lists.ErrNoTeam {
			t.Error(err)
		}
		if after := h.state(); after != before {
			t.Errorf("something changed:\n%s\n%s", before, after)
		}
	})
}

func second[T any](_ T, err error) error { return err }

// TestLimits are what they are said to be, also for many at once.
func TestLimits(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		var all []string
		for i := range lists.MaxPeople {
			all = append(all, fmt.Sprintf("p%04d", i))
		}
		l := h.make(ann, "Full", all...)
		if _, _, _, err := h.Add(h.ctx, ann, l.ID, items("one more")); !isBad(err) {
			t.Error(err)
		}
		if added, already, got, err := h.Add(h.ctx, ann, l.ID, items("p0001", "p0999")); err != nil || added != 0 || already != 2 || got.Size != lists.MaxPeople {
			t.Error(added, already, got.Size, err)
		}
		for i := 1; i < lists.MaxLists-2; i++ {
			if _, err := h.db.Write.DB.Exec(`INSERT INTO list (id, version, edited, title, description, shown, owner, roster_source, roster_kind, roster_id, roster_name, created, changed, changed_by, archived)
				SELECT $1, 1, 1, 'x', '', '[]', owner, '', '', '', '', 0, 0, '', 0 FROM list WHERE id = $2`, fmt.Sprint("l", i), l.ID); err != nil {
				t.Fatal(err)
			}
		}
		made := make(chan bool, 8)
		for range cap(made) {
			go func() {
				_, err := h.Create(h.ctx, ann, lists.Draft{Title: "x"})
				if err != nil && !isBad(err) {
					t.Error(err)
				}
				made <- err == nil
			}()
		}
		n := 0
		for range cap(made) {
			if <-made {
				n++
			}
		}
		if n != 2 {
			t.Errorf("%d lists more, not 2", n)
		}
		if _, err := h.Archive(h.ctx, ann, l.ID, true); err != nil {
			t.Fatal(err)
		}
		h.make(ann, "Another")
		if _, err := h.Archive(h.ctx, ann, l.ID, false); !isBad(err) {
			t.Errorf("brought back one too many: %v", err)
		}
		other := h.make(bob, "Bob's")
		for i := range lists.MaxShares {
			h.share(bob, other.ID, role(auth.RoleGP, fmt.Sprint("Y", i)), lists.Read, time.Time{})
		}
		if _, err := h.Share(h.ctx, bob, other.ID, role(auth.RoleGP, "Z"), lists.Read, time.Time{}); !isBad(err) {
			t.Error(err)
		}
		h.share(bob, other.ID, role(auth.RoleGP, "Y1"), lists.Edit, time.Time{})
		if err := h.Seen(h.ctx, cleo); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Unshare(h.ctx, bob, other.ID, h.shareID(other.ID)); err != nil {
			t.Fatal(err)
		}
		h.share(bob, other.ID, lists.Grantee{Kind: lists.KindPerson, ID: h.handleOf(ann)}, lists.Read, time.Time{})
		if _, err := h.Transfer(h.ctx, bob, other.ID, h.handleOf(ann)); !isBad(err) {
			t.Errorf("given to who has as many as there may be: %v", err)
		}
	})
}

// handleOf reads a handle from the table.
func (h *house) handleOf(c lists.Caller) (id string) {
	h.t.Helper()
	if err := h.db.Read.DB.QueryRow(`SELECT id FROM list_user WHERE issuer = $1 AND subject = $2`, c.Issuer, c.Subject).Scan(&id); err != nil {
		h.t.Fatal(err)
	}
	return id
}
