package views

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/views/sqlonfhir"
)

// Field is something that a column may show.
type Field struct {
	Section, Path string
	// Coordinate is the schema's, such as Concept.text: by it is known what a value may tell.
	Coordinate string
	// Kind is string, integer, decimal, boolean, date or dateTime.
	Kind string
	// Many: an entry may have several.
	Many        bool
	Description string
}

// Renderer gives FHIR resources of the graph's answers: for views that are written over them.
type Renderer interface {
	// Selection is what has to be read of a Patient for resources of a type, and of which
	// sections; ok is false if there is no such type.
	Selection(resource string) (selection string, sections []string, ok bool)
	// Complete puts the fragments below an operation that it spreads.
	Complete(operation string) string
	// Resources are those of a type of one person, decoded with json.Decoder.UseNumber.
	Resources(person map[string]any, resource string) ([]map[string]any, error)
}

// Heading is a column of the rows that come out.
type Heading struct {
	Name, Kind, Description string
	// Source is the section and field of a picked column, as allergies.code.text; Coordinate is
	// the field's, "" for a count.
	Source, Coordinate string
	// Coverage: it says which sources answered, and nothing of the person.
	Coverage bool
}

// plan is how a body is run.
type plan struct {
	selection string
	sections  []string
	view      *sqlonfhir.View
	resource  string
	headings  []Heading
	tree      map[string]node // what was picked, by section; nil of a definition
	order     []int           // where each heading's value stands in a row of the view

	// What tells rows apart from one run to the next: the section of which each row is an entry
	// and where its id and source stand in a row of the view; loose if nothing does.
	entry                string
	entryID, entrySource int
	loose                bool
}

// personType is the resource of views over the graph's own person.
const personType = "Person"

// planOf prepares a body; what is wrong with it is an *InputError.
func (s *Store) planOf(b *Body) (*plan, error) {
	if len(b.Columns) > 0 {
		return s.picked(b)
	}
	view, err := sqlonfhir.Compile(b.Definition)
	if err != nil {
		return nil, wrong("The definition cannot be used: %s.", strings.TrimSuffix(err.Error(), "."))
	}
	p := &plan{view: view, resource: view.Resource(), loose: iterates(b.Definition)}
	switch {
	case b.Selection != "" && p.resource != personType:
		return nil, wrong("A definition with a selection of its own is of the resource %s.", personType)
	case b.Selection != "":
		p.selection = b.Selection
		p.sections = sectionsIn(b.Selection)
	default:
		var ok bool
		if p.selection, p.sections, ok = s.Renderer.Selection(p.resource); !ok {
			return nil, wrong("This region has no resource %s: its CapabilityStatement lists those it has.", p.resource)
		}
	}
	for i, c := range view.Columns() {
		if strings.HasPrefix(c.Name, "_") {
			return nil, wrong("Column names do not begin with an underscore: those are for coverage.")
		}
		p.headings = append(p.headings, Heading{Name: c.Name, Kind: kindOf(c.Type)})
		p.order = append(p.order, i)
	}
	p.cover()
	return p, nil
}

// sectionsIn are the sections that a selection names, in reading order. A word that is one by
// chance costs a column of coverage and nothing else.
func sectionsIn(selection string) []string {
	words := strings.FieldsFunc(selection, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	var all []string
	for _, h := range record.Headings() {
		if slices.Contains(words, h.Name) {
			all = append(all, h.Name)
		}
	}
	return all
}

// names are the columns that tell of a person.
func (p *plan) names() []string {
	var all []string
	for _, h := range p.headings {
		if !h.Coverage {
			all = append(all, h.Name)
		}
	}
	return all
}

// cover adds the columns that say which sources answered, and what follows. New ones come last:
// rows that were kept before are shorter.
func (p *plan) cover() {
	for _, section := range p.sections {
		p.headings = append(p.headings, Heading{Name: "_coverage_" + section, Kind: "string", Coverage: true,
			Description: "Which sources answered for this section, as source=STATUS; what is not ANSWERED, EMPTY or ASSERTED_NONE may be missing from the row"})
	}
	p.headings = append(p.headings, Heading{Name: "_complete", Kind: "boolean", Coverage: true,
		Description: "Whether every source that was asked told all it holds: only then does an empty cell say that nothing is recorded"})
	for _, section := range p.sections {
		p.headings = append(p.headings, Heading{Name: "_verdict_" + section, Kind: "string", Coverage: true,
			Description: "What may be concluded from the whole section: NONE_KNOWN is that a clinician states that there are none and every source answered, NOT_RECORDED that every source answered and nothing is recorded; only these two are \"none\""})
	}
}

// pseudonymised is the one identifier that views for other purposes have, as a pseudonym.
const pseudonymised = "Patient.id"

// picked makes the plan of picked columns: a selection, and a definition over the person.
func (s *Store) picked(b *Body) (*plan, error) {
	columns := b.Columns
	p := &plan{resource: personType}
	tree := map[string]node{}
	var above, each []map[string]any
	eachSection := ""
	var faults []error
	place := map[string]int{}
	for _, c := range columns {
		f, known := s.field(c)
		if !known {
			faults = append(faults, wrong("Column %s: %s", c.Name, s.unknown(c)))
			continue
		}
		if Secondary(b.Purpose) && s.Governance != nil && c.Take != Count && f.Coordinate != pseudonymised && !s.Governance.Allows(f.Coordinate) {
			faults = append(faults, wrong("Column %s: %s can name or locate somebody, or is written in words; it is in no view for another purpose than care.", c.Name, quoted(c.Section+"."+c.Field)))
			continue
		}
		tree[c.Section] = tree[c.Section].with(c)
		path, collection := pathOf(c, f)
		column := map[string]any{"name": c.Name, "path": path, "collection": collection}
		if c.Take == Each && c.Section != Patient {
			eachSection = c.Section
			each = append(each, column)
		} else {
			above = append(above, column)
		}
		kind := f.Kind
		if c.Take == Count {
			kind = "integer"
		} else if c.Take == All || f.Many || Secondary(b.Purpose) && (kind == "date" || kind == "dateTime") {
			kind = "string" // several in one cell, or a month, or a year
		}
		p.headings = append(p.headings, Heading{Name: c.Name, Kind: kind, Description: f.Description, Source: strings.Trim(c.Section+"."+c.Field, "."), Coordinate: f.Coordinate})
	}
	if err := joined(faults); err != nil {
		return nil, err
	}
	selects := []any{}
	for _, column := range above {
		place[column["name"].(string)] = len(place)
	}
	if len(above) > 0 {
		selects = append(selects, map[string]any{"column": above})
	}
	if len(each) > 0 {
		for _, column := range each {
			place[column["name"].(string)] = len(place)
		}
		p.entry, p.entryID, p.entrySource = eachSection, len(place), len(place)+1
		each = append(each, map[string]any{"name": "Entry", "path": "id"}, map[string]any{"name": "EntrySource", "path": "provenance.source.id"})
		selects = append(selects, map[string]any{"forEachOrNull": eachSection + ".entries", "column": each})
	}
	text, err := json.Marshal(map[string]any{"resourceType": "ViewDefinition", "resource": personType, "status": "active", "select": selects})
	if err != nil {
		return nil, err
	}
	if p.view, err = sqlonfhir.Compile(text); err != nil {
		return nil, fmt.Errorf("the definition of picked columns: %w", err)
	}
	for _, c := range columns {
		p.order = append(p.order, place[c.Name])
	}
	p.selection, p.tree = selectionOf(tree), tree
	for _, h := range record.Headings() {
		if _, ok := tree[h.Name]; ok {
			p.sections = append(p.sections, h.Name)
		}
	}
	p.cover()
	return p, nil
}

// pathOf is the FHIRPath of a column over the person; collection says that it gives several
// values, which go into one cell.
func pathOf(c Column, f Field) (path string, collection bool) {
	switch {
	case c.Section == Patient:
		return c.Field, f.Many
	case c.Take == Count:
		return c.Section + ".entries.count()", false
	case c.Take == All:
		return c.Section + ".entries." + c.Field, true
	case c.Take == Latest:
		return c.Section + ".entries.first()." + c.Field, f.Many
	}
	return c.Field, f.Many
}

// node is a part of a selection.
type node map[string]node

func (n node) with(c Column) node {
	if n == nil {
		n = node{}
	}
	at := n
	if c.Take == Count && c.Section != Patient {
		n["id"] = nil // to be counted
		return n
	}
	for part := range strings.SplitSeq(c.Field, ".") {
		if at[part] == nil {
			at[part] = node{}
		}
		at = at[part]
	}
	return n
}

func (n node) write(b *strings.Builder) {
	for _, name := range slices.Sorted(maps.Keys(n)) {
		b.WriteString(name + " ")
		if len(n[name]) > 0 {
			b.WriteString("{ ")
			n[name].write(b)
			b.WriteString("} ")
		}
	}
}

func selectionOf(tree map[string]node) string {
	var b strings.Builder
	for _, section := range slices.Sorted(maps.Keys(tree)) {
		if section == Patient {
			tree[section].write(&b)
			continue
		}
		b.WriteString(section + " { entries { ")
		tree[section].write(&b)
		b.WriteString("} } ")
	}
	return b.String()
}

// kindOf is a column's kind by its FHIR type.
func kindOf(fhir string) string {
	switch fhir {
	case "boolean", "integer", "decimal", "date", "dateTime":
		return fhir
	case "instant":
		return "dateTime"
	case "positiveInt", "unsignedInt", "integer64":
		return "integer"
	}
	return "string"
}
