package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// code is the first error's.
func (o object) code() string { return o.text("errors.0.extensions.code") }

// keepList makes a list of a role's own with people on it, by number, and gives its id.
func (r *region) keepList(t *testing.T, role auth.Role, title string, numbers ...string) string {
	t.Helper()
	made := r.ask(t, role, `mutation($t: String!) { createList(title: $t) { id may size } }`, map[string]any{"t": title})
	id := made.text("data.createList.id")
	if id == "" || made.text("data.createList.may") != "OWN" {
		t.Fatalf("createList: %v", made)
	}
	for part := range slices.Chunk(numbers, 50) {
		added := r.ask(t, role, `mutation($l: ID!, $n: [NHSNumber!]) { addToList(id: $l, nhsNumbers: $n) { added already refused } }`, map[string]any{"l": id, "n": part})
		if n, _ := added.at("data.addToList.added").(float64); int(n) != len(part) {
			t.Fatalf("addToList: %v", added)
		}
	}
	return id
}

// handle is by whom somebody in a role is found to share with; they have used lists before.
func (r *region) handle(t *testing.T, by, role auth.Role) string {
	t.Helper()
	r.ask(t, role, `{ lists { id } }`, nil)
	me := r.ask(t, role, `{ me { name organisation { ods } } }`, nil)
	found := r.ask(t, by, `query($t: String!, $o: String) { shareTargets(text: $t, organisation: $o) { kind id name } }`,
		map[string]any{"t": me.text("data.me.name"), "o": me.text("data.me.organisation.ods")})
	for _, target := range found.list("data.shareTargets") {
		if target.text("kind") == "PERSON" {
			return target.text("id")
		}
	}
	t.Fatalf("nobody in the role %s: %v", role, found)
	return ""
}

// shareWith shares a list with somebody in a role, and gives the share's id.
func (r *region) shareWith(t *testing.T, by auth.Role, list string, role auth.Role, may string) string {
	t.Helper()
	shared := r.ask(t, by, `mutation($l: ID!, $w: ID!, $m: ListPermission!) { shareList(id: $l, with: {kind: PERSON, id: $w}, may: $m) { shares { id with { id } } } }`,
		map[string]any{"l": list, "w": r.handle(t, by, role), "m": may})
	if len(shared.list("data.shareList.shares")) == 0 {
		t.Fatalf("shareList: %v", shared)
	}
	shares := shared.list("data.shareList.shares")
	return shares[len(shares)-1].text("id")
}

const peopleOf = `query($l: ID!, $first: Int = 50, $after: String) { list(id: $l) { version size news may title people(first: $first, after: $after) {
	hidden next people { new addedBy patient { id nhsNumber person { name { text } } contacts { verdict } access { relationships { kind evidence } } } } } } }`

func (r *region) people(t *testing.T, role auth.Role, list string) object {
	t.Helper()
	return r.ask(t, role, peopleOf, map[string]any{"l": list})
}

func TestAListIsKeptAndShared(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	everything, unknown := r.Scenario("everything").NHSNumber, "9000000009"
	list := r.keepList(t, auth.RoleGP, "Ward round", everything)
	again := r.ask(t, auth.RoleGP, `mutation($l: ID!, $n: [NHSNumber!]) { addToList(id: $l, patients: ["nobody", "\u0000"], nhsNumbers: $n) { added already refused problems { nhsNumber problem patient { id } } list { size } } }`,
		map[string]any{"l": list, "n": []string{everything, unknown}})
	if n := again.at("data.addToList.already"); n != 1.0 || again.at("data.addToList.added") != 0.0 || again.at("data.addToList.refused") != 3.0 ||
		again.text("data.addToList.problems.0.nhsNumber") != unknown || again.text("data.addToList.problems.0.problem") != "PATIENT_NOT_FOUND" || again.at("data.addToList.list.size") != 1.0 {
		t.Errorf("added again: %v", again)
	}
	mine := r.people(t, auth.RoleGP, list)
	person := object(mine.at("data.list.people.people.0").(map[string]any))
	if mine.at("data.list.size") != 1.0 || person.text("patient.person.name.text") == "" || person.text("addedBy") != "Dr Amara Okafor" || person.at("new") != false {
		t.Errorf("my list: %v", mine)
	}
	if got := r.people(t, auth.RoleHospitalDoctor, list); got.code() != "LIST_NOT_FOUND" || got.at("data.list") != nil {
		t.Errorf("somebody else's list: %v", got)
	}
	share := r.shareWith(t, auth.RoleGP, list, auth.RoleHospitalDoctor, "READ")
	theirs := r.people(t, auth.RoleHospitalDoctor, list)
	if theirs.text("data.list.may") != "READ" || theirs.at("data.list.news") != 1.0 || theirs.at("data.list.people.people.0.new") != true {
		t.Errorf("shared: %v", theirs)
	}
	for name, operation := range map[string]string{
		"add":    `mutation($l: ID!) { addToList(id: $l, nhsNumbers: ["` + everything + `"]) { added } }`,
		"edit":   `mutation($l: ID!) { editList(id: $l, version: 2, title: "Mine now") { id } }`,
		"share":  `mutation($l: ID!) { shareList(id: $l, with: {kind: ROLE, id: "gp"}, may: READ) { id } }`,
		"remove": `mutation($l: ID!) { removeFromList(id: $l, patients: ["` + person.text("patient.id") + `"]) { id } }`,
		"put":    `mutation($l: ID!) { archiveList(id: $l) { id } }`,
	} {
		if got := r.ask(t, auth.RoleHospitalDoctor, operation, map[string]any{"l": list}); got.code() != "FORBIDDEN" {
			t.Errorf("a reader may %s: %v", name, got)
		}
	}
	if got := r.ask(t, auth.RoleHospitalDoctor, `mutation($l: ID!) { sawList(id: $l) { news } }`, map[string]any{"l": list}); got.at("data.sawList.news") != 0.0 {
		t.Errorf("seen: %v", got)
	}
	if got := r.ask(t, auth.RoleHospitalDoctor, `query($l: ID!) { list(id: $l) { shares { id } history { what } } }`, map[string]any{"l": list}); got.at("data.list.shares") != nil || got.at("data.list.history") != nil {
		t.Errorf("a reader is told of shares and history: %v", got)
	}
	version := int(r.people(t, auth.RoleGP, list).at("data.list.version").(float64))
	for _, want := range []string{"", "LIST_CHANGED"} {
		got := r.ask(t, auth.RoleGP, `mutation($l: ID!, $v: Int!) { editList(id: $l, version: $v, title: "Round of the ward", columns: [{section: "allergies", show: COUNT}]) { title columns { section } } }`, map[string]any{"l": list, "v": version})
		if got.code() != want || want == "" && got.text("data.editList.columns.0.section") != "allergies" {
			t.Errorf("edit, %q: %v", want, got)
		}
		r.ask(t, auth.RoleGP, `mutation($l: ID!, $v: Int!) { editList(id: $l, version: $v, title: "Another") { title } }`, map[string]any{"l": list, "v": version + 1})
	}
	if got := r.ask(t, auth.RoleGP, `mutation($l: ID!, $s: ID!) { unshareList(id: $l, share: $s) { shares { id } } }`, map[string]any{"l": list, "s": share}); len(got.list("data.unshareList.shares")) != 0 {
		t.Errorf("unshare: %v", got)
	}
	if got := r.people(t, auth.RoleHospitalDoctor, list); got.code() != "LIST_NOT_FOUND" {
		t.Errorf("after unsharing: %v", got)
	}
	if log := r.log.String(); strings.Contains(log, everything) {
		t.Error("the log names the patient")
	}
}

// Whoever may not use lists uses none: by role, by purpose, by an app's scopes, or because
// the session shows one patient only.
func TestWhoUsesNoLists(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	list := r.keepList(t, auth.RoleGP, "Mine", r.Scenario("everything").NHSNumber)
	patient := r.people(t, auth.RoleGP, list).text("data.list.people.people.0.patient.id")
	uses := []string{
		`{ lists { id } }`, `{ list(id: "` + list + `") { id } }`, `{ rosters { rosters { id } } }`, `{ teams { id } }`,
		`mutation { createList(title: "x") { id } }`, `mutation { sawList(id: "` + list + `") { id } }`, `mutation { addToList(id: "` + list + `", patients: ["` + patient + `"]) { added } }`,
		`{ shareTargets(text: "dr") { id } }`, `mutation { createTeam(name: "x") { id } }`,
	}
	for name, token := range map[string]string{
		"a privacy officer": r.tokens[auth.RolePrivacyOfficer], "an administrator": r.tokens[auth.RoleAdministrator], "an analyst": r.tokens[auth.RoleAnalyst],
		"an app with scopes":      r.appToken(t, auth.RoleGP, "", "user/*.rs"),
		"an app, on the patient":  r.app(t, auth.RoleGP, patient, "epr", "patchwork/graph"),
		"an app, chosen the same": r.app(t, auth.RoleGP, patient, "", "patchwork/graph"),
	} {
		for _, use := range uses {
			status, body := r.post(t, token, use, nil)
			if status != http.StatusOK || !strings.Contains(string(body), `"code":"FORBIDDEN"`) || strings.Contains(string(body), "Mine") {
				t.Errorf("%s: %s: %d %s", name, use, status, body)
			}
		}
	}
}

// appToken is a token with scopes that is on no patient.
func (r *region) appToken(t *testing.T, role auth.Role, client string, scopes ...string) string {
	t.Helper()
	user, err := r.server.sessions.Find(t.Context(), r.tokens[role])
	if err != nil {
		t.Fatal(err)
	}
	token, err := r.server.sessions.Start(t.Context(), auth.Session{
		Issuer: user.Issuer, Subject: user.Subject, Name: user.Name, Role: user.Role, Organisation: user.Organisation, Scopes: scopes, CareSetting: user.CareSetting, App: client,
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// Adding somebody to a list opens nobody: not to who adds, and to others only what they
// may hand on.
func TestBeingOnAListOpensOnlyOnGrounds(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	number := r.Scenario("social-only").NHSNumber
	contacts := func(role auth.Role, list string) string {
		t.Helper()
		got := r.people(t, role, list)
		return got.text("data.list.people.people.0.patient.contacts.verdict")
	}
	own := r.keepList(t, auth.RoleGP, "Of a stranger", number)
	if got := contacts(auth.RoleGP, own); got != "WITHHELD" {
		t.Errorf("adding gives access to who adds: %s", got)
	}
	r.shareWith(t, auth.RoleGP, own, auth.RolePracticeNurse, "EDIT")
	if got := contacts(auth.RolePracticeNurse, own); got != "WITHHELD" {
		t.Errorf("a stranger's adding gives access: %s", got)
	}
	id := r.people(t, auth.RoleGP, own).text("data.list.people.people.0.patient.id")
	r.ask(t, auth.RoleGP, `mutation($p: ID!) { claimRelationship(patient: $p, reason: "walk-in", explanation: "came to the surgery today") { mayClaim } }`, map[string]any{"p": id})
	claimed := r.keepList(t, auth.RoleGP, "Of a claim", number)
	r.shareWith(t, auth.RoleGP, claimed, auth.RolePracticeNurse, "EDIT")
	if got := contacts(auth.RoleGP, claimed); got != "KNOWN" {
		t.Errorf("the claim: %s", got)
	}
	if got := contacts(auth.RolePracticeNurse, claimed); got != "WITHHELD" {
		t.Errorf("a claim is handed on: %s", got)
	}
	known := r.keepList(t, auth.RoleSocialWorker, "Of their own", number)
	share := r.shareWith(t, auth.RoleSocialWorker, known, auth.RolePracticeNurse, "EDIT")
	got := r.people(t, auth.RolePracticeNurse, known)
	evidence := got.text("data.list.people.people.0.patient.access.relationships.0.evidence")
	if got.text("data.list.people.people.0.patient.contacts.verdict") != "KNOWN" || got.text("data.list.people.people.0.patient.access.relationships.0.kind") != "LIST" ||
		!strings.Contains(evidence, known) || strings.Contains(evidence, "Of their own") {
		t.Errorf("by a list on grounds: %v", got)
	}
	// The nurse hands nothing on that rests on a list.
	chain := r.keepList(t, auth.RolePracticeNurse, "Handed on", number)
	r.shareWith(t, auth.RolePracticeNurse, chain, auth.RoleHospitalDoctor, "READ")
	if got := contacts(auth.RoleHospitalDoctor, chain); got != "WITHHELD" {
		t.Errorf("from list to list: %s", got)
	}
	r.ask(t, auth.RoleSocialWorker, `mutation($l: ID!, $s: ID!) { unshareList(id: $l, share: $s) { id } }`, map[string]any{"l": known, "s": share})
	if got := contacts(auth.RolePracticeNurse, own); got != "WITHHELD" {
		t.Errorf("after unsharing: %s", got)
	}
}

// listsFor lets GPs do everything with lists too, but for what is taken.
func listsFor(t *testing.T, taken string) *region {
	t.Helper()
	file := filepath.Join(t.TempDir(), "policies.yaml")
	text := strings.ReplaceAll(allowAll, "TAKEN", taken) + `  - {id: lists, effect: allow, roles: [gp], actions: [list, share], resources: ['lists:use', 'lists:share']}
`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return startRegion(t, demo.Options{Patients: 20}, func(c *Config) { c.Policies = file })
}

// Who is hidden is counted; who is concealed is not there, and no count tells of them.
func TestHiddenPeopleOfAList(t *testing.T) {
	t.Parallel()
	for mode, hidden := range map[string]float64{"disclose": 1, "conceal": 0} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			r := listsFor(t, "mode: "+mode+", resources: ['patient:list'], when: {restrictedPerson: ['yes']}")
			secret := r.Scenario("restricted").NHSNumber
			var numbers []string
			for _, p := range r.Patients[:12] {
				if p.NHSNumber != "" && p.NHSNumber != secret {
					numbers = append(numbers, p.NHSNumber)
				}
			}
			made := r.ask(t, auth.RoleGP, `mutation { createList(title: "x") { id } }`, nil)
			list := made.text("data.createList.id")
			number := func(ns ...string) object {
				return r.ask(t, auth.RoleGP, `mutation($l: ID!, $n: [NHSNumber!]) { addToList(id: $l, nhsNumbers: $n) { added refused problems { problem } } }`, map[string]any{"l": list, "n": ns})
			}
			if got := number(secret, "9000000009"); got.at("data.addToList.refused") != 2.0 ||
				got.text("data.addToList.problems.0.problem") != got.text("data.addToList.problems.1.problem") {
				t.Errorf("adding whom one may not see: %v", got)
			}
			r.putOn(t, list, secret)
			number(numbers...)
			got := r.people(t, auth.RoleGP, list)
			if n := len(got.list("data.list.people.people")); got.at("data.list.people.hidden") != hidden || n == 0 {
				t.Fatalf("%v hidden, %d shown: %v", got.at("data.list.people.hidden"), n, got)
			}
			if size := got.at("data.list.size"); (size == nil) != (mode == "conceal") {
				t.Errorf("size %v", size)
			}
			for _, p := range got.list("data.list.people.people") {
				if p.text("patient.nhsNumber") == secret {
					t.Error("shown")
				}
			}
			r.keepsWhoIsNotSeen(t, list, secret, got.text("data.list.people.people.0.patient.id"))
			past := r.ask(t, auth.RoleGP, `query($l: ID!) { list(id: $l) { history(first: 1) { what } } }`, map[string]any{"l": list})
			if what := past.text("data.list.history.0.what"); strings.ContainsAny(what, "0123456789") != (mode == "disclose") || !strings.HasSuffix(what, " added") {
				t.Errorf("the history says %q", what)
			}
			page := r.ask(t, auth.RoleGP, peopleOf, map[string]any{"l": list, "first": 3})
			if n := len(page.list("data.list.people.people")) + int(page.at("data.list.people.hidden").(float64)); n != 3 {
				t.Errorf("a page of 3 has %d: its length tells", n)
			}
			r.putLast(t, list, -5)
			shown := len(got.list("data.list.people.people"))
			page = r.ask(t, auth.RoleGP, peopleOf, map[string]any{"l": list, "first": shown})
			if next := page.at("data.list.people.next"); len(page.list("data.list.people.people")) != shown || (next == nil) != (mode == "conceal") {
				t.Errorf("next %v: that a page follows tells", next)
			}
		})
	}
}

// keepsWhoIsNotSeen tries to take off and to move, by their id, somebody who is on the list
// and may not be seen on it: it comes to what it would if they were not.
func (r *region) keepsWhoIsNotSeen(t *testing.T, list, number, other string) {
	t.Helper()
	db := r.server.db.Read.DB
	var id string
	if err := db.QueryRowContext(t.Context(), `SELECT patient_id FROM patient_number WHERE nhs_number = $1`, number).Scan(&id); err != nil {
		t.Fatal(err)
	}
	state := func() (n, version int) {
		row := db.QueryRowContext(t.Context(), `SELECT (SELECT COUNT(*) FROM list_item WHERE list = id AND patient = $2 AND place = -5), version FROM list WHERE id = $1`, list, id)
		if err := row.Scan(&n, &version); err != nil {
			t.Fatal(err)
		}
		return n, version
	}
	_, before := state()
	if got := r.ask(t, auth.RoleGP, `mutation($l: ID!, $p: [ID!]!) { removeFromList(id: $l, patients: $p) { version } }`, map[string]any{"l": list, "p": []string{id}}); got.at("data.removeFromList.version") != float64(before) {
		t.Errorf("taking off whom one may not see: %v", got)
	}
	for _, move := range []map[string]any{{"l": list, "p": id, "after": other}, {"l": list, "p": other, "after": id}} {
		if got := r.ask(t, auth.RoleGP, `mutation($l: ID!, $p: ID!, $after: ID) { moveOnList(id: $l, patient: $p, after: $after) { version } }`, move); got.code() != "LIST_CHANGED" {
			t.Errorf("moving whom one may not see: %v", got)
		}
	}
	if n, version := state(); n != 1 || version != before {
		t.Errorf("%d at their place, version %d after %d", n, version, before)
	}
}

// putLast puts who stands at a place behind all others.
func (r *region) putLast(t *testing.T, list string, place int) {
	t.Helper()
	if _, err := r.server.db.Write.DB.ExecContext(t.Context(), `UPDATE list_item SET place = $3 WHERE list = $1 AND place = $2`, list, place, 1<<50); err != nil {
		t.Fatal(err)
	}
}

// putOn puts somebody onto a list behind policy's back: they were added when more was
// allowed.
func (r *region) putOn(t *testing.T, list, number string) {
	t.Helper()
	var id string
	row := r.server.db.Read.DB.QueryRowContext(t.Context(), `SELECT patient_id FROM patient_number WHERE nhs_number = $1`, number)
	if err := row.Scan(&id); err != nil {
		t.Fatal(err)
	}
	if _, err := r.server.db.Write.DB.ExecContext(t.Context(), `INSERT INTO list_item (list, patient, place, version, added, added_by, grounds)
		VALUES ($1, $2, -5, 1, 0, '', '')`, list, id); err != nil {
		t.Fatal(err)
	}
}

// A page of 50 people with 6 columns costs no system more than two calls for a kind of
// section.
func TestAPageOfAListIsAskedForAtOnce(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 80}, nil)
	var numbers []string
	for _, p := range r.Patients {
		if p.NHSNumber != "" && p.Scenario == "" && len(numbers) < 50 {
			numbers = append(numbers, p.NHSNumber)
		}
	}
	list := r.keepList(t, auth.RoleGP, "All of them", numbers...)
	columns := map[string]any{"id": list}
	for _, c := range []string{"allergies", "alerts", "medications", "problems", "observations", "appointments"} {
		columns[c] = true
	}
	for _, s := range r.Systems {
		r.control(t, http.MethodDelete, s.ID, "/counts", "")
	}
	got := r.ask(t, auth.RoleGP, operation(t, "list"), columns)
	if n := len(got.list("data.list.people.people")); n != 50 || got["errors"] != nil {
		t.Fatalf("%d people of %d: %v", n, len(numbers), got["errors"])
	}
	for _, s := range r.Systems {
		counts, _ := r.control(t, http.MethodGet, s.ID, "", "").at("counts").(map[string]any)
		for path, n := range counts {
			if n.(float64) > 2 {
				t.Errorf("%s: %v calls of %s", s.ID, n, path)
			}
		}
		t.Logf("%s: %v", s.ID, counts)
	}
	if got := r.ask(t, auth.RoleGP, `query($l: ID!) { a: list(id: $l) { people { hidden } } b: list(id: $l) { people { hidden } } }`, map[string]any{"l": list}); got.code() != "BAD_INPUT" {
		t.Errorf("two pages in one operation: %v", got.code())
	}
	first := r.ask(t, auth.RoleGP, peopleOf, map[string]any{"l": list, "first": 30})
	rest := r.ask(t, auth.RoleGP, peopleOf, map[string]any{"l": list, "after": first.text("data.list.people.next")})
	seen := map[string]bool{}
	for _, p := range append(first.list("data.list.people.people"), rest.list("data.list.people.people")...) {
		seen[p.text("patient.nhsNumber")] = true
	}
	if len(seen) != len(numbers) || rest.at("data.list.people.next") != nil {
		t.Errorf("%d people on two pages, next %v", len(seen), rest.at("data.list.people.next"))
	}
}

// What is pasted is understood before anything is added.
func TestPastedNumbersLeadToPeople(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	n := r.Scenario("everything").NHSNumber
	var many strings.Builder
	for i := range 60 {
		fmt.Fprintf(&many, "%s\n", validNumber(i))
	}
	const ask = `query($t: String!) { understandNumbers(text: $t) { beyond numbers { nhsNumber problem patient { nhsNumber person { name { text } } } } problems { line reason } } }`
	got := r.ask(t, auth.RoleGP, ask, map[string]any{"t": "No,Name\n" + n[:3] + " " + n[3:6] + " " + n[6:] + ",x\n9000000009\n9.4E+09\n" + n})
	if len(got.list("data.understandNumbers.numbers")) != 2 || got.text("data.understandNumbers.numbers.0.patient.person.name.text") == "" ||
		got.text("data.understandNumbers.numbers.1.problem") != "PATIENT_NOT_FOUND" || got.at("data.understandNumbers.problems.0.line") != 4.0 {
		t.Errorf("%v", got)
	}
	if got := r.ask(t, auth.RoleGP, ask, map[string]any{"t": many.String()}); len(got.list("data.understandNumbers.numbers")) != 50 || got.at("data.understandNumbers.beyond") != 10.0 {
		t.Errorf("%d numbers, %v beyond", len(got.list("data.understandNumbers.numbers")), got.at("data.understandNumbers.beyond"))
	}
	// Numbers that lead to nobody are counted as if they were looked up one by one.
	if got := r.ask(t, auth.RoleGP, ask, map[string]any{"t": validNumber(70)}); got.code() != "SEARCH_LIMITED" {
		t.Errorf("after 50 that lead to nobody: %v", got)
	}
	if status, body := r.post(t, r.tokens[auth.RoleGP], ask, map[string]any{"t": strings.Repeat("9434765919\n", 10_000)}); status != http.StatusRequestEntityTooLarge || !strings.Contains(string(body), "64 KiB") {
		t.Errorf("10,000 numbers: %d %.200s", status, body)
	}
}

// validNumber is the i-th of the numbers that begin with 900 and check.
func validNumber(i int) string {
	for n := 900_100_000; ; n++ {
		sum := 0
		for k, c := range fmt.Sprint(n) {
			sum += int(c-'0') * (10 - k)
		}
		check := (11 - sum%11) % 11
		if check == 10 {
			continue
		}
		if i == 0 {
			return fmt.Sprint(n) + fmt.Sprint(check)
		}
		i--
	}
}

// That people who turned out to be one cannot be put together on lists hides nobody of a
// page; when they can, they are.
func TestAPageIsShownThoughItCannotBeMended(t *testing.T) {
	t.Parallel()
	r := listsFor(t, "resources: ['patient:claim']")
	numbered := slices.IndexFunc(r.Patients, func(p demo.Patient) bool { return p.NHSNumber != "" })
	list := r.keepList(t, auth.RoleGP, "x", r.Patients[numbered].NHSNumber)
	db := r.server.db.Write.DB
	for _, statement := range []string{
		`INSERT INTO patient (id, birth_date, merged_into, created) SELECT 'former', '', patient, 0 FROM list_item WHERE list = '` + list + `'`,
		`UPDATE list_item SET patient = 'former' WHERE list = '` + list + `'`,
		`CREATE TRIGGER stuck BEFORE UPDATE ON list_item BEGIN SELECT RAISE(ABORT, 'stuck'); END`,
	} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	for _, unstuck := range []bool{false, true} {
		if unstuck {
			if _, err := db.ExecContext(t.Context(), `DROP TRIGGER stuck`); err != nil {
				t.Fatal(err)
			}
		}
		got := r.people(t, auth.RoleGP, list)
		if people := got.list("data.list.people.people"); len(people) != 1 || people[0].text("patient.nhsNumber") == "" {
			t.Errorf("unstuck %v: %v", unstuck, got)
		}
		var formers int
		row := db.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM list_item WHERE patient = 'former'`)
		if err := row.Scan(&formers); err != nil || (formers == 0) != unstuck {
			t.Errorf("unstuck %v: %d by the former id, %v", unstuck, formers, err)
		}
	}
}
