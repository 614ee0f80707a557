package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// somebody is whom a pinned app asks for.
type somebody struct{ id, number, family, born, objection, resource string }

// doorway is a way to a person: a GraphQL operation, or a FHIR request.
type doorway struct {
	role auth.Role // "" is a GP
	// graph is an operation, with the variables $id, $number, $family, $born, $own, $ownNumber
	// and $objection as far as it declares them.
	graph string
	// fhir is a path below /fhir; form is posted. Both have {id} and so on.
	fhir, form string
	// closed: not even the pinned person is reached by it.
	closed bool
	// whole: only with the scope patchwork/graph.
	whole bool
}

var doorways = map[string]doorway{
	"by id":                  {graph: `query($id: ID!) { patient(id: $id) { id nhsNumber person { name { text } } allergies { verdict entries { id } } } }`},
	"by id, under an alias":  {graph: `query($id: ID!, $own: ID!) { mine: patient(id: $own) { id } other: patient(id: $id) { id nhsNumber } }`},
	"by id, in a fragment":   {graph: `query($id: ID!) { ...F } fragment F on Query { ... on Query { patient(id: $id) { ...G } } } fragment G on Patient { id problems { total } }`},
	"by number":              {graph: `query($number: NHSNumber!) { patientByNHSNumber(nhsNumber: $number) { id birthDate } }`},
	"in a list":              {graph: `query($number: NHSNumber!) { patientsByNHSNumber(nhsNumbers: [$number]) { problem patient { id } } }`},
	"in a list with theirs":  {graph: `query($number: NHSNumber!, $ownNumber: NHSNumber!) { patientsByNHSNumber(nhsNumbers: [$ownNumber, $number]) { problem patient { id } } }`},
	"by a search":            {closed: true, graph: `query($family: String!, $born: Date!) { searchPatients(familyName: $family, birthDate: $born) { hits { nhsNumber } outcomes { count status } } }`},
	"the line of time":       {graph: `query($id: ID!) { patient(id: $id) { timeline(first: 5) { totalCount edges { node { id code { text } } } } } }`},
	"registrations":          {graph: `query($id: ID!) { patient(id: $id) { registrations { state source { id } } access { objections relationships { evidence } } } }`},
	"claiming":               {whole: true, graph: `mutation($id: ID!) { claimRelationship(patient: $id, reason: "walk-in", explanation: "is standing in front of me") { objections } }`},
	"breaking the glass":     {whole: true, graph: `mutation($id: ID!) { breakGlass(patient: $id, reason: "emergency-treatment", explanation: "unconscious in the waiting room") { objections } }`},
	"ending that":            {whole: true, graph: `mutation($id: ID!) { endBreakGlass(patient: $id) { objections } }`},
	"objecting":              {whole: true, graph: `mutation($id: ID!) { recordObjection(patient: $id, objection: {section: "alerts", reason: "does not want it"}) { section } }`},
	"what they object to":    {whole: true, graph: `query($id: ID!) { objections(patient: $id) { id section } }`},
	"withdrawing that":       {whole: true, graph: `mutation($objection: ID!) { withdrawObjection(id: $objection, reason: "changed their mind") { section } }`},
	"who has looked":         {whole: true, role: auth.RolePrivacyOfficer, graph: `query($id: ID!) { whoHasLooked(patient: $id) { looks { sentence } } }`},
	"the review queue":       {closed: true, role: auth.RolePrivacyOfficer, graph: `{ reviews { waiting items { patient sentence } } }`},
	"taking up a review":     {closed: true, role: auth.RolePrivacyOfficer, graph: `mutation($objection: ID!) { beginReview(id: $objection) { patient } }`},
	"closing a review":       {closed: true, role: auth.RolePrivacyOfficer, graph: `mutation($objection: ID!) { closeReview(id: $objection, outcome: APPROPRIATE, note: "looked into it") { patient } }`},
	"opening it again":       {closed: true, role: auth.RolePrivacyOfficer, graph: `mutation($objection: ID!) { reopenReview(id: $objection, note: "looked into it") { patient } }`},
	"views":                  {closed: true, graph: `{ views { id title } }`},
	"lists to run them over": {closed: true, graph: `{ viewCohorts { list title } }`},
	"runs":                   {closed: true, graph: `{ viewRuns { id page { cells } } }`},
	"running one":            {closed: true, graph: `mutation($id: ID!) { runView(id: $id, list: $id) { id } }`},
	"repeated views":         {closed: true, graph: `{ viewSchedules { id title lastRun { page { cells } } } }`},
	"what they told":         {closed: true, graph: `{ viewNotices { unread notices { title run } } }`},
	"repeating one":          {closed: true, graph: `mutation($id: ID!) { saveViewSchedule(schedule: {view: $id, version: 1, list: $id, every: HOURLY, until: "2999-01-01", alert: NEW}) { id } }`},
	"running it now":         {closed: true, graph: `mutation($id: ID!) { runViewScheduleNow(id: $id) { id } }`},
	"running over a search":  {closed: true, graph: `mutation($id: ID!, $family: String!, $born: Date!) { runView(id: $id, search: {familyName: $family, birthDate: $born}) { id } }`},
	"a file of one":          {closed: true, graph: `mutation($id: ID!) { exportViewRun(id: $id, format: CSV) { url } }`},
	"explaining":             {graph: `query($id: ID!) { explain(patient: $id, resource: "allergies") { shown sentence } }`},

	"FHIR read":                  {fhir: "/Patient/{id}"},
	"FHIR read of a resource":    {fhir: "/AllergyIntolerance/{resource}"},
	"FHIR search of a type":      {fhir: "/AllergyIntolerance?patient={id}"},
	"FHIR search with a slash":   {fhir: "/Observation?subject=Patient/{id}&category=vital-signs"},
	"FHIR search by a form":      {fhir: "/Condition/_search", form: "patient={id}"},
	"FHIR search of a resource":  {fhir: "/AllergyIntolerance?_id={resource}"},
	"FHIR search with their own": {fhir: "/AllergyIntolerance?patient={own}&_id={resource}", closed: true},
	"FHIR people by id":          {fhir: "/Patient?_id={id}"},
	"FHIR people by number":      {fhir: "/Patient?identifier=https%3A%2F%2Ffhir.nhs.uk%2FId%2Fnhs-number%7C{number}"},
	"FHIR people by a form":      {fhir: "/Patient/_search", form: "identifier={number}"},
	"FHIR people by name":        {fhir: "/Patient?family={family}&birthdate={born}", closed: true},
	"FHIR people by a name":      {fhir: "/Patient/_search", form: "family={family}&birthdate={born}", closed: true},
	"FHIR everything":            {fhir: "/Patient/{id}/$everything"},
	"FHIR everything of a type":  {fhir: "/Patient/{id}/$everything?_type=Patient,Condition"},
}

// TestPinnedToOnePatient: an app on one patient reaches nobody else by any door, whatever
// its scopes and whoever opened it, and cannot tell whether there is somebody: what it is
// answered about another person is what it is answered about nobody, also while a system
// is down.
func TestPinnedToOnePatient(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	mine, other := r.somebody(t, "everything"), r.somebody(t, "none-known")
	nobody := somebody{
		id: strings.Repeat("0", len(other.id)), number: "9990009007", family: "Nobodyson", born: "1950-01-01", objection: strings.Repeat("0", len(other.objection)),
		resource: strings.Repeat("0", len(other.id)) + strings.TrimPrefix(other.resource, other.id),
	}
	for _, down := range []bool{false, true} {
		if down {
			r.control(t, http.MethodPut, "hospital", "", `{"fault":"refused"}`)
		}
		for _, client := range []string{"epr", ""} {
			for _, scopes := range [][]string{{"patient/*.rs", "launch/patient"}, {"patchwork/graph"}, {"user/*.cruds", "patient/*.read"}} {
				tokens := map[auth.Role]string{}
				for _, role := range []auth.Role{"", auth.RolePrivacyOfficer} {
					tokens[role] = r.app(t, firstOf(role, auth.RoleGP), mine.id, client, scopes...)
				}
				for name, d := range doorways {
					_, a := r.through(t, tokens[d.role], d, mine, other)
					_, b := r.through(t, tokens[d.role], d, mine, nobody)
					if a != b {
						t.Errorf("%s (%v, client %q, down %v): another person is told from nobody:\n%s\n%s", name, scopes, client, down, a, b)
					}
					if d.closed && d.graph != "" && !strings.Contains(a, `"FORBIDDEN"`) {
						t.Errorf("%s (%v) is not refused: %s", name, scopes, a)
					}
					for _, told := range []string{other.id, other.number, other.family} {
						if strings.Contains(a, told) {
							t.Errorf("%s (%v): %s stands in %s", name, scopes, told, a)
						}
					}
					if d.closed || d.whole && scopes[0] != "patchwork/graph" || down {
						continue
					}
					if status, own := r.through(t, tokens[d.role], d, mine, mine); status != http.StatusOK || strings.Contains(own, `"errors"`) || strings.Contains(own, `"total":0`) {
						t.Errorf("%s (%v, client %q): the pinned person is not reached, so that nothing is shown by it: %d %s", name, scopes, client, status, own)
					}
				}
			}
		}
	}
	r.control(t, http.MethodDelete, "hospital", "", "")
	a := r.ask(t, auth.RoleGP, `query($id: ID!) { patient(id: $id) { access { relationships { kind } breakGlass { id } objections } } }`, map[string]any{"id": other.id})
	if text, _ := json.Marshal(a); strings.Contains(string(text), "SELF_CLAIMED") || a.at("data.patient.access.breakGlass") != nil || a.at("data.patient.access.objections") != 1.0 {
		t.Errorf("something was done to another person: %s", text)
	}
}

func firstOf(role, otherwise auth.Role) auth.Role {
	if role == "" {
		return otherwise
	}
	return role
}

// somebody finds a person of a scenario, who objects to something.
func (r *region) somebody(t *testing.T, scenario string) somebody {
	t.Helper()
	p := r.Scenario(scenario)
	s := somebody{id: r.record(t, auth.RoleGP, p.NHSNumber).text("id"), number: p.NHSNumber, family: p.FamilyName, born: p.BirthDate}
	_, bundle := r.fhirAs(t, auth.RoleGP, "/fhir/Condition?patient="+s.id)
	s.resource = bundle.list("entry")[0].text("resource.id")
	if _, bundle = r.fhirAs(t, auth.RoleGP, "/fhir/AllergyIntolerance?patient="+s.id); len(bundle.list("entry")) > 0 {
		s.resource = bundle.list("entry")[0].text("resource.id")
	}
	a := r.ask(t, auth.RoleGP, `mutation($id: ID!) { recordObjection(patient: $id, objection: {section: "documents", organisation: "YZ901", reason: "does not want it"}) { id } }`, map[string]any{"id": s.id})
	if s.objection = a.text("data.recordObjection.id"); s.objection == "" {
		t.Fatalf("%v", a)
	}
	return s
}

var requestID = regexp.MustCompile(`"requestId":"[^"]*"`)

// through goes through a door to somebody and gives the answer without who was asked for.
func (r *region) through(t *testing.T, token string, d doorway, mine, to somebody) (int, string) {
	t.Helper()
	var status int
	var body string
	if d.graph != "" {
		variables := map[string]any{}
		for name, value := range map[string]string{
			"id": to.id, "number": to.number, "family": to.family, "born": to.born, "objection": to.objection, "own": mine.id, "ownNumber": mine.number,
		} {
			if strings.Contains(d.graph, "$"+name+":") {
				variables[name] = value
			}
		}
		var text []byte
		status, text = r.post(t, token, d.graph, variables)
		body = string(text)
	} else {
		fill := strings.NewReplacer("{id}", to.id, "{number}", to.number, "{family}", url.QueryEscape(to.family), "{born}", to.born, "{resource}", to.resource, "{own}", mine.id)
		method := http.MethodGet
		if d.form != "" {
			method = http.MethodPost
		}
		q := httptest.NewRequestWithContext(t.Context(), method, "/fhir"+fill.Replace(d.fhir), strings.NewReader(fill.Replace(d.form)))
		q.Header.Set("Authorization", "Bearer "+token)
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		r.server.handler().ServeHTTP(w, q)
		status, body = w.Code, w.Body.String()
	}
	if status >= http.StatusInternalServerError && status != http.StatusServiceUnavailable {
		t.Errorf("%+v: %d %s", d, status, body)
	}
	body = requestID.ReplaceAllString(body, `"requestId":""`)
	return status, strings.NewReplacer(to.resource, "(resource)", url.QueryEscape("Patient/"+to.id), "(reference)", to.id, "(id)", to.number, "(number)", to.family, "(family)", to.born, "(born)").Replace(body)
}
