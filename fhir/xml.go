package fhir

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// errElement: a resource has an element that the tables of this server do not know, so
// that it has no place in XML. Leaving it out would lose what was said.
var errElement = errors.New("the element has no known place in FHIR's XML")

const fhirNamespace = "http://hl7.org/fhir"

// asXML writes a resource in FHIR's XML (R4 §2.6.1): the same elements as in JSON, in the
// order of their definition, digits and words unaltered. Only characters that XML cannot
// hold at all become U+FFFD.
func asXML(resource object) ([]byte, error) {
	var w xmlWriter
	w.b.WriteString(xml.Header)
	if err := w.resource(resource, ` xmlns="`+fhirNamespace+`"`); err != nil {
		return nil, err
	}
	return []byte(w.b.String()), nil
}

type xmlWriter struct{ b strings.Builder }

func (w *xmlWriter) resource(o map[string]any, namespace string) error {
	name, _ := o["resourceType"].(string)
	t, ok := xmlTypes()[name]
	if !ok {
		return fmt.Errorf("%s: %w", name, errElement)
	}
	w.b.WriteString("<" + name + namespace + ">")
	if err := w.elements(o, name, t); err != nil {
		return err
	}
	w.b.WriteString("</" + name + ">")
	return nil
}

// elements writes what an object holds; what has no place is an error.
func (w *xmlWriter) elements(o map[string]any, kind string, t xmlType) error {
	if unknown := t.strangers(o); unknown != "" {
		return fmt.Errorf("%s: %w: %s", kind, errElement, unknown)
	}
	for _, e := range t.order {
		values, extra := listOf(o[e.name]), listOf(o["_"+e.name])
		for i := range max(len(values), len(extra)) {
			if err := w.element(e, at(values, i), at(extra, i)); err != nil {
				return fmt.Errorf("%s.%w", kind, err)
			}
		}
	}
	return nil
}

// element writes one: value is its value in JSON; extra is what JSON has beside a primitive,
// under its name with a "_".
func (w *xmlWriter) element(e element, value, extra any) error {
	switch {
	case value == nil && extra == nil:
		return nil
	case e.name == "div":
		div, _ := value.(string)
		w.b.WriteString(div) // it is XHTML already (R4 §2.4.0)
		return nil
	case e.attribute:
		return nil // the parent has written it
	case e.kind == "":
		return w.primitive(e.name, value, extra)
	}
	o := objectOf(value)
	if o == nil {
		return fmt.Errorf("%s: %w: it is no object", e.name, errElement)
	}
	w.open(e.name, o, "")
	var err error
	if e.kind == "Resource" {
		err = w.resource(o, "")
	} else {
		err = w.elements(o, e.name, xmlTypes()[e.kind])
	}
	w.b.WriteString("</" + e.name + ">")
	return err
}

// primitive writes a value with what is beside it: its id and its extensions.
func (w *xmlWriter) primitive(name string, value, extra any) error {
	beside := objectOf(extra)
	text, ok := scalar(value)
	if value != nil && !ok {
		return fmt.Errorf("%s: %w: it is no primitive", name, errElement)
	}
	attribute := ""
	if value != nil {
		attribute = ` value="` + escapedXML(text) + `"`
	}
	w.open(name, beside, attribute)
	if err := w.elements(beside, name, xmlTypes()["Element"]); err != nil {
		return err
	}
	w.b.WriteString("</" + name + ">")
	return nil
}

// open writes a start tag. An element's id and an extension's url are attributes.
func (w *xmlWriter) open(name string, o map[string]any, more string) {
	w.b.WriteString("<" + name)
	if id, ok := o["id"].(string); ok && o["resourceType"] == nil {
		w.b.WriteString(` id="` + escapedXML(id) + `"`)
	}
	if url, ok := o["url"].(string); ok && (name == "extension" || name == "modifierExtension") {
		w.b.WriteString(` url="` + escapedXML(url) + `"`)
	}
	w.b.WriteString(more + ">")
}

func escapedXML(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}

// scalar is a JSON primitive in its own digits and words.
func scalar(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return strconv.FormatBool(v), true
	case int:
		return strconv.Itoa(v), true
	}
	return "", false
}

func objectOf(v any) map[string]any {
	switch v := v.(type) {
	case object:
		return v
	case map[string]any:
		return v
	}
	return nil
}

// listOf gives the values of an element, one or many; nil for none.
func listOf(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	case []object:
		list := make([]any, len(v))
		for i := range v {
			list[i] = v[i]
		}
		return list
	case []string:
		list := make([]any, len(v))
		for i := range v {
			list[i] = v[i]
		}
		return list
	}
	return []any{v}
}

func at(list []any, i int) any {
	if i < len(list) {
		return list[i]
	}
	return nil
}
