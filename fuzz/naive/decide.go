package naive

import "strings"

// Answer is what becomes of something. The zero Answer is Withheld: held back, and
// said so.
type Answer int

// The answers. Concealed is held back as if it did not exist.
const (
	Withheld Answer = iota
	Concealed
	Shown
)

// String is the answer as docs/policy.md calls it.
func (a Answer) String() string { return [...]string{"withheld", "concealed", "shown"}[a] }

// Class decides a class, such as "record:allergies" or "patient:read".
func (d *Document) Class(a Attributes, action, class string) Answer {
	return d.decide(a, action, class, "")
}

// Field decides one field of a class: "A field is shown if the class is allowed, and
// the field is allowed."
func (d *Document) Field(a Attributes, action, class, field string) Answer {
	if whole := d.decide(a, action, class, ""); whole != Shown {
		return whole
	}
	return d.decide(a, action, class, field)
}

// Entry decides a field of an entry with security labels, or the entry itself if field
// is "": "A section is decided … with label `none` … An entry with labels must besides
// be allowed under each of them." Of several refusals conceal wins.
func (d *Document) Entry(a Attributes, action, class, field string, labels []string) Answer {
	result := Shown
	for _, label := range append([]string{none}, labels...) {
		under := a.With("label", label)
		answer := d.Class(under, action, class)
		if field != "" {
			answer = d.Field(under, action, class, field)
		}
		switch {
		case answer == Concealed || result == Concealed:
			result = Concealed
		case answer == Withheld:
			result = Withheld
		}
	}
	return result
}

// decide is "Deny wins: one deny that applies refuses … Otherwise one allow that
// applies is enough", and "if both kinds of deny apply, conceal wins".
func (d *Document) decide(a Attributes, action, class, field string) Answer {
	allowed, denied, hidden := false, false, false
	for _, p := range d.Policies {
		if !p.speaksOf(class, field) || !p.applies(a, action) {
			continue
		}
		switch {
		case p.Effect == "allow":
			allowed = true
		case p.Mode == "conceal":
			hidden = true
		default:
			denied = true
		}
	}
	switch {
	case hidden:
		return Concealed
	case denied:
		return Withheld
	case allowed:
		return Shown
	}
	return Withheld
}

// speaksOf reports whether one of the policy's resources is the class (field ""), or
// the field: "A policy whose resource is the class alone speaks of the class and of
// every field in it."
func (p *Policy) speaksOf(class, field string) bool {
	for _, r := range p.Resources {
		switch {
		case r == class, r == class+":*":
			return true
		case r == "record:*" && strings.HasPrefix(class, "record:"):
			return true
		case field != "" && r == class+":"+field:
			return true
		}
	}
	return false
}

// applies reports whether the policy speaks of the caller and the action, and all its
// conditions hold.
func (p *Policy) applies(a Attributes, action string) bool {
	if !isOne(p.Roles, a["role"]) && !has(p.Roles, "any") {
		return false
	}
	if len(p.Organisations) > 0 && !isOne(p.Organisations, a["organisation"]) {
		return false
	}
	if !has(p.Actions, action) {
		return false
	}
	for key, c := range p.When {
		if !c.holds(key, a[key]) {
			return false
		}
	}
	// "What an allow does not mention stays ordinary."
	if p.Effect == "allow" {
		for _, key := range []string{"label", "objection"} {
			if _, mentioned := p.When[key]; !mentioned && !has(a[key], none) {
				return false
			}
		}
	}
	return true
}
