package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/migrations"
)

// checkPolicies: versions are without gaps, each whole and in the ledger, and each that
// was acknowledged is there with what was put.
func (n *notes) checkPolicies(t *testing.T, rows map[string]row, ledger map[string][]ledgered) {
	wanted := map[string]*change{}
	for _, c := range n.changes {
		if c.kind == put && c.acknowledged {
			wanted[strconv.FormatInt(c.version, 10)] = c
		}
	}
	for version, c := range wanted {
		if !strings.HasSuffix(rows[version].reason, ": "+c.mark) {
			t.Errorf("version %s of the policies, put by %s, is lost: %q", version, c.mark, rows[version].reason)
		}
	}
	for i := range len(rows) {
		version := strconv.Itoa(i + 1)
		r, there := rows[version]
		_, mark, ours := strings.Cut(r.reason, ": ")
		var policies []struct{ Description string }
		switch err := json.Unmarshal([]byte(r.state), &policies); {
		case !there:
			t.Errorf("version %s of the policies is not there, of %d", version, len(rows))
		case err != nil || len(policies) == 0:
			t.Errorf("version %s of the policies is there by half: %v", version, err)
		case version == "1": // of the first start
		case !ours || !strings.Contains(r.state, `: `+mark+`"`):
			t.Errorf("version %s does not hold what was put: %q", version, r.reason)
		case has(ledger[mark], func(e ledgered) bool {
			return e.Action == "policy-change" && strings.HasPrefix(e.Target, "version "+version+":")
		}) != 1:
			t.Errorf("version %s of the policies is not in the ledger", version)
		}
	}
}

// remembers asks the server itself, started for the last time, for what was acknowledged.
func (m *mortal) remembers(t *testing.T) {
	t.Helper()
	l := &load{t: t, m: m, client: &http.Client{Transport: &http.Transport{}}}
	defer l.client.CloseIdleConnections()
	w := &worker{load: l, name: "after", user: m.users[auth.RoleAdministrator]}
	answer, _, _ := w.graphql(w.mark(), `{ policies { version policies { description } } }`, nil)
	version, _ := answer.at("data.policies.version").(float64)
	all := fmt.Sprint(answer)
	last, candidates := standing(m.notes.of(func(*change) string { return "" }, put)[""])
	found := last == nil
	for _, c := range candidates {
		found = found || strings.Contains(all, ": "+c.mark)
	}
	if last != nil && int64(version) < last.version || !found {
		t.Errorf("version %v of the policies is in force; the last that was acknowledged: %+v", version, last)
	}
	for role, kind := range map[auth.Role]changeKind{auth.RoleHospitalDoctor: claimed, auth.RoleParamedic: broken} {
		w := &worker{load: l, name: "after-" + string(role), user: m.users[role]}
		for _, changes := range m.notes.of(byUserAndPatient, kind, mended) {
			last, candidates := standing(changes)
			if last == nil || last.kind != kind || last.who != w.user.Username || len(candidates) > 1 {
				continue
			}
			answer, _, _ := w.graphql(w.mark(), `query($p: ID!) { patient(id: $p) { access { relationships { kind evidence } breakGlass { id } } } }`, map[string]any{"p": last.patient})
			if text := fmt.Sprint(answer); kind == broken && !strings.Contains(text, last.id) || kind == claimed && !strings.Contains(text, "SELF_CLAIMED") {
				t.Errorf("the server does not know of %s: %s", last.mark, text)
			}
		}
	}
}

// verifies has the program's own command hold the ledger against its proof and witness.
func (m *mortal) verifies(t *testing.T) {
	t.Helper()
	out, err := m.verify(t)
	if err != nil || !strings.Contains(out, "the ledger is whole") || !strings.Contains(out, "witness      knows ") {
		t.Errorf("audit verify: %v %s", err, out)
	}
}

func (m *mortal) verify(t *testing.T) (string, error) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), m.binary, "audit", "verify", "--config", m.file).CombinedOutput() //nolint:gosec // the program of this test
	return string(out), err
}

// tampered changes one row, and takes one away, as somebody with the database's own
// power could; the command names each.
func (m *mortal) tampered(t *testing.T) {
	t.Helper()
	exec := func(query string, args ...any) {
		t.Helper()
		if _, err := m.db.Write.DB.ExecContext(t.Context(), query, args...); err != nil {
			t.Fatal(err)
		}
	}
	if m.db.Dialect == migrations.SQLite {
		exec(`DROP TRIGGER audit_event_no_update`)
		exec(`DROP TRIGGER audit_event_no_delete`)
	} else {
		exec(`DROP TRIGGER audit_event_no_change ON audit_event`)
	}
	events, err := audit.LastSeq(t.Context(), m.db.Read)
	if err != nil {
		t.Fatal(err)
	}
	seq := 1 + rand.Int64N(events) //nolint:gosec // any
	var body string
	if err := m.db.Read.DB.QueryRowContext(t.Context(), `SELECT body FROM audit_event WHERE seq = $1`, seq).Scan(&body); err != nil {
		t.Fatal(err)
	}
	at := rand.IntN(len(body)) //nolint:gosec // any
	flipped := []byte(body)
	flipped[at] ^= 1 // in the middle of a character at most of a name: still text
	if flipped[at] < ' ' {
		flipped[at] = 'x'
	}
	exec(`UPDATE audit_event SET body = $1 WHERE seq = $2`, string(flipped), seq)
	m.names(t, "a flipped bit", seq)
	exec(`UPDATE audit_event SET body = $1 WHERE seq = $2`, body, seq)
	m.verifies(t)
	exec(`DELETE FROM audit_event WHERE seq = $1`, seq)
	m.names(t, "a deleted row", seq)
}

// names wants the command to fail and to name the event.
func (m *mortal) names(t *testing.T, what string, seq int64) {
	t.Helper()
	out, err := m.verify(t)
	code := 0
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		code = failed.ExitCode()
	}
	if code != exitFailed || !strings.Contains(out, fmt.Sprintf("broken at event %d:", seq)) || strings.Contains(out, "whole") {
		t.Errorf("%s at event %d: exit %d %s", what, seq, code, out)
	}
}
