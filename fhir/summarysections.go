package fhir

import "slices"

const loinc = "http://loinc.org"

// heading is one section of a summary: which sections of the record it is of, and as which
// types its entries are in it.
type heading struct {
	// code and display are LOINC's, as the International Patient Summary has them where it
	// has such a section; title is what people read.
	code, display, title string
	from, types          []string
	// required: it is there also when nothing is recorded.
	required bool
	// most is how many entries, the newest, are in it; 0 for all. The national draft limits
	// what can be long.
	most int
	// keep tells which entries belong in it; nil for all.
	keep func(e node) bool
}

// headings are a summary's sections, in its order: what is dangerous and what is being done
// first. Nothing is merged: two systems that say the same are two entries.
func headings() []heading {
	const newest = 10
	return []heading{
		{code: "11450-4", display: "Problem list - Reported", title: "Problems", from: []string{"problems"}, types: []string{"Condition"}, required: true, keep: isCurrent},
		{code: "48765-2", display: "Allergies and adverse reactions Document", title: "Allergies and intolerances", from: []string{"allergies"}, types: []string{"AllergyIntolerance"}, required: true},
		{code: "10160-0", display: "History of Medication use Narrative", title: "Medication", from: []string{"medications"}, types: []string{"MedicationRequest", "MedicationStatement"}, required: true},
		{code: "104605-1", display: "Alert", title: "Alerts", from: []string{"alerts"}, types: []string{"Flag"}},
		{code: "11369-6", display: "History of Immunization Narrative", title: "Immunisations", from: []string{"vaccinations"}, types: []string{"Immunization"}},
		{code: "30954-2", display: "Relevant diagnostic tests/laboratory data Narrative", title: "Results", from: []string{"results"}, types: []string{"DiagnosticReport"}, most: newest},
		{code: "8716-3", display: "Vital signs", title: "Vital signs", from: []string{"observations"}, types: []string{"Observation"}, most: newest, keep: category("vital-signs")},
		{code: "47519-4", display: "History of Procedures Document", title: "Procedures", from: []string{"procedures"}, types: []string{"Procedure"}},
		{code: "11348-0", display: "History of Past illness Narrative", title: "Past problems", from: []string{"problems"}, types: []string{"Condition"}, keep: func(e node) bool { return !isCurrent(e) }},
		{code: "29762-2", display: "Social history Narrative", title: "Social history", from: []string{"observations"}, types: []string{"Observation"}, keep: category("social-history")},
		{code: "29545-1", display: "Physical findings Narrative", title: "Other observations and assessments", from: []string{"observations"}, types: []string{"Observation"}, most: newest,
			keep: func(e node) bool { return !category("vital-signs")(e) && !category("social-history")(e) }},
		{code: "42348-3", display: "Advance directives", title: "Advance directives", from: []string{"endOfLife"}, types: []string{"Consent"}},
		{code: "18776-5", display: "Plan of care note", title: "Care plans", from: []string{"carePlans"}, types: []string{"CarePlan"}},
		{code: "56446-8", display: "Appointment summary Document", title: "Future appointments", from: []string{"appointments"}, types: []string{"Appointment"}},
		{code: "46240-8", display: "History of Hospitalizations+Outpatient visits Narrative", title: "Contacts and stays",
			from: []string{"admissions", "discharges", "contacts"}, types: []string{"Encounter"}, most: newest},
		{code: "11503-0", display: "Medical records", title: "Documents", from: []string{"documents"}, types: []string{"DocumentReference"}, most: newest},
	}
}

// isCurrent: what is not said to be over is current, also where policy holds that back.
func isCurrent(e node) bool {
	return known(e.text("clinicalStatus"), "inactive", "remission", "resolved") == ""
}

// category tells observations of a category by its code (R4 observation-category).
func category(code string) func(e node) bool {
	return func(e node) bool {
		return slices.ContainsFunc(e.list("category.codings"), func(c node) bool { return c.text("code") == code })
	}
}
