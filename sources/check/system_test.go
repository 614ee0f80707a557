package check_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// object is a piece of JSON.
type object = map[string]any

// Canaries: what a report must never hold.
const (
	patientID = "pat-canary-4471"
	number    = "9990000018"
	family    = "Canaryfield"
	born      = "1951-04-09"
	drug      = "Amoxicanary 500 mg capsules"
	illness   = "Canary-breeder lung"
	street    = "7 Canary Lane"
	wrote     = "Dr Canarius Quill"
	allergyID = "alg-canary-1"
)

var canaries = []string{patientID, number, family, born, drug, illness, street, wrote, allergyID, "Canari", "canary"}

// system is a small FHIR R4 server with one person's record, without any defect.
type system struct {
	resources map[string]object // by id
	// instead answers instead of the server, if it says so.
	instead func(w http.ResponseWriter, r *http.Request) bool
	// change makes of an answer another one.
	change func(bundle object)
}

func practitioner() object { return object{"display": wrote} }

func concept(system, code, display string) object {
	return object{"coding": []any{object{"system": system, "code": code, "display": display}}, "text": display}
}

const sct = "http://snomed.info/sct"

func clean() *system {
	me := object{"reference": "Patient/" + patientID}
	category := object{"coding": []any{object{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs"}}}
	s := &system{resources: map[string]object{}}
	for _, r := range []object{
		{"resourceType": "Patient", "id": patientID, "birthDate": born, "gender": "female",
			"name":       []any{object{"family": family, "given": []any{"Canaria"}, "use": "official"}},
			"address":    []any{object{"line": []any{street}, "postalCode": "ZZ99 9ZZ"}},
			"identifier": []any{object{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": number}}},
		{"resourceType": "AllergyIntolerance", "id": allergyID, "patient": me, "code": concept(sct, "91936005", "Allergy to penicillin"),
			"clinicalStatus":     concept("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active", "Active"),
			"verificationStatus": concept("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", "confirmed", "Confirmed"),
			"recordedDate":       "2019-03-04", "recorder": practitioner()},
		{"resourceType": "MedicationRequest", "id": "m1", "subject": me, "status": "active", "intent": "order", "authoredOn": "2024-05-06",
			"medicationCodeableConcept": concept("https://dmd.nhs.uk", "323509004", drug), "requester": practitioner(),
			"dosageInstruction": []any{object{"text": "One three times a day"}},
			"dispenseRequest":   object{"validityPeriod": object{"start": "2024-05-06", "end": "2024-06-06"}}},
		{"resourceType": "Condition", "id": "c1", "subject": me, "code": concept(sct, "195967001", illness), "recordedDate": "2003-02-01", "onsetDateTime": "2003-01-15",
			"clinicalStatus": concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", "Active"), "recorder": practitioner(),
			"note": []any{object{"text": "Seen at the café; feels better"}}},
		{"resourceType": "Condition", "id": "c2", "subject": me, "code": concept(sct, "38341003", "Hypertension"), "recordedDate": "2010-02-01", "onsetDateTime": "2010-01-15",
			"clinicalStatus": concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", "Active"), "recorder": practitioner()},
		{"resourceType": "Observation", "id": "o1", "subject": me, "status": "final", "category": []any{category}, "code": concept("http://loinc.org", "8867-4", "Heart rate"),
			"effectiveDateTime": "2025-01-02T10:00:00Z", "performer": []any{practitioner()},
			"valueQuantity": object{"value": 71, "unit": "beats/minute", "system": "http://unitsofmeasure.org", "code": "/min"}},
	} {
		s.resources[r["id"].(string)] = r
	}
	return s
}

// start serves it.
func (s *system) start(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return server.URL
}

// set changes one member of a resource; nil takes it away.
func (s *system) set(id, member string, v any) {
	if v == nil {
		delete(s.resources[id], member)
		return
	}
	s.resources[id][member] = v
}

// again puts a copy of a resource in under another id.
func (s *system) again(id, as string) {
	r := maps.Clone(s.resources[id])
	r["id"] = as
	s.resources[as] = r
}

func (s *system) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	if s.instead != nil && s.instead(w, r) {
		return
	}
	if r.URL.Path == "/metadata" {
		reply(w, object{"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1"})
		return
	}
	kind := strings.Trim(strings.TrimSuffix(r.URL.Path, "/_search"), "/")
	var entries []any
	for _, id := range slices.Sorted(maps.Keys(s.resources)) {
		if res := s.resources[id]; res["resourceType"] == kind && matches(res, r.Form) {
			entries = append(entries, object{"resource": res, "search": object{"mode": "match"}})
		}
	}
	bundle := object{"resourceType": "Bundle", "type": "searchset", "total": len(entries), "entry": entries}
	if len(entries) == 0 {
		delete(bundle, "entry")
	}
	if s.change != nil {
		s.change(bundle)
	}
	reply(w, bundle)
}

func matches(res object, q url.Values) bool {
	text, _ := json.Marshal(res)
	holds := func(s string) bool { return strings.Contains(string(text), s) }
	switch {
	case q.Has("patient"):
		return holds("Patient/" + q.Get("patient"))
	case q.Has("_id"):
		return res["id"] == q.Get("_id")
	case q.Has("identifier"):
		return slices.ContainsFunc(strings.Split(q.Get("identifier"), ","), func(token string) bool {
			_, value, _ := strings.Cut(token, "|")
			return holds(strconv.Quote(value)) // as it stands
		})
	case q.Has("family"):
		return holds(strconv.Quote(q.Get("birthdate"))) && slices.ContainsFunc(strings.Split(q.Get("family"), ","), func(f string) bool { return holds(strconv.Quote(f)) })
	}
	return false
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/fhir+json")
	_ = json.NewEncoder(w).Encode(v)
}

// late answers like the server, but takes its time.
func late(d time.Duration) func(http.ResponseWriter, *http.Request) bool {
	return func(_ http.ResponseWriter, r *http.Request) bool {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
		}
		return false
	}
}
