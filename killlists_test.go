package main

import (
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/migrations"
)

// What is done to lists while a server is killed. A change's id is the list's.
const (
	listMade   changeKind = "lists"
	joined     changeKind = "additions to lists"
	departed   changeKind = "removals from lists"
	listShared changeKind = "shares of lists"
)

// keepList makes a list in each life of the server, puts the same few people onto it and
// takes them off, and shares it anew.
func (l *load) keepList(w *worker) bool {
	id := w.mark()
	if w.open == "" {
		c := l.m.notes.sent(change{kind: listMade, mark: id})
		answer, _, whole := w.graphql(id, `mutation($t: String!) { createList(title: $t) { id } }`, map[string]any{"t": "killed under load: " + id})
		w.open = answer.text("data.createList.id")
		return l.m.notes.acknowledged(c, whole, w.open)
	}
	c, patient := change{kind: joined, id: w.open, mark: id}, l.few(w).ID
	variables := map[string]any{"l": w.open, "p": patient}
	query := `mutation($l: ID!, $p: ID!) { addToList(id: $l, patients: [$p]) { added } }`
	switch w.n % 4 {
	case 0:
		c.kind, query = departed, `mutation($l: ID!, $p: ID!) { removeFromList(id: $l, patients: [$p]) { version } }`
	case 1:
		c.kind, c.version, patient = listShared, int64(1+w.n/4%2), ""
		query = `mutation($l: ID!, $m: ListPermission!) { shareList(id: $l, with: {kind: ROLE, id: "pharmacist", organisation: "YZ999"}, may: $m) { version } }`
		variables = map[string]any{"l": w.open, "m": []string{"READ", "EDIT"}[c.version-1]}
	}
	c.patient = patient
	sent := l.m.notes.sent(c)
	answer, _, whole := w.graphql(id, query, variables)
	if whole && answer["data"] == nil {
		w.t.Errorf("%s: %v", id, answer)
	}
	return l.m.notes.acknowledged(sent, whole, c.id)
}

func byListAndPatient(c *change) string { return c.id + " " + c.patient }

// keptLists are the lists, who is on them, and with whom they are shared.
type keptLists [3]map[string]row

func keptListsOf(t *testing.T, db *migrations.DB) keptLists {
	t.Helper()
	return keptLists{
		rowsOf(t, db, `SELECT id, title, CAST(version AS TEXT), CAST((SELECT COUNT(*) FROM list_change h WHERE h.list = l.id) AS TEXT) FROM list l`),
		rowsOf(t, db, `SELECT list || ' ' || patient, patient, list, '' FROM list_item`),
		rowsOf(t, db, `SELECT list || ' ', grantee, CAST(may AS TEXT), '' FROM list_share`),
	}
}

// checkLists: what was acknowledged of lists stands, each version has its row, and what
// stands is in the ledger.
func (n *notes) checkLists(t *testing.T, rows keptLists, ledger map[string][]ledgered) {
	titles, items, shares := rows[0], rows[1], rows[2]
	made := map[string]*change{}
	for _, c := range n.changes {
		if c.kind != listMade {
			continue
		}
		made[c.mark] = c
		if c.acknowledged && !strings.HasSuffix(titles[c.id].about, ": "+c.mark) {
			t.Errorf("the list of %s is lost", c.mark)
		}
	}
	for id, r := range titles {
		_, mark, _ := strings.Cut(r.about, ": ")
		if made[mark] == nil || has(ledger[mark], func(e ledgered) bool { return e.Action == lists.ActionChange && e.Target == "list:"+id }) != 1 {
			t.Errorf("a list is not in the ledger: %q", r.about)
		}
		if r.reason != r.state {
			t.Errorf("a list of version %s has %s changes", r.reason, r.state)
		}
	}
	on := n.of(byListAndPatient, joined, departed)
	for about, changes := range on {
		last, candidates := standing(changes)
		if _, there := items[about]; last != nil && len(candidates) == 1 && there != (last.kind == joined) {
			t.Errorf("%s was acknowledged and is lost (%s)", last.mark, last.kind)
		}
	}
	for about, r := range items {
		audited := false
		for _, c := range on[about] {
			audited = audited || c.kind == joined && has(ledger[c.mark], func(e ledgered) bool { return e.Action == lists.ActionAdd && e.patient == r.about }) == 1
		}
		if !audited {
			t.Errorf("somebody is on a list and not in the ledger")
		}
	}
	for about, changes := range n.of(byListAndPatient, listShared) {
		last, candidates := standing(changes)
		if may := shares[about].reason; last != nil && len(candidates) == 1 && may != []string{"1", "2"}[last.version-1] {
			t.Errorf("the share of %s is lost: %q", last.mark, may)
		}
	}
}
