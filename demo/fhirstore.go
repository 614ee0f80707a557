package demo

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// object is a piece of FHIR JSON under construction.
type object = map[string]any

// list is a JSON array under construction.
type list = []any

// resource is one FHIR resource, rendered once and indexed for search.
type resource struct {
	kind, id string
	patients []string // local ids of the patients it is about
	body     []byte
	content  object // as given, for search parameters
	date     string // for the order of answers; newest first
}

func (r *resource) reference() string { return r.kind + "/" + r.id }

// fhirStore holds the resources of one FHIR server. It is filled before it is
// served and only read from then on, so it needs no lock.
type fhirStore struct {
	byReference map[string]*resource
	byKind      map[string][]*resource
	byPatient   map[string]map[string][]*resource // kind → patient → newest first
	patients    []string                          // in the order they were put
	files       map[string]file                   // Binary, by id
	packs       bool                              // it answers with a Binary as JSON
}

func newFHIRStore() *fhirStore {
	return &fhirStore{byReference: map[string]*resource{}, byKind: map[string][]*resource{},
		byPatient: map[string]map[string][]*resource{}, files: map[string]file{}}
}

// put adds a resource, which must have resourceType and id. What is put must
// not be changed afterwards.
func (s *fhirStore) put(content object) error {
	kind, _ := content["resourceType"].(string)
	id, _ := content["id"].(string)
	r := &resource{kind: kind, id: id, content: content}
	if kind == "" || id == "" || s.byReference[r.reference()] != nil {
		return fmt.Errorf("demo: resource %q needs a type and an unused id", r.reference())
	}
	body, err := renderResource(content)
	if err != nil {
		return fmt.Errorf("demo: render %s: %w", kind, err)
	}
	r.body, r.patients, r.date = body, patientsOf(content), sortDate(content)
	s.index(r)
	return nil
}

// index adds a rendered resource.
func (s *fhirStore) index(r *resource) {
	kind := r.kind
	s.byReference[r.reference()] = r
	s.byKind[kind] = append(s.byKind[kind], r)
	if kind == "Patient" {
		s.patients = append(s.patients, r.id)
	}
	for _, patient := range r.patients {
		if s.byPatient[kind] == nil {
			s.byPatient[kind] = map[string][]*resource{}
		}
		s.byPatient[kind][patient] = append(s.byPatient[kind][patient], r)
	}
}

// merge adds the resources of another store. Organisations, places and
// professionals that both have are kept once; a patient's may not meet.
func (s *fhirStore) merge(other *fhirStore) error {
	maps.Copy(s.files, other.files)
	for _, kind := range sortedKeys(other.byKind) {
		for _, r := range other.byKind[kind] {
			switch known := s.byReference[r.reference()]; {
			case known == nil:
				s.index(r)
			case len(r.patients) > 0:
				return fmt.Errorf("demo: two resources are %s", r.reference())
			}
		}
	}
	return nil
}

// ready puts everything in order; call it after the last put.
func (s *fhirStore) ready() {
	newestFirst := func(a, b *resource) int {
		return cmp.Or(-strings.Compare(a.date, b.date), strings.Compare(a.id, b.id))
	}
	for _, all := range s.byKind {
		slices.SortStableFunc(all, newestFirst)
	}
	for _, byPatient := range s.byPatient {
		for _, all := range byPatient {
			slices.SortStableFunc(all, newestFirst)
		}
	}
}

// other is a patient that is not id, with resources of that kind if anybody
// else has any: the one a confused server would answer about.
func (s *fhirStore) other(kind, id string) string {
	at := slices.Index(s.patients, id)
	for i := range s.patients {
		candidate := s.patients[(at+1+i)%len(s.patients)]
		if candidate != id && (len(s.byPatient[kind][candidate]) > 0 || kind == "Patient") {
			return candidate
		}
	}
	return "nobody"
}

// renderResource writes resourceType and id first, as people expect to read
// them, and leaves markup in text as it is.
func renderResource(content object) ([]byte, error) {
	rest := make(object, len(content))
	for key, value := range content {
		if key != "resourceType" && key != "id" {
			rest[key] = value
		}
	}
	tail, err := renderJSON(rest)
	if err != nil {
		return nil, err
	}
	head := fmt.Sprintf(`{"resourceType":%q,"id":%q`, content["resourceType"], content["id"])
	if len(rest) > 0 {
		head += ","
	}
	return append([]byte(head), tail[1:]...), nil
}

func renderJSON(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(out.Bytes(), "\n"), nil
}

// patientsOf finds whom a resource is about.
func patientsOf(content object) []string {
	if content["resourceType"] == "Patient" {
		return []string{content["id"].(string)}
	}
	var found []string
	for _, path := range []string{"subject", "patient", "beneficiary", "participant.actor", "for", "individual"} {
		for _, v := range walk(content, path) {
			if id, ok := strings.CutPrefix(referenceOf(v), "Patient/"); ok && !slices.Contains(found, id) {
				found = append(found, id)
			}
		}
	}
	return found
}

// sortDate is the date a reader would order the resource by.
func sortDate(content object) string {
	for _, path := range []string{"effectiveDateTime", "effectivePeriod.start", "authoredOn", "recordedDate",
		"occurrenceDateTime", "performedDateTime", "performedPeriod.start", "period.start", "start", "date", "dateTime",
		"onsetDateTime", "issued", "dateAsserted", "created", "meta.lastUpdated"} {
		for _, v := range walk(content, path) {
			if text, ok := v.(string); ok {
				return text
			}
		}
	}
	return ""
}
