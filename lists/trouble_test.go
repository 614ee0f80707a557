package lists_test

import (
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// everyChange is each way to change something, by name, of a list of ann's that is shared
// with bob and has p1 and p2, and a team of ann's.
func (h *house) everyChange(l lists.List, team string, bobs lists.Grantee) map[string]func() error {
	title, name := "Other", "Other team"
	return map[string]func() error{
		"create": func() error { _, err := h.Create(h.ctx, ann, lists.Draft{Title: "New"}); return err },
		"edit":   func() error { _, err := h.Edit(h.ctx, ann, l.ID, l.Version, lists.Changes{Title: &title}); return err },
		"add":    func() error { _, _, _, err := h.Add(h.ctx, ann, l.ID, items("p3")); return err },
		"remove": func() error { _, err := h.Remove(h.ctx, ann, l.ID, []string{"p1"}); return err },
		"move":   func() error { _, err := h.Move(h.ctx, ann, l.ID, "p2", ""); return err },
		"share": func() error {
			_, err := h.Share(h.ctx, ann, l.ID, role(auth.RolePharmacist, ""), lists.Read, time.Time{})
			return err
		},
		"unshare":  func() error { _, err := h.Unshare(h.ctx, ann, l.ID, h.shareID(l.ID)); return err },
		"transfer": func() error { _, err := h.Transfer(h.ctx, ann, l.ID, bobs.ID); return err },
		"leave":    func() error { return h.Leave(h.ctx, bob, l.ID) },
		"archive":  func() error { _, err := h.Archive(h.ctx, ann, l.ID, true); return err },
		"moved":    func() error { return h.Moved(h.ctx, "p1", "p9") },
		"team":     func() error { _, err := h.CreateTeam(h.ctx, ann, "Team"); return err },
		"edit team": func() error {
			_, err := h.EditTeam(h.ctx, ann, team, lists.TeamChanges{Name: &name, Add: []string{bobs.ID}})
			return err
		},
		"a refusal": func() error { _, err := h.Archive(h.ctx, bob, l.ID, true); return err },
	}
}

func (h *house) shareID(list string) (id string) {
	h.t.Helper()
	if err := h.db.Read.DB.QueryRow(`SELECT id FROM list_share WHERE list = $1`, list).Scan(&id); err != nil {
		h.t.Fatal(err)
	}
	return id
}

// state is all that the tables have, but for who was seen.
func (h *house) state() string {
	h.t.Helper()
	var b strings.Builder
	for _, q := range []string{
		`SELECT id || ' ' || version || ' ' || title || ' ' || owner || ' ' || archived FROM list ORDER BY 1`,
		`SELECT list || ' ' || patient || ' ' || place FROM list_item ORDER BY 1`,
		`SELECT list || ' ' || kind || ' ' || grantee || ' ' || may FROM list_share ORDER BY 1`,
		`SELECT list || ' ' || person FROM list_left ORDER BY 1`,
		`SELECT id || ' ' || name FROM list_team ORDER BY 1`,
		`SELECT team || ' ' || person FROM list_team_member ORDER BY 1`,
		`SELECT seq || ' ' || list || ' ' || version || ' ' || team FROM list_change ORDER BY 1`,
	} {
		rows, err := h.db.Read.DB.Query(q)
		if err != nil {
			h.t.Fatal(err)
		}
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				h.t.Fatal(err)
			}
			b.WriteString(line + "\n")
		}
		if err := rows.Err(); err != nil {
			h.t.Fatal(err)
		}
		rows.Close()
	}
	return b.String()
}

func (h *house) furnished() (l lists.List, team string, bobs lists.Grantee) {
	h.t.Helper()
	if err := h.Seen(h.ctx, bob); err != nil {
		h.t.Fatal(err)
	}
	l = h.make(ann, "Round", "p1", "p2")
	bobs = h.person(bob)
	l = h.share(ann, l.ID, bobs, lists.Edit, time.Time{})
	team = h.team(ann, "Team").ID
	return l, team, bobs
}

// TestWithoutTheLedgerNothingChanges (hazard H-15).
func TestWithoutTheLedgerNothingChanges(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		l, team, bobs := h.furnished()
		if err := h.ledger.Close(); err != nil {
			t.Fatal(err)
		}
		before := h.state()
		for name, change := range h.everyChange(l, team, bobs) {
			if err := change(); err == nil || isBad(err) || err == lists.ErrNotAllowed {
				t.Errorf("%s: %v", name, err)
			}
		}
		if after := h.state(); after != before {
			t.Errorf("something changed:\n%s\n%s", before, after)
		}
	})
}

// TestEveryChangeIsInTheLedger with who, what and, where people come and go, whom; and
// with nobody's name or title.
func TestEveryChangeIsInTheLedger(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		for name, want := range map[string]struct {
			events  int
			patient string
			action  string
		}{
			"create": {1, "", lists.ActionChange}, "edit": {1, "", lists.ActionChange}, "add": {1, "p3", lists.ActionAdd},
			"remove": {1, "p1", lists.ActionRemove}, "move": {1, "p2", lists.ActionMove}, "share": {1, "", lists.ActionChange},
			"unshare": {1, "", lists.ActionChange}, "transfer": {1, "", lists.ActionChange}, "leave": {1, "", lists.ActionChange},
			"archive": {1, "", lists.ActionChange}, "moved": {2, "p1", lists.ActionRemove}, "team": {1, "", lists.ActionTeam},
			"edit team": {2, "", lists.ActionTeam}, "a refusal": {1, "", lists.ActionChange},
		} {
			t.Run(name, func(t *testing.T) {
				h := build(t, db)
				if _, err := db.Write.DB.Exec(`DELETE FROM list_item`); err != nil { // of the lists before
					t.Fatal(err)
				}
				l, team, bobs := h.furnished()
				before := h.count(`SELECT COUNT(*) FROM audit_event`)
				err := h.everyChange(l, team, bobs)[name]()
				decision := audit.Permit
				if name == "a refusal" {
					decision = audit.Deny
				}
				if (err == nil) != (decision == audit.Permit) {
					t.Fatal(err)
				}
				events := h.events(int64(before))
				if len(events) != want.events {
					t.Fatalf("%d events: %+v", len(events), events)
				}
				e := events[0]
				if e.Action != want.action || e.Patient != want.patient || e.Decision != decision || e.Target == "" ||
					name != "moved" && e.Actor.Issuer != "local" {
					t.Errorf("%+v", e)
				}
				if strings.Contains(e.Reason+e.Target, "Nurse") || strings.Contains(e.Reason, "Other") {
					t.Errorf("a name is in the ledger: %+v", e)
				}
			})
		}
	})
}

// TestADatabaseThatIsAwaySaysSo, and changes nothing by half.
func TestADatabaseThatIsAwaySaysSo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		l, team, bobs := h.furnished()
		// The last thing that a change writes is away: nothing before it stays.
		before := h.state()
		if _, err := db.Write.DB.Exec(`ALTER TABLE list_change RENAME TO away`); err != nil {
			t.Fatal(err)
		}
		for name, change := range h.everyChange(l, team, bobs) {
			if name == "a refusal" {
				continue
			}
			if err := change(); err == nil || isBad(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := db.Write.DB.Exec(`ALTER TABLE away RENAME TO list_change`); err != nil {
			t.Fatal(err)
		}
		if after := h.state(); after != before {
			t.Errorf("something changed:\n%s\n%s", before, after)
		}
		for _, table := range []string{"list_item", "list_share", "list_seen"} {
			if _, err := db.Write.DB.Exec(`DROP TABLE ` + table); err != nil {
				t.Fatal(err)
			}
			if got, err := h.OnSharedLists(h.ctx, bob, []string{"p1"}); err == nil && table != "list_seen" || got != nil && err != nil {
				t.Errorf("without %s: %v %v", table, got, err)
			}
			if _, err := h.Get(h.ctx, ann, l.ID); err == nil || err == lists.ErrNotFound {
				t.Errorf("without %s: %v", table, err)
			}
			if _, err := h.Of(h.ctx, ann, false); err == nil {
				t.Errorf("without %s: lists", table)
			}
		}
	})
}
