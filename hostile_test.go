package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/fuzz/bodies"
)

// raw sends a body as it is, as somebody or as nobody.
func (r *region) raw(t *testing.T, token, body string) (int, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.http.URL+"/graphql", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return send(t, req)
}

// production is a server as it stands in a region: nothing is told of the schema.
func production(c *Config) { c.Introspection = false }

// TestHostileBodies: every one is refused, by the bound that is made for it, before
// anything is asked of a system; what is said repeats nothing of it, suggests nothing, and
// is short. Who is not signed in is told so whatever they send.
func TestHostileBodies(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 5}, production)
	for _, b := range bodies.All() {
		name := b.Family + ": " + b.Name
		if len(b.Text) > bodies.Most {
			t.Errorf("%s has %d bytes", name, len(b.Text))
			continue
		}
		if status, body := r.raw(t, "", b.Text); status != http.StatusUnauthorized {
			t.Errorf("%s, sent by nobody: %d %.200s", name, status, body)
		}
		status, body := r.raw(t, r.tokens[auth.RoleGP], b.Text)
		var o object
		if err := json.Unmarshal(body, &o); err != nil {
			t.Errorf("%s: %d %v: %.200s", name, status, err, body)
			continue
		}
		problems := o.list("errors")
		switch {
		case status != http.StatusOK && status != http.StatusBadRequest:
			t.Errorf("%s: %d %.300s", name, status, body)
		case b.Runs:
		case len(problems) == 0:
			t.Errorf("%s is answered: %.300s", name, body)
		case problems[0].text("extensions.code") == "" || problems[0].text("extensions.code") == "INTERNAL" || problems[0].text("extensions.requestId") == "":
			t.Errorf("%s: %.300s", name, body)
		case b.Bound != "" && (problems[0].text("extensions.code") != "OPERATION_TOO_LARGE" || problems[0].text("extensions.bound") != b.Bound):
			t.Errorf("%s: not refused by %s: %.300s", name, b.Bound, body)
		}
		if text := string(body); strings.Contains(text, bodies.Canary) || strings.Contains(text, "Did you mean") || strings.Contains(text, "127.0.0.1") || len(text) > 8<<10 {
			t.Errorf("%s: %d bytes: %.600s", name, len(text), text)
		}
	}
	if strings.Contains(r.log.String(), bodies.Canary) {
		t.Error("the log has what was sent")
	}
}

// TestHostileIsAudited: who was refused for an operation's size is in the ledger, with the
// operation's hash, as who asked what is not registered is.
func TestHostileIsAudited(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 1}, production)
	text := "{ me {" + strings.Repeat(" name", 30) + " } }"
	if o := r.ask(t, auth.RoleGP, text, nil); o.code() != "OPERATION_TOO_LARGE" {
		t.Fatal(o)
	}
	events, err := r.server.ledger.Events(t.Context(), audit.Filter{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if e.Action == audit.ActionDenied && e.OperationHash == hashOf(text) && e.Actor.Role == string(auth.RoleGP) && strings.Contains(e.Reason, "larger") {
			return
		}
	}
	t.Error("the ledger does not know of it")
}

// TestHostileRequests: what is sent around an operation.
func TestHostileRequests(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 1}, production)
	const me = `{"query":"{ me { name } }"}`
	for name, c := range map[string]struct {
		method, path, kind, coding, body string
		want                             int
	}{
		"as it should be":        {"POST", "/graphql", "application/json", "", me, 200},
		"with its character set": {"POST", "/graphql", "application/json; charset=UTF-8", "", me, 200},
		"not compressed":         {"POST", "/graphql", "application/json", "identity", me, 200},
		"in UTF-16":              {"POST", "/graphql", "application/json; charset=utf-16", "", me, 415},
		"said to be compressed":  {"POST", "/graphql", "application/json", "gzip", me, 415},
		"compressed twice":       {"POST", "/graphql", "application/json", "gzip, br", "\x1f\x8b", 415},
		"a form":                 {"POST", "/graphql", "application/x-www-form-urlencoded", "", "query={me{name}}", 415},
		"a form with files":      {"POST", "/graphql", "multipart/form-data; boundary=x", "", "--x--", 415},
		"text, as a page sends":  {"POST", "/graphql", "text/plain", "", me, 415},
		"another JSON":           {"POST", "/graphql", "application/json+x", "", me, 415},
		"no type":                {"POST", "/graphql", "", "", me, 415},
		"a type that is none":    {"POST", "/graphql", ";;;", "", me, 415},
		"by GET":                 {"GET", "/graphql?query={me{name}}", "", "", "", 405},
		"by HEAD":                {"HEAD", "/graphql?query={me{name}}", "", "", "", 405},
		"by PUT":                 {"PUT", "/graphql", "application/json", "", me, 405},
		"a batch":                {"POST", "/graphql", "application/json", "", "[" + me + "," + me + "]", 400},
		"as FHIR has it":         {"POST", "/fhir/$graphql", "application/graphql", "", "{ me { name } }", 200},
		"as FHIR has it, by GET": {"GET", "/fhir/$graphql?query={me{name}}", "", "", "", 405},
		"as FHIR has it, large":  {"POST", "/fhir/$graphql", "application/graphql", "", strings.Repeat("#", 70<<10), 413},
		"as FHIR has it, deep":   {"POST", "/fhir/$graphql", "application/graphql", "", strings.Repeat("{ me", 990) + strings.Repeat("}", 990), 200},
		"a byte too much":        {"POST", "/graphql", "application/json", "", strings.Repeat(" ", 64<<10-len(me)+1) + me, 413},
		"just as much as may be": {"POST", "/graphql", "application/json", "", strings.Repeat(" ", 64<<10-len(me)) + me, 200},
	} {
		for _, token := range []string{"", "wrong", r.tokens[auth.RoleGP]} {
			req, err := http.NewRequestWithContext(t.Context(), c.method, r.http.URL+c.path, strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			want := c.want
			if token != r.tokens[auth.RoleGP] && (want != 405 || token == "wrong") {
				want = http.StatusUnauthorized
			}
			if token != "" {
				req.Header.Set("Authorization", "Bearer "+token)
			}
			if c.kind != "" {
				req.Header.Set("Content-Type", c.kind)
			}
			if c.coding != "" {
				req.Header.Set("Content-Encoding", c.coding)
			}
			if status, body := send(t, req); status != want {
				t.Errorf("%s, token %.5q: %d, want %d: %.200s", name, token, status, want, body)
			}
		}
	}
}
