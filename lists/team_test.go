package lists_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/record"
)

// TestWhomToShareWith are colleagues of an organisation, its teams and roles, by handles
// that tell nothing; never a patient.
func TestWhomToShareWith(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		odd := caller("o_d%d", "RXX")
		umlaut := caller("u", "RXX")
		umlaut.Name = "JÜRGEN Özil"
		for _, c := range []lists.Caller{ann, bob, cleo, odd, umlaut} {
			if err := h.Seen(h.ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := db.Write.DB.Exec(`INSERT INTO list_user (id, issuer, subject, name, role, organisation, organisation_name, seen)
			VALUES ('x', 'local', 'x', 'Nurse Patient', 'patient', 'RXX', '', 0)`); err != nil {
			t.Fatal(err)
		}
		h.team(ann, "Nursing at night")
		for _, c := range []struct{ text, ods, want string }{
			{"nurse", "", "person Nurse ann, person Nurse bob, person Nurse o_d%d, role practice nurse, role hospital nurse, role care home nurse"},
			{"NURSE B", "RXX", "person Nurse bob"},
			{"nurs", "RYY", "person Nurse cleo, role practice nurse, role hospital nurse, role care home nurse"},
			{"night", "", "team Nursing at night"},
			{"_d", "", "person Nurse o_d%d"},
			{"%%", "", ""},
			{"jürgen ö", "", "person JÜRGEN Özil"},
			{"nurse", "RZZ", ""},
			{"patient", "", ""},
			{"local", "", ""},
		} {
			found, err := h.other.People(h.ctx, ann, c.text, c.ods)
			var got []string
			for _, g := range found {
				got = append(got, string(g.Kind)+" "+g.Name)
				if g.Organisation.ODS == "" || strings.Contains(g.ID, "local") {
					t.Errorf("%+v", g)
				}
			}
			if err != nil || strings.Join(got, ", ") != c.want {
				t.Errorf("%q: %v %v", c.text, got, err)
			}
		}
		if _, err := h.People(h.ctx, lists.Caller{}, "nurse", "RXX"); err != lists.ErrNobody {
			t.Error(err)
		}
	})
}

// TestTheRegister has a user once, as they were when they were last here.
func TestTheRegister(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		session := &auth.Session{Issuer: "local", Subject: "eve", Role: auth.RoleGP, Organisation: record.Organisation{ODS: "G1", Name: "Surgery"}}
		eve := lists.CallerOf(session)
		seen := func() (at int) {
			return h.count(`SELECT seen FROM list_user WHERE subject = 'eve'`)
		}
		var handles []string
		for range 3 {
			if err := h.Seen(h.ctx, eve); err != nil {
				t.Fatal(err)
			}
			handles = append(handles, h.handleOf(eve))
			h.clock.add(time.Minute)
		}
		first := seen()
		h.clock.add(time.Hour)
		if err := h.Seen(h.ctx, eve); err != nil {
			t.Fatal(err)
		}
		if seen() <= first || handles[0] != handles[2] || h.handleOf(eve) != handles[0] || eve.Name != "eve" {
			t.Errorf("%d after %d, %v", seen(), first, handles)
		}
		session.Name, session.Role = "Eve", auth.RolePharmacist
		var seeing sync.WaitGroup
		for _, s := range []*lists.Store{h.Store, h.other, h.Store, h.other} {
			seeing.Go(func() {
				if err := s.Seen(h.ctx, lists.CallerOf(session)); err != nil {
					t.Error(err)
				}
			})
		}
		seeing.Wait()
		if n := h.count(`SELECT COUNT(*) FROM list_user WHERE name = 'Eve' AND role = 'pharmacist'`); n != 1 || h.handleOf(eve) != handles[0] {
			t.Errorf("%d", n)
		}
		if c := lists.CallerOf(nil); h.Seen(h.ctx, c) != lists.ErrNobody {
			t.Error("nobody was written down")
		}
		session.Role = auth.RolePatient
		if err := h.Seen(h.ctx, lists.CallerOf(session)); err != lists.ErrNotAllowed {
			t.Error(err)
		}
	})
}

// TestTeams are changed by who leads them, and nobody is lost when two do at once.
func TestTeams(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		var all []lists.Caller
		for _, name := range strings.Fields("bob cleo dan eve fay gus hal ida") {
			c := caller(name, "RXX")
			all = append(all, c)
			if err := h.Seen(h.ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		team, err := h.CreateTeam(h.ctx, ann, "Night team")
		if err != nil || !team.Leads || len(team.Members) != 1 || team.Organisation.ODS != "RXX" {
			t.Fatalf("%+v %v", team, err)
		}
		var editing sync.WaitGroup
		for i, c := range all {
			editing.Go(func() {
				s := []*lists.Store{h.Store, h.other}[i%2]
				for range 2 {
					if _, err := s.EditTeam(context.Background(), ann, team.ID, lists.TeamChanges{Add: []string{h.handleOf(c)}}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		editing.Wait()
		name := "Day team"
		team, err = h.EditTeam(h.ctx, ann, team.ID, lists.TeamChanges{Name: &name, Remove: []string{h.handleOf(all[0]), "never"}})
		if err != nil || team.Name != name || len(team.Members) != len(all) {
			t.Errorf("%+v %v", team, err)
		}
		if _, err := h.EditTeam(h.ctx, all[1], team.ID, lists.TeamChanges{Name: &name}); err != lists.ErrNoTeam {
			t.Errorf("changed by a member: %v", err)
		}
		for who, want := range map[*lists.Caller]int{&ann: 1, &all[0]: 0, &all[1]: 1} {
			got, err := h.other.Teams(h.ctx, *who)
			if err != nil || len(got) != want || want == 1 && got[0].Leads != (who == &ann) {
				t.Errorf("%s: %+v %v", who.Subject, got, err)
			}
		}
	})
}
