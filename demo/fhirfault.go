package demo

import (
	"bytes"
	"slices"
	"strconv"
)

// confuse answers about the wrong people, when that is the fault.
func confuse(store *fhirStore, q *query, found []*resource, v visit) []*resource {
	switch v.fault.Name {
	case faultWrongPatient:
		return store.othersFor(q, found)
	case faultMixedPatients:
		mixed := append(slices.Clone(found), store.othersFor(q, found)...)
		slices.SortStableFunc(mixed, func(a, b *resource) int { return bytes.Compare([]byte(b.date), []byte(a.date)) })
		return mixed
	}
	return found
}

// othersFor is what the store has about other people than those asked for.
// Parameters other than the patient are ignored, as a confused cache would.
func (s *fhirStore) othersFor(q *query, found []*resource) []*resource {
	asked := q.patients
	for _, r := range found {
		if q.patients == nil {
			asked = append(asked, r.patients...)
		}
	}
	var others []string
	for _, id := range asked {
		others = append(others, s.other(q.kind, id))
	}
	if len(others) == 0 && len(s.patients) > 0 {
		others = s.patients[:1]
	}
	if theirs := s.of(q.kind, others); len(theirs) > 0 {
		return theirs
	}
	return s.misfiled(found)
}

// misfiled is what was found, filed under another patient: where nobody else has
// anything of the kind, the answer would otherwise be empty and true.
func (s *fhirStore) misfiled(found []*resource) []*resource {
	var out []*resource
	for _, r := range found {
		if len(r.patients) == 0 {
			continue
		}
		other := *r
		other.patients = []string{s.other("Patient", r.patients[0])}
		other.body = bytes.ReplaceAll(r.body, []byte("Patient/"+r.patients[0]), []byte("Patient/"+other.patients[0]))
		out = append(out, &other)
	}
	return out
}

// misleadingNext is the link to the next page under the faults of paging.
func (s *fhirServer) misleadingNext(q *query, base, next string, v visit) string {
	switch v.fault.Name {
	case faultEndlessPaging:
		return q.link(base, 0, q.page+1)
	case faultNextLoop:
		return q.link(base, q.offset, q.page)
	case faultNextForeign:
		return q.link(s.trap, 0, q.page+1)
	}
	return next
}

// again is the resource under another id, as on the n-th page of an answer
// that never ends.
func (r *resource) again(n int) *resource {
	old, fresh := `"id":"`+r.id+`"`, `"id":"`+r.id+"-"+strconv.Itoa(n)+`"`
	copied := *r
	copied.id += "-" + strconv.Itoa(n)
	copied.body = bytes.Replace(r.body, []byte(old), []byte(fresh), 1)
	return &copied
}

// outcomeIn200 takes turns: an error in a Bundle's place, and a Bundle whose
// only entry is an error.
func outcomeIn200(turn int) []byte {
	failed := outcome("error", "exception", "the record could not be retrieved")
	if turn%2 == 0 {
		return failed
	}
	return slices.Concat([]byte(`{"resourceType":"Bundle","type":"searchset","total":0,"entry":[{"resource":`), failed,
		[]byte(`,"search":{"mode":"outcome"}}]}`))
}
