package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// Bad input gets an error that names the rule, with the request id, and repeats
// nothing of what was typed.
func TestBadInput(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	number := r.Scenario("everything").NHSNumber
	for name, c := range map[string]struct {
		query     string
		variables map[string]any
		code      string
		want      string
	}{
		"check digit":      {byNumber, map[string]any{"n": wrongDigit(number)}, "BAD_INPUT", "modulus 11"},
		"too short":        {byNumber, map[string]any{"n": "94350"}, "BAD_INPUT", "10 digits"},
		"letters":          {byNumber, map[string]any{"n": "94350000l0"}, "BAD_INPUT", "digits, spaces and hyphens only"},
		"placeholder":      {byNumber, map[string]any{"n": "9999999999"}, "BAD_INPUT", "placeholder"},
		"a number":         {byNumber, map[string]any{"n": 9}, "BAD_INPUT", "must be a string"},
		"nobody":           {byNumber, map[string]any{"n": "9990000026"}, "PATIENT_NOT_FOUND", "no such person"},
		"no such id":       {`{ patient(id: "x") { id } }`, nil, "PATIENT_NOT_FOUND", "no such person"},
		"too many":         {`query($n: [NHSNumber!]!) { patientsByNHSNumber(nhsNumbers: $n) { problem } }`, map[string]any{"n": many(number, 51)}, "BAD_INPUT", "at most 50"},
		"page too large":   {`query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { timeline(first: 101) { totalCount } } }`, map[string]any{"n": number}, "BAD_INPUT", "from 1 to 100"},
		"not a cursor":     {`query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { timeline(after: "x") { totalCount } } }`, map[string]any{"n": number}, "BAD_INPUT", "not a cursor"},
		"not a section":    {`query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { timeline(sections: ["secrets"]) { totalCount } } }`, map[string]any{"n": number}, "BAD_INPUT", "not a section"},
		"not a date":       {`query { searchPatients(familyName: "Smith", birthDate: "31/12/1999") { more } }`, nil, "", "not a date"},
		"half a date":      {`query { searchPatients(familyName: "Smith", birthDate: "1999") { more } }`, nil, "BAD_INPUT", "whole date"},
		"one letter":       {`query { searchPatients(familyName: "S", birthDate: "1999-12-31") { more } }`, nil, "BAD_INPUT", "two letters"},
		"wildcard":         {`query { searchPatients(familyName: "Sm*", birthDate: "1999-12-31") { more } }`, nil, "BAD_INPUT", "wildcards"},
		"an unknown field": {`{ patient(id: "x") { secrets } }`, nil, "GRAPHQL_VALIDATION_FAILED", "secrets"},
		"not GraphQL":      {`{ patient(`, nil, "GRAPHQL_PARSE_FAILED", "Expected"},
		"deferred":         {`query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id ... @defer { allergies { total } } } }`, map[string]any{"n": number}, "DEFER_NOT_SUPPORTED", "streaming"},
	} {
		status, body := r.post(t, r.tokens[auth.RoleGP], c.query, c.variables)
		var o object
		if err := json.Unmarshal(body, &o); err != nil {
			t.Errorf("%s: %d %s", name, status, body)
			continue
		}
		message := o.text("errors.0.message")
		if !strings.Contains(message, c.want) || c.code != "" && o.text("errors.0.extensions.code") != c.code {
			t.Errorf("%s: %d %s, want %s and %q", name, status, body, c.code, c.want)
		}
		if o.text("errors.0.extensions.requestId") == "" {
			t.Errorf("%s: no request id: %s", name, body)
		}
		if n, ok := c.variables["n"].(string); ok && len(n) == 10 && strings.Contains(string(body), n) {
			t.Errorf("%s: the answer repeats the number", name)
		}
	}
}

const byNumber = `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n, wait: 2000) { id } }`

func wrongDigit(n string) string { return n[:9] + string('0'+(n[9]-'0'+1)%10) }

func many(n string, times int) []string {
	list := make([]string, times)
	for i := range list {
		list[i] = n
	}
	return list
}

// Who is not signed in is told so before anything is parsed; other methods and types
// are refused; a role that may not open people learns nothing about who exists.
func TestTheDoor(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	number := r.Scenario("everything").NHSNumber
	if status, body := r.post(t, "", "{ not parsed", nil); status != http.StatusUnauthorized || !strings.Contains(string(body), "UNAUTHENTICATED") {
		t.Errorf("nobody: %d %s", status, body)
	}
	if status, _ := r.post(t, "wrong", "{ me { name } }", nil); status != http.StatusUnauthorized {
		t.Errorf("a wrong token: %d", status)
	}
	for _, n := range []string{number, "9990000026"} {
		a := r.ask(t, auth.RoleAnalyst, byNumber, map[string]any{"n": n})
		if a.text("errors.0.extensions.code") != "FORBIDDEN" || a.at("data.patientByNHSNumber") != nil {
			t.Errorf("an analyst: %v", a)
		}
	}
	if status, body := r.post(t, r.tokens[auth.RoleGP], strings.Repeat("#", 70<<10), nil); status != http.StatusRequestEntityTooLarge {
		t.Errorf("a large body: %d %s", status, body)
	}
	for _, c := range []struct {
		method, kind string
		want         int
	}{{"GET", "", 405}, {"PUT", "application/json", 405}, {"POST", "text/plain", 415}, {"POST", "", 415}} {
		req, err := http.NewRequestWithContext(t.Context(), c.method, r.http.URL+"/graphql?query={me{name}}", strings.NewReader(`{"query":"{ me { name } }"}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+r.tokens[auth.RoleGP])
		req.Header.Set("Content-Type", c.kind)
		if status, body := send(t, req); status != c.want {
			t.Errorf("%s %s: %d %s", c.method, c.kind, status, body)
		}
	}
}
