package policy

import (
	"sort"

	"github.com/patchworkcare/patchwork/record"
)

// Fields is a set of fields of one class. Only the Grant that gave it can say which.
type Fields uint64

// Grant is the answer to one question. Only this package can make one that allows
// anything: the zero Grant reads nothing.
type Grant struct {
	v      *verdict
	source string
	// share is what the app's scopes reach; nil if they do not narrow.
	share *share
	// tested: its source is in clinical safety testing; awaited: it would be allowed if its
	// source were live.
	tested, awaited bool
}

// verdict is a decision about a class: for each label whether it is allowed and which
// of its fields are.
type verdict struct {
	class *class
	by    [labelCount]ruling
	// why a refusal was one, for readers.
	why Reason
}

type ruling struct {
	allowed bool
	// conceals: a refusal hides that there is anything.
	conceals bool
	fields   Fields
	// hushed are the fields of those withheld that are not even named.
	hushed Fields
}

// Seen is what becomes of an entry.
type Seen uint8

// Held back and said so is the zero value; concealed is held back and not said.
const (
	Held Seen = iota
	Concealed
	Shown
)

// Allowed reports whether the class may be read at all.
func (g Grant) Allowed() bool { return g.v != nil && g.v.by[0].allowed }

// Conceals reports whether a refusal must not even be seen.
func (g Grant) Conceals() bool { return g.v != nil && !g.v.by[0].allowed && g.v.by[0].conceals }

// Tested reports whether what may be read is of a source in clinical safety testing: it must
// be marked as such, and is not for care.
func (g Grant) Tested() bool { return g.tested }

// Awaited reports whether it would be allowed if its source were live: then the source may be
// asked to try it out, and nothing of its answer is shown to anybody.
func (g Grant) Awaited() bool { return g.awaited }

// NotYet reports whether it is refused because its source is not shown yet: it is no part of
// the record, so that nothing is withheld from it.
func (g Grant) NotYet() bool { return g.v == notYet }

// Class is the class that was decided; "" for the zero Grant.
func (g Grant) Class() string {
	if g.v == nil || g.v.class == nil {
		return ""
	}
	return g.v.class.name
}

// Source is the id of the source that was decided; "" for none.
func (g Grant) Source() string { return g.source }

// Why says why a refusal is one; ReasonPolicy for the zero Grant.
func (g Grant) Why() Reason {
	if g.v == nil {
		return ReasonPolicy
	}
	return g.v.why
}

// Fields are those that may be seen in entries without labels.
func (g Grant) Fields() Fields {
	if !g.Allowed() {
		return 0
	}
	return g.v.by[0].fields &^ g.lacks()
}

// Partly reports whether the app's scopes reach only some entries of the class: then
// nothing may be concluded from what is not there (hazard H-02).
func (g Grant) Partly() bool { return g.share != nil && g.share.terms != nil }

// PartlyWords says so to a reader.
const PartlyWords = "This app may see some of it only"

func (g Grant) lacks() Fields {
	if g.share == nil {
		return 0
	}
	return g.share.lacks
}

// Field reports whether one field of the class may be seen in entries without labels.
func (g Grant) Field(name string) bool { return g.Has(g.Fields(), name) }

// Has reports whether a field is in the set; false for a field that the class has not.
func (g Grant) Has(f Fields, name string) bool {
	if g.v == nil || g.v.class == nil {
		return false
	}
	i, ok := g.v.class.place[name]
	return ok && f&(1<<i) != 0
}

// Names lists the fields of the set, sorted.
func (g Grant) Names(f Fields) []string {
	if g.v == nil || g.v.class == nil {
		return nil
	}
	var names []string
	for i, name := range g.v.class.fields {
		if f&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}

// Withheld are the fields held back from entries with these labels of which only shown are
// shown, but for those that must not even be named.
func (g Grant) Withheld(codes []record.Coding, shown Fields) Fields {
	if !g.Allowed() {
		return 0
	}
	hushed := g.v.by[0].hushed
	for set, l := labelsOf(codes), 1; l < labelCount; l++ {
		if set&(1<<l) != 0 {
			hushed |= g.v.by[l].hushed
		}
	}
	return g.v.class.all &^ shown &^ hushed
}

// Holding names the labels of the codes under which nothing is shown but said to be
// withheld.
func (g Grant) Holding(codes []record.Coding) []string {
	var names []string
	for set, l := labelsOf(codes), 1; g.Allowed() && l < labelCount; l++ {
		if r := g.v.by[l]; set&(1<<l) != 0 && !r.allowed && !r.conceals {
			names = append(names, labels[l].name)
		}
	}
	return names
}

// Entry decides an entry by its security labels and by the app's scopes: whether it is
// shown, and if so with which fields. What is outside the scopes is not there; nor is what
// is held back, where the scopes reach only some: whether it is inside may not be told.
func (g Grant) Entry(e record.Entry) (Fields, Seen) {
	fields, seen := g.Labelled(e.Common().Labels)
	if !g.Partly() {
		return fields, seen
	}
	lacks, inside := g.v.class.all, false
	for i := range g.share.terms {
		if t := &g.share.terms[i]; seen == Shown && t.hold(e, func(field string) bool { return g.Has(fields, field) }) {
			lacks, inside = lacks&t.lacks, true
		}
	}
	if !inside {
		return 0, Concealed
	}
	return fields &^ lacks, Shown
}

// Labelled is Entry for what is no entry and stands outside of the scopes' filters, such
// as a registration.
func (g Grant) Labelled(codes []record.Coding) (Fields, Seen) {
	if g.v == nil {
		return 0, Held
	}
	fields, seen := g.v.by[0].fields, Shown
	if !g.Allowed() { // and a label may still say that not even this may be told
		seen = Held
	}
	if g.Conceals() {
		seen = Concealed
	}
	for set, l := labelsOf(codes), 1; len(codes) > 0 && l < labelCount; l++ {
		switch r := g.v.by[l]; {
		case set&(1<<l) == 0:
		case r.allowed:
			fields &= r.fields
		case r.conceals:
			seen = Concealed
		case seen != Concealed:
			seen = Held
		}
	}
	if seen != Shown {
		return 0, seen
	}
	return fields, Shown
}
