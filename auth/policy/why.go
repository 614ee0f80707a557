package policy

import "github.com/patchworkcare/patchwork/auth/relationship"

// Reason says in one word why something is refused, so that a reader can be told what
// would help. The zero Reason is ReasonPolicy.
type Reason uint8

// The reasons, the first that is true counts.
const (
	// ReasonPolicy: the role, organisation or purpose does not include it.
	ReasonPolicy Reason = iota
	// ReasonObjection: the person objects.
	ReasonObjection
	// ReasonRelationship: there is no legitimate relationship, and with one it would be shown.
	ReasonRelationship
	// ReasonBreakGlass: it would be shown if the glass were broken.
	ReasonBreakGlass
	// ReasonRestricted: the person may not be located.
	ReasonRestricted
	// ReasonScope: the scopes of the app do not name it.
	ReasonScope
)

// Code is the reason as outcomes carry it.
func (r Reason) Code() string {
	return [...]string{"policy", "objection", "relationship", "break-glass", "restricted-person", "scope"}[r]
}

// Words is the reason as a reader is told.
func (r Reason) Words() string {
	return [...]string{
		"Your role does not include this section",
		"The person has objected to this being shown",
		"You have no recorded relationship with this person",
		"This is shown only when the glass is broken",
		"This person may not be located",
		"This app was not given access to this",
	}[r]
}

// why finds what of the facts the refusal hangs on: each is changed on its own, and the
// first change that lets the class through is the reason.
func (e *Edition) why(q question) Reason {
	changed := func(change func(*facts)) bool {
		other := q
		change(&other.facts)
		return e.allows(other)
	}
	all := kinds(1<<len(relationship.Kinds()) - 1)
	switch {
	case q.objection != notObjected && changed(func(f *facts) { f.objection = notObjected }):
		return ReasonObjection
	case q.relationships == 0 && changed(func(f *facts) { f.relationships = all }):
		return ReasonRelationship
	case q.restricted && changed(func(f *facts) { f.restricted = false }):
		return ReasonRestricted
	case !q.broken && changed(func(f *facts) { f.broken = true }):
		return ReasonBreakGlass
	}
	return ReasonPolicy
}
