package record

import "time"

// Origin names a source to a reader: the system and the organisation that runs it.
type Origin struct {
	// ID is the source's id in the configuration, for example "hospital".
	ID string
	// Name is what people call the system.
	Name string
	// Kind is the connector type, for example "fhirr4".
	Kind string
	// Organisation runs the system and answers for its content.
	Organisation Organisation
	// CareSetting is where its content is written: "gp", "acute",
	// "mental-health", "community", "social-care" …; "" is not known.
	CareSetting string
}

// Organisation is a health or care organisation.
type Organisation struct {
	// ODS is its code in https://fhir.nhs.uk/Id/ods-organization-code; "" is not known.
	ODS string
	// Name is as it was at the time of recording.
	Name string
}

// Outcome is what one source answered for one section of one person.
type Outcome struct {
	// Source is the system that was asked.
	Source *Origin
	// Status is the answer's place in the completeness contract.
	Status Status
	// Reason is one plain sentence for the reader where Status needs one. It never
	// holds a name, number or birth date.
	Reason string
	// Code is a machine-readable reason, for example "connection-refused"; "" if none.
	Code string
	// Since is when the source stopped answering; zero if it answers or is not known.
	Since time.Time
	// Count is how many entries it gave.
	Count int
	// Asserted is the statement that there are none, with ASSERTED_NONE or beside entries.
	Asserted []Assertion
	// AsOf is the time the data was true at the source: the moment of asking for a
	// live source, the extract's time for a nightly one; zero if not answered.
	AsOf time.Time
	// Age is how old the data is now; zero if not answered.
	Age time.Duration
	// Took is how long the source needed, or has been waited for.
	Took time.Duration
}

// AgeSeconds is Age in whole seconds; nil if the source has not answered.
func (o Outcome) AgeSeconds() *int {
	if o.AsOf.IsZero() {
		return nil
	}
	s := int(o.Age / time.Second)
	return &s
}

// TookMilliseconds is Took in whole milliseconds.
func (o Outcome) TookMilliseconds() int { return int(o.Took / time.Millisecond) }

// Assertion is a clinician's statement that a section is empty on purpose, for
// example SNOMED CT 716186003 "No known allergy". It is never counted as an entry.
type Assertion struct {
	// Subject is the patient id that the statement itself carries, in the source's own
	// numbering, as in Base: the wrong-patient guard refuses "none known" about
	// somebody else just as it refuses an entry (hazards H-01, H-02). It is not shown.
	Subject string
	Code    Concept
	// By is who said so; the zero Actor if the source does not say.
	By Actor
	// Date is when it was said; "" if the source does not say.
	Date Date
	// Source is where it is recorded; stamped by the resolvers.
	Source *Origin
}
