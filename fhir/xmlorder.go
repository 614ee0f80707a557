package fhir

import (
	"slices"
	"strings"
	"sync"
)

// element is one element of a type in XML.
type element struct {
	name string
	// kind is its type, "" for a primitive, "Resource" for a whole resource.
	kind string
	// attribute: XML has it in the start tag.
	attribute bool
}

const (
	resourceElements = "id meta:Meta implicitRules language text:Narrative contained:Resource extension:Extension modifierExtension:Extension "
	elementElements  = "extension:Extension "
	backboneElements = elementElements + "modifierExtension:Extension "
)

// xmlType is a type as XML has it: its elements in the order of their definition, which XML
// demands (R4 §2.6.1). The zero xmlType has none.
type xmlType struct {
	order []element
	known map[string]bool
}

// xmlTypes reads the tables of this server's own types: an element is its name, and ":" with
// its type unless that is a primitive.
var xmlTypes = sync.OnceValue(func() map[string]xmlType {
	types := map[string]xmlType{"Element": typed(false, elementElements)}
	for _, table := range []map[string]string{clinicalElements, administrativeElements} {
		for name, text := range table {
			if strings.Contains(name, ".") {
				types[name] = typed(false, backboneElements+text)
			} else {
				types[name] = typed(true, resourceElements+text)
			}
		}
	}
	for name, text := range dataElements {
		types[name] = typed(false, elementElements+text)
	}
	url := slices.IndexFunc(types["Extension"].order, func(e element) bool { return e.name == "url" })
	types["Extension"].order[url].attribute = true
	return types
})

// typed reads one type. The id of what is no resource is an attribute.
func typed(resource bool, text string) xmlType {
	t := xmlType{known: map[string]bool{}}
	if !resource {
		t.order = append(t.order, element{name: "id", attribute: true})
	}
	for word := range strings.FieldsSeq(text) {
		name, kind, _ := strings.Cut(word, ":")
		t.order = append(t.order, element{name: name, kind: kind})
	}
	for _, e := range t.order {
		t.known[e.name] = true
	}
	if resource {
		t.known["resourceType"] = true
	}
	return t
}

// strangers names what an object holds beside the elements of its type.
func (t xmlType) strangers(o map[string]any) string {
	var names []string
	for name := range o {
		if !t.known[strings.TrimPrefix(name, "_")] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
