package gpconnect

import (
	"strings"

	"github.com/patchworkcare/patchwork/sources/fhirversion"
)

// joinMedication makes one entry of what GP Connect says of one medicine in several
// resources: the statement (what the person takes), the plan (the authorisation, a
// MedicationRequest that the statement is based on) and the orders (its issues). Each
// for itself would show one medicine three times. The plan's part goes into the
// statement; what belongs to no statement stays an entry of its own.
func (a *answer) joinMedication() {
	for _, i := range a.items {
		if i.kind != "MedicationStatement" {
			continue
		}
		for _, l := range i.Objects("basedOn") {
			plan := a.by[l.Text("reference")]
			if plan == nil || plan.kind != "MedicationRequest" {
				continue
			}
			a.shown[plan.ref()] = true
			authorised(i.Node, plan.Node)
		}
	}
	for _, i := range a.items {
		if i.kind != "MedicationRequest" {
			continue
		}
		if who := i.Object("recorder"); who != nil && !i.Has("requester") {
			i.Set("requester", who) // it is who prescribed, as far as the practice says
		}
		if i.Text("intent") != "order" {
			continue
		}
		for _, l := range i.Objects("basedOn") {
			if a.shown[l.Text("reference")] {
				a.shown[i.ref()] = true
			}
		}
	}
}

// authorised gives a statement what only its plan says: whether it is a repeat, how much
// was authorised and by whom, why it was stopped, and what else was noted.
func authorised(statement, plan *fhirversion.Node) {
	var extensions []any
	for _, e := range statement.Objects("extension") {
		extensions = append(extensions, e)
	}
	for _, e := range plan.Objects("extension") {
		switch url := e.Text("url"); {
		case strings.HasSuffix(url, "PrescriptionType"), strings.HasSuffix(url, "MedicationRepeatInformation"):
			extensions = append(extensions, e)
		case strings.HasSuffix(url, "MedicationStatusReason"):
			for _, in := range e.Objects("extension") {
				if why := in.Object("valueCodeableConcept"); why != nil && !statement.Has("statusReason") {
					statement.Set("statusReason", []any{why})
				}
			}
		}
	}
	if len(extensions) > 0 {
		statement.Set("extension", extensions)
	}
	if q := plan.Object("dispenseRequest").Object("quantity"); q != nil && !statement.Has("quantity") {
		statement.Set("quantity", q)
	}
	for _, by := range []string{"requester", "recorder"} {
		if who := plan.Object(by); who != nil && !statement.Has("informationSource") {
			statement.Set("informationSource", who)
		}
	}
	addNotes(statement, plan)
}

// addNotes adds the notes of the plan that the statement does not have.
func addNotes(statement, plan *fhirversion.Node) {
	had := map[string]bool{}
	var all []any
	for _, n := range statement.Objects("note") {
		had[n.Text("text")] = true
		all = append(all, n)
	}
	for _, n := range plan.Objects("note") {
		if !had[n.Text("text")] {
			all = append(all, n)
		}
	}
	if len(all) > 0 {
		statement.Set("note", all)
	}
}
