package record

import "time"

// Entry is one clinical statement. Every entry type embeds Base.
type Entry interface {
	// Common returns the part that every entry has; never nil.
	Common() *Base
}

// Base is what every entry has.
type Base struct {
	// ID is opaque and stable for the same statement of the same source; stamped by
	// the resolvers.
	ID string
	// Subject is the patient id that the statement itself carries, in the source's own
	// numbering. The wrong-patient guard refuses an entry whose Subject is not the
	// person asked for (hazard H-01). It is not shown.
	Subject string
	// Code is what the statement is about, as the source coded and worded it.
	Code Concept
	// Date is when it is clinically about: onset, start, event; "" if not known.
	Date Date
	// Recorded is when it was written down at the source; "" if not known.
	Recorded Date
	// Author is the professional who performed, recorded or asserted it; nil if not known.
	Author *Actor
	// Labels are the source's security labels, for example
	// http://terminology.hl7.org/CodeSystem/v3-Confidentiality R.
	Labels []Coding
	// Note is the source's free text, unaltered (hazard H-10); "" if none.
	Note string
	// Provenance says where the statement came from.
	Provenance Provenance
	// Withheld are the names of the graph's fields that policy holds back of this very
	// entry, beside those held back of the whole section. Only the resolvers set it, on
	// a copy of their own; nil for most.
	Withheld []string
}

// Common returns the base itself.
func (b *Base) Common() *Base { return b }

// Provenance says where a statement came from. PRSB CIS: never lost.
type Provenance struct {
	// Source is the system it was read from; stamped by the resolvers.
	Source *Origin
	// Organisation is who recorded it, where the statement says so; otherwise the
	// organisation that runs the source.
	Organisation Organisation
	// LocalID is the source's own id of the statement, for example "AllergyIntolerance/17".
	LocalID string
	// Retrieved is when Patchwork read it, in UTC; stamped by the resolvers.
	Retrieved time.Time
	// AsOf is when the source's data was true: Retrieved for a live source, the
	// extract's time for a nightly one; UTC.
	AsOf time.Time
	// Link leads to the original for somebody who may open it there; "" if there is none.
	Link string
}

// Actor is a professional, team or organisation that did something.
type Actor struct {
	Name string
	// Role is what they were doing, for example "Consultant cardiologist"; "" if not known.
	Role string
	// Organisation is whom they acted for; zero if not known.
	Organisation Organisation
}

// IsZero reports whether nothing is known of the actor.
func (a Actor) IsZero() bool { return a == Actor{} }

// IsZero reports whether nothing is known of the organisation.
func (o Organisation) IsZero() bool { return o == Organisation{} }

// Restricted reports whether labels say that the person they are on may not be located
// (S-flag): the national register marks such demographics restricted or very
// restricted. HL7 v3-Confidentiality.
func Restricted(labels []Coding) bool {
	for _, l := range labels {
		if l.Code == "R" || l.Code == "V" {
			return true
		}
	}
	return false
}
