package policy

import "github.com/patchworkcare/patchwork/record"

// What searches of the FHIR API find the entries of each section by.

func (see sees) concept(field string, c record.Concept) traits {
	if !see(field) {
		return traits{}
	}
	return traits{codings: c.Codings}
}

// word is a code without a system, if FHIR's value set has it.
func (see sees) word(field, s string, words ...string) traits {
	if w := oneOf(s, words...); w != "" && see(field) {
		return traits{words: []string{w}}
	}
	return traits{}
}

// wordOr is word of a value set that has "unknown" for every other.
func (see sees) wordOr(field, s string, words ...string) traits {
	if t := see.word(field, s, words...); t.words != nil || !see(field) {
		return t
	}
	return traits{words: []string{"unknown"}}
}

func findAllergy(param string, e record.Entry, see sees) (t traits) {
	a, _ := e.(*record.Allergy)
	switch {
	case a == nil:
	case param == "code":
		return see.concept("code", a.Code)
	case param == "category" && see("categories"):
		for _, c := range a.Categories {
			t.words = append(t.words, see.word("categories", c, "food", "medication", "environment", "biologic").words...)
		}
	case param == "status" && see("clinicalStatus") && a.ClinicalStatus != "":
		t.codings = []record.Coding{{System: "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", Code: a.ClinicalStatus}}
	}
	return t
}

// findProblem: what was entered in error has no clinical status (R4 Condition con-5).
func findProblem(param string, e record.Entry, see sees) traits {
	p, _ := e.(*record.Problem)
	switch {
	case p == nil:
	case param == "code":
		return see.concept("code", p.Code)
	case param == "category":
		return see.concept("category", p.Category)
	case param == "status" && see("clinicalStatus") && (!see("verification") || oneOf(p.Verification, enteredInError) == ""):
		if s := oneOf(p.ClinicalStatus, "active", "recurrence", "relapse", "inactive", "remission", "resolved"); s != "" {
			return traits{codings: []record.Coding{{System: "http://terminology.hl7.org/CodeSystem/condition-clinical", Code: s}}}
		}
	}
	return traits{}
}

const enteredInError = "entered-in-error"

func findAlert(param string, e record.Entry, see sees) traits {
	a, _ := e.(*record.Alert)
	switch {
	case a == nil:
	case param == "code":
		return see.concept("code", a.Code)
	case param == "category":
		return see.concept("category", a.Category)
	case param == "status":
		return see.word("status", a.Status, "active", "inactive", enteredInError)
	}
	return traits{}
}

func findRequest(param string, e record.Entry, see sees) traits {
	switch param {
	case "code":
		return see.concept("code", e.Common().Code)
	case "status":
		return see.wordOr("status", medicineWord(e, see), "active", "on-hold", "cancelled", "completed", enteredInError, "stopped", "draft")
	}
	return traits{}
}

func findStatement(param string, e record.Entry, see sees) traits {
	switch param {
	case "code":
		return see.concept("code", e.Common().Code)
	case "status":
		return see.wordOr("status", medicineWord(e, see), "active", "completed", enteredInError, "intended", "stopped", "on-hold", "not-taken")
	}
	return traits{}
}

func findAppointment(param string, e record.Entry, see sees) traits {
	if a, ok := e.(*record.Appointment); ok && param == "status" {
		return see.word("status", a.Status, "proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", enteredInError, "checked-in", "waitlist")
	}
	return traits{}
}

// findEncounter: with a date a discharge has ended.
func findEncounter(param string, e record.Entry, see sees) traits {
	status := func(s string) traits {
		return see.wordOr("status", s, "planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled", enteredInError)
	}
	switch e := e.(type) {
	case *record.Contact:
		if param == "status" {
			return status(e.Status)
		}
	case *record.Admission:
		if param == "status" {
			return status(e.Status)
		}
	case *record.Discharge:
		switch {
		case param == "status" && see("date") && e.Date == "":
			return traits{words: []string{"unknown"}}
		case param == "status" && see("date"):
			return traits{words: []string{"finished"}}
		}
	}
	if param == "code" {
		return see.concept("code", e.Common().Code)
	}
	return traits{}
}

// findConsent: the code of a recorded choice is its category.
func findConsent(param string, e record.Entry, see sees) traits {
	c, _ := e.(*record.Consent)
	switch {
	case c == nil:
	case param == "category":
		return see.concept("code", c.Code)
	case param == "status":
		return see.word("status", c.Status, "draft", "proposed", "active", "rejected", "inactive", enteredInError)
	}
	return traits{}
}

func findReport(param string, e record.Entry, see sees) traits {
	r, _ := e.(*record.Result)
	switch {
	case r == nil:
	case param == "code":
		return see.concept("code", r.Code)
	case param == "category":
		return see.concept("category", r.Category)
	case param == "status":
		return see.wordOr("status", r.Status, "registered", "partial", "preliminary", "final", "amended", "corrected", "appended", "cancelled", enteredInError)
	}
	return traits{}
}

func findObservation(param string, e record.Entry, see sees) traits {
	o, _ := e.(*record.Observation)
	switch {
	case o == nil:
	case param == "code":
		return see.concept("code", o.Code)
	case param == "category":
		return see.concept("category", o.Category)
	case param == "status":
		return observed(see, "status", o.Status)
	}
	return traits{}
}

// findMeasured: a report with one measurement is that Observation, with several the panel
// of them. What a report calls partial is preliminary, and appended is amended.
func findMeasured(param string, e record.Entry, see sees) traits {
	r, _ := e.(*record.Result)
	switch {
	case r == nil || !see("measurements"):
	case param == "code" && len(r.Measurements) == 1:
		return see.concept("measurements", r.Measurements[0].Code)
	case param == "code":
		return see.concept("code", r.Code)
	case param == "category":
		return see.concept("category", r.Category)
	case param == "status" && len(r.Measurements) == 1 && r.Measurements[0].Status != "":
		return observed(see, "measurements", r.Measurements[0].Status)
	case param == "status":
		switch oneOf(r.Status, "partial", "appended") {
		case "partial":
			return observed(see, "status", "preliminary")
		case "appended":
			return observed(see, "status", "amended")
		}
		return observed(see, "status", r.Status)
	}
	return traits{}
}

func observed(see sees, field, s string) traits {
	return see.wordOr(field, s, "registered", "preliminary", "final", "amended", "corrected", "cancelled", enteredInError)
}

func findVaccination(param string, e record.Entry, see sees) traits {
	v, _ := e.(*record.Vaccination)
	switch {
	case v == nil:
	case param == "code":
		return see.concept("code", v.Code)
	case param == "status":
		return see.word("status", v.Status, "completed", enteredInError, "not-done")
	}
	return traits{}
}

func findProcedure(param string, e record.Entry, see sees) traits {
	p, _ := e.(*record.Procedure)
	switch {
	case p == nil:
	case param == "code":
		return see.concept("code", p.Code)
	case param == "status":
		return see.wordOr("status", p.Status, "preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", enteredInError)
	}
	return traits{}
}

func findDocument(param string, e record.Entry, see sees) traits {
	d, _ := e.(*record.Document)
	switch {
	case d == nil:
	case param == "code":
		return see.concept("code", d.Code)
	case param == "category":
		return see.concept("category", d.Category)
	case param == "status":
		return see.word("status", d.Status, "current", "superseded", enteredInError)
	}
	return traits{}
}
