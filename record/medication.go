package record

import "io"

// MedicationKind says what kind of statement about a medicine or device this is.
// The zero value is STATEMENT.
type MedicationKind string

// The kinds of statement about a medicine or device.
const (
	// MedicationStatement: somebody says the person takes or took it.
	MedicationStatement MedicationKind = "STATEMENT"
	// RepeatPrescription: authorised to be issued again and again.
	RepeatPrescription MedicationKind = "REPEAT"
	// AcutePrescription: prescribed once.
	AcutePrescription MedicationKind = "ACUTE"
	// Prescription: an order whose kind the source does not state.
	Prescription MedicationKind = "PRESCRIPTION"
	// Dispense: a pharmacy handed it over.
	Dispense MedicationKind = "DISPENSE"
	// Device: a medical device or implant.
	Device MedicationKind = "DEVICE"
)

// MarshalGQL writes the kind as a GraphQL enum value; the zero value is STATEMENT.
func (k MedicationKind) MarshalGQL(w io.Writer) {
	if k == "" {
		k = MedicationStatement
	}
	marshalEnum(w, string(k))
}

// UnmarshalGQL reads a GraphQL enum value.
func (k *MedicationKind) UnmarshalGQL(v any) error { return unmarshalEnum((*string)(k), v) }

// Medication is a statement about a medicine or medical device. PRSB CIS:
// Medications and medical devices. Code is the product; Author the prescriber.
type Medication struct {
	Base
	Kind MedicationKind
	// Status is the source's word: "active", "completed", "stopped", "on-hold" …
	Status string
	// Dosage is the instruction as written.
	Dosage   string
	Route    Concept
	Form     Concept
	Quantity Quantity
	Period   Period
	Reason   Concept
	// StatusReason is why it was stopped or not taken.
	StatusReason Concept
	// LastIssued is when it was last prescribed or dispensed.
	LastIssued Date
}
