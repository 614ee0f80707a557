package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// region is a running demo region with the server over it, in this process.
type region struct {
	*demo.Region
	server *server
	http   *httptest.Server
	tokens map[auth.Role]string
	// passwords of the same users.
	passwords map[auth.Role]string
	// second is a session of another administrator; "" until it is needed.
	second string
	log    *bytes.Buffer
}

// startRegion starts the demo and the server as `patchwork demo` does; change may
// alter the configuration first.
func startRegion(t *testing.T, o demo.Options, change func(*Config)) *region {
	t.Helper()
	if o.Dir == "" {
		o.Dir = t.TempDir()
	}
	ctx := context.WithoutCancel(t.Context())
	d, err := demo.Start(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	config, err := demoConfig(d, filepath.Join(o.Dir, "patchwork.db"))
	if err != nil {
		t.Fatal(err)
	}
	// Many regions share two cores here, under race: readers wait until all have
	// answered, but where a test is about waiting.
	config.Answers = AnswerConfig{Wait: 15 * time.Second, MaxWait: 15 * time.Second}
	config.Load.Always = 100_000 // they are far behind, all the time
	config.hashMemory = 64       // 20 accounts a region, some 200 regions
	if change != nil {
		change(config)
	}
	unstarted := httptest.NewUnstartedServer(nil) // its address is part of the configuration
	if config.PublicURL == "" {
		config.PublicURL = "http://" + unstarted.Listener.Addr().String()
	}
	r := &region{Region: d, tokens: map[auth.Role]string{}, passwords: map[auth.Role]string{}, log: &bytes.Buffer{}}
	if r.server, err = open(ctx, config, slog.New(slog.NewJSONHandler(r.log, nil))); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.server.close(); err != nil {
			t.Error(err)
		}
	})
	if err := d.Fed(ctx); err != nil {
		t.Fatal(err)
	}
	users, err := r.server.seedUsers(ctx, d, o.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range users {
		if r.tokens[u.Role] != "" {
			continue // the first of a role
		}
		r.tokens[u.Role], r.passwords[u.Role] = u.Token, u.Password
	}
	r.http = unstarted
	r.http.Config.Handler = r.server.handler()
	r.http.Start()
	t.Cleanup(r.http.Close)
	return r
}

// object is a JSON object with reach: at("a.b.0.c").
type object map[string]any

func (o object) at(path string) any {
	var v any = map[string]any(o)
	for part := range strings.SplitSeq(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[part]
		case []any:
			i := int(part[0] - '0')
			if i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

func (o object) list(path string) []object {
	items, _ := o.at(path).([]any)
	var list []object
	for _, i := range items {
		if m, ok := i.(map[string]any); ok {
			list = append(list, m)
		}
	}
	return list
}

func (o object) text(path string) string {
	s, _ := o.at(path).(string)
	return s
}

// operation reads one of the sample operations.
func operation(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("graph", "operations", name+".graphql"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// ask runs an operation as a role, over HTTP.
func (r *region) ask(t *testing.T, role auth.Role, query string, variables map[string]any) object {
	t.Helper()
	status, body := r.post(t, r.tokens[role], query, variables)
	if status != http.StatusOK {
		t.Fatalf("status %d: %s", status, body)
	}
	var o object
	if err := json.Unmarshal(body, &o); err != nil {
		t.Fatalf("%v: %.300s", err, body)
	}
	return o
}

func (r *region) post(t *testing.T, token, query string, variables map[string]any) (int, []byte) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.http.URL+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return send(t, req)
}

func send(t *testing.T, req *http.Request) (int, []byte) {
	t.Helper()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, body
}

// control tells a system to misbehave, or heals it with DELETE.
func (r *region) control(t *testing.T, method, system, path, body string) object {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, r.System(system).Control+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	status, answer := send(t, req)
	if status >= 300 {
		t.Fatalf("%s %s: %d %s", method, system, status, answer)
	}
	var o object
	_ = json.Unmarshal(answer, &o)
	return o
}

// tryControl sets a fault and gives the status of the answer.
func (r *region) tryControl(t *testing.T, system, body string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, r.System(system).Control, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	status, _ := send(t, req)
	return status
}

// sections are the fields of Patient that are sections, in the order of the schema.
var sections = []string{"demographics", "practice", "allergies", "alerts", "medications", "problems", "appointments",
	"contacts", "admissions", "discharges", "personalContacts", "professionalContacts", "consents", "results",
	"observations", "vaccinations", "procedures", "documents"}

// outcome finds one source's outcome in a section.
func outcome(section object, source string) object {
	for _, o := range section.list("outcomes") {
		if o.text("source.id") == source {
			return o
		}
	}
	return nil
}
