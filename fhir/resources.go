package fhir

import "strings"

// found are the resources of one type of one person, and what keeps them from being all.
type found struct {
	resources []object
	// missing are issues about sources that did not answer, or not completely.
	missing []object
	// statements are what the resources were rendered from, by id.
	statements map[string]statement
}

// statement is an entry of one section of one person.
type statement struct {
	patient, section string
	entry            node
}

// personSection stands for the demographics that a Patient is rendered from.
const personSection = "person"

// stated keeps what a resource was rendered from.
func (f *found) stated(o object, s statement) {
	if id, ok := o["id"].(string); ok && s.entry != nil {
		if f.statements == nil {
			f.statements = map[string]statement{}
		}
		f.statements[id] = s
	}
}

// resources renders all parts of a kind from the person's node.
func (k *kind) resources(person node) found {
	a := &about{patient: person.text("id")}
	var f found
	for _, p := range k.parts {
		section := person.one(p.section)
		for _, e := range section.list("entries") {
			if o := p.render(a, e); o != nil {
				f.resources = append(f.resources, k.common(a, e, o))
				f.stated(o, statement{patient: a.patient, section: p.section, entry: e})
			}
		}
		f.missing = append(f.missing, unanswered(person, p.section)...)
	}
	return f
}

// unanswered are the issues of one section of a person.
func unanswered(person node, section string) []object {
	if person.one(section) == nil { // hazard H-02: nothing was said of it, which is not that there is none
		return []object{{"severity": "warning", "code": "incomplete", "diagnostics": "The section " + section + " was not answered"}}
	}
	return missing(person.one(section))
}

// common puts in what every resource has: id, profile, source, labels (FHIR R4 §2.26).
func (k *kind) common(a *about, e node, o object) object {
	o["resourceType"] = k.name
	o.set("id", idOf(a.patient, e.text("id")))
	meta := object{}.set("source", sourceURI(e)).set("security", each(e.list("labels"), coding)).set("lastUpdated", e.text("provenance.asOf"))
	if k.profile != "" {
		meta["profile"] = []string{k.profile}
	}
	return o.set("meta", meta)
}

// sourceURI names where the statement came from: the source, and the statement's own id
// there.
func sourceURI(e node) string {
	source := e.text("provenance.source.id")
	if source == "" {
		return ""
	}
	uri := "urn:patchwork:source:" + source
	if local := e.text("provenance.localId"); local != "" {
		uri += "#" + escaped(local)
	}
	return uri
}

// missing words the outcomes that keep a section from being complete (hazard H-02: "none"
// must not be read where the truth is "not answered").
func missing(section node) []object {
	var issues []object
	title := section.text("title")
	for _, o := range section.list("outcomes") {
		severity, code := "", ""
		switch o.text("status") {
		case "ANSWERED", "EMPTY", "ASSERTED_NONE", "NOT_REGISTERED", "NOT_OFFERED":
			continue
		case "WITHHELD":
			severity, code = "warning", "suppressed"
		case "PENDING", "TIMED_OUT":
			severity, code = "warning", "timeout"
		case "PARTIAL", "MISMATCHED":
			severity, code = "warning", "incomplete"
		default:
			severity, code = "warning", "transient"
		}
		text := title + ": " + o.text("source.name") + " — " + words(o)
		issues = append(issues, object{"severity": severity, "code": code, "diagnostics": text})
	}
	if fields := section.texts("withheldFields"); len(fields) > 0 {
		issues = append(issues, object{
			"severity": "warning", "code": "suppressed", "diagnostics": title + ": held back of every entry: " + strings.Join(fields, ", "),
		})
	}
	return issues
}

func words(o node) string {
	if reason := o.text("reason"); reason != "" {
		return reason
	}
	switch o.text("status") {
	case "WITHHELD":
		return "held back"
	case "PENDING":
		return "has not answered yet; ask again"
	case "TIMED_OUT":
		return "did not answer in time"
	}
	return "did not answer completely"
}
