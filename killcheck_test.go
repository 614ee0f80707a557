package main

import (
	"database/sql"
	"encoding/json"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/migrations"
)

// ledgered is an event as the checks need it.
type ledgered struct {
	patient, request               string
	Action, Target, Reason, Broken string
}

// check holds the database, after a kill, against what was acknowledged.
func (n *notes) check(t *testing.T, db *migrations.DB) {
	t.Helper()
	n.mu.Lock()
	defer n.mu.Unlock()
	// Rows before events: what a dying server's last statement still changes has its
	// event already.
	claims := rowsOf(t, db, `SELECT id, patient || ' ' || subject, reason, '' FROM relationship WHERE kind = 'self-claimed'`)
	glasses := rowsOf(t, db, `SELECT id, patient || ' ' || subject, reason, CASE WHEN ended IS NULL THEN '' ELSE 'ended' END FROM relationship_break`)
	objections := rowsOf(t, db, `SELECT id, patient, reason, CASE WHEN ended IS NULL THEN '' ELSE 'ended ' || ended_reason END FROM relationship_objection`)
	versions := rowsOf(t, db, `SELECT CAST(version AS TEXT), subject, reason, document FROM policy_version`)
	kept := keptListsOf(t, db)
	ledger := ledgerOf(t, db)
	n.checkAnswers(t, ledger)
	n.checkClaims(t, claims, ledger)
	n.checkGlasses(t, glasses, ledger)
	n.checkObjections(t, objections, ledger)
	n.checkPolicies(t, versions, ledger)
	n.checkLists(t, kept, ledger)
}

// row is id, whom it is about, why, and how it stands.
type row struct{ id, about, reason, state string }

func rowsOf(t *testing.T, db *migrations.DB, query string) map[string]row {
	t.Helper()
	found, err := db.Read.DB.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	all := map[string]row{}
	for found.Next() {
		var r row
		if err := found.Scan(&r.id, &r.about, &r.reason, &r.state); err != nil {
			t.Fatal(err)
		}
		all[r.id] = r
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// ledgerOf reads the events of the requests of this test, by request.
func ledgerOf(t *testing.T, db *migrations.DB) map[string][]ledgered {
	t.Helper()
	found, err := db.Read.DB.QueryContext(t.Context(), `SELECT patient, request_id, body FROM audit_event WHERE request_id LIKE 'kill-%' ORDER BY seq`)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	all := map[string][]ledgered{}
	for found.Next() {
		var e ledgered
		var body sql.RawBytes
		if err := found.Scan(&e.patient, &e.request, &body); err != nil {
			t.Fatal(err)
		}
		var more struct{ Action, Target, Reason, BreakGlass string }
		if err := json.Unmarshal(body, &more); err != nil {
			t.Fatal(err)
		}
		e.Action, e.Target, e.Reason, e.Broken = more.Action, more.Target, more.Reason, more.BreakGlass
		all[e.request] = append(all[e.request], e)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// checkAnswers: whatever began to leave has its event, and each person who was shown
// exactly one.
func (n *notes) checkAnswers(t *testing.T, ledger map[string][]ledgered) {
	for request, action := range n.begun {
		if has(ledger[request], func(e ledgered) bool { return e.Action == action }) == 0 {
			t.Errorf("%s left without its event (%s)", request, action)
		}
	}
	for request, people := range n.patient {
		for p := range people {
			if times := has(ledger[request], func(e ledgered) bool { return e.Action == "read" && e.patient == p }); times != 1 {
				t.Errorf("%s showed a person who is in the ledger %d times", request, times)
			}
		}
	}
}

func has(events []ledgered, is func(ledgered) bool) (times int) {
	for _, e := range events {
		if is(e) {
			times++
		}
	}
	return times
}

func byUserAndPatient(c *change) string { return c.patient + " " + c.who }

// checkClaims: of the claims of a user on a patient the last one stands, or one that was
// under way; and every one that stands is in the ledger.
func (n *notes) checkClaims(t *testing.T, rows map[string]row, ledger map[string][]ledgered) {
	by := map[string]row{}
	for _, r := range rows {
		by[r.about] = r
	}
	all := n.of(byUserAndPatient, claimed)
	for about, changes := range all {
		last, candidates := standing(changes)
		r, there := by[about]
		if !there {
			if last != nil {
				t.Errorf("the claim of %s is lost", last.mark)
			}
			continue
		}
		if c := marked(candidates, r.reason); c == nil {
			t.Errorf("a claim stands that is not the last: %q, acknowledged %+v", r.reason, last)
		} else if has(ledger[c.mark], func(e ledgered) bool { return e.Action == "claim-relationship" && e.Target == r.id }) != 1 {
			t.Errorf("the claim of %s is not in the ledger", c.mark)
		}
	}
	if len(by) > len(all) {
		t.Errorf("%d claims, of %d that were made", len(by), len(all))
	}
}

// marked finds the change that wrote a text.
func marked(changes []*change, text string) *change {
	for _, c := range changes {
		if strings.HasSuffix(text, ": "+c.mark) {
			return c
		}
	}
	return nil
}

// checkGlasses: every acknowledged one is kept; one is open at most, and it is the last;
// beginning and end are in the ledger.
func (n *notes) checkGlasses(t *testing.T, rows map[string]row, ledger map[string][]ledgered) {
	open, ends := map[string]row{}, map[string]bool{}
	for _, r := range rows {
		if r.state == "" {
			if _, two := open[r.about]; two {
				t.Errorf("two open glasses of %s", r.about)
			}
			open[r.about] = r
		}
	}
	for _, events := range ledger {
		for _, e := range events {
			if e.Action == "break-glass-end" {
				ends[e.Broken] = true
			}
		}
	}
	for about, changes := range n.of(byUserAndPatient, broken, mended) {
		for _, c := range changes {
			if c.kind == broken && c.acknowledged && rows[c.id].reason == "" {
				t.Errorf("the glass of %s is lost", c.mark)
			}
		}
		last, candidates := standing(changes)
		r, isOpen := open[about]
		switch {
		case last == nil || len(candidates) > 1: // what was under way may have happened
		case last.kind == broken && r.id != last.id:
			t.Errorf("the glass of %s was acknowledged and does not hold", last.mark)
		case last.kind == mended && isOpen:
			t.Errorf("%s ended a glass that still holds", last.mark)
		}
		if isOpen && last != nil && marked(candidates, r.reason) == nil {
			t.Errorf("an old glass holds: %q, acknowledged %+v", r.reason, last)
		}
		for _, r := range rows {
			if r.about != about {
				continue
			}
			c := marked(changes, r.reason)
			if c == nil || has(ledger[c.mark], func(e ledgered) bool { return e.Action == "break-glass" && e.Broken == r.id }) != 1 {
				t.Errorf("a glass is not in the ledger: %q", r.reason)
			}
			if r.state != "" && !ends[r.id] {
				t.Errorf("a glass ended without its event: %q", r.reason)
			}
		}
	}
}

// checkObjections: each acknowledged one is kept, withdrawn if that was acknowledged,
// and in force if nobody withdrew it.
func (n *notes) checkObjections(t *testing.T, rows map[string]row, ledger map[string][]ledgered) {
	recorded, ended := map[string]*change{}, map[string]*change{}
	for _, c := range n.changes {
		switch {
		case c.kind == objected:
			recorded[c.mark] = c
			if r := rows[c.id]; c.acknowledged && (r.about != c.patient || !strings.HasSuffix(r.reason, ": "+c.mark)) {
				t.Errorf("the objection of %s is lost: %+v", c.mark, r)
			}
		case c.kind == withdrawn:
			ended[c.id] = c
		}
	}
	for id, r := range rows {
		_, mark, _ := strings.Cut(r.reason, ": ")
		if recorded[mark] == nil || has(ledger[mark], func(e ledgered) bool { return e.Action == "object" && e.Target == id }) != 1 {
			t.Errorf("an objection is not in the ledger: %q", r.reason)
		}
		switch c := ended[id]; {
		case r.state == "" && c != nil && c.acknowledged:
			t.Errorf("the withdrawal of %s is lost", c.mark)
		case r.state != "" && c == nil:
			t.Errorf("an objection ended and nobody withdrew it: %q", r.reason)
		case r.state != "" && (!strings.HasSuffix(r.state, ": "+c.mark) ||
			has(ledger[c.mark], func(e ledgered) bool { return e.Action == "object-end" && e.Target == id }) != 1):
			t.Errorf("an objection ended by half: %q %q", r.reason, r.state)
		}
	}
}
