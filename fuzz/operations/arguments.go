package operations

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// arguments writes the arguments of a field, some as variables.
func (g *maker) arguments(parent string, f *ast.FieldDefinition) string {
	if len(f.Arguments) == 0 {
		return ""
	}
	values := g.values(parent, f.Name)
	var parts []string
	for _, a := range f.Arguments {
		v, ok := values[a.Name]
		if !ok {
			continue
		}
		if enum, isEnum := v.(name); isEnum && g.chance(0.5) {
			parts = append(parts, a.Name+": "+string(enum))
			continue
		}
		if enums, areEnums := v.(names); areEnums {
			parts = append(parts, a.Name+": "+g.variable(a.Type.String(), []any(enums)))
			continue
		}
		if _, isObject := v.(map[string]any); isObject || g.chance(0.4) {
			parts = append(parts, a.Name+": "+g.variable(a.Type.String(), v))
			continue
		}
		if enum, isEnum := v.(name); isEnum {
			v = string(enum)
			parts = append(parts, a.Name+": "+g.variable(a.Type.String(), v))
			continue
		}
		text, _ := json.Marshal(v)
		parts = append(parts, a.Name+": "+string(text))
	}
	if parts == nil {
		return ""
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// name is the value of an enum, names a list of them.
type (
	name  string
	names []any
)

func pick[T any](g *maker, list []T) T {
	var zero T
	if len(list) == 0 {
		return zero
	}
	return list[g.rng.IntN(len(list))]
}

// values chooses arguments by the field they belong to.
func (g *maker) values(parent, field string) map[string]any {
	v := map[string]any{}
	switch parent + "." + field {
	case "Query.patient":
		v["id"] = g.patient()
	case "Query.patientByNHSNumber":
		v["nhsNumber"] = pick(g, g.facts.NHSNumbers)
	case "Query.patientsByNHSNumber":
		var list []any
		for range 1 + g.rng.IntN(4) {
			list = append(list, pick(g, g.facts.NHSNumbers))
		}
		v["nhsNumbers"] = list
	case "Query.list":
		v["id"] = pick(g, g.facts.Lists)
	case "PatientList.people": // all of them, and small enough to be asked for some times over
		v["first"] = 6 + g.rng.IntN(2)
	case "Query.searchPatients":
		g.search(v, pick(g, g.facts.Searches))
	case "Query.explain":
		v["patient"], v["resource"] = g.patient(), pick(g, g.facts.Resources)
		if g.chance(0.5) {
			v["source"] = pick(g, g.facts.Sources)
		}
		if g.chance(0.2) {
			v["label"] = pick(g, []string{"restricted", "sensitive", "safeguarding", "very-restricted"})
		}
	case "Query.whoHasLooked":
		v["patient"] = g.patient()
	case "Query.objections":
		v["patient"] = g.patient()
	case "Query.reviews":
		if g.chance(0.5) {
			v["state"] = name(pick(g, []string{"NEW", "IN_REVIEW", "CLOSED"}))
		}
	case "Patient.timeline":
		g.timeline(v)
	case "Timeline.buckets":
		if g.chance(0.7) {
			v["by"] = name(pick(g, []string{"AUTO", "YEAR", "MONTH", "DAY"}))
		}
	case "Patient.results", "Patient.observations":
		if g.chance(0.5) {
			v["code"] = pick(g, g.facts.Codes)
		}
		g.first(v)
	default:
		if parent == "Patient" {
			g.first(v)
		}
		g.change(field, v)
	}
	return v
}

// search chooses one of the three ways to search, sometimes by a name with a slip in it.
func (g *maker) search(v map[string]any, s Search) {
	switch {
	case s.NHSNumber != "" && g.chance(0.12):
		v["nhsNumber"] = s.NHSNumber
		return
	case s.LocalNumber != "" && g.chance(0.12):
		v["localNumber"], v["organisation"] = s.LocalNumber, s.Source
		return
	}
	v["familyName"], v["birthDate"] = s.Family, s.BirthDate
	if len(s.Family) > 6 && g.chance(0.3) {
		at := 3 + g.rng.IntN(len(s.Family)-3)
		v["familyName"] = s.Family[:at] + s.Family[at+1:]
	}
	if s.Given != "" && g.chance(0.3) {
		v["givenName"] = s.Given
	}
	if s.Postcode != "" && g.chance(0.3) {
		v["postcode"] = s.Postcode
	}
	if s.Gender != "" && g.chance(0.2) {
		v["gender"] = s.Gender
	}
}

func (g *maker) patient() string { return pick(g, g.facts.PatientIDs) }

func (g *maker) first(v map[string]any) {
	if g.chance(0.2) {
		v["first"] = g.rng.IntN(4)
	}
}

func (g *maker) timeline(v map[string]any) {
	if g.chance(0.5) {
		v["first"] = 1 + g.rng.IntN(20)
	}
	if g.chance(0.4) {
		var list []any
		for range 1 + g.rng.IntN(4) {
			list = append(list, pick(g, g.facts.Sections))
		}
		v["sections"] = list
	}
	if g.chance(0.2) {
		v["from"] = pick(g, g.facts.Days)
	}
	if g.chance(0.2) {
		v["to"] = pick(g, g.facts.Days)
	}
	if g.chance(0.2) {
		v["sources"] = []any{pick(g, g.facts.Sources), pick(g, g.facts.Sources)}
	}
	if g.chance(0.2) {
		v["organisations"] = []any{pick(g, g.facts.Organisations), pick(g, g.facts.Organisations)}
	}
	if g.chance(0.3) {
		v["text"] = pick(g, g.facts.Words)
	}
	if g.chance(0.15) {
		v["recordedSince"] = pick(g, g.facts.Days)
	}
	if g.chance(0.15) {
		v["without"] = names{pick(g, []string{"CANCELLED", "PLANNED"})}
	}
	if g.chance(0.1) {
		v["undated"] = true
	}
	if g.chance(0.1) {
		v["skip"] = g.rng.IntN(8)
	}
}

// change chooses the arguments of mutations.
func (g *maker) change(field string, v map[string]any) {
	switch field {
	case "claimRelationship":
		v["patient"], v["reason"], v["explanation"] = g.patient(), "walk-in", "is standing here in front of me"
	case "breakGlass":
		v["patient"], v["reason"], v["explanation"] = g.patient(), "emergency-treatment", "found on the floor and cannot be asked"
	case "endBreakGlass":
		v["patient"] = g.patient()
	case "recordObjection":
		o := map[string]any{"reason": fmt.Sprintf("asked for at the desk, %d", g.rng.IntN(1000)), "absolute": g.chance(0.3)}
		if g.chance(0.5) {
			o["source"] = pick(g, g.facts.Sources)
		}
		if g.chance(0.5) {
			o["section"] = pick(g, g.facts.Sections)
		}
		v["patient"], v["objection"] = g.patient(), o
	}
}
