package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
)

// killReaders are how many read all the time while the server lives.
const killReaders = 16

// load is everybody who works with a server until it is killed.
type load struct {
	t       *testing.T
	m       *mortal
	cycle   int
	client  *http.Client
	killing atomic.Bool
	group   sync.WaitGroup
	idle    atomic.Int32  // who has not been acknowledged anything yet
	busy    chan struct{} // closed when nobody is idle
	whole   string        // operations
	list    string
	search  string
}

func (m *mortal) load(t *testing.T, cycle int) *load {
	t.Helper()
	l := &load{
		t: t, m: m, cycle: cycle, busy: make(chan struct{}),
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
		whole:  operation(t, "full-record"), list: operation(t, "worklist"), search: operation(t, "search"),
	}
	readers := []auth.Role{auth.RoleGP, auth.RoleHospitalDoctor, auth.RoleParamedic, auth.RolePracticeNurse, auth.RoleMentalHealthClinician}
	for i := range killReaders {
		l.employ(fmt.Sprintf("reader%d", i), readers[i%len(readers)], l.read)
	}
	l.employ("claimer1", auth.RoleHospitalDoctor, l.claim)
	l.employ("claimer2", auth.RoleCareHomeNurse, l.claim)
	l.employ("breaker1", auth.RoleParamedic, l.breakGlass)
	l.employ("breaker2", auth.RoleHospitalNurse, l.breakGlass)
	l.employ("objector1", auth.RoleGP, l.object)
	l.employ("objector2", auth.RolePracticeNurse, l.object)
	l.employ("keeper1", auth.RoleGP, l.keepList)
	l.employ("keeper2", auth.RoleHospitalDoctor, l.keepList)
	l.employ("administrator", auth.RoleAdministrator, l.changePolicy)
	return l
}

// worker is one of them; its requests have ids of their own.
type worker struct {
	*load
	name string
	user DemoUser
	n    int
	open string // the objection to withdraw next, or the list that is kept
}

// employ lets somebody do their work over and over until the server is gone.
func (l *load) employ(name string, role auth.Role, work func(*worker) bool) {
	w := &worker{load: l, name: name, user: l.m.users[role]}
	l.idle.Add(1)
	l.group.Go(func() {
		first := true
		for !l.killing.Load() {
			if !work(w) {
				return
			}
			if first && l.idle.Add(-1) == 0 {
				close(l.busy)
			}
			first = false
		}
	})
}

func (l *load) wait() {
	l.group.Wait()
	l.client.CloseIdleConnections()
}

// mark is a new request's id, which also is in every text that the request writes.
func (w *worker) mark() string {
	w.n++
	return fmt.Sprintf("kill-%d-%s-%d", w.cycle, w.name, w.n)
}

func (w *worker) person() ReadyPatient { return w.m.people[rand.IntN(len(w.m.people))] } //nolint:gosec // anybody

// post sends a request; began is that the answer's head came with a 200, and whole that
// all of it did. What is not a 200 while the server lives is an error of the test.
func (w *worker) post(id, path string, body any) (answer object, began, whole bool) {
	text, err := json.Marshal(body)
	if err != nil {
		w.t.Error(err)
		return nil, false, false
	}
	req, err := http.NewRequestWithContext(context.WithoutCancel(w.t.Context()), http.MethodPost, w.m.url+path, bytes.NewReader(text))
	if err != nil {
		w.t.Error(err)
		return nil, false, false
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+w.user.Token)
	req.Header.Set("X-Request-Id", id)
	resp, err := w.client.Do(req)
	if err != nil {
		w.unlessKilled("%s: %v", id, err)
		return nil, false, false
	}
	defer resp.Body.Close()
	received, err := io.ReadAll(resp.Body)
	switch {
	case resp.StatusCode == http.StatusNoContent && err == nil:
		return nil, true, true
	case unaudited(resp.StatusCode, received):
		return nil, false, false
	case resp.StatusCode != http.StatusOK:
		w.t.Errorf("%s: %d %.300s", id, resp.StatusCode, received)
		return nil, false, false
	case err != nil:
		w.unlessKilled("%s: %v", id, err)
		return nil, true, false
	}
	if err := json.Unmarshal(received, &answer); err != nil {
		w.t.Errorf("%s: %v", id, err)
		return nil, true, false
	}
	return answer, true, true
}

func (w *worker) unlessKilled(format string, a ...any) {
	if !w.killing.Load() {
		w.t.Errorf(format, a...)
	}
}

// graphql runs an operation. An answer with errors fails the test.
func (w *worker) graphql(id, query string, variables map[string]any) (answer object, began, whole bool) {
	answer, began, whole = w.post(id, "/graphql", map[string]any{"query": query, "variables": variables})
	if whole && answer["errors"] != nil {
		if text, err := json.Marshal(answer["errors"]); err != nil || !unaudited(http.StatusServiceUnavailable, text) {
			w.t.Errorf("%s: %v", id, answer["errors"])
			return nil, began, false
		}
		return nil, false, false
	}
	return answer, began, whole
}

// unaudited says that a server whose ledger does not get to the disk in time let nothing leave,
// which on a busy machine is an answer as good as none.
func unaudited(status int, text []byte) bool {
	return status == http.StatusServiceUnavailable && bytes.Contains(text, []byte(`"AUDIT_UNAVAILABLE"`))
}

// read opens somebody, a list, or searches.
func (l *load) read(w *worker) bool {
	id, p := w.mark(), w.person()
	switch w.n % 4 {
	case 0:
		answer, began, whole := w.graphql(id, l.search, map[string]any{"familyName": p.FamilyName, "birthDate": p.BirthDate})
		if began {
			l.m.notes.left(id, "search")
		}
		return whole && answer != nil
	case 1:
		var numbers []string
		for range 10 {
			numbers = append(numbers, w.person().NHSNumber)
		}
		answer, began, whole := w.graphql(id, l.list, map[string]any{"nhsNumbers": numbers})
		if began {
			l.m.notes.left(id, "read")
		}
		for _, found := range answer.list("data.patientsByNHSNumber") {
			if patient := found.text("patient.id"); patient != "" {
				l.m.notes.shown(id, patient)
			}
		}
		return whole
	default:
		answer, began, whole := w.graphql(id, l.whole, map[string]any{"nhsNumber": p.NHSNumber})
		if began {
			l.m.notes.left(id, "read")
		}
		if patient := answer.text("data.patientByNHSNumber.id"); patient != "" {
			l.m.notes.shown(id, patient)
		}
		return whole
	}
}

// claim claims one of a few people again and again: the last reason stands.
func (l *load) claim(w *worker) bool {
	id, patient := w.mark(), l.few(w).ID
	c := l.m.notes.sent(change{kind: claimed, who: w.user.Username, patient: patient, mark: id})
	_, _, whole := w.graphql(id, `mutation($p: ID!, $e: String!) { claimRelationship(patient: $p, reason: "walk-in", explanation: $e) { relationships { kind } } }`,
		map[string]any{"p": patient, "e": "killed under load: " + id})
	return l.m.notes.acknowledged(c, whole, "")
}

func (l *load) few(w *worker) ReadyPatient { return l.m.people[w.n%6] }

// breakGlass confirms who it is, breaks the glass, and ends it sometimes.
func (l *load) breakGlass(w *worker) bool {
	if w.n%8 == 0 {
		id := w.mark()
		_, began, whole := w.post(id, "/auth/confirm", map[string]any{"password": w.user.Password})
		if began {
			l.m.notes.left(id, "confirm")
		}
		if !whole {
			return false
		}
	}
	id, patient := w.mark(), l.few(w).ID
	kind, query := broken, `mutation($p: ID!, $e: String!) { breakGlass(patient: $p, reason: "emergency-treatment", explanation: $e) { breakGlass { id } } }`
	variables := map[string]any{"p": patient, "e": "killed under load: " + id}
	if w.n%5 == 4 {
		kind, query = mended, `mutation($p: ID!) { endBreakGlass(patient: $p) { breakGlass { id } } }`
		delete(variables, "e")
	}
	c := l.m.notes.sent(change{kind: kind, who: w.user.Username, patient: patient, mark: id})
	answer, _, whole := w.graphql(id, query, variables)
	return l.m.notes.acknowledged(c, whole, answer.text("data.breakGlass.breakGlass.id"))
}

// object records an objection and withdraws every second one.
func (l *load) object(w *worker) bool {
	id := w.mark()
	if w.open != "" {
		c := l.m.notes.sent(change{kind: withdrawn, id: w.open, mark: id})
		_, _, whole := w.graphql(id, `mutation($id: ID!, $r: String!) { withdrawObjection(id: $id, reason: $r) { ended } }`,
			map[string]any{"id": w.open, "r": "killed under load: " + id})
		w.open = ""
		return l.m.notes.acknowledged(c, whole, c.id)
	}
	patient := w.person().ID
	c := l.m.notes.sent(change{kind: objected, patient: patient, mark: id})
	// Of an organisation whose staff nobody here is, so that readers go on seeing.
	answer, _, whole := w.graphql(id, `mutation($p: ID!, $o: ObjectionInput!) { recordObjection(patient: $p, objection: $o) { id } }`,
		map[string]any{"p": patient, "o": map[string]any{"organisation": "YZ999", "reason": "killed under load: " + id}})
	objection := answer.text("data.recordObjection.id")
	if w.n%3 != 0 {
		w.open = objection
	}
	return l.m.notes.acknowledged(c, whole, objection)
}

// changePolicy puts one of a few policies again and again, each as the next version.
func (l *load) changePolicy(w *worker) bool {
	answer, _, whole := w.graphql(w.mark(), `{ policies { version } }`, nil)
	version, _ := answer.at("data.policies.version").(float64)
	if !whole {
		return false
	}
	id := w.mark()
	c := l.m.notes.sent(change{kind: put, id: fmt.Sprintf("killed-%d", w.n%5), version: int64(version) + 1, mark: id})
	_, _, whole = w.graphql(id, `mutation($p: PolicyInput!, $v: Int!, $r: String!) { putPolicy(policy: $p, version: $v, reason: $r) { version } }`,
		map[string]any{"v": int(version), "r": "killed under load: " + id, "p": map[string]any{
			"id": c.id, "description": "killed under load: " + id, "effect": "deny", "roles": []string{"analyst"},
			"actions": []string{"export"}, "resources": []string{"record:allergies"},
		}})
	return l.m.notes.acknowledged(c, whole, c.id)
}
