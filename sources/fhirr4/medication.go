package fhirr4

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// medication maps MedicationRequest, MedicationStatement and MedicationDispense.
// R4 §11.1–11.4; PRSB CIS: Medications and medical devices.
func (r *reader) medication() {
	m := r.slabs.medications.new()
	switch r.kind {
	case "MedicationRequest":
		m.Kind = record.Prescription
	case "MedicationDispense":
		m.Kind = record.Dispense
	default:
		m.Kind = record.MedicationStatement
	}
	var product, who link
	var effective, prepared, handed, authored record.Date
	var kind record.MedicationKind
	forbidden := false
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			m.Status = r.string()
		case "statusReason":
			m.StatusReason = r.firstConcept()
		case "statusReasonCodeableConcept":
			m.StatusReason = r.concept()
		case "doNotPerform":
			forbidden = r.Bool()
		case "medicationCodeableConcept":
			m.Code = r.concept()
		case "medicationReference":
			product = r.link()
		case "authoredOn":
			authored = r.date()
		case "dateAsserted":
			m.Recorded = r.date()
		case "effectiveDateTime":
			effective = r.date()
		case "effectivePeriod":
			m.Period = r.period()
		case "whenPrepared":
			prepared = r.date()
		case "whenHandedOver":
			handed = r.date()
		case "requester", "informationSource":
			who = r.link()
		case "performer":
			if r.kind == "MedicationDispense" {
				who = r.performer()
			}
		case "courseOfTherapyType":
			kind = courseOf(r.code(), kind)
		case "reasonCode":
			m.Reason = r.firstConcept()
		case "dosageInstruction", "dosage":
			r.dosage(m)
		case "dispenseRequest":
			r.dispenseRequest(m)
		case "quantity":
			m.Quantity = r.quantity()
		case "extension":
			kind = r.medicationExtension(m, kind)
		default:
			r.common(&m.Base)
		}
	}
	if m.Status == enteredInError {
		return
	}
	if forbidden { // R4 MedicationRequest.doNotPerform is a modifier: it is the opposite of a prescription
		m.Status = "do-not-perform"
	}
	if kind != "" {
		m.Kind = kind
	}
	m.Recorded = or(m.Recorded, authored)
	m.Date = or(effective, m.Period.Start, handed, prepared, authored, m.Recorded)
	if m.LastIssued == "" {
		m.LastIssued = or(handed, prepared)
	}
	r.product(m, product)
	r.actor(&m.Author, who)
	if noKnownMedication(m.Code) && m.Status != "stopped" && m.Status != "completed" {
		r.assert(record.Medications, &m.Base)
		r.blame(record.Medications, m.Subject)
		return
	}
	r.emit(record.Medications, m)
}

// product keeps the places that a referred Medication fills.
func (r *reader) product(m *record.Medication, l link) {
	if l == (link{}) {
		return
	}
	r.coded(&m.Code, l)
	if l.to != "" {
		r.pending = append(r.pending, pending{from: l.reference, form: &m.Form})
	}
	r.mustName(m)
}

// mustName notes a gap if nothing tells what m is once all that was sent along is
// known: a server that ignores _include leaves a reference without words, and a medicine
// without a name must not stand in a list that reads as complete (hazard H-02).
func (r *reader) mustName(m *record.Medication) {
	r.later = append(r.later, func() {
		if m.Code.Label() == "" {
			r.marks = append(r.marks, mark{record.Medications, m.Subject, unnamed})
		}
	})
}

// courseOf reads R4 medicationrequest-course-of-therapy: continuous is issued again
// and again, acute once.
func courseOf(code string, before record.MedicationKind) record.MedicationKind {
	switch code {
	case "continuous":
		return record.RepeatPrescription
	case "acute":
		return record.AcutePrescription
	}
	return before
}

// dosage takes Dosage: the instruction as written, else as a patient is told it.
func (r *reader) dosage(m *record.Medication) {
	for range r.each() {
		if !r.Object() {
			continue
		}
		var text, patient string
		for r.Next() {
			switch string(r.Name()) {
			case "text":
				text = r.string()
			case "patientInstruction":
				patient = r.string()
			case "route":
				m.Route = r.concept()
			}
		}
		if text == "" {
			text = patient
		}
		m.Dosage = lines(m.Dosage, text)
	}
}

func (r *reader) dispenseRequest(m *record.Medication) {
	if !r.Object() {
		return
	}
	for r.Next() {
		switch string(r.Name()) {
		case "quantity":
			m.Quantity = r.quantity()
		case "validityPeriod":
			m.Period = r.period()
		}
	}
}

// medicationExtension takes the extensions of UK Core: repeat information makes it a
// repeat; a prescription type says which; last issue date.
func (r *reader) medicationExtension(m *record.Medication, kind record.MedicationKind) record.MedicationKind {
	r.extensions(func(url string) {
		issue := strings.Contains(url, "PrescriptionType")
		switch string(r.Name()) {
		case "url":
			if strings.HasSuffix(url, "MedicationRepeatInformation") && kind == "" {
				kind = record.RepeatPrescription
			}
		case "valueCodeableConcept":
			if issue {
				kind = prescriptionType(r.code(), kind)
			}
		case "valueCoding":
			if issue {
				kind = prescriptionType(r.coding().Code, kind)
			}
		case "valueDateTime", "valueDate":
			if strings.Contains(url, "LastIssue") {
				m.LastIssued = r.date()
			}
		}
	})
	return kind
}

func prescriptionType(code string, before record.MedicationKind) record.MedicationKind {
	switch {
	case strings.HasPrefix(code, "acute"):
		return record.AcutePrescription
	case strings.HasPrefix(code, "repeat"), strings.HasPrefix(code, "continuous"):
		return record.RepeatPrescription
	}
	return before
}
