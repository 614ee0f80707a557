package gpconnect

import (
	"slices"
	"strings"
)

// asked is what a request wants.
type asked struct {
	number string
	areas  map[string]map[string]bool // parameter → its parts that are true
	odd    bool                       // something was not understood
}

// bundle writes the answer.
func (r *Record) bundle(q asked, now string) object {
	w := &writer{Record: r, n: map[string]int{}, listed: map[string]list{}, inside: map[string]list{}}
	w.out = list{object{"resource": w.patient()}}
	w.directory()
	var names []string
	add := func(parameter string, write func(), lists ...string) {
		if q.areas[parameter] != nil {
			w.area = strings.ToLower(strings.TrimPrefix(parameter, "include"))[:3]
			write()
			names = append(names, lists...)
		}
	}
	resolved := q.areas["includeAllergies"]["includeResolvedAllergies"]
	add("includeAllergies", func() { w.allergies(resolved) }, "allergies")
	if resolved {
		names = append(names, "ended")
	}
	add("includeMedication", func() { w.medicines(q.areas["includeMedication"]["includePrescriptionIssues"]) }, "medicines")
	add("includeProblems", w.problems, "problems")
	add("includeConsultations", func() { w.consultations(); w.documents() }, "consultations")
	add("includeImmunisations", w.vaccinations, "vaccinations")
	add("includeInvestigations", w.results, "results")
	add("includeUncategorisedData", w.uncategorised, "uncategorised")
	add("includeReferrals", w.referrals, "referrals")
	for _, name := range names {
		w.out = append(w.out, object{"resource": w.secondary(name, now)})
	}
	if q.odd {
		w.out = append(w.out, object{"resource": outcome("warning", "not-supported", "NOT_IMPLEMENTED", "Not implemented")})
	}
	return object{"resourceType": "Bundle", "type": "collection", "meta": object{"profile": list{profile + "GPConnect-StructuredRecord-Bundle-1"}}, "entry": w.out}
}

// secondary is the list of an area, with what it warns of.
func (w *writer) secondary(name, now string) object {
	l := object{"resourceType": "List", "meta": object{"profile": list{profile + "CareConnect-GPC-List-1"}}, "status": "current", "mode": "snapshot",
		"title": lists[name][1], "code": object{"coding": list{object{"system": "http://snomed.info/sct", "code": lists[name][0], "display": lists[name][1]}}},
		"subject": w.subject(), "date": now, "orderedBy": object{"coding": list{object{"system": "http://hl7.org/fhir/list-order", "code": "event-date"}}}}
	extensions := list{extension("ClinicalSetting", "valueCodeableConcept", object{"coding": list{object{"system": "http://snomed.info/sct", "code": "1060971000000108"}}})}
	var words []string
	warn := func(code, text string) {
		extensions = append(extensions, extension("ListWarningCode", "valueCode", code))
		words = append(words, text)
	}
	if slices.Contains(w.Confidential, name) {
		warn("confidential-items", "Items excluded due to confidentiality and/or patient preferences.")
	}
	if w.Transit != "" {
		warn("data-in-transit", "Patient record transfer from previous GP practice not yet complete; information recorded before "+w.Transit+" may be missing.")
	}
	if w.Awaiting && name != "ended" {
		warn("data-awaiting-filing", "Patient data may be incomplete as there is data supplied by a third party awaiting review before becoming available.")
	}
	l["extension"] = extensions
	if in := w.inside[name]; len(in) > 0 {
		l["contained"] = in
	}
	if all := w.listed[name]; len(all) > 0 {
		l["entry"] = all
	} else {
		l["emptyReason"] = object{"coding": list{object{"system": codes + "CareConnect-ListEmptyReasonCode-1", "code": "no-content-recorded", "display": "No Content Recorded"}}}
		words = append(words, "Information not available")
	}
	if len(words) > 0 {
		l["note"] = list{object{"text": strings.Join(words, " ")}}
	}
	return l
}

// outcome is an OperationOutcome.
func outcome(severity, kind, code, display string) object {
	return object{"resourceType": "OperationOutcome", "meta": object{"profile": list{profile + "GPConnect-OperationOutcome-1"}},
		"issue": list{object{"severity": severity, "code": kind, "details": object{"coding": list{object{
			"system": codes + "Spine-ErrorOrWarningCode-1", "code": code, "display": display}}, "text": display}}}}
}
