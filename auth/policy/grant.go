package policy

import (
	"sort"

	"github.com/patchworkcare/patchwork/record"
)

// Grant is the Guard's answer. Only this package can make one that allows anything:
// the zero Grant reads nothing.
type Grant struct {
	allowed  bool
	class    string
	withheld map[string]bool
	labels   uint8
}

// Allowed reports whether the class may be read at all.
func (g Grant) Allowed() bool { return g.allowed }

// Class is the class that was decided; "" for the zero Grant.
func (g Grant) Class() string { return g.class }

// Field reports whether one field of the class may be seen.
func (g Grant) Field(name string) bool { return g.allowed && !g.withheld[name] }

// Whole reports whether every field of the class may be seen.
func (g Grant) Whole() bool { return g.allowed && len(g.withheld) == 0 }

// Withheld lists the fields held back, sorted; none for a Grant that refuses all.
func (g Grant) Withheld() []string {
	names := make([]string, 0, len(g.withheld))
	for name := range g.withheld {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Entry reports whether an entry with these security labels may be seen. A label
// that is not known to be harmless needs the right to see restricted entries.
func (g Grant) Entry(entry []record.Coding) bool {
	if !g.allowed {
		return false
	}
	for _, c := range entry {
		if need := needs(c); need >= 0 && g.labels&(1<<need) == 0 {
			return false
		}
	}
	return true
}
