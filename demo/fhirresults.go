package demo

import (
	"cmp"
	"time"
)

// report writes a DiagnosticReport and its results.
func (w *fhirWriter) report(r report) {
	results := list{}
	for _, result := range r.results {
		results = append(results, object{"reference": w.observation(r.said, result, "laboratory"), "display": result.code.display})
	}
	section := map[string]string{"LAB": "Laboratory", "MB": "Microbiology", "RAD": "Radiology"}[r.category]
	content := object{"status": cmp.Or(r.status, "final"), "subject": w.subject(), "code": coded(r.code), "effectiveDateTime": stamp(r.at),
		"issued": stamp(r.at.Add(26 * time.Hour)), "performer": list{w.provider(), w.by(r.said)},
		"category": list{coded(concept{hl7 + "v2-0074", r.category, section})}}
	if len(results) > 0 {
		content["result"] = results
	}
	if r.conclusion != "" {
		content["conclusion"] = r.conclusion
	}
	w.put("DiagnosticReport", r.said, content)
}

// observation writes one reading and returns its reference.
func (w *fhirWriter) observation(s said, r reading, category string) string {
	content := value(r)
	content["status"], content["subject"], content["code"] = cmp.Or(r.status, "final"), w.subject(), coded(r.code)
	content["category"] = list{status("observation-category", category)}
	content["effectiveDateTime"], content["performer"] = stamp(s.at), list{w.by(s)}
	content["issued"] = stamp(s.at.Add(time.Hour))
	if len(r.parts) > 0 {
		parts := list{}
		for _, part := range r.parts {
			component := value(part)
			component["code"] = coded(part.code)
			parts = append(parts, component)
		}
		content["component"] = parts
	}
	return w.put("Observation", s, content)
}

// value is the value of a reading with its range and flag.
func value(r reading) object {
	switch {
	case len(r.parts) > 0:
		return object{}
	case r.text != "":
		return object{"valueCodeableConcept": object{"text": r.text}}
	}
	amount := object{"value": r.value, "unit": r.unit, "system": ucum, "code": r.ucum}
	if r.sign != "" {
		amount["comparator"] = r.sign
	}
	content := object{"valueQuantity": amount}
	flag := r.flag()
	if flag == "" {
		return content
	}
	limits := object{}
	if r.low > 0 {
		limits["low"] = object{"value": r.low, "unit": r.unit, "system": ucum, "code": r.ucum}
	}
	if r.high > 0 {
		limits["high"] = object{"value": r.high, "unit": r.unit, "system": ucum, "code": r.ucum}
	}
	content["referenceRange"] = list{limits}
	content["interpretation"] = list{status("v3-ObservationInterpretation", flag)}
	return content
}
