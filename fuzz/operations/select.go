package operations

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Probe aliases: what is asked besides, so that a test sees what a section, and what
// stands around the record, says of itself.
const (
	ProbeOutcomes = "zoutcomes"
	ProbeWithheld = "zwithheld"
	ProbeTotal    = "ztotal"
	ProbeSource   = "zsource"
	ProbeState    = "zstate"
	ProbeLinks    = "zlinks"
	ProbeKinds    = "zkinds"
	ProbeMayClaim = "zmayclaim"
	ProbeShown    = "zshown"
)

// probes are asked of a type besides what chance chooses.
var probes = map[string]string{
	"Section":       ` zoutcomes: outcomes { source { id } status code count asserted { code { text } by { name } date } } zwithheld: withheldFields ztotal: total`,
	"Registration":  ` zsource: source { id } zstate: state zlinks: links { localId }`,
	"Access":        ` zkinds: relationships { kind } zmayclaim: mayClaim`,
	"PatientSearch": ` zoutcomes: outcomes { source { id } status code count }`,
	"Explanation":   ` zshown: shown`,
}

// field writes one field with its arguments, directives and selection.
func (g *maker) field(f *ast.FieldDefinition, parent string, depth int, alias bool) string {
	g.fields++
	text := " "
	if alias || len(f.Arguments) > 0 || g.chance(0.25) {
		text += g.fresh("a") + ": "
	}
	text += f.Name + g.arguments(parent, f) + g.directives()
	if def := g.schema.Types[f.Type.Name()]; def.IsCompositeType() {
		text += " {" + g.selection(def, depth+1) + " }"
	}
	return text
}

// selection writes what is asked of an object: fields, and fragments on it and on its
// interfaces.
func (g *maker) selection(def *ast.Definition, depth int) string {
	if names := g.byType[def.Name]; len(names) > 0 && g.chance(0.35) {
		text := " ..." + names[g.rng.IntN(len(names))] + g.directives()
		if g.chance(0.5) { // the same again, which must not change anything
			text += text
		}
		return text + g.parts(def, depth, false)
	}
	if depth < 6 && g.chance(0.15) {
		return g.fragment(def, depth)
	}
	return g.parts(def, depth, false)
}

// always are the fields without which an object would have nothing to tell.
var always = map[string]bool{
	"PatientList.people": true, "ListPeople.people": true, "ListPerson.patient": true,
	"PatientLookup.patient": true, "PatientSearch.hits": true, "Timeline.edges": true, "TimelineEdge.node": true,
}

// fragment makes a named fragment on the type, and spreads it.
func (g *maker) fragment(def *ast.Definition, depth int) string {
	name := g.fresh("F")
	g.fragments = append(g.fragments, "fragment "+name+" on "+def.Name+" {"+g.parts(def, depth, true)+" }")
	g.byType[def.Name] = append(g.byType[def.Name], name)
	return " ..." + name + g.directives()
}

// parts writes fields of the type itself; alias says that all must have names of their
// own, because they stand beside those of other types.
func (g *maker) parts(def *ast.Definition, depth int, alias bool) string {
	var b strings.Builder
	share := 0.5
	switch {
	case def.Name == "Patient":
		share = 0.16
		if f := def.Fields.ForName("registrations"); f != nil && g.chance(0.15) {
			b.WriteString(g.field(f, def.Name, depth, alias))
		}
		for _, name := range []string{"results", "observations"} { // those that can be filtered
			if f := def.Fields.ForName(name); f != nil && g.chance(0.15) {
				b.WriteString(g.field(f, def.Name, depth, alias))
			}
		}
	case strings.HasSuffix(def.Name, "Section"):
		share = 0.3
		if entries := def.Fields.ForName("entries"); entries != nil {
			b.WriteString(g.field(entries, def.Name, depth, alias))
		}
		if g.chance(0.85) {
			b.WriteString(probes["Section"])
		}
	case depth > 5:
		share = 0.35
	}
	b.WriteString(probes[def.Name])
	for _, f := range def.Fields {
		if always[def.Name+"."+f.Name] {
			b.WriteString(g.field(f, def.Name, depth, alias))
			continue
		}
		if g.facts.Without[def.Name+"."+f.Name] {
			continue
		}
		leaf := !g.schema.Types[f.Type.Name()].IsCompositeType()
		if g.fields > most && !leaf || depth > 9 && !leaf || !g.chance(share) || strings.HasPrefix(f.Name, "__") {
			continue
		}
		b.WriteString(g.field(f, def.Name, depth, alias))
	}
	if g.chance(0.15) {
		b.WriteString(" " + g.fresh("t") + ": __typename")
	}
	b.WriteString(g.inline(def, depth))
	if b.Len() == 0 {
		return " __typename"
	}
	return b.String()
}

// inline writes fragments on the interfaces of an object, or on the objects of an
// interface.
func (g *maker) inline(def *ast.Definition, depth int) string {
	var b strings.Builder
	if def.Kind == ast.Interface {
		for _, d := range g.schema.GetPossibleTypes(def) {
			if g.fields < most && g.chance(0.3) {
				b.WriteString(" ... on " + d.Name + g.directives() + " {" + g.parts(d, depth+1, true) + " }")
			}
		}
		return b.String()
	}
	for _, name := range def.Interfaces {
		if g.fields < most && g.chance(0.15) {
			b.WriteString(" ... on " + name + g.directives() + " {" + g.only(g.schema.Types[name], depth+1) + " }")
		}
	}
	return b.String()
}

// only writes an interface's own fields.
func (g *maker) only(def *ast.Definition, depth int) string {
	var b strings.Builder
	for _, f := range def.Fields {
		if g.chance(0.4) && !strings.HasPrefix(f.Name, "__") && !g.facts.Without[def.Name+"."+f.Name] {
			b.WriteString(g.field(f, def.Name, depth, false))
		}
	}
	if b.Len() == 0 {
		return " __typename"
	}
	return b.String()
}

// directives writes @skip and @include, by a variable or a constant; seldom.
func (g *maker) directives() string {
	if !g.chance(0.06) {
		return ""
	}
	name := []string{"skip", "include"}[g.rng.IntN(2)]
	value := g.rng.IntN(4) == 0
	if name == "include" {
		value = !value
	}
	if g.chance(0.3) {
		if value {
			return " @" + name + "(if: true)"
		}
		return " @" + name + "(if: false)"
	}
	return " @" + name + "(if: " + g.variable("Boolean!", value) + ")"
}

// variable declares a variable with a value and gives its name.
func (g *maker) variable(typ string, value any) string {
	name := "$" + g.fresh("v")
	g.declared = append(g.declared, name+": "+typ)
	g.variables[name[1:]] = value
	return name
}
