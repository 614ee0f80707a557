package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/resolvers"
	"github.com/patchworkcare/patchwork/web"
)

// asked posts a body as it is and gives the answer; every answer about operations is 200.
func (r *region) asked(t *testing.T, role auth.Role, path, kind, body string) object {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.http.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	req.Header.Set("Authorization", "Bearer "+r.tokens[role])
	status, text := send(t, req)
	var o object
	if err := json.Unmarshal(text, &o); err != nil || status != http.StatusOK {
		t.Fatalf("%d %v: %.300s", status, err, text)
	}
	return o
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const (
	registeredOp = `query Registered($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id allergies { verdict } } }`
	strangeOp    = `query Strange($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id problems { verdict } } }`
)

// withManifest registers an app's operations as a region does: by a file.
func withManifest(t *testing.T, only bool) func(*Config) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "operations.json")
	if err := os.WriteFile(file, []byte(jsonOf(t, map[string]string{hashOf(registeredOp): registeredOp})), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(c *Config) {
		c.GraphQL.Persisted, c.GraphQL.PersistedOnly = []string{file}, only
		var l loading
		if l.graphQL(&c.GraphQL, nil); len(l.problems) > 0 {
			t.Fatal(l.problems)
		}
	}
}

// TestOnlyRegisteredOperationsRun: by whatever way a text comes, in the mode in which only
// registered ones run no other does; and no caller registers one.
func TestOnlyRegisteredOperationsRun(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 5}, withManifest(t, true))
	variables := map[string]any{"n": r.Scenario("everything").NHSNumber}
	known, strange := hashOf(registeredOp), hashOf(strangeOp)
	apq := func(hash string) map[string]any {
		return map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}
	}
	cases := []struct {
		name string
		body map[string]any
		code string
	}{
		{"by documentId", map[string]any{"documentId": known}, ""},
		{"by documentId with its prefix", map[string]any{"documentId": "sha256:" + known}, ""},
		{"by an automatic persisted query", map[string]any{"extensions": apq(known)}, ""},
		{"by the text, byte for byte", map[string]any{"query": registeredOp}, ""},
		{"by text and id", map[string]any{"query": registeredOp, "extensions": apq(known)}, ""},
		{"by both ids", map[string]any{"documentId": known, "extensions": apq(known)}, ""},
		{"another text", map[string]any{"query": strangeOp}, "PERSISTED_ONLY"},
		{"the text with a space more", map[string]any{"query": registeredOp + " "}, "PERSISTED_ONLY"},
		{"introspection", map[string]any{"query": "{ __schema { queryType { name } } }"}, "PERSISTED_ONLY"},
		{"nothing", map[string]any{}, "PERSISTED_ONLY"},
		{"an id that nobody registered", map[string]any{"documentId": strange}, "PERSISTED_QUERY_NOT_FOUND"},
		{"a hash that nobody registered", map[string]any{"extensions": apq(strange)}, "PERSISTED_QUERY_NOT_FOUND"},
		{"registering one oneself", map[string]any{"query": strangeOp, "extensions": apq(strange)}, "PERSISTED_ONLY"},
		{"and asking for it then", map[string]any{"extensions": apq(strange)}, "PERSISTED_QUERY_NOT_FOUND"},
		{"another text under a known id", map[string]any{"query": strangeOp, "documentId": known}, "BAD_INPUT"},
		{"another text under a known hash", map[string]any{"query": strangeOp, "extensions": apq(known)}, "BAD_INPUT"},
		{"two ids", map[string]any{"documentId": known, "extensions": apq(strange)}, "BAD_INPUT"},
		{"no hash", map[string]any{"extensions": map[string]any{"persistedQuery": "yes"}}, "BAD_INPUT"},
		{"a hash in capitals", map[string]any{"documentId": strings.ToUpper(known)}, "PERSISTED_QUERY_NOT_FOUND"},
	}
	for _, c := range cases {
		c.body["variables"] = variables
		got := r.asked(t, auth.RoleGP, "/graphql", "application/json", jsonOf(t, c.body))
		if got.code() != c.code {
			t.Errorf("%s: %q, want %q: %v", c.name, got.code(), c.code, got)
		}
		if c.code == "" && got.text("data.patientByNHSNumber.allergies.verdict") == "" {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if got := r.asked(t, auth.RoleGP, "/fhir/$graphql", "application/graphql", strangeOp); got.code() != "PERSISTED_ONLY" {
		t.Errorf("by the FHIR API's own address: %v", got)
	}
	page, err := r.server.ledger.Events(t.Context(), audit.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for _, e := range page {
		if e.Action == audit.ActionDenied && e.OperationHash == strange && e.Actor.Role == string(auth.RoleGP) {
			refused++
		}
	}
	if refused < 2 {
		t.Errorf("the ledger has %d refusals of it", refused)
	}
}

// TestRegisteredOperationsInAnOpenServer: texts run as before, ids too, and what is shown is
// decided and audited as if the text had been sent.
func TestRegisteredOperationsInAnOpenServer(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 5}, withManifest(t, false))
	variables := map[string]any{"n": r.Scenario("everything").NHSNumber}
	for _, role := range []auth.Role{auth.RoleGP, auth.RolePharmacist} {
		byText := r.ask(t, role, registeredOp, variables)
		byID := r.asked(t, role, "/graphql", "application/json", jsonOf(t, map[string]any{"documentId": hashOf(registeredOp), "variables": variables}))
		delete(byText, "extensions")
		delete(byID, "extensions")
		if jsonOf(t, byText) != jsonOf(t, byID) {
			t.Errorf("%s: by text %v, by id %v", role, byText, byID)
		}
	}
	if got := r.ask(t, auth.RoleGP, strangeOp, variables); got.code() != "" {
		t.Errorf("a text: %v", got)
	}
}

// TestTheViewersOperationsFit: they are always registered.
func TestTheViewersOperationsFit(t *testing.T) {
	t.Parallel()
	ops, err := resolvers.ReadOperations(web.Operations())
	if err != nil || len(ops) < 50 {
		t.Fatal(len(ops), err)
	}
	for _, line := range ops.Misfits() {
		t.Error(line)
	}
}

// TestManifestsOfAConfiguration: what is wrong with one is said with its line.
func TestManifestsOfAConfiguration(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	old := "query Old { nobodyHasThis }"
	for name, text := range map[string]string{"old.json": jsonOf(t, map[string]string{hashOf(old): old}), "md5.json": `{"6a992d5529f459a44fee58c733255e86": "{ a }"}`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, err := parseConfig("p.yaml", []byte("graphql:\n  persisted_only: true\n  persisted:\n  - "+dir+"/old.json\n  - "+dir+"/md5.json\n  - "+dir+"/none.json\n"))
	if err == nil {
		t.Fatal("it is well")
	}
	for _, want := range []string{`p.yaml:4: graphql: ` + dir + `/old.json: `, `(Old): Cannot query field "nobodyHasThis"`, "p.yaml:5: ", "is not the SHA-256", "none.json cannot be read: no such file"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in\n%v", want, err)
		}
	}
}
