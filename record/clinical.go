package record

// Allergy is a propensity to an adverse reaction. PRSB CIS: Allergies and adverse
// reactions; FHIR AllergyIntolerance. Code is the causative agent.
type Allergy struct {
	Base
	// ClinicalStatus is "active", "inactive" or "resolved"; "" if not stated.
	ClinicalStatus string
	// Verification is "confirmed", "unconfirmed", "presumed" or "refuted"; "" if not stated.
	Verification string
	// Kind is "allergy" or "intolerance"; "" if not stated.
	Kind string
	// Categories are "food", "medication", "environment", "biologic".
	Categories []string
	// Criticality is "low", "high" or "unable-to-assess"; "" if not stated.
	Criticality string
	Reactions   []Reaction
	// LastOccurrence is when a reaction last happened.
	LastOccurrence Date
	// Ended is when the allergy was found not or no longer to hold.
	Ended Date
}

// Reaction is one adverse reaction event.
type Reaction struct {
	Manifestations []Concept
	// Severity is "mild", "moderate" or "severe"; "" if not stated.
	Severity    string
	Description string
	Onset       Date
}

// Problem is a condition, diagnosis or issue. PRSB CIS: Problem list; FHIR Condition.
type Problem struct {
	Base
	// ClinicalStatus is "active", "recurrence", "relapse", "inactive", "remission" or "resolved".
	ClinicalStatus string
	Verification   string
	// Significance is "major" or "minor" (UK Core condition significance); "" if not stated.
	Significance string
	Severity     Concept
	Category     Concept
	BodySite     Concept
	// Ended is when the problem stopped; "" if it has not or is not known.
	Ended Date
}

// Alert is a warning about the person. PRSB CIS: Alerts; FHIR Flag.
type Alert struct {
	Base
	// Status is "active" or "inactive".
	Status   string
	Category Concept
	Period   Period
}

// Procedure is something done to or for the person. FHIR Procedure.
type Procedure struct {
	Base
	Status    string
	Performed Period
	BodySite  Concept
	Reason    Concept
	Outcome   Concept
	Location  string
}

// Vaccination is a vaccine given, or not given with the reason. FHIR Immunization.
// Code is the vaccine product or procedure.
type Vaccination struct {
	Base
	// Status is "completed", "not-done" or "entered-in-error".
	Status string
	// Disease is what it protects against, where stated.
	Disease Concept
	// Dose is the place in the series as the source words it, for example "2".
	Dose   string
	Batch  string
	Site   Concept
	Route  Concept
	Reason Concept
}
