package fhir

import "slices"

// What both types of statement about a medicine read; the section is one, and the kind of
// an entry says which type it is.
const medicineFields = `kind status dosage route { ...Coded } form { ...Coded } period { start end }
	reason { ...Coded } statusReason { ...Coded } lastIssued`

// notToBeGiven is the graph's status of a request that forbids.
const notToBeGiven = "do-not-perform"

// isRequest tells orders from the rest. A prohibition is one even where its kind is held
// back: only MedicationRequest can say doNotPerform, and it must never read as a medicine
// that is taken.
func isRequest(e node) bool {
	switch e.text("kind") {
	case "REPEAT", "ACUTE", "PRESCRIPTION":
		return true
	case "STATEMENT", "":
		return e.text("status") == notToBeGiven
	}
	return false
}

// isStatement tells what somebody says is or was taken. An entry whose kind is held back
// is shown as one, the weakest claim, and not lost. What a pharmacy handed over and
// devices are neither: "completed" there does not mean that it is no longer taken.
func isStatement(e node) bool {
	kind := e.text("kind")
	return (kind == "STATEMENT" || kind == "") && !isRequest(e)
}

// medicine renders what both types have.
func medicine(a *about, e node) object {
	o := object{"subject": a.subject(), "medicationCodeableConcept": required(e.one("code"))}
	o.set("reasonCode", concepts([]node{e.one("reason")})).set("note", notes(e))
	remark(o, "Form", label(e.one("form")))
	return o
}

// dosage renders Dosage: the instruction as written.
func dosage(e node) object {
	return object{}.set("text", e.text("dosage")).set("route", concept(e.one("route")))
}

// putStatus puts in a required status: the source's word if FHIR's value set has it; else
// "unknown", or that it is absent if the set has no such word. It gives a word that was not
// used, so that it is not lost.
func putStatus(o object, word string, values ...string) (unused string) {
	switch s := known(word, values...); {
	case s != "":
		o["status"] = s
		return ""
	case slices.Contains(values, "unknown"):
		o["status"] = "unknown"
	default:
		o["_status"] = dataAbsent()
	}
	return word
}
