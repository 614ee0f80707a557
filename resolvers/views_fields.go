package resolvers

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/views"
)

const (
	// deepestField is how far below an entry fields are offered: codings of the parts of a plan
	// are for who writes a definition.
	deepestField = 3
)

// ViewFields are what columns of views can show, by the schema: the fields of every section's
// entries down to their values, and what stands on the person. Provenance and labels are
// offered, retrieval times and ids of sources' own are too; what takes arguments is not.
func ViewFields(schema *ast.Schema) []views.Field {
	patient := schema.Types["Patient"]
	var all []views.Field
	for _, name := range []string{"id", "nhsNumber", "birthDate"} {
		f := patient.Fields.ForName(name)
		all = append(all, views.Field{Section: views.Patient, Path: name, Coordinate: "Patient." + name, Kind: kindOfScalar(f.Type.Name()), Description: f.Description})
	}
	for _, h := range record.Headings() {
		f := patient.Fields.ForName(h.Name)
		if f == nil {
			continue
		}
		entries := schema.Types[f.Type.Name()].Fields.ForName("entries")
		if entries == nil {
			continue
		}
		all = append(all, fieldsBelow(schema, h.Name, "", schema.Types[entries.Type.Name()], false, deepestField, nil)...)
	}
	return all
}

func fieldsBelow(schema *ast.Schema, section, prefix string, of *ast.Definition, many bool, depth int, above []string) []views.Field {
	var all []views.Field
	for _, f := range of.Fields {
		def := schema.Types[f.Type.Name()]
		if strings.HasPrefix(f.Name, "__") || len(f.Arguments) > 0 || def == nil || slices.Contains(above, def.Name) {
			continue
		}
		path, several := prefix+f.Name, many || f.Type.Elem != nil
		switch def.Kind {
		case ast.Scalar, ast.Enum:
			all = append(all, views.Field{Section: section, Path: path, Coordinate: of.Name + "." + f.Name, Kind: kindOfScalar(def.Name), Many: several, Description: f.Description})
		case ast.Object:
			if depth > 1 {
				all = append(all, fieldsBelow(schema, section, path+".", def, several, depth-1, append(slices.Clone(above), of.Name))...)
			}
		}
	}
	return all
}

func kindOfScalar(name string) string {
	switch name {
	case "Int":
		return "integer"
	case "Float", "Decimal":
		return "decimal"
	case "Boolean":
		return "boolean"
	case "Date":
		return "date"
	case "Instant":
		return "dateTime"
	}
	return "string"
}
