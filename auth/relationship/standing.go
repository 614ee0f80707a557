package relationship

import (
	"strings"
	"time"
)

// Standing is what stands between one caller and one patient at one moment. The zero
// Standing is a stranger's.
type Standing struct {
	// Patient is Patchwork's opaque id.
	Patient string
	// Relationships are those in force, strongest kind first.
	Relationships []Relationship
	// BreakGlass is in force, or nil.
	BreakGlass *BreakGlass
	// Objections of the patient that are in force, whomever they are against.
	Objections []Objection
}

// Relationship is one legitimate relationship. It belongs to one user, or, without
// Subject, to everybody of Organisation.
type Relationship struct {
	// ID is opaque; a claim that is made again gets a new one.
	ID      string
	Patient string
	Kind    Kind
	// Organisation is an ODS code; "" for a user's own.
	Organisation string
	// Issuer and Subject are the user; "" for an organisation's.
	Issuer, Subject string
	// From and Until bound it, UTC; it holds at From and no more at Until.
	From, Until time.Time
	// Evidence says what it rests on, without names and clinical content:
	// "appointment on 2026-11-20 in hospital".
	Evidence string
	// ReasonCode is one of ClaimReasons and Reason the words of the user who claimed it;
	// "" otherwise.
	ReasonCode, Reason string
}

// BreakGlass is a user seeing, in an emergency, what policy holds back.
type BreakGlass struct {
	ID              string
	Patient         string
	Issuer, Subject string
	// ReasonCode is one of BreakReasons; Reason is the user's own words.
	ReasonCode, Reason string
	// Started and Until bound it, UTC; it holds at Started and no more at Until. Ended is
	// when it was ended or replaced before Until, zero if it was not.
	Started, Until, Ended time.Time
}

// Objection is a patient's wish that somebody shall not see something. Empty fields
// do not narrow it: the zero one is against everybody seeing anything.
type Objection struct {
	ID      string
	Patient string
	// Source is a system whose data is not to be shown; Section a field of Patient;
	// Organisation (ODS) whose staff shall not see it.
	Source, Section, Organisation string
	// Absolute objections hold also when the glass is broken (domain.md: dissent is not
	// overridable at the point of care).
	Absolute bool
	// Reason is why, in the recorder's words; RecordedBy is who took it down: the name
	// of a user, or "the patient".
	Reason, RecordedBy string
	// From is when it was recorded, UTC; Ended when it was withdrawn, zero while it holds.
	From, Ended time.Time
	// EndedBy and EndedReason are who withdrew it and why; "" while it holds.
	EndedBy, EndedReason string
}

// Covers reports whether the objection is against staff of the organisation seeing the
// section of the source. A section of "" asks about everything: only an objection that
// is not about one section covers it. Letter case of an ODS code does not count: a slip
// in it must not undo the patient's wish (hazard H-07).
func (o Objection) Covers(source, section, organisation string) bool {
	return (o.Source == "" || o.Source == source) &&
		(o.Section == "" || o.Section == section) &&
		(o.Organisation == "" || strings.EqualFold(o.Organisation, organisation))
}
