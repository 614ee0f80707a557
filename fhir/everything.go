package fhir

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth/scope"
)

// everything answers Patient/ID/$everything (FHIR R4 Patient-operation-everything): the
// person and every resource about them, in one reading of all systems. `_type` keeps some
// types; the pages are followed by the links. Where each statement is from is in its
// meta.source; their Provenance is there if `_type` or `_revinclude` asks for it.
func (s *Server) everything(w http.ResponseWriter, r *http.Request, id string) {
	if !goodID(id) || strings.Contains(id, ".") {
		s.refuse(w, r, http.StatusNotFound, "not-found", "There is no such resource that you may read")
		return
	}
	q, types, problem := s.parseEverything(r.URL.Query())
	if problem != "" {
		s.refuse(w, r, http.StatusBadRequest, "invalid", problem)
		return
	}
	read := types
	if slices.Contains(types, "Provenance") {
		read = s.names() // it is of all of them
	}
	data, err := s.run(w, r, "FHIREverything", s.everythingQuery("FHIREverything", read), map[string]any{"id": id, "wait": readWait})
	if err != nil {
		return
	}
	person := data.one("patient")
	if person == nil {
		s.refuse(w, r, http.StatusNotFound, "not-found", "There is no such resource that you may read")
		return
	}
	var all found
	for _, name := range types {
		switch k := s.kinds[name]; name {
		case "Provenance":
			if whole(r.Context(), read) { // a statement's provenance tells of the statement
				all.add(s.provenances(person))
			}
		case "Patient":
			all.add(shown(r.Context(), k, scope.Search, k.patients([]node{person})))
		default:
			all.add(shown(r.Context(), k, scope.Search, k.resources(person)))
		}
	}
	s.reply(w, r, http.StatusOK, s.page(r, "Patient/"+id+"/$everything", q, all))
}

// everythingQuery reads all sections of the types in one operation. A section that several
// types share is asked for by each; GraphQL joins what they ask.
func (s *Server) everythingQuery(operation string, types []string) string {
	var b strings.Builder
	b.WriteString("query " + operation + "($id: ID!, $wait: Int) { patient(id: $id, wait: $wait) { id")
	for _, name := range types {
		if name == "Patient" {
			b.WriteString(personFields)
		}
		b.WriteString(s.kinds[name].selection())
	}
	b.WriteString(" } }")
	return withFragments(b.String())
}

func (s *Server) parseEverything(form url.Values) (q query, types []string, problem string) {
	q = query{count: defaultCount, form: url.Values{}}
	types = s.names()
	for name, values := range form {
		if handled, problem := q.paging(name, values); problem != "" {
			return q, nil, problem
		} else if handled {
			continue
		}
		if name != "_type" {
			q.ignore(name)
			continue
		}
		wanted := strings.Split(strings.Join(values, ","), ",")
		types = slices.DeleteFunc(append(types, "Provenance"), func(t string) bool { return !slices.Contains(wanted, t) })
		if len(types) == 0 {
			return q, nil, "`_type` names no type that this server offers"
		}
		q.form[name] = values
	}
	return q, types, ""
}

// names are the types that the server offers, people first.
func (s *Server) names() []string {
	names := []string{"Patient"}
	for _, k := range kinds() {
		if k.name != "Patient" {
			names = append(names, k.name)
		}
	}
	return names
}

// add joins what was found; a system that did not answer for a section is named once.
func (f *found) add(more found) {
	f.resources = append(f.resources, more.resources...)
	if f.statements == nil {
		f.statements = map[string]statement{}
	}
	maps.Copy(f.statements, more.statements)
	for _, issue := range more.missing {
		if !slices.ContainsFunc(f.missing, func(i object) bool { return i["diagnostics"] == issue["diagnostics"] }) {
			f.missing = append(f.missing, issue)
		}
	}
}
