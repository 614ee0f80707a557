package fhir

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// provenanceRequest answers Provenance/ID and Provenance?target= or ?patient=. `patient` finds the
// Provenance of everything about a person, not of the Patient alone.
func (s *Server) provenanceRequest(w http.ResponseWriter, r *http.Request, id string, form url.Values) {
	// A statement's provenance tells of the statement: whoever may read some types only gets it
	// beside them, by _revinclude.
	if !permitted(r.Context(), "Provenance") || !whole(r.Context(), s.names()) {
		s.refuse(w, r, http.StatusForbidden, "forbidden", "Provenance by itself needs scopes that read every type, such as patient/*.rs")
		return
	}
	if id != "" {
		s.readProvenance(w, r, id)
		return
	}
	q, targets, problem := parseProvenance(form, s.Base(r))
	if problem != "" {
		s.refuse(w, r, http.StatusBadRequest, "invalid", problem)
		return
	}
	if q.patient == "" { // every id asked for is malformed: of nobody
		s.reply(w, r, http.StatusOK, s.page(r, "Provenance", q, found{}))
		return
	}
	data, err := s.run(w, r, "FHIRProvenance", s.provenanceQuery(targets), map[string]any{"id": q.patient, "wait": readWait})
	if err != nil {
		return
	}
	person := data.one("patient")
	if person == nil {
		s.refuse(w, r, http.StatusNotFound, "not-found", "There is no such person that you may open")
		return
	}
	f := s.provenances(person)
	f.resources = slices.DeleteFunc(f.resources, func(o object) bool {
		id, _ := o["id"].(string)
		return q.ids != nil && !slices.Contains(q.ids, id) || targets != nil && !aimsAt(o, targets)
	})
	s.reply(w, r, http.StatusOK, s.page(r, "Provenance", q, f))
}

func (s *Server) readProvenance(w http.ResponseWriter, r *http.Request, id string) {
	patient, ok := patientOf(id)
	if !ok {
		s.refuse(w, r, http.StatusNotFound, "not-found", "There is no such resource that you may read")
		return
	}
	data, err := s.run(w, r, "FHIRProvenance", s.provenanceQuery(nil), map[string]any{"id": patient, "wait": readWait})
	if err != nil {
		return
	}
	person := data.one("patient")
	if person == nil {
		s.refuse(w, r, http.StatusNotFound, "not-found", "There is no such resource that you may read")
		return
	}
	s.oneOf(w, r, s.provenances(person), id)
}

// provenanceQuery reads the sections that hold the targets; all of them for none.
func (s *Server) provenanceQuery(targets []string) string {
	types := s.names()
	if targets != nil {
		var sections []string
		for _, t := range targets {
			name, _, _ := strings.Cut(t, "/")
			for _, p := range s.kinds[name].parts {
				sections = append(sections, p.section)
			}
		}
		types = slices.DeleteFunc(types, func(name string) bool {
			shares := slices.ContainsFunc(s.kinds[name].parts, func(p part) bool { return slices.Contains(sections, p.section) })
			return !shares && !slices.ContainsFunc(targets, func(t string) bool { return strings.HasPrefix(t, name+"/") })
		})
	}
	return s.everythingQuery("FHIRProvenance", types)
}

// parseProvenance understands a search; targets is nil for any.
func parseProvenance(form url.Values, base string) (q query, targets []string, problem string) {
	q = query{count: defaultCount, form: url.Values{}}
	for name, values := range form {
		if handled, problem := q.paging(name, values); problem != "" {
			return q, nil, problem
		} else if handled {
			continue
		}
		all := strings.Split(strings.Join(values, ","), ",")
		switch name {
		case "_id":
			q.ids = append(q.ids, all...)
		case "patient":
			q.patient = strings.TrimPrefix(all[0], "Patient/")
			if len(all) > 1 || !goodID(q.patient) || strings.Contains(q.patient, ".") {
				return q, nil, "`patient` must be one id of a Patient of this server"
			}
		case "target":
			for _, t := range all {
				targets = append(targets, strings.TrimPrefix(t, base+"/"))
			}
		default:
			q.ignore(name)
			continue
		}
		q.form[name] = values
	}
	return q, targets, q.targeted(targets)
}

// targeted finds whose resources the targets are.
func (q *query) targeted(targets []string) (problem string) {
	whose := query{patient: q.patient, ids: slices.Clone(q.ids)}
	for _, t := range targets {
		name, id, _ := strings.Cut(t, "/")
		if !slices.ContainsFunc(kinds(), func(k *kind) bool { return k.name == name }) || !goodID(id) {
			return "`target` must be resources of this server, such as Condition/…"
		}
		if name == "Patient" {
			id += ".demographics" // whose reads the person from an id of this form
		}
		whose.ids = append(whose.ids, id)
	}
	problem = whose.whose()
	q.patient = whose.patient
	return problem
}

func aimsAt(o object, targets []string) bool {
	list, _ := o["target"].([]object)
	return slices.ContainsFunc(list, func(t object) bool {
		reference, _ := t["reference"].(string)
		return slices.Contains(targets, reference)
	})
}
