package fhir

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Renderer makes resources of the answers to operations that others run: for views over FHIR's
// resources. Make it with NewRenderer.
type Renderer struct{ kinds map[string]*kind }

// NewRenderer makes one.
func NewRenderer() *Renderer {
	r := &Renderer{kinds: map[string]*kind{}}
	for _, k := range kinds() {
		r.kinds[k.name] = k
	}
	return r
}

// Selection is what has to be read of a Patient for the resources of a type, and the sections
// that it is of; ok is false for a type that is not offered.
func (r *Renderer) Selection(resource string) (selection string, sections []string, ok bool) {
	k := r.kinds[resource]
	switch {
	case k == nil:
		return "", nil, false
	case resource == "Patient":
		return personFields, []string{"demographics", "practice"}, true
	}
	for _, p := range k.parts {
		if !slices.Contains(sections, p.section) {
			sections = append(sections, p.section)
		}
	}
	return "id" + k.selection(), sections, true
}

// Complete puts the fragments that an operation spreads below it.
func (r *Renderer) Complete(operation string) string { return withFragments(operation) }

// Resources are those of a type that a person's answer gives, as decoded JSON.
func (r *Renderer) Resources(person map[string]any, resource string) ([]map[string]any, error) {
	k := r.kinds[resource]
	if k == nil {
		return nil, nil
	}
	found := k.resources(person)
	if resource == "Patient" {
		found = k.patients([]node{person})
	}
	text, err := json.Marshal(found.resources) // renderings share parts and have Go's own types
	if err != nil {
		return nil, err
	}
	var resources []map[string]any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return resources, decoder.Decode(&resources)
}
