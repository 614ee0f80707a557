package disclosure

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// A Class says what a field tells of a person. The zero Class is that of a field that
// nobody has classified: it is forbidden.
type Class string

// The classes, as fields.txt describes them.
const (
	Direct         Class = "direct"
	FreeText       Class = "text"
	Administrative Class = "other"
	YearOnly       Class = "year"
	MonthOnly      Class = "month"
	DistrictOnly   Class = "district"
	Quasi          Class = "quasi"
	Clinical       Class = "clinical"
	Operational    Class = "operational"
)

// The purposes that the session may have, in HL7's codes (auth.Purpose).
var purposes = map[string]bool{ // whether it is secondary
	"TREAT": false, "ETREAT": false, "BTG": false, "CAREMGT": false, "PATRQT": false,
	"HRESCH": true, "HOPERAT": true,
}

// Secondary reports whether a purpose is beyond the person's own care, so that the
// opt-outs and the rules of this package apply. Whatever is not known to be care is.
func Secondary(purpose string) bool {
	secondary, known := purposes[purpose]
	return secondary || !known
}

// ClassOf is the class of a field of the graph, such as "Person.birthDate"; "" if it has
// none.
func ClassOf(field string) Class {
	known := table()
	if class, ok := known[field]; ok {
		return class
	}
	kind, _, _ := strings.Cut(field, ".")
	return known[kind+".*"]
}

// Permits reports whether a field may be in what leaves for a purpose: as it is for care,
// where policy alone decides; as Generalise gives it for planning and research. Nothing may
// for a purpose that is not known.
func Permits(purpose, field string) bool {
	secondary, known := purposes[purpose]
	return known && (!secondary || ClassOf(field).shown())
}

// shown says whether anything of a field of the class is shown for a secondary purpose.
func (c Class) shown() bool {
	switch c {
	case YearOnly, MonthOnly, DistrictOnly, Quasi, Clinical, Operational:
		return true
	}
	return false
}

// Forbidden lists the fields that a purpose may not have, in order, for people to read
// ("Look.*" is every field of that type); to decide, use Permits, which also forbids the
// fields that no list knows. It is empty for care.
func Forbidden(purpose string) []string {
	var fields []string
	for field := range table() {
		if !Permits(purpose, field) {
			fields = append(fields, field)
		}
	}
	slices.Sort(fields)
	return fields
}

//go:embed fields.txt
var fieldsText string

// table is the class of each field. A table that cannot be read classifies nothing, so
// that everything is forbidden.
var table = sync.OnceValue(func() map[string]Class {
	known, err := readFields(fieldsText)
	if err != nil {
		return nil
	}
	return known
})

// readFields reads a table as fields.txt explains it.
func readFields(text string) (map[string]Class, error) {
	known := map[string]Class{}
	var kinds []string
	inKinds := false
	for i, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if line[0] != ' ' {
			if !inKinds {
				kinds = nil
			}
			inKinds, kinds = true, append(kinds, words...)
			continue
		}
		inKinds = false
		class := Class(words[0])
		if !class.shown() && !slices.Contains([]Class{Direct, FreeText, Administrative}, class) {
			return nil, fmt.Errorf("line %d: %q is no class", i+1, class)
		}
		for _, kind := range kinds {
			for _, name := range words[1:] {
				if _, twice := known[kind+"."+name]; twice || name == "*" && class != Administrative {
					return nil, fmt.Errorf("line %d: %s.%s may not stand here", i+1, kind, name)
				}
				known[kind+"."+name] = class
			}
		}
	}
	return known, nil
}
