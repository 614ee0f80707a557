package lists_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/record"
)

// handle is how others name a caller.
func (h *house) handle(c lists.Caller) string {
	h.t.Helper()
	found, err := h.People(h.ctx, c, c.Name, "")
	if err != nil || len(found) != 1 {
		h.t.Fatal(found, err)
	}
	return found[0].ID
}

func (h *house) person(c lists.Caller) lists.Grantee {
	return lists.Grantee{Kind: lists.KindPerson, ID: h.handle(c)}
}

func role(r auth.Role, ods string) lists.Grantee {
	return lists.Grantee{Kind: lists.KindRole, ID: string(r), Organisation: record.Organisation{ODS: ods}}
}

func (h *house) team(lead lists.Caller, name string, members ...lists.Caller) lists.Grantee {
	h.t.Helper()
	t, err := h.CreateTeam(h.ctx, lead, name)
	if err != nil {
		h.t.Fatal(err)
	}
	var add []string
	for _, m := range members {
		add = append(add, h.handle(m))
	}
	if _, err := h.EditTeam(h.ctx, lead, t.ID, lists.TeamChanges{Add: add}); err != nil {
		h.t.Fatal(err)
	}
	return lists.Grantee{Kind: lists.KindTeam, ID: t.ID}
}

func (h *house) share(owner lists.Caller, id string, with lists.Grantee, may lists.Permission, until time.Time) lists.List {
	h.t.Helper()
	l, err := h.Share(h.ctx, owner, id, with, may, until)
	if err != nil {
		h.t.Fatal(err)
	}
	return l
}

func (h *house) unshare(id string) {
	h.t.Helper()
	given, err := h.Shares(h.ctx, ann, id)
	if err != nil || len(given) == 0 {
		h.t.Fatal(given, err)
	}
	if _, err := h.Unshare(h.ctx, ann, id, given[0].ID); err != nil {
		h.t.Fatal(err)
	}
}

// TestPermissions: who may what with whom it is shared how (hazard H-07).
func TestPermissions(t *testing.T) {
	t.Parallel()
	doctor := bob
	doctor.Role = auth.RoleHospitalDoctor
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		for _, c := range []lists.Caller{ann, bob, cleo} {
			if err := h.Seen(h.ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		team := h.team(ann, "Night team", bob, cleo)
		soon := h.clock.now().Add(time.Hour)
		never := time.Time{}
		for _, c := range []struct {
			name  string
			given func(id string)
			who   lists.Caller
			want  lists.Permission
		}{
			{"the owner", func(string) {}, ann, lists.Own},
			{"a stranger of the same organisation and role", func(string) {}, bob, lists.None},
			{"shared to read", func(id string) { h.share(ann, id, h.person(bob), lists.Read, never) }, bob, lists.Read},
			{"shared to edit", func(id string) { h.share(ann, id, h.person(bob), lists.Edit, never) }, bob, lists.Edit},
			{"shared with another", func(id string) { h.share(ann, id, h.person(bob), lists.Edit, never) }, cleo, lists.None},
			{"the same subject of another issuer", func(id string) { h.share(ann, id, h.person(bob), lists.Edit, never) },
				lists.Caller{User: lists.User{Issuer: "https://other.example", Subject: "bob"}, Name: "Bob", Role: bob.Role, Organisation: bob.Organisation}, lists.None},
			{"replaced by less", func(id string) {
				h.share(ann, id, h.person(bob), lists.Edit, never)
				h.share(ann, id, h.person(bob), lists.Read, never)
			}, bob, lists.Read},
			{"taken back", func(id string) { h.share(ann, id, h.person(bob), lists.Edit, never); h.unshare(id) }, bob, lists.None},
			{"until soon", func(id string) { h.share(ann, id, h.person(bob), lists.Edit, soon) }, bob, lists.Edit},
			{"shared with the team", func(id string) { h.share(ann, id, team, lists.Edit, never) }, bob, lists.Edit},
			{"shared with the team, of another organisation", func(id string) { h.share(ann, id, team, lists.Read, never) }, cleo, lists.Read},
			{"shared with the role", func(id string) { h.share(ann, id, role(bob.Role, "RXX"), lists.Read, never) }, bob, lists.Read},
			{"shared with the role of the owner's organisation", func(id string) { h.share(ann, id, role(bob.Role, ""), lists.Read, never) }, bob, lists.Read},
			{"the role in another organisation", func(id string) { h.share(ann, id, role(bob.Role, "RXX"), lists.Read, never) }, cleo, lists.None},
			{"another role in the organisation", func(id string) { h.share(ann, id, role(bob.Role, "RXX"), lists.Read, never) }, doctor, lists.None},
			{"the most of all", func(id string) {
				h.share(ann, id, h.person(bob), lists.Read, never)
				h.share(ann, id, team, lists.Edit, never)
				h.share(ann, id, role(bob.Role, "RXX"), lists.Read, never)
			}, bob, lists.Edit},
			{"nobody", func(id string) { h.share(ann, id, role(bob.Role, "RXX"), lists.Edit, never) }, lists.Caller{Role: bob.Role, Organisation: bob.Organisation}, lists.None},
			{"a patient in the role's clothes", func(id string) { h.share(ann, id, h.person(bob), lists.Edit, never) },
				lists.Caller{User: bob.User, Role: auth.RolePatient, Organisation: bob.Organisation}, lists.None},
		} {
			t.Run(c.name, func(t *testing.T) {
				h := *h
				h.t = t
				l := h.make(ann, "Round", "p1")
				c.given(l.ID)
				h.allowed(c.who, l.ID, c.want)
			})
		}
	})
}

// allowed tries everything.
func (h *house) allowed(c lists.Caller, id string, may lists.Permission) {
	h.t.Helper()
	got, err := h.other.Get(h.ctx, c, id)
	if may >= lists.Read != (err == nil) || got.May != may {
		h.t.Errorf("may %v, not %v: %v", got.May, may, err)
	}
	all, _ := h.other.Of(h.ctx, c, false)
	there := false
	for _, l := range all {
		there = there || l.ID == id && l.May == may
	}
	if there != (may >= lists.Read) {
		h.t.Errorf("among their lists: %v", there)
	}
	title := "Other " + time.Now().Format("15:04:05.000000")
	for name, try := range map[string]struct {
		needs lists.Permission
		do    func() error
	}{
		"items":   {lists.Read, func() error { _, _, err := h.other.Items(h.ctx, c, id, 0, ""); return err }},
		"saw":     {lists.Read, func() error { _, err := h.other.Saw(h.ctx, c, id, 0); return err }},
		"shares":  {lists.Edit, func() error { _, err := h.other.Shares(h.ctx, c, id); return err }},
		"history": {lists.Edit, func() error { _, err := h.other.History(h.ctx, c, id, 0, 0); return err }},
		"edit": {lists.Edit, func() error {
			_, err := h.other.Edit(h.ctx, c, id, got.Version, lists.Changes{Title: &title})
			return err
		}},
		"add":    {lists.Edit, func() error { _, _, _, err := h.other.Add(h.ctx, c, id, items("p1", "p2")); return err }},
		"move":   {lists.Edit, func() error { _, err := h.other.Move(h.ctx, c, id, "p1", ""); return err }},
		"remove": {lists.Edit, func() error { _, err := h.other.Remove(h.ctx, c, id, []string{"p9"}); return err }},
		"share": {lists.Own, func() error {
			_, err := h.other.Share(h.ctx, c, id, role(auth.RolePharmacist, "RZZ"), lists.Read, time.Time{})
			return err
		}},
		"unshare":  {lists.Own, func() error { _, err := h.other.Unshare(h.ctx, c, id, "none"); return err }},
		"archive":  {lists.Own, func() error { _, err := h.other.Archive(h.ctx, c, id, false); return err }},
		"transfer": {lists.Own, func() error { _, err := h.other.Transfer(h.ctx, c, id, h.handle(ann)); return err }},
	} {
		want := error(nil)
		switch {
		case c.Issuer == "":
			want = lists.ErrNobody
		case c.Role == auth.RolePatient:
			want = lists.ErrNotAllowed
		case may < lists.Read:
			want = lists.ErrNotFound
		case may < try.needs:
			want = lists.ErrNotAllowed
		}
		if err := try.do(); !errors.Is(err, want) {
			h.t.Errorf("%s: %v, not %v", name, err, want)
		}
	}
}

// TestSharesEnd by themselves, at once.
func TestSharesEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		if err := h.Seen(h.ctx, bob); err != nil {
			t.Fatal(err)
		}
		l := h.make(ann, "Round")
		h.share(ann, l.ID, h.person(bob), lists.Edit, h.clock.now().Add(time.Hour))
		h.share(ann, l.ID, role(bob.Role, "RXX"), lists.Read, h.clock.now().Add(2*time.Hour))
		for _, want := range []lists.Permission{lists.Edit, lists.Read, lists.None} {
			if got, _ := h.other.Get(h.ctx, bob, l.ID); got.May != want {
				t.Errorf("%v, not %v", got.May, want)
			}
			h.clock.add(time.Hour)
		}
		if given, err := h.Shares(h.ctx, ann, l.ID); err != nil || len(given) != 0 {
			t.Error(given, err)
		}
		if _, err := h.Share(h.ctx, ann, l.ID, h.person(bob), lists.Read, h.clock.now()); !isBad(err) {
			t.Error(err)
		}
	})
}

// TestLeaving: a share of one's own goes; those of teams and roles count no more, until
// the list is shared with the person.
func TestLeaving(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		for _, c := range []lists.Caller{bob, cleo} {
			if err := h.Seen(h.ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		l := h.make(ann, "Round")
		team := h.team(ann, "Team", bob, cleo)
		h.share(ann, l.ID, h.person(bob), lists.Edit, time.Time{})
		h.share(ann, l.ID, team, lists.Read, time.Time{})
		if err := h.Leave(h.ctx, ann, l.ID); !isBad(err) {
			t.Error("the owner left:", err)
		}
		if err := h.Leave(h.ctx, bob, l.ID); err != nil {
			t.Fatal(err)
		}
		for who, want := range map[*lists.Caller]lists.Permission{&bob: lists.None, &cleo: lists.Read} {
			if got, _ := h.other.Get(h.ctx, *who, l.ID); got.May != want {
				t.Errorf("%s may %v", who.Subject, got.May)
			}
		}
		if err := h.Leave(h.ctx, bob, l.ID); !errors.Is(err, lists.ErrNotFound) {
			t.Error(err)
		}
		h.share(ann, l.ID, role(bob.Role, "RXX"), lists.Edit, time.Time{})
		if _, err := h.other.Get(h.ctx, bob, l.ID); !errors.Is(err, lists.ErrNotFound) {
			t.Error("came back by itself:", err)
		}
		h.share(ann, l.ID, h.person(bob), lists.Read, time.Time{})
		if got := h.get(bob, l.ID); got.May != lists.Edit {
			t.Errorf("may %v", got.May)
		}
	})
}

// TestTransfer: the owner before keeps the right to edit; and a list whose owner is gone
// goes on.
func TestTransfer(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		if err := h.Seen(h.ctx, bob); err != nil {
			t.Fatal(err)
		}
		l := h.make(ann, "Round", "p1")
		if _, err := h.Transfer(h.ctx, ann, l.ID, h.handle(bob)); !isBad(err) {
			t.Errorf("given to a stranger: %v", err)
		}
		h.share(ann, l.ID, role(bob.Role, "RXX"), lists.Edit, time.Time{})
		if _, err := h.Transfer(h.ctx, ann, l.ID, h.handle(bob)); !isBad(err) {
			t.Errorf("given to one of a role: %v", err)
		}
		h.share(ann, l.ID, h.person(bob), lists.Read, time.Time{})
		got, err := h.Transfer(h.ctx, ann, l.ID, h.handle(bob))
		if err != nil || got.May != lists.Edit || got.Owner.Name != "Nurse bob" {
			t.Fatalf("%+v %v", got, err)
		}
		if got := h.get(bob, l.ID); got.May != lists.Own {
			t.Errorf("may %v", got.May)
		}
		given, err := h.Shares(h.ctx, bob, l.ID)
		if err != nil || len(given) != 2 {
			t.Errorf("%+v %v", given, err)
		}
	})
}

// TestPutAway: it is kept, found among those that were put away, and nothing changes it.
func TestPutAway(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		if err := h.Seen(h.ctx, bob); err != nil {
			t.Fatal(err)
		}
		l := h.make(ann, "Round", "p1")
		h.share(ann, l.ID, h.person(bob), lists.Edit, time.Time{})
		if _, err := h.Archive(h.ctx, ann, l.ID, true); err != nil {
			t.Fatal(err)
		}
		for _, c := range []lists.Caller{ann, bob} {
			used, _ := h.Of(h.ctx, c, false)
			away, err := h.Of(h.ctx, c, true)
			if err != nil || len(used) != 0 || len(away) != 1 || away[0].Archived.IsZero() {
				t.Errorf("%s: %+v %+v %v", c.Subject, used, away, err)
			}
			if _, _, _, err := h.Add(h.ctx, c, l.ID, items("p2")); !isBad(err) {
				t.Errorf("%s: %v", c.Subject, err)
			}
		}
		got, err := h.Archive(h.ctx, ann, l.ID, false)
		if err != nil || !got.Archived.IsZero() || got.Size != 1 {
			t.Errorf("%+v %v", got, err)
		}
		if err := h.Leave(context.Background(), bob, l.ID); err != nil {
			t.Error(err)
		}
	})
}
