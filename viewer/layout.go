package viewer

import (
	"slices"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// Placed is a section of the summary and how it is shown.
type Placed struct {
	// Name is record.Heading's.
	Name string `json:"name"`
	// Folded shows its heading only, until it is opened.
	Folded bool `json:"folded,omitempty"`
}

// Order is how the summary is arranged: the sections in the order in which they are shown.
type Order []Placed

// NeverFolded reports whether a section is one that nobody may fold away: what is dangerous
// not to see is shown wherever it stands. Hazard H-02.
func NeverFolded(name string) bool {
	section, ok := record.SectionNamed(name)
	return ok && (section == record.Allergies || section == record.Alerts)
}

// Summary is what the region has configured: how the summary is arranged for a role.
type Summary struct {
	Role auth.Role
	// CareSetting narrows it to those who work there; "" is for the role anywhere.
	CareSetting string
	// Sections are the first, in order; Folded those that are folded, and no others are.
	Sections, Folded []string
}

// Summaries are the region's, in any order. The zero value are the built-in ones.
type Summaries []Summary

// For is the arrangement for a position: the region's for the role in the care setting, else
// its for the role, else the built-in one. Sections that it does not name stand at their
// built-in place, so that every section is there.
func (s Summaries) For(role auth.Role, careSetting string) Order {
	usual := builtIn(role, careSetting)
	for _, setting := range []string{careSetting, ""} {
		i := slices.IndexFunc(s, func(one Summary) bool { return one.Role == role && one.CareSetting == setting })
		if i >= 0 {
			return s[i].within(usual)
		}
	}
	return usual
}

// within is the region's order, with its folds and no others.
func (s Summary) within(usual Order) Order {
	var first Order
	for _, name := range s.Sections {
		first = append(first, Placed{Name: name})
	}
	out := first.before(usual)
	for i := range out {
		out[i].Folded = slices.Contains(s.Folded, out[i].Name) && !NeverFolded(out[i].Name)
	}
	return out
}

// within is the order with every section of another that it does not have, each right after
// the one that it follows there; what the other does not have is left out, for there is no
// such section, and what stands twice is there once.
func (o Order) within(usual Order) Order {
	out := o.known(usual)
	for i, p := range usual {
		if out.at(p.Name) >= 0 {
			continue
		}
		place := 0
		if i > 0 { // which is there by now
			place = out.at(usual[i-1].Name) + 1
		}
		out = slices.Insert(out, place, p)
	}
	return out
}

// before is the order, and behind it what else another has.
func (o Order) before(usual Order) Order {
	out := o.known(usual)
	for _, p := range usual {
		if out.at(p.Name) < 0 {
			out = append(out, p)
		}
	}
	return out
}

// known is what of the order there is in another, each once.
func (o Order) known(usual Order) Order {
	var out Order
	for _, p := range o {
		if usual.at(p.Name) >= 0 && out.at(p.Name) < 0 {
			out = append(out, Placed{p.Name, p.Folded && !NeverFolded(p.Name)})
		}
	}
	return out
}

func (o Order) at(name string) int {
	return slices.IndexFunc(o, func(p Placed) bool { return p.Name == name })
}
