package record

// Value is what was found: a quantity, a coded answer or text. At most one is set.
type Value struct {
	Quantity *Quantity
	Concept  *Concept
	Text     string
}

// IsZero reports whether nothing was found.
func (v Value) IsZero() bool { return v.Quantity == nil && v.Concept == nil && v.Text == "" }

// ReferenceRange is what the laboratory holds to be usual.
type ReferenceRange struct {
	Low  *Quantity
	High *Quantity
	// Text is the range as worded, or its conditions; "" if only numbers.
	Text string
}

// Measurement is one measured thing with its value.
type Measurement struct {
	Code  Concept
	Value Value
	// Interpretation is the source's flag, for example H or L in
	// http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation.
	Interpretation []Concept
	Ranges         []ReferenceRange
	// Absent is why there is no value; zero if there is one.
	Absent Concept
	Date   Date
	Status string
	// LocalID is the source's own id of the measurement; "" for a component.
	LocalID string
}

// Result is a report of an investigation: a laboratory panel or an imaging report.
// PRSB CIS: Investigation results; FHIR DiagnosticReport. Code is the panel or test.
type Result struct {
	Base
	Status     string
	Category   Concept
	Issued     Date
	Conclusion string
	Specimen   Concept
	// Measurements are the report's own results, in its order.
	Measurements []Measurement
}

// Observation is a vital sign, score, assessment or other finding. FHIR Observation.
type Observation struct {
	Base
	Status         string
	Category       Concept
	Value          Value
	Interpretation []Concept
	Ranges         []ReferenceRange
	// Absent is why there is no value; zero if there is one.
	Absent Concept
	// Components are the parts, for example systolic and diastolic pressure.
	Components []Measurement
}
