package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// required are the sections that a summary always has, by LOINC.
var required = map[string]string{"11450-4": "problems", "48765-2": "allergies", "10160-0": "medications"}

// summaryAs asks for a summary with headers and gives the answer as it is.
func (r *region) summaryAs(t *testing.T, token, method, path string, headers map[string]string) (status int, kind, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, r.http.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s: %v", path, resp.Header)
	}
	kind, _, _ = strings.Cut(resp.Header.Get("Content-Type"), ";")
	return resp.StatusCode, kind, string(text)
}

// document reads a summary and checks what every one must be.
func (r *region) document(t *testing.T, role auth.Role, id string) object {
	t.Helper()
	status, kind, body := r.summaryAs(t, r.tokens[role], http.MethodGet, "/fhir/Patient/"+id+"/$summary", nil)
	if status != 200 || kind != "application/fhir+json" {
		t.Fatalf("%d %s %s", status, kind, body)
	}
	decoder := json.NewDecoder(strings.NewReader(body))
	decoder.UseNumber()
	var bundle object
	if err := decoder.Decode(&bundle); err != nil {
		t.Fatal(err)
	}
	wellFormed(t, bundle)
	return bundle
}

// wellFormed checks a document: R4 §3.3 and the International Patient Summary.
func wellFormed(t *testing.T, bundle object) {
	t.Helper()
	entries := bundle.list("entry")
	if bundle.text("type") != "document" || bundle.text("timestamp") == "" || bundle.text("identifier.value") == "" ||
		entries[0].text("resource.resourceType") != "Composition" || entries[1].text("resource.resourceType") != "Patient" {
		t.Fatalf("no document: %v", bundle)
	}
	at := map[string]bool{}
	for _, e := range entries {
		if full := e.text("fullUrl"); full == "" || at[full] || e["search"] != nil {
			t.Errorf("fullUrl %q", full)
		}
		at[e.text("fullUrl")] = true
	}
	used := map[string]bool{entries[0].text("fullUrl"): true}
	for _, e := range entries {
		resource, _ := e["resource"].(map[string]any)
		if where := blank(resource); where != "" {
			t.Errorf("%s is blank in a %s", where, e.text("resource.resourceType"))
		}
		base, _, rest := strings.Cut(e.text("fullUrl"), "/"+e.text("resource.resourceType")+"/")
		references(resource, func(to string) {
			switch {
			case strings.HasPrefix(to, "#"):
				if !slices.ContainsFunc(object(resource).list("contained"), func(c object) bool { return c.text("id") == to[1:] }) {
					t.Errorf("%s is not contained", to)
				}
				return
			case !strings.Contains(to, ":") && rest:
				to = base + "/" + to
			}
			if !at[to] {
				t.Errorf("%s is not in the document", to)
			}
			used[to] = true
		})
	}
	for full := range at {
		if !used[full] {
			t.Errorf("nothing refers to %s", full)
		}
	}
	left := map[string]bool{}
	for code := range required {
		left[code] = true
	}
	for _, s := range entries[0].list("resource.section") {
		code := s.text("code.coding.0.code")
		delete(left, code)
		if s.text("title") == "" || s.text("code.coding.0.display") == "" || s.text("text.div") == "" || (s["entry"] == nil) == (s["emptyReason"] == nil) {
			t.Errorf("section %s: %v", code, s)
		}
		var div struct{}
		if err := xml.Unmarshal([]byte(s.text("text.div")), &div); err != nil {
			t.Errorf("section %s: %v", code, err)
		}
	}
	if len(left) > 0 {
		t.Errorf("sections are missing: %v", left)
	}
}

// references tells every reference in a resource.
func references(v any, tell func(to string)) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			references(x, tell)
		}
	case map[string]any:
		if to, ok := v["reference"].(string); ok {
			tell(to)
		}
		for _, x := range v {
			references(x, tell)
		}
	}
}

// chapter finds a section of a document by its LOINC code; nil if it is not there.
func chapter(bundle object, code string) object {
	for _, s := range bundle.list("entry")[0].list("resource.section") {
		if s.text("code.coding.0.code") == code {
			return s
		}
	}
	return nil
}

func emptyCode(s object) string { return s.text("emptyReason.coding.0.code") }

// TestSummary: everybody's document is one; the entries of the required sections are the
// graph's, unmerged; why a section is empty follows the graph's verdict.
func TestSummary(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	reasons := map[string]int{}
	for _, p := range r.Patients {
		id := r.idOf(t, auth.RoleGP, p.NHSNumber)
		if id == "" {
			continue // not linked, not shown
		}
		bundle := r.document(t, auth.RoleGP, id)
		for code, section := range required {
			s := chapter(bundle, code)
			graph := r.ask(t, auth.RoleGP, `query($id: ID!) { patient(id: $id) { s: `+section+` { verdict entries { id } } } }`, map[string]any{"id": id})
			verdict, entries := graph.text("data.patient.s.verdict"), graph.list("data.patient.s.entries")
			if section == "allergies" && len(entries) != len(s.list("entry")) {
				t.Errorf("%s: %d of %d entries", section, len(s.list("entry")), len(entries))
			}
			want := map[string]string{"NONE_KNOWN": "nilknown", "NOT_RECORDED": "notasked", "UNAVAILABLE": "unavailable", "WITHHELD": "withheld"}[verdict]
			if got := emptyCode(s); len(entries) == 0 && got != want {
				t.Errorf("%s of %s: %s, the graph says %s", section, p.Scenario, got, verdict)
			}
			reasons[emptyCode(s)]++
		}
	}
	if reasons["nilknown"] == 0 || reasons["notasked"] == 0 || reasons[""] < 20 {
		t.Errorf("the region has not everything: %v", reasons)
	}
	t.Logf("%v", reasons)
}

// idOf gives a person's id; "" if they cannot be opened.
func (r *region) idOf(t *testing.T, role auth.Role, number string) string {
	t.Helper()
	answer := r.ask(t, role, `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n, wait: 2000) { id } }`, map[string]any{"n": number})
	return answer.text("data.patientByNHSNumber.id")
}

// TestSummaryForms: the same document as JSON, XML and a page, by every way of asking.
func TestSummaryForms(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	p := r.Scenario("everything")
	id := r.idOf(t, auth.RoleGP, p.NHSNumber)
	path := "/fhir/Patient/" + id + "/$summary"
	const asJSON, asXML, asPage = "application/fhir+json", "application/fhir+xml", "text/html"
	for name, c := range map[string]struct {
		method, query string
		headers       map[string]string
		status        int
		kind          string
	}{
		"nothing said":              {"GET", "", nil, 200, asJSON},
		"anything":                  {"GET", "", map[string]string{"Accept": "*/*"}, 200, asJSON},
		"XML":                       {"GET", "", map[string]string{"Accept": asXML}, 200, asXML},
		"XML, of this version":      {"GET", "", map[string]string{"Accept": asXML + "; fhirVersion=4.0"}, 200, asXML},
		"XML, of another version":   {"GET", "", map[string]string{"Accept": asXML + "; fhirVersion=5.0"}, 406, asJSON},
		"a browser":                 {"GET", "", map[string]string{"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}, 200, asPage},
		"JSON rather":               {"GET", "", map[string]string{"Accept": "text/html;q=0.5, application/json"}, 200, asJSON},
		"never JSON":                {"GET", "", map[string]string{"Accept": "application/fhir+json;q=0"}, 406, asJSON},
		"a picture":                 {"GET", "", map[string]string{"Accept": "image/png"}, 406, asJSON},
		"_format before Accept":     {"GET", "?_format=xml", map[string]string{"Accept": asJSON}, 200, asXML},
		"_format with a plus":       {"GET", "?_format=application/fhir+xml", nil, 200, asXML},
		"_format, escaped":          {"GET", "?_format=application%2Ffhir%2Bxml", nil, 200, asXML},
		"_format of a page":         {"GET", "?_format=html", nil, 200, asPage},
		"_format unknown":           {"GET", "?_format=pdf", nil, 406, asJSON},
		"the draft's own way":       {"GET", "", map[string]string{"Content-Type": asPage}, 200, asPage},
		"the draft's, and anything": {"GET", "", map[string]string{"Content-Type": asXML, "Accept": "*/*"}, 200, asXML},
		"Accept before Content":     {"POST", "", map[string]string{"Content-Type": asJSON, "Accept": asXML}, 200, asXML},
		"by POST":                   {"POST", "", map[string]string{"Content-Type": asXML}, 200, asXML},
		"by PUT":                    {"PUT", "", nil, 405, asJSON},
	} {
		status, kind, body := r.summaryAs(t, r.tokens[auth.RoleGP], c.method, path+c.query, c.headers)
		if status != c.status || kind != c.kind {
			t.Errorf("%s: %d %s", name, status, kind)
		}
		if status == 200 && !strings.Contains(strings.ToUpper(body), strings.ToUpper(p.FamilyName)) {
			t.Errorf("%s: not of the person", name)
		}
	}
	for path, want := range map[string]int{"/fhir/Patient/nobody/$summary": 404, "/fhir/Patient/a.b/$summary": 404, "/fhir/Patient/$summary": 404} {
		for _, accept := range []string{asJSON, asXML} {
			if status, kind, body := r.summaryAs(t, r.tokens[auth.RoleGP], "GET", path, map[string]string{"Accept": accept}); status != want || kind != accept || !strings.Contains(body, "OperationOutcome") {
				t.Errorf("%s: %d %s %s", path, status, kind, body)
			}
		}
	}
	if status, kind, body := r.summaryAs(t, "", "GET", path, map[string]string{"Accept": asPage}); status != 401 || kind != asPage || !strings.Contains(body, "Sign in") {
		t.Errorf("nobody: %d %s", status, kind)
	}
	if status, _, body := r.summaryAs(t, r.tokens[auth.RoleGP], "HEAD", path, nil); status != 200 || body != "" {
		t.Errorf("HEAD: %d %s", status, body)
	}
}

// TestSummaryXML: the XML has every value of the JSON, and what XML has is what JSON has.
func TestSummaryXML(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	id := r.idOf(t, auth.RoleGP, r.Scenario("everything").NHSNumber)
	for _, path := range []string{
		"Patient/" + id + "/$summary", "Patient/" + id + "/$everything?_count=500&_revinclude=Provenance:target", "metadata", "Patient/" + id, "Practitioner",
		"OperationDefinition/graphql", "Flag", "Condition?patient=" + id + "&_count=3&unknown=a", "Provenance?patient=" + id + "&_count=500",
	} {
		_, _, asJSON := r.summaryAs(t, r.tokens[auth.RoleGP], "GET", "/fhir/"+path, nil)
		_, kind, asXML := r.summaryAs(t, r.tokens[auth.RoleGP], "GET", "/fhir/"+path, map[string]string{"Accept": "application/fhir+xml"})
		if kind != "application/fhir+xml" {
			t.Errorf("%s: %s %.200s", path, kind, asXML)
			continue
		}
		decoder := json.NewDecoder(strings.NewReader(asJSON))
		decoder.UseNumber()
		var o object
		if err := decoder.Decode(&o); err != nil {
			t.Fatal(err)
		}
		want, got := map[string]int{}, map[string]int{}
		valuesOfJSON(o, "", want)
		valuesOfXML(t, asXML, got)
		for value, n := range want {
			if got[value] != n {
				t.Errorf("%s: %q is there %d times, in JSON %d", path, value, got[value], n)
			}
		}
		for value, n := range got {
			if want[value] == 0 {
				t.Errorf("%s: %q is there %d times, in JSON not", path, value, n)
			}
		}
		t.Logf("%s: %d values", path, len(want))
	}
}

// isNew tells values that are new in every answer.
func isNew(name, value string) bool {
	switch name {
	case "lastUpdated", "timestamp", "date", "recorded", "div":
		return true
	case "end":
		return strings.HasSuffix(value, "Z")
	}
	return name == "resourceType" || strings.HasPrefix(value, "urn:uuid:") || name == "id" && strings.Count(value, "-") == 4 || strings.HasPrefix(value, "http://127.0.0.1")
}

// valuesOfJSON counts every name=value.
func valuesOfJSON(v any, name string, counts map[string]int) {
	text := ""
	switch v := v.(type) {
	case map[string]any:
		for name, x := range v {
			valuesOfJSON(x, name, counts)
		}
		return
	case object:
		valuesOfJSON(map[string]any(v), name, counts)
		return
	case []any:
		for _, x := range v {
			valuesOfJSON(x, name, counts)
		}
		return
	case string:
		text = v
	case json.Number:
		text = v.String()
	case bool:
		text = map[bool]string{true: "true", false: "false"}[v]
	}
	if !isNew(name, text) {
		counts[name+"="+text]++
	}
}

// valuesOfXML counts the same of FHIR's XML.
func valuesOfXML(t *testing.T, text string, counts map[string]int) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Local == "div" {
			if err := decoder.Skip(); err != nil {
				t.Fatal(err)
			}
			continue
		}
		for _, a := range start.Attr {
			name := a.Name.Local
			if name == "value" {
				name = start.Name.Local
			}
			if name != "xmlns" && !isNew(name, a.Value) {
				counts[name+"="+a.Value]++
			}
		}
	}
}

// TestSummaryNeverReadsAsNone (hazard H-02): with every fault of the hospital, no required
// section says "nil known", with or without literal conformance; one without entries is
// "unavailable", and one with entries names the hospital.
func TestSummaryNeverReadsAsNone(t *testing.T) {
	exhausts(t)
	t.Parallel()
	for _, literal := range []bool{false, true} {
		t.Run(map[bool]string{false: "plain", true: "to the letter"}[literal], func(t *testing.T) {
			t.Parallel()
			r := startRegion(t, demo.Options{Patients: 20}, func(c *Config) {
				remember(c, 0)
				c.Answers.LiteralNil = literal
				for i := range c.Sources {
					if c.Sources[i].ID == "hospital" {
						c.Sources[i].Timeout = 1500 * time.Millisecond
					}
				}
			})
			for _, scenario := range []string{"everything", "none-known", "nothing-recorded"} {
				number := r.Scenario(scenario).NHSNumber
				id := r.idOf(t, auth.RoleGP, number)
				r.nilKnown(t, scenario, literal, id)
				for _, fault := range []string{"refused", "slow", "html", "wrong-patient", "bad-json"} {
					if status := r.tryControl(t, "hospital", `{"fault":"`+fault+`","delay":"10s"}`); status >= 300 {
						t.Fatalf("%s: %d", fault, status)
					}
					r.notNone(t, scenario+", "+fault, id)
					r.control(t, "DELETE", "hospital", "", "")
					r.healed(t, "hospital", number)
				}
			}
		})
	}
}

// nilKnown checks what the switch changes: what is asserted stays asserted, and where nothing
// is recorded it is "not asked" or, to the letter, "nil known".
func (r *region) nilKnown(t *testing.T, scenario string, literal bool, id string) {
	t.Helper()
	want := map[string]string{"everything": "", "none-known": "nilknown", "nothing-recorded": "notasked"}[scenario]
	if want == "notasked" && literal {
		want = "nilknown"
	}
	s := chapter(r.document(t, auth.RoleGP, id), "48765-2")
	if got := emptyCode(s); got != want {
		t.Errorf("%s, to the letter %v: allergies %q, want %q", scenario, literal, got, want)
	}
	if told := s.text("text.div"); scenario == "nothing-recorded" && (strings.Contains(told, "None known") || !strings.Contains(told, "Nothing recorded")) {
		t.Errorf("people read of nothing recorded: %s", told)
	}
}

// notNone checks a document made while the hospital does not answer rightly.
func (r *region) notNone(t *testing.T, name, id string) {
	t.Helper()
	bundle := r.document(t, auth.RoleGP, id)
	for code, section := range required {
		s := chapter(bundle, code)
		if told := s.text("text.div"); !strings.Contains(told, "Westmarch University Hospitals") {
			t.Errorf("%s, %s: the hospital is not named: %s", name, section, told)
		}
		if reason := emptyCode(s); s["entry"] == nil && reason != "unavailable" {
			t.Errorf("%s, %s: %s", name, section, reason)
		}
	}
	_, _, page := r.summaryAs(t, r.tokens[auth.RoleGP], "GET", "/fhir/Patient/"+id+"/$summary", map[string]string{"Accept": "text/html"})
	if !strings.Contains(page, "This summary is not complete") {
		t.Errorf("%s: the page reads as complete", name)
	}
}

// TestSummaryWithheld: what policy holds back reads "withheld", and nothing of it is there.
func TestSummaryWithheld(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	id := r.idOf(t, auth.RoleReceptionist, r.Scenario("everything").NHSNumber)
	bundle := r.document(t, auth.RoleReceptionist, id)
	for code := range required {
		if s := chapter(bundle, code); emptyCode(s) != "withheld" || s["entry"] != nil || strings.Contains(s.text("text.div"), "<table") {
			t.Errorf("%s: %v", code, s)
		}
	}
	for _, e := range bundle.list("entry") {
		switch kind := e.text("resource.resourceType"); kind {
		case "Composition", "Patient", "Device", "Appointment":
		default:
			t.Errorf("a receptionist is given a %s", kind)
		}
	}
}

// TestSummaryPage: one page that loads and runs nothing; written for looking at if asked.
func TestSummaryPage(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, func(c *Config) { remember(c, 0) })
	id := r.idOf(t, auth.RoleGP, r.Scenario("everything").NHSNumber)
	r.control(t, "PUT", "hospital", "", `{"fault":"refused"}`)
	_, _, page := r.summaryAs(t, r.tokens[auth.RoleGP], "GET", "/fhir/Patient/"+id+"/$summary?_format=html", nil)
	for _, never := range []string{"<script", "javascript:", " src=", " href=", "<link", "<img", "url(", "@import", "onload"} {
		if strings.Contains(strings.ToLower(page), never) {
			t.Errorf("%s is in the page", never)
		}
	}
	if dir := os.Getenv("PATCHWORK_SUMMARY_PAGE"); dir != "" {
		if err := os.WriteFile(dir, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
