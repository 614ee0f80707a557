package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// fhirAt asks the FHIR API with a token; "" asks as nobody.
func (r *region) fhirAt(t *testing.T, token, method, path, form string) (status int, resource object) {
	t.Helper()
	q := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(form))
	if token != "" {
		q.Header.Set("Authorization", "Bearer "+token)
	}
	if form != "" {
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	r.server.handler().ServeHTTP(w, q)
	if err := json.Unmarshal(w.Body.Bytes(), &resource); err != nil {
		t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	if !strings.HasPrefix(w.Header().Get("Content-Type"), "application/fhir+json") || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%s: %v", path, w.Header())
	}
	return w.Code, resource
}

func (r *region) fhirAs(t *testing.T, role auth.Role, path string) (status int, resource object) {
	t.Helper()
	return r.fhirAt(t, r.tokens[role], http.MethodGet, path, "")
}

// TestFHIRPeople: the same person by id, by NHS number in a form and in an address, and by
// name; nothing but what the role may see.
func TestFHIRPeople(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	p := r.Scenario("everything")
	id := r.record(t, auth.RoleGP, p.NHSNumber).text("id")
	status, person := r.fhirAs(t, auth.RoleGP, "/fhir/Patient/"+id)
	if status != 200 || person.text("resourceType") != "Patient" || person.text("id") != id || person.text("birthDate") != p.BirthDate ||
		person.list("identifier")[0].text("value") != p.NHSNumber || person.list("name")[0].text("family") != p.FamilyName {
		t.Errorf("%d %v", status, person)
	}
	number := url.QueryEscape("https://fhir.nhs.uk/Id/nhs-number|" + p.NHSNumber)
	for name, search := range map[string]string{
		"by number": "identifier=" + number, "by id": "_id=" + id,
		"by name": "family=" + url.QueryEscape(p.FamilyName) + "&birthdate=" + p.BirthDate,
	} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			path, form := "/fhir/Patient?"+search, ""
			if method == http.MethodPost {
				path, form = "/fhir/Patient/_search", search
			}
			status, bundle := r.fhirAt(t, r.tokens[auth.RoleGP], method, path, form)
			if status != 200 || bundle.text("type") != "searchset" || len(bundle.list("entry")) == 0 || bundle.list("entry")[0].text("resource.id") != id {
				t.Errorf("%s by %s: %d %v", name, method, status, bundle)
			}
			if link := bundle.list("link")[0].text("url"); strings.Contains(link, p.NHSNumber) || strings.Contains(link, p.FamilyName) {
				t.Errorf("%s: a link names the person: %s", name, link)
			}
		}
	}
	if status, bundle := r.fhirAs(t, auth.RoleGP, "/fhir/Patient?identifier=https%3A%2F%2Ffhir.nhs.uk%2FId%2Fnhs-number%7C9990009007"); status != 200 || bundle.at("total") != 0.0 {
		t.Errorf("nobody: %d %v", status, bundle)
	}
	status, seen := r.fhirAs(t, auth.RoleReceptionist, "/fhir/AllergyIntolerance?patient="+id)
	if status != 200 || seen.at("total") != 0.0 || !strings.Contains(issues(seen), "suppressed") {
		t.Errorf("a receptionist: %d %v", status, seen)
	}
}

// TestFHIRFindsPeopleExactly: a program takes whom it is given for whom it asked for; who has
// no verified number is found as well; and what was not searched is not "nobody".
func TestFHIRFindsPeopleExactly(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	twin, unverified := r.Scenario("twin-a"), r.Scenario("unverified")
	status, bundle := r.fhirAs(t, auth.RoleGP, "/fhir/Patient?family=Gemminiford&birthdate="+twin.BirthDate)
	if status != 200 || bundle.at("total") != 0.0 || !strings.Contains(issues(bundle), "similar") {
		t.Errorf("similar people: %d %v", status, bundle)
	}
	status, bundle = r.fhirAs(t, auth.RoleHospitalDoctor, "/fhir/Patient?family="+url.QueryEscape(unverified.FamilyName)+"&birthdate="+unverified.BirthDate)
	if status != 200 || bundle.at("total") == 0.0 || !strings.EqualFold(bundle.list("entry")[0].text("resource.name.0.family"), unverified.FamilyName) {
		t.Errorf("without a verified number: %d %v", status, bundle)
	}
	status, bundle = r.fhirAs(t, auth.RoleGP, "/fhir/Patient?identifier=https%3A%2F%2Fhospital.example%2Fmrn%7C12345")
	if status != 400 || !strings.Contains(bundle.list("issue")[0].text("code"), "not-supported") {
		t.Errorf("a number of another system: %d %v", status, bundle)
	}
}

// issues joins the codes and words of a searchset's OperationOutcome.
func issues(bundle object) string {
	var b strings.Builder
	for _, e := range bundle.list("entry") {
		if e.text("search.mode") == "outcome" {
			for _, i := range e.list("resource.issue") {
				b.WriteString(i.text("code") + ": " + i.text("diagnostics") + "\n")
			}
		}
	}
	return b.String()
}

// TestFHIRSaysWhoDidNotAnswer (hazard H-02).
func TestFHIRSaysWhoDidNotAnswer(t *testing.T) {
	t.Parallel()
	for _, stopped := range []bool{false, true} {
		r := startRegion(t, demo.Options{Patients: 20}, nil)
		p := r.Scenario("everything")
		_, people := r.fhirAs(t, auth.RoleGP, "/fhir/Patient?identifier="+p.NHSNumber)
		id := people.list("entry")[0].text("resource.id")
		if stopped {
			r.control(t, http.MethodPut, "hospital", "", `{"fault":"refused"}`)
		}
		status, bundle := r.fhirAs(t, auth.RoleGP, "/fhir/AllergyIntolerance?patient="+id)
		if told := issues(bundle); status != 200 || strings.Contains(told, "transient") != stopped || told == "" == stopped {
			t.Errorf("stopped %v: %d %s", stopped, status, told)
		}
		first := bundle.list("entry")[0]
		status, one := r.fhirAs(t, auth.RoleGP, "/fhir/AllergyIntolerance/"+first.text("resource.id"))
		if status != 200 || one.text("code.text") != first.text("resource.code.text") {
			t.Errorf("stopped %v: %d %v", stopped, status, one)
		}
		// One that is not among those read may be the hospital's.
		want := http.StatusNotFound
		if stopped {
			want = http.StatusServiceUnavailable
		}
		if status, _ := r.fhirAs(t, auth.RoleGP, "/fhir/AllergyIntolerance/"+id+".abc"); status != want {
			t.Errorf("stopped %v: one that is not there: %d", stopped, status)
		}
	}
}

// TestFHIRRefuses: exact status and issue; nothing of anybody.
func TestFHIRRefuses(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	p, other := r.Scenario("everything"), r.Scenario("restricted")
	id := r.record(t, auth.RoleGP, p.NHSNumber).text("id")
	elsewhere := r.record(t, auth.RoleGP, other.NHSNumber).text("id")
	ctx := context.WithoutCancel(t.Context())
	pinned, err := r.server.sessions.Start(ctx, auth.Session{
		Issuer: "local", Subject: "gp", Role: auth.RoleGP, Launch: &auth.Launch{Patient: id, Client: "epr"},
	})
	if err != nil {
		t.Fatal(err)
	}
	gp := r.tokens[auth.RoleGP]
	for name, c := range map[string]struct {
		token, method, path string
		status              int
		code                string
	}{
		"nobody":                  {"", "GET", "/fhir/Patient/" + id, 401, "login"},
		"a made-up token":         {"x", "GET", "/fhir/Patient/" + id, 401, ""},
		"a type not offered":      {gp, "GET", "/fhir/Account?patient=" + id, 404, "not-supported"},
		"no type":                 {gp, "GET", "/fhir/", 404, "not-supported"},
		"an id that is none":      {gp, "GET", "/fhir/Patient/nobody", 404, "not-found"},
		"an id of another form":   {gp, "GET", "/fhir/Patient/a_b", 404, "not-found"},
		"a resource of no person": {gp, "GET", "/fhir/AllergyIntolerance/abc", 404, "not-found"},
		"a resource not there":    {gp, "GET", "/fhir/AllergyIntolerance/" + id + ".abc", 404, "not-found"},
		"whose":                   {gp, "GET", "/fhir/AllergyIntolerance", 400, "invalid"},
		"whose, twice":            {gp, "GET", "/fhir/AllergyIntolerance?patient=" + id + "&patient=" + elsewhere, 400, "invalid"},
		"whose, otherwise":        {gp, "GET", "/fhir/AllergyIntolerance?patient=" + id + "&_id=" + elsewhere + ".a", 400, "invalid"},
		"a count":                 {gp, "GET", "/fhir/AllergyIntolerance?patient=" + id + "&_count=x", 400, "invalid"},
		"a date":                  {gp, "GET", "/fhir/AllergyIntolerance?patient=" + id + "&date=soon", 400, "invalid"},
		"an offset":               {gp, "GET", "/fhir/AllergyIntolerance?patient=" + id + "&_offset=-1", 400, "invalid"},
		"a search for anybody":    {gp, "GET", "/fhir/Patient", 400, "invalid"},
		"creating":                {gp, "POST", "/fhir/Patient", 405, "not-supported"},
		"changing":                {gp, "PUT", "/fhir/Patient/" + id, 405, "not-supported"},
		"deleting":                {gp, "DELETE", "/fhir/Patient/" + id, 405, "not-supported"},
		"history":                 {gp, "GET", "/fhir/Patient/" + id + "/_history", 404, "not-supported"},
		"Turtle":                  {gp, "GET", "/fhir/Patient/" + id + "?_format=ttl", 406, "not-supported"},
		"a page of one resource":  {gp, "GET", "/fhir/Patient/" + id + "?_format=html", 406, "not-supported"},
		"pinned, another person":  {pinned, "GET", "/fhir/Patient/" + elsewhere, 404, "not-found"},
		"pinned, their resources": {pinned, "GET", "/fhir/AllergyIntolerance?patient=" + elsewhere, 404, "not-found"},
		"pinned, one of them":     {pinned, "GET", "/fhir/AllergyIntolerance/" + elsewhere + ".abc", 404, "not-found"},
		"pinned, by id":           {pinned, "GET", "/fhir/Patient?_id=" + elsewhere, 200, ""},
		"pinned, by number":       {pinned, "GET", "/fhir/Patient?identifier=" + other.NHSNumber, 200, ""},
		"pinned, by name":         {pinned, "GET", "/fhir/Patient?family=" + other.FamilyName + "&birthdate=" + other.BirthDate, 403, "forbidden"},
		"an analyst":              {r.tokens[auth.RoleAnalyst], "GET", "/fhir/Patient/" + id, 403, "forbidden"},
	} {
		q := httptest.NewRequestWithContext(t.Context(), c.method, c.path, nil)
		if c.token != "" {
			q.Header.Set("Authorization", "Bearer "+c.token)
		}
		w := httptest.NewRecorder()
		r.server.handler().ServeHTTP(w, q)
		body := w.Body.String()
		if w.Code != c.status || c.code != "" && !strings.Contains(body, `"code":"`+c.code+`"`) {
			t.Errorf("%s: %d %s", name, w.Code, body)
		}
		for _, told := range []string{other.FamilyName, other.NHSNumber, p.FamilyName, p.NHSNumber} {
			if strings.Contains(body, told) {
				t.Errorf("%s names somebody: %s", name, body)
			}
		}
	}
	if status, _ := r.fhirAt(t, pinned, http.MethodGet, "/fhir/Patient/"+id, ""); status != 200 {
		t.Errorf("pinned, their own: %d", status)
	}
}

// TestFHIREverything: all that the searches of every type find, once, over the pages.
func TestFHIREverything(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	_, people := r.fhirAs(t, auth.RoleGP, "/fhir/Patient?identifier="+r.Scenario("everything").NHSNumber)
	id := people.list("entry")[0].text("resource.id")
	want := map[string]bool{}
	_, statement := r.fhirAs(t, auth.RoleGP, "/fhir/metadata")
	for _, kind := range statement.list("rest.0.resource") {
		if name := kind.text("type"); name == "Provenance" || name == "Practitioner" {
			continue // of the resources; of the caller
		}
		search := "/fhir/" + kind.text("type") + "?_count=500&patient=" + id
		if kind.text("type") == "Patient" {
			search = "/fhir/Patient?_id=" + id
		}
		_, bundle := r.fhirAs(t, auth.RoleGP, search)
		for _, e := range bundle.list("entry") {
			if e.text("search.mode") == "match" {
				want[e.text("fullUrl")] = true
			}
		}
	}
	if len(want) < 100 {
		t.Fatalf("only %d resources", len(want))
	}
	next := "/fhir/Patient/" + id + "/$everything?_count=40"
	for pages := 0; next != "" && pages < 20; pages++ {
		status, bundle := r.fhirAs(t, auth.RoleGP, next)
		if status != 200 || issues(bundle) != "" {
			t.Fatalf("%d %s", status, issues(bundle))
		}
		next = ""
		for _, e := range bundle.list("entry") {
			if !want[e.text("fullUrl")] {
				t.Errorf("%s is there twice, or nowhere else", e.text("fullUrl"))
			}
			delete(want, e.text("fullUrl"))
		}
		for _, l := range bundle.list("link") {
			if l.text("relation") == "next" {
				_, after, _ := strings.Cut(l.text("url"), "/fhir/")
				next = "/fhir/" + after
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("%d are missing: %v", len(want), want)
	}
	_, some := r.fhirAs(t, auth.RoleGP, "/fhir/Patient/"+id+"/$everything?_type=Flag,Consent&_count=500")
	for _, e := range some.list("entry") {
		if kind := e.text("resource.resourceType"); kind != "Flag" && kind != "Consent" {
			t.Errorf("_type gives a %s", kind)
		}
	}
	if status, _ := r.fhirAs(t, auth.RoleGP, "/fhir/Patient/"+id+"/$everything?_type=Account"); status != 400 {
		t.Errorf("a type not offered: %d", status)
	}
	if status, _ := r.fhirAs(t, auth.RoleGP, "/fhir/Patient/nobody/$everything"); status != 404 {
		t.Errorf("nobody: %d", status)
	}
}
