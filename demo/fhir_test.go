package demo

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestFHIRSearch(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	gp, hospital := r.System("gp").URL, r.System("hospital").URL
	p, twin := r.Scenario("everything"), r.Scenario("twin-a")
	id, mrn := p.LocalIDs["gp"], p.LocalIDs["hospital"]
	for _, c := range []struct {
		url  string
		want int // -1: some
	}{
		{gp + "/Patient?identifier=" + nhsNumberSystem + "|" + p.NHSNumber, 1},
		{gp + "/Patient?identifier=" + p.NHSNumber, 1},
		{gp + "/Patient?identifier=https://example.org|" + p.NHSNumber, 0},
		{gp + "/Patient?family=geminiford&birthdate=2004-05-05", 2},
		{gp + "/Patient?family=geminiford&given=rosam", 1},
		{gp + "/Patient?family:exact=geminiford", 0},
		{gp + "/Patient?birthdate=ge2004-05-05&birthdate=le2004-05-05&family=gemini", 2},
		{gp + "/Patient?_id=" + id + "," + twin.LocalIDs["gp"], 2},
		{gp + "/AllergyIntolerance?patient=" + id, 3},
		{gp + "/AllergyIntolerance?subject=Patient/" + id, 3},
		{gp + "/AllergyIntolerance?patient=" + id + "," + r.Scenario("none-known").LocalIDs["gp"], 4},
		{gp + "/AllergyIntolerance?patient=" + id + "&clinical-status=active", 1},
		{gp + "/AllergyIntolerance?patient=" + id + "&verification-status:not=entered-in-error", 2},
		{gp + "/AllergyIntolerance?patient.identifier=" + nhsNumberSystem + "|" + p.NHSNumber, 3},
		{gp + "/AllergyIntolerance?patient=nobody", 0},
		{gp + "/AllergyIntolerance?code=" + snomed + "|716186003&patient=" + r.Scenario("conflict").LocalIDs["gp"], 1},
		{hospital + "/AllergyIntolerance?patient=" + r.Scenario("none-known").LocalIDs["hospital"], 0},
		{hospital + "/Encounter?class=IMP&patient=" + mrn, -1},
		{hospital + "/Encounter?class=IMP&status=in-progress&patient=" + mrn, 1},
		{hospital + "/Appointment?patient=" + mrn + "&date=ge2026-03-18&status=booked", -1},
		{hospital + "/Appointment?patient=" + mrn + "&date=ge2030-01-01", 0},
		{hospital + "/Observation?category=vital-signs&date=ge2026-03-16&patient=" + mrn, -1},
		{hospital + "/Condition?_security=R&patient=" + r.Scenario("restricted").LocalIDs["hospital"], 1},
		{hospital + "/Condition?patient=" + r.Scenario("nothing-recorded").LocalIDs["hospital"], 0},
	} {
		res, body := get(t, c.url)
		if b := bundleOf(t, body); res.StatusCode != 200 || (c.want >= 0 && b.Total != c.want) || (c.want < 0 && b.Total == 0) || len(b.Entry) != b.Total {
			t.Errorf("%s: %d of %d: %.200s", c.url, b.Total, c.want, body)
		}
	}
	form := url.Values{"patient": {id}}.Encode()
	res, body := send(t, http.MethodPost, gp+"/AllergyIntolerance/_search", form, "Content-Type", "application/x-www-form-urlencoded")
	if res.StatusCode != 200 || bundleOf(t, body).Total != 3 {
		t.Errorf("POST _search: %d %s", res.StatusCode, body)
	}
}

func TestFHIRPaging(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	at := r.System("gp").URL + "/Observation?_count=7&patient=" + r.Scenario("everything").LocalIDs["gp"]
	seen, dates, pages := map[string]bool{}, []string{}, 0
	total := 0
	for ; at != ""; pages++ {
		_, body := get(t, at)
		b := bundleOf(t, body)
		for _, e := range b.Entry {
			if seen[e.FullURL] || !strings.HasPrefix(e.FullURL, r.System("gp").URL) || e.Search.Mode != "match" {
				t.Errorf("entry %s", e.FullURL)
			}
			seen[e.FullURL] = true
			dates = append(dates, e.Resource["effectiveDateTime"].(string)[:10])
		}
		total, at = b.Total, b.link("next")
	}
	if len(seen) != total || pages != (total+6)/7 || total < 20 {
		t.Errorf("%d of %d on %d pages", len(seen), total, pages)
	}
	if !slices.IsSortedFunc(dates, func(a, b string) int { return strings.Compare(b, a) }) {
		t.Error("not newest first")
	}
	if res, _ := get(t, r.System("gp").URL+"/Observation?_cursor=made-up"); res.StatusCode != 400 {
		t.Errorf("a made-up cursor: %d", res.StatusCode)
	}
	_, body := get(t, r.System("gp").URL+"/Observation?_count=100000")
	if b := bundleOf(t, body); len(b.Entry) != min(b.Total, maxCount) {
		t.Errorf("%d entries on a page of %d", len(b.Entry), b.Total)
	}
}

func TestFHIRInclude(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	mrn := r.Scenario("everything").LocalIDs["hospital"]
	for include, want := range map[string]string{
		"MedicationRequest:medication": "Medication", "Encounter:service-provider": "Organization", "Appointment:actor": "Location",
		"Appointment:practitioner": "Practitioner", "DiagnosticReport:result": "Observation", "Observation:performer": "Practitioner",
		"AllergyIntolerance:patient": "Patient",
	} {
		kind, _, _ := strings.Cut(include, ":")
		_, body := get(t, r.System("hospital").URL+"/"+kind+"?_count=200&patient="+mrn+"&_include="+include)
		b, found, matches := bundleOf(t, body), map[string]bool{}, 0
		for _, e := range b.Entry {
			if e.Search.Mode == "match" {
				matches++
				continue
			}
			if found[e.FullURL] {
				t.Errorf("%s: %s twice", include, e.FullURL)
			}
			found[e.FullURL], found[e.Resource["resourceType"].(string)] = true, true
		}
		if !found[want] || matches != b.Total {
			t.Errorf("%s: %d matches of %d, included %v", include, matches, b.Total, found)
		}
	}
}

func TestFHIRBatch(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	id := r.Scenario("everything").LocalIDs["gp"]
	body := fmt.Sprintf(`{"resourceType":"Bundle","type":"batch","entry":[
		{"request":{"method":"GET","url":"AllergyIntolerance?patient=%[1]s"}},{"request":{"method":"GET","url":"/Patient/%[1]s"}},
		{"request":{"method":"GET","url":"Nonsense"}},{"request":{"method":"DELETE","url":"Patient/%[1]s"}}]}`, id)
	res, text := send(t, http.MethodPost, r.System("gp").URL+"/", body, "Content-Type", "application/fhir+json")
	b := bundleOf(t, text)
	if res.StatusCode != 200 || len(b.Entry) != 4 {
		t.Fatal(text)
	}
	for i, want := range []string{"200", "200", "404", "405"} {
		if !strings.HasPrefix(b.Entry[i].Response.Status, want) {
			t.Errorf("entry %d: %s", i, b.Entry[i].Response.Status)
		}
	}
	if b.Entry[0].Resource["resourceType"] != "Bundle" || b.Entry[1].Resource["id"] != id {
		t.Error(text)
	}
}

func TestFHIRErrorsAndNegotiation(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	base := r.System("gp").URL
	for _, c := range []struct {
		method, path, body string
		headers            []string
		status             int
		code               string
	}{
		{"GET", "/Nonsense", "", nil, 404, "not-supported"},
		{"GET", "/Patient/nobody", "", nil, 404, "not-found"},
		{"GET", "/Patient?shoe-size=9", "", []string{"Prefer", "handling=strict"}, 400, "not-supported"},
		{"GET", "/Patient?birthdate=yesterday", "", nil, 400, "invalid"},
		{"GET", "/Patient?family:fuzzy=x", "", nil, 400, "not-supported"},
		{"GET", "/Patient?_count=many", "", nil, 400, "invalid"},
		{"GET", "/Patient", "", []string{"Accept", "application/fhir+xml"}, 406, "not-supported"},
		{"PUT", "/Patient/1", "{}", nil, 405, "not-supported"},
		{"POST", "/Patient/_search", "a=b", []string{"Content-Type", "text/plain"}, 415, "not-supported"},
		{"POST", "/", "{", []string{"Content-Type", "application/fhir+json"}, 400, "structure"},
		{"POST", "/", `{"resourceType":"Bundle","type":"transaction"}`, []string{"Content-Type", "application/fhir+json"}, 400, "not-supported"},
	} {
		res, text := send(t, c.method, base+c.path, c.body, c.headers...)
		if res.StatusCode != c.status || !strings.Contains(text, `"code":"`+c.code+`"`) || !strings.Contains(text, "OperationOutcome") {
			t.Errorf("%s %s: %d %s", c.method, c.path, res.StatusCode, text)
		}
	}
	res, text := get(t, base+"/Patient?shoe-size=9&_count=2")
	if !strings.Contains(bundleOf(t, text).link("self"), "shoe-size=9") || res.Header.Get("ETag") == "" {
		t.Error("an unknown parameter is not in the self link, or no ETag")
	}
	if res, _ := get(t, base+"/Patient?shoe-size=9&_count=2", "If-None-Match", res.Header.Get("ETag")); res.StatusCode != 304 {
		t.Errorf("If-None-Match: %d", res.StatusCode)
	}
	if res, _ := get(t, base+"/Patient?_count=50", "Accept-Encoding", "gzip"); res.Header.Get("Content-Encoding") != "gzip" {
		t.Error("not compressed")
	}
	if _, text := get(t, base+"/metadata"); !strings.Contains(text, `"fhirVersion":"4.0.1"`) || !strings.Contains(text, "MedicationRequest:medication") {
		t.Errorf("%.300s", text)
	}
}
