package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/fhir"
)

// TestFHIRCounts: `_count=0` and `_summary=count` count and never go round in circles; what is
// missing is said all the same; HEAD and searches by POST are as GET.
func TestFHIRCounts(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, func(c *Config) { remember(c, 0) })
	id := r.eventPerson(t, "everything")
	gp := r.tokens[auth.RoleGP]
	_, whole := r.fhirAt(t, gp, http.MethodGet, "/fhir/Condition?_count=500&patient="+id, "")
	for _, search := range []string{"_count=0", "_summary=count", "_summary=count&_count=5"} {
		for _, bundle := range []object{
			r.okay(t, gp, http.MethodGet, "/fhir/Condition?patient="+id+"&"+search, ""),
			r.okay(t, gp, http.MethodPost, "/fhir/Condition/_search", "patient="+id+"&"+search),
		} {
			if bundle["total"] != whole["total"] || bundle["entry"] != nil || len(bundle.list("link")) != 1 {
				t.Errorf("%s: %v", search, bundle)
			}
		}
	}
	if all := r.okay(t, gp, http.MethodGet, "/fhir/Patient/"+id+"/$everything?_summary=count", ""); all["entry"] != nil || all["total"] == 0.0 {
		t.Errorf("everything, counted: %v", all)
	}
	if b := r.okay(t, gp, http.MethodGet, "/fhir/Condition?_summary=true&patient="+id, ""); !strings.Contains(issues(b), "not-supported") {
		t.Errorf("a summary of another kind: %s", issues(b))
	}
	page := r.okay(t, gp, http.MethodGet, "/fhir/Condition?_count=2&_format=json&patient="+id, "")
	if next := page.text("link.1.url"); !strings.Contains(next, "_format=json") || !strings.Contains(next, "_offset=") {
		t.Errorf("the next page is at %s", next)
	}
	r.control(t, "PUT", "hospital", "", `{"fault":"refused"}`)
	if b := r.okay(t, gp, http.MethodGet, "/fhir/Condition?_summary=count&patient="+id, ""); !strings.Contains(issues(b), "transient") {
		t.Errorf("a count without the hospital: %v", b)
	}
	r.control(t, "DELETE", "hospital", "", "")
	for _, path := range []string{"Condition?patient=" + id, "Patient/" + id, "metadata", "Patient/" + id + "/$everything", "Provenance?patient=" + id, "Practitioner"} {
		if status, kind, body := r.summaryAs(t, gp, http.MethodHead, "/fhir/"+path, nil); status != 200 || body != "" || kind != "application/fhir+json" {
			t.Errorf("HEAD %s: %d %s %s", path, status, kind, body)
		}
	}
	if status, bundle := r.fhirAt(t, gp, http.MethodPost, "/fhir/Condition/_search", "patient="+id+"&_format=ttl"); status != 406 {
		t.Errorf("a form that wants Turtle: %d %v", status, bundle)
	}
}

func (r *region) okay(t *testing.T, token, method, path, form string) object {
	t.Helper()
	status, o := r.fhirAt(t, token, method, path, form)
	if status != 200 {
		t.Errorf("%s: %d %v", path, status, o)
	}
	return o
}

// TestFHIRStatementOfCapability: what is listed is there; the addresses of the authorization
// server are there if there is one.
func TestFHIRStatementOfCapability(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	_, statement := r.fhirAt(t, "", http.MethodGet, "/fhir/metadata", "")
	if statement.at("rest.0.security.extension.0.extension.0.valueUri") != r.http.URL+"/smart/authorize" || statement.text("format.0") != "application/fhir+json" || statement.text("format.1") != "application/fhir+xml" {
		t.Errorf("%v", statement)
	}
	definition := statement.text("rest.0.operation.0.definition")
	_, path, _ := strings.Cut(definition, "/fhir/")
	if status, o := r.fhirAt(t, "", http.MethodGet, "/fhir/"+path, ""); status != 200 || o.text("url") != definition || o.text("code") != "graphql" {
		t.Errorf("%s: %d %v", definition, status, o)
	}
	api, ok := r.server.fhirAPI().(*fhir.Server)
	if !ok {
		t.Fatal("the API is another")
	}
	api.OAuth = map[string]string{"authorize": "https://a/authorize", "token": "https://a/token", "revoke": "https://a/revoke"}
	for _, format := range []string{"json", "xml"} {
		w := httptest.NewRecorder()
		api.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/fhir/metadata?_format="+format, nil))
		body := w.Body.String()
		for _, part := range []string{"http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris", "https://a/authorize", "https://a/token", "https://a/revoke", "SMART-on-FHIR"} {
			if !strings.Contains(body, part) {
				t.Errorf("%s is not in %s", part, body)
			}
		}
		if strings.Contains(body, "introspect") || strings.Contains(body, `"manage"`) {
			t.Errorf("an address that there is not: %s", body)
		}
	}
}

// TestFHIRGraph: the graph is there under the base too, by POST, for whoever may.
func TestFHIRGraph(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	number := r.Scenario("everything").NHSNumber
	const named = `{"query":"query A($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { nhsNumber } }","variables":{"n":"NUMBER"}}`
	const text = `{ patientByNHSNumber(nhsNumber: "NUMBER") { nhsNumber } }`
	gp := r.tokens[auth.RoleGP]
	for name, c := range map[string]struct {
		token, method, kind, body string
		status                    int
		says                      string
	}{
		"as JSON":           {gp, "POST", "application/json", named, 200, number},
		"as text":           {gp, "POST", "application/graphql", text, 200, number},
		"with a charset":    {gp, "POST", "application/graphql; charset=utf-8", text, 200, number},
		"no operation":      {gp, "POST", "application/graphql", "{", 200, "errors"},
		"too much":          {gp, "POST", "application/graphql", strings.Repeat(" ", 70_000), 413, "64 KiB"},
		"as a form":         {gp, "POST", "application/x-www-form-urlencoded", "query=" + text, 415, "UNSUPPORTED_MEDIA_TYPE"},
		"by GET":            {gp, "GET", "", "", 405, "METHOD_NOT_ALLOWED"},
		"nobody":            {"", "POST", "application/graphql", text, 401, "UNAUTHENTICATED"},
		"nobody, much":      {"", "POST", "application/graphql", strings.Repeat(" ", 70_000), 401, "UNAUTHENTICATED"},
		"nobody, with JSON": {"", "POST", "application/json", named, 401, "UNAUTHENTICATED"},
	} {
		path := "/fhir/$graphql"
		if c.method == "GET" {
			path += "?query=" + strings.ReplaceAll(`{me{name}}`, " ", "+")
		}
		q := httptest.NewRequestWithContext(t.Context(), c.method, path, strings.NewReader(strings.ReplaceAll(c.body, "NUMBER", number)))
		if c.token != "" {
			q.Header.Set("Authorization", "Bearer "+c.token)
		}
		q.Header.Set("Content-Type", c.kind)
		w := httptest.NewRecorder()
		r.server.handler().ServeHTTP(w, q)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}
