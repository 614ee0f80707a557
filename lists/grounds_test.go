package lists_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// TestGrounds: when a list is a reason to look at somebody, and above all when it is none
// (hazard H-07).
func TestGrounds(t *testing.T) {
	t.Parallel()
	never := time.Time{}
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		for _, c := range []lists.Caller{ann, bob, cleo} {
			if err := h.Seen(h.ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		team := h.team(ann, "Team", bob)
		for i, c := range []struct {
			name  string
			given func(id, patient string)
			who   lists.Caller
			want  bool
		}{
			{"added by a colleague with an appointment", func(id, p string) {
				h.share(ann, id, h.person(bob), lists.Read, never)
				h.with(ann, id, p, "appointment")
			}, bob, true},
			{"shared after the addition", func(id, p string) {
				h.with(ann, id, p, "registration")
				h.share(ann, id, h.person(bob), lists.Read, never)
			}, bob, true},
			{"shared with a team", func(id, p string) { h.share(ann, id, team, lists.Read, never); h.with(ann, id, p, "admission") }, bob, true},
			{"shared with a role", func(id, p string) {
				h.share(ann, id, role(bob.Role, "RXX"), lists.Read, never)
				h.with(ann, id, p, "referral")
			}, bob, true},
			{"the owner, of what a colleague added", func(id, p string) {
				h.share(ann, id, h.person(bob), lists.Edit, never)
				h.with(bob, id, p, "referral")
			}, ann, true},
			{"one's own addition", func(id, p string) { h.with(ann, id, p, "appointment") }, ann, false},
			{"added again by who has none themselves", func(id, p string) {
				h.share(ann, id, h.person(bob), lists.Edit, never)
				h.with(bob, id, p, "")
				h.with(ann, id, p, "appointment") // is on it already
			}, ann, false},
			{"added without a relationship", func(id, p string) { h.share(ann, id, h.person(bob), lists.Read, never); h.with(ann, id, p, "") }, bob, false},
			{"added by a list", func(id, p string) { h.share(ann, id, h.person(bob), lists.Read, never); h.with(ann, id, p, "list") }, bob, false},
			{"added by who said so", func(id, p string) {
				h.share(ann, id, h.person(bob), lists.Read, never)
				h.with(ann, id, p, "self-claimed")
			}, bob, false},
			{"added with a broken glass", func(id, p string) {
				h.share(ann, id, h.person(bob), lists.Read, never)
				h.with(ann, id, p, "break-glass")
			}, bob, false},
			{"shared with another", func(id, p string) {
				h.share(ann, id, h.person(bob), lists.Read, never)
				h.with(ann, id, p, "appointment")
			}, cleo, false},
			{"the same subject of another issuer", func(id, p string) {
				h.share(ann, id, h.person(bob), lists.Read, never)
				h.with(ann, id, p, "appointment")
			}, lists.Caller{User: lists.User{Issuer: "https://other.example", Subject: "bob"}, Role: bob.Role, Organisation: cleo.Organisation}, false},
			{"the share is over", func(id, p string) {
				h.share(ann, id, h.person(bob), lists.Read, h.clock.now().Add(time.Hour))
				h.with(ann, id, p, "appointment")
				h.clock.add(time.Hour)
			}, bob, false},
			{"unshared", func(id, p string) {
				h.share(ann, id, h.person(bob), lists.Read, never)
				h.with(ann, id, p, "appointment")
				h.unshare(id)
			}, bob, false},
			{"left", func(id, p string) {
				h.share(ann, id, team, lists.Read, never)
				h.with(ann, id, p, "appointment")
				if err := h.Leave(h.ctx, bob, id); err != nil {
					t.Fatal(err)
				}
			}, bob, false},
			{"taken off", func(id, p string) {
				h.share(ann, id, h.person(bob), lists.Read, never)
				h.with(ann, id, p, "appointment")
				if _, err := h.Remove(h.ctx, ann, id, []string{p}); err != nil {
					t.Fatal(err)
				}
			}, bob, false},
			{"put away", func(id, p string) {
				h.share(ann, id, h.person(bob), lists.Read, never)
				h.with(ann, id, p, "appointment")
				if _, err := h.Archive(h.ctx, ann, id, true); err != nil {
					t.Fatal(err)
				}
			}, bob, false},
			{"the last moment", func(id, p string) {
				h.share(ann, id, h.person(bob), lists.Read, never)
				h.with(ann, id, p, "appointment")
				h.clock.add(lists.GroundsLast - time.Microsecond)
			}, bob, true},
			{"28 days after", func(id, p string) {
				h.share(ann, id, h.person(bob), lists.Read, never)
				h.with(ann, id, p, "appointment")
				h.clock.add(lists.GroundsLast)
			}, bob, false},
			{"a patient", func(id, p string) {
				h.share(ann, id, h.person(bob), lists.Read, never)
				h.with(ann, id, p, "appointment")
			}, lists.Caller{User: bob.User, Role: auth.RolePatient, Organisation: bob.Organisation}, false},
			{"nobody", func(id, p string) {
				h.share(ann, id, role(bob.Role, "RXX"), lists.Read, never)
				h.with(ann, id, p, "appointment")
			}, lists.Caller{Role: bob.Role, Organisation: bob.Organisation}, false},
		} {
			patient := fmt.Sprint("patient", i)
			l := h.make(ann, c.name)
			c.given(l.ID, patient)
			if rows := h.count(`SELECT COUNT(*) FROM audit_event WHERE patient = $1`, patient); rows == 0 {
				t.Errorf("%s: nobody will know", c.name)
			}
			got, err := h.other.OnSharedLists(h.ctx, c.who, []string{"stranger", patient, patient, "a b"})
			g, there := got[patient]
			if err != nil || there != c.want || len(got) > 1 {
				t.Errorf("%s: %+v %v", c.name, got, err)
			}
			if there && (g.List != l.ID || g.Kind == "" || !g.Until.Equal(g.Added.Add(28*24*time.Hour))) {
				t.Errorf("%s: %+v", c.name, g)
			}
		}
	})
}

// with adds a person as somebody who has a relationship.
func (h *house) with(c lists.Caller, id, patient, grounds string) {
	h.t.Helper()
	if _, _, _, err := h.Add(h.ctx, c, id, []lists.Item{{Patient: patient, Grounds: grounds}}); err != nil {
		h.t.Fatal(err)
	}
}

// TestAskingAboutPatientsWritesNothing: whoever is not known has no lists, and is not
// written down for looking at a patient.
func TestAskingAboutPatientsWritesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		var many []string
		for i := range 120 {
			many = append(many, fmt.Sprint("p", i))
		}
		l := h.make(ann, "Round")
		h.share(ann, l.ID, role(bob.Role, "RXX"), lists.Read, time.Time{})
		for part := range slices.Chunk(many, lists.MaxAtOnce) {
			all := items(part...)
			for i := range all {
				all[i].Grounds = "appointment"
			}
			if _, _, _, err := h.Add(h.ctx, ann, l.ID, all); err != nil {
				t.Fatal(err)
			}
		}
		got, err := h.OnSharedLists(h.ctx, bob, many)
		if err != nil || len(got) != len(many) {
			t.Errorf("%d of %d, %v", len(got), len(many), err)
		}
		if n := h.count(`SELECT COUNT(*) FROM list_user`); n != 1 {
			t.Errorf("%d users", n)
		}
		if got, err := h.OnSharedLists(h.ctx, bob, nil); err != nil || len(got) != 0 {
			t.Error(got, err)
		}
	})
}
