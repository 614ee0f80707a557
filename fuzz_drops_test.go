package main

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/fuzz/naive"
	"github.com/patchworkcare/patchwork/fuzz/operations"
	"github.com/patchworkcare/patchwork/fuzz/world"
	"github.com/patchworkcare/patchwork/record"
)

// reading compares one answer with what the caller may see and asked for.
type reading struct {
	*fuzzJudge
	o        *operations.Operation
	action   string
	person   int
	findings []finding
	asked    int // allowed canaries that were looked for
}

func (c *reading) leak(format string, a ...any) { c.findings = append(c.findings, leak(format, a...)) }
func (c *reading) drop(format string, a ...any) { c.findings = append(c.findings, drop(format, a...)) }

// patient looks at one person of the answer.
func (c *reading) patient(f operations.Field, value map[string]any) {
	for _, g := range c.o.Below(f, "Patient") {
		section, isSection := record.SectionNamed(g.Name)
		below, _ := value[g.Key].(map[string]any)
		switch {
		case isSection && below != nil:
			c.section(g, section, below)
		case isSection:
			c.drop("%s is not a section", g.Name)
		case g.Name == "nhsNumber" || g.Name == "birthDate":
			switch may, must := c.indexed(c.action, c.person, g.Name); {
			case must && value[g.Key] == nil:
				c.drop("Patient.%s of person %d is null", g.Name, c.person)
			case !may && value[g.Key] != nil:
				c.leak("Patient.%s of person %d is shown", g.Name, c.person)
			}
		case g.Name == "registrations":
			c.registrations(value[g.Key])
		case g.Name == "access" && below != nil:
			c.access(below)
		case g.Name == "timeline" && below != nil:
			c.timeline(g, below)
		}
	}
}

// shown is an entry that the caller may see.
type shown struct {
	source string
	entry  *world.Entry
	value  record.Entry // narrowed, if the reader asked for a code
}

// visible are the entries of a section that the caller may see, the sources that hold
// some back and say so, and those that could not answer.
func (c *reading) visible(s record.Section, code string) (list []shown, told, failing map[string]bool) {
	told, failing = map[string]bool{}, map[string]bool{}
	for _, rec := range c.region.world.People[c.person].Records {
		a := rec.Sections[s]
		if a == nil || c.fuzzJudge.section(c.action, c.person, rec.Source, s) != naive.Shown {
			continue
		}
		if a.Fails {
			failing[rec.Source] = true
			continue
		}
		class := "record:" + s.Name()
		told[rec.Source] = told[rec.Source] || c.partly(class)
		for _, e := range a.Entries {
			if !c.inside(class, e.Value, func(field string) bool {
				return c.entry(c.action, c.person, rec.Source, s, field, e.Labels) == naive.Shown
			}) {
				continue
			}
			switch c.entry(c.action, c.person, rec.Source, s, "", e.Labels) {
			case naive.Withheld:
				told[rec.Source] = true
			case naive.Shown:
				value, untold := c.narrow(s, rec.Source, e, code)
				if untold {
					told[rec.Source] = true
				}
				if value != nil {
					list = append(list, shown{rec.Source, e, value})
				}
			}
		}
	}
	return list, told, failing
}

// section compares one section of the answer.
func (c *reading) section(f operations.Field, s record.Section, value map[string]any) {
	code, _ := f.Arguments["code"].(string)
	list, told, failing := c.visible(s, code)
	text := render(value)
	limit := -1
	if n, ok := f.Arguments["first"]; ok && n != nil {
		limit = int(number(n))
	}
	definition := c.region.schema.Types["Patient"].Fields.ForName(f.Name).Type.Name()
	entryType := c.region.schema.Types[definition].Fields.ForName("entries").Type.Name()
	for _, g := range c.o.Below(f, definition, "Section") {
		if g.Name != "entries" {
			continue
		}
		got, _ := value[g.Key].([]any)
		if limit >= 0 && limit < len(list) {
			if len(got) != limit {
				c.drop("%s: %d entries, asked for the first %d of %d", f.Name, len(got), limit, len(list))
			}
			continue
		}
		if len(got) != len(list) {
			c.drop("%s: %d entries, %d may be seen", f.Name, len(got), len(list))
		}
		for _, e := range list {
			c.entryIn(text, s, e, c.o.Below(g, entryType, "Entry"), entryType)
		}
	}
	if _, probed := value[operations.ProbeOutcomes]; probed {
		c.probes(f.Name, s, value, list, told, failing)
	}
}

// entryIn looks for everything asked of an entry in the section's text.
func (c *reading) entryIn(text string, s record.Section, e shown, fields []operations.Field, typeName string) {
	for _, g := range fields {
		if strings.HasPrefix(g.Name, "__") || c.entry(c.action, c.person, e.source, s, g.Name, e.entry.Labels) != naive.Shown {
			continue
		}
		for _, literal := range c.literals(reflect.ValueOf(e.value).Elem(), g, typeName) {
			c.asked++
			if !strings.Contains(text, lower(literal)) {
				c.drop("record:%s:%s of person %d in %s (labels %v): %s is not in the answer", s.Name(), g.Name, c.person, e.source, e.entry.Labels, literal)
			}
		}
	}
}

// literals are the texts that a field of a Go value leads to, as asked.
func (c *reading) literals(v reflect.Value, f operations.Field, typeName string) []string {
	definition := c.region.schema.Types[typeName].Fields.ForName(f.Name)
	if definition == nil {
		return nil
	}
	switch x := v.Addr().Interface().(type) {
	case *record.Concept:
		if f.Name == "label" {
			return []string{x.Label()}
		}
	case *record.HumanName:
		if f.Name == "text" {
			return []string{x.Text()}
		}
	}
	field := v.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, f.Name) })
	if !field.IsValid() {
		return nil
	}
	return c.below(field, f, definition.Type.Name())
}

func (c *reading) below(v reflect.Value, f operations.Field, typeName string) []string {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return c.below(v.Elem(), f, typeName)
	case reflect.Slice:
		var list []string
		for i := range v.Len() {
			list = append(list, c.below(v.Index(i), f, typeName)...)
		}
		return list
	case reflect.Struct:
		if _, isTime := v.Interface().(time.Time); isTime {
			return nil
		}
		var list []string
		for _, g := range c.o.Below(f, typeName) {
			list = append(list, c.literals(v, g, typeName)...)
		}
		return list
	case reflect.Int:
		return []string{strconv.FormatInt(v.Int(), 10)}
	case reflect.String:
		switch v.Interface().(type) {
		case record.NumberStatus, record.MedicationKind:
			return nil
		}
		if v.String() != "" {
			return []string{v.String()}
		}
	}
	return nil
}

// narrow is the reader's own filter by code; untold says that it looks at what the
// caller may not see, so that neither keeping nor leaving out may be told.
func (c *reading) narrow(s record.Section, source string, e *world.Entry, code string) (value record.Entry, untold bool) {
	if code == "" {
		return e.Value, false
	}
	may := func(field string) bool {
		return c.entry(c.action, c.person, source, s, field, e.Labels) == naive.Shown
	}
	has := func(x record.Concept) bool {
		return slices.ContainsFunc(x.Codings, func(k record.Coding) bool { return k.Code == code })
	}
	parts := map[record.Section]string{record.Results: "measurements", record.Observations: "components"}[s]
	if !may("code") || !may(parts) {
		return nil, true
	}
	if has(e.Value.Common().Code) {
		return e.Value, false
	}
	switch x := e.Value.(type) {
	case *record.Result:
		n := *x
		n.Measurements = nil
		for _, m := range x.Measurements {
			if has(m.Code) {
				n.Measurements = append(n.Measurements, m)
			}
		}
		if n.Measurements != nil {
			return &n, false
		}
	case *record.Observation:
		if slices.ContainsFunc(x.Components, func(m record.Measurement) bool { return has(m.Code) }) {
			return x, false
		}
	}
	return nil, false
}

func render(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return lower(string(b))
}

// number reads a whole number from an argument or an answer.
func number(v any) int64 {
	switch n := v.(type) {
	case int64:
		return n
	case int:
		return int64(n)
	case float64:
		return int64(n)
	case json.Number:
		i, _ := n.Int64()
		return i
	}
	return 0
}
