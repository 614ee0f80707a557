package main

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/overload"
)

// fullRegion is a region whose processors fall behind when the test says so, and which then
// works on ten requests at once.
func fullRegion(t *testing.T) (r *region, fallBehind func(requests int)) {
	t.Helper()
	var waits atomic.Int64
	r = startRegion(t, demo.Options{Patients: 10}, func(c *Config) {
		c.Load.Always = 10
		c.waits = func() time.Duration { return time.Duration(waits.Load()) }
	})
	return r, func(requests int) {
		t.Helper()
		waits.Store(int64(time.Second))
		for deadline := time.Now().Add(30 * time.Second); r.server.gate.State().Limit() != 10; {
			if time.Now().After(deadline) {
				t.Fatal("the gate never falls behind")
			}
		}
		for i := range requests {
			leave, ok := r.server.gate.Enter(overload.Entry, "other "+strconv.Itoa(i))
			if !ok {
				t.Fatal("the gate is closed to all")
			}
			t.Cleanup(leave)
		}
	}
}

// everything asks for an address as a GP and gives all of the answer.
func (r *region) everything(t *testing.T, path string) (status int, header http.Header, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.http.URL+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+r.tokens[auth.RoleGP])
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(text)
}

// A server that can do no more says so in the words of what was asked, and when to come again;
// what tells how it is, and the viewer itself, come as ever.
func TestTooMuchIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	r, fallBehind := fullRegion(t)
	fallBehind(15)
	for path, code := range map[string]string{
		"/graphql":            `"code":"OVERLOADED"`,
		"/graphql?again":      `"retryable":true`,
		"/documents":          `"code":"OVERLOADED"`,
		"/fhir/Patient?_id=x": `"code":"throttled"`,
		"/views/files/x":      `"code":"overloaded"`,
		"/auth/session":       `"code":"overloaded"`,
	} {
		status, header, body := r.everything(t, path)
		if status != http.StatusServiceUnavailable || !strings.Contains(body, code) || !json.Valid([]byte(body)) {
			t.Errorf("%s: %d %s", path, status, body)
		}
		if after := header.Get("Retry-After"); len(after) != 1 || after < "1" || after > "3" {
			t.Errorf("%s: Retry-After is %q", path, after)
		}
		if header.Get("Cache-Control") != "no-store" || header.Get("X-Request-Id") == "" || header.Get("X-Content-Type-Options") == "" {
			t.Errorf("%s: %v", path, header)
		}
	}
	for _, path := range []string{"/", "/healthz", "/readyz"} {
		if status, _, body := r.everything(t, path); status != http.StatusOK {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	_, _, metrics := r.everything(t, "/metrics")
	for _, line := range []string{"patchwork_overload_limit 10", "patchwork_overload_inside 15", "patchwork_overload_wait_seconds 1", `patchwork_overload_refused_total{class="person"} 4`} {
		if !strings.Contains(metrics, line) {
			t.Errorf("/metrics does not say %s", line)
		}
	}
}

// One person's record comes before a list, and signing in before both.
func TestListsWaitForRecords(t *testing.T) {
	t.Parallel()
	r, fallBehind := fullRegion(t)
	number := r.Patients[0].NHSNumber
	list := `query($n: [NHSNumber!]!) { patientsByNHSNumber(nhsNumbers: $n) { patient { id } } }`
	record := `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id } }`
	fallBehind(7) // of ten; lists may have seven
	status, body := r.post(t, r.tokens[auth.RoleGP], list, map[string]any{"n": []string{number}})
	if status != http.StatusServiceUnavailable || !strings.Contains(string(body), `"OVERLOADED"`) {
		t.Errorf("the list: %d %s", status, body)
	}
	status, body = r.post(t, r.tokens[auth.RoleGP], record, map[string]any{"n": number})
	if status != http.StatusOK || strings.Contains(string(body), "errors") {
		t.Errorf("the record: %d %s", status, body)
	}
	fallBehind(4)
	if status, body = r.post(t, r.tokens[auth.RoleGP], record, map[string]any{"n": number}); status != http.StatusServiceUnavailable {
		t.Errorf("a record too many: %d %s", status, body)
	}
	if status, _, body := r.everything(t, "/auth/session"); status != http.StatusOK {
		t.Errorf("the way in: %d %s", status, body)
	}
}
