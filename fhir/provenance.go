package fhir

import (
	"net/http"
	"slices"
)

// Code systems of Provenance.
const participantType = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"

// provenance renders where one statement comes from, for every resource that is made of it:
// FHIR R4 Provenance. Its id is the resources' own. nil if nothing may be said of it.
func (s *Server) provenance(of statement) object {
	id := idOf(of.patient, of.entry.text("id"))
	targets := s.targets(of)
	from := of.entry.one("provenance")
	if id == "" || len(targets) == 0 || from == nil {
		return nil
	}
	o := object{"resourceType": "Provenance", "id": id, "target": targets, "agent": agents(of.entry)}
	// recorded is when it was true at the source, which is when it was read from it or the
	// extract was made: an instant. When it was written down there is often a day.
	if at := instant(from.text("asOf")); at != "" {
		o["recorded"] = at
	} else {
		o["_recorded"] = dataAbsent()
	}
	meta := object{}.set("source", sourceURI(of.entry)).set("security", each(of.entry.list("labels"), coding)).set("lastUpdated", from.text("asOf"))
	return o.set("meta", meta).set("occurredDateTime", of.entry.text("recorded")).set("entity", origin(from))
}

// targets refers to the resources that a statement is rendered as.
func (s *Server) targets(of statement) []object {
	if of.section == personSection {
		return []object{{"reference": "Patient/" + of.patient}}
	}
	var list []object
	for _, k := range kinds() {
		for _, p := range k.parts {
			if p.section == of.section && p.render(&about{patient: of.patient}, of.entry) != nil {
				list = append(list, object{"reference": k.name + "/" + idOf(of.patient, of.entry.text("id"))})
			}
		}
	}
	return list
}

// agents are who recorded it, a professional or else an organisation, and the organisation
// that runs the system.
func agents(e node) []object {
	var list []object
	author, recorded := e.one("author"), organisation(e.one("provenance.organisation"))
	keeper := organisation(e.one("provenance.source.organisation"))
	if author.text("name") != "" || author.text("role") != "" {
		list = append(list, agent("author", "Author", actor(author)).set("onBehalfOf", recorded).set("onBehalfOf", organisation(author.one("organisation"))))
	} else if len(recorded) > 0 && recorded["display"] != keeper["display"] {
		list = append(list, agent("author", "Author", recorded))
	}
	if len(keeper) > 0 {
		list = append(list, agent("custodian", "Custodian", keeper))
	}
	if list == nil { // required
		list = append(list, object{"who": dataAbsent()})
	}
	return list
}

func agent(code, display string, who object) object {
	return object{"type": object{"coding": []object{{"system": participantType, "code": code, "display": display}}}, "who": who}
}

// origin is the system that the statement was read from, and its own id of it there.
func origin(from node) []object {
	source := from.text("source.id")
	if source == "" {
		return nil
	}
	what := object{}.set("display", from.text("source.name"))
	what["identifier"] = object{"system": sourcePrefix + source}.set("value", from.text("localId"))
	return []object{{"role": "source", "what": what}}
}

// provenances are those of everything that was read of a person, in the order read; a
// statement that several types have once.
func (s *Server) provenances(person node) found {
	f := found{missing: missing(person.one("demographics"))}
	seen := map[string]bool{}
	add := func(of statement) {
		o := s.provenance(of)
		if id, _ := o["id"].(string); id != "" && !seen[id] {
			seen[id] = true
			f.resources = append(f.resources, o)
		}
	}
	id := person.text("id")
	if p := person.one(personSection); p != nil {
		add(statement{patient: id, section: personSection, entry: p})
	}
	for _, section := range s.sections() {
		if _, asked := person[section]; !asked {
			continue
		}
		for _, e := range person.list(section + ".entries") {
			add(statement{patient: id, section: section, entry: e})
		}
		f.add(found{missing: unanswered(person, section)})
	}
	return f
}

// sections are those that the types of this server read.
func (s *Server) sections() []string {
	var list []string
	for _, k := range kinds() {
		for _, p := range k.parts {
			if !slices.Contains(list, p.section) {
				list = append(list, p.section)
			}
		}
	}
	return list
}

// origins are the Provenances of a page's resources, and why there are none of them.
func (s *Server) origins(r *http.Request, f found, page []object) (list, refused []object) {
	if !permitted(r.Context(), "Provenance") {
		return nil, []object{{"severity": "warning", "code": "forbidden", "diagnostics": "Provenance is not among what this application may read, and is left out"}}
	}
	seen := map[any]bool{}
	for _, o := range page {
		id, _ := o["id"].(string)
		of, ok := f.statements[id]
		if !ok {
			continue
		}
		if p := s.provenance(of); p != nil && !seen[p["id"]] {
			seen[p["id"]] = true
			list = append(list, p)
		}
	}
	return list, nil
}
