package sqlonfhir

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// A node is one value in a resource, or one that an expression made.
type node struct {
	value any            // nil, bool, string, json.Number, map[string]any
	kind  string         // the FHIR type where it is known, else ""
	extra map[string]any // what stands beside a primitive (_birthDate): its id and extensions
}

// choices are the types that a choice element's name may end with.
var choices = []string{
	"Base64Binary", "Boolean", "Canonical", "Code", "Date", "DateTime", "Decimal", "Id", "Instant",
	"Integer", "Integer64", "Markdown", "Oid", "PositiveInt", "String", "Time", "UnsignedInt", "Uri", "Url", "Uuid",
	"Address", "Age", "Annotation", "Attachment", "Availability", "CodeableConcept", "CodeableReference", "Coding",
	"ContactDetail", "ContactPoint", "Contributor", "Count", "DataRequirement", "Distance", "Dosage", "Duration",
	"Expression", "ExtendedContactDetail", "HumanName", "Identifier", "Meta", "Money", "ParameterDefinition",
	"Period", "Quantity", "Range", "Ratio", "RatioRange", "Reference", "RelatedArtifact", "SampledData",
	"Signature", "Timing", "TriggerDefinition", "UsageContext",
}

// child appends the elements called name in n.
func (n node) child(name string, to []node) []node {
	object, ok := n.value.(map[string]any)
	if !ok {
		if n.extra == nil || (name != "extension" && name != "id") {
			return to
		}
		object = n.extra
	}
	if _, ok := object[name]; ok || object["_"+name] != nil {
		return appendElements(to, object[name], object["_"+name], "")
	}
	if suffix, ok := choice(object, name); ok {
		key := name + suffix
		return appendElements(to, object[key], object["_"+key], suffix)
	}
	return to
}

// width is how many elements an object has.
func (n node) width() int {
	object, _ := n.value.(map[string]any)
	return len(object)
}

// choice finds the type that a choice element is there with: the first of choices, though an
// object has only one. It goes through what the object has, which is mostly less than choices.
func choice(object map[string]any, name string) (suffix string, found bool) {
	first := len(choices)
	for key, value := range object {
		rest, beside := strings.CutPrefix(key, "_")
		if beside && value == nil {
			continue
		}
		if rest, ok := strings.CutPrefix(rest, name); ok && rest != "" {
			if at := slices.Index(choices[:first], rest); at >= 0 {
				first = at
			}
		}
	}
	if first == len(choices) {
		return "", false
	}
	return choices[first], true
}

func appendElements(to []node, value, beside any, kind string) []node {
	list, isList := value.([]any)
	besides, besideList := beside.([]any)
	if !isList && !besideList {
		return appendElement(to, value, beside, kind)
	}
	for i := range max(len(list), len(besides)) {
		var one, extra any
		if i < len(list) {
			one = list[i]
		}
		if i < len(besides) {
			extra = besides[i]
		}
		to = appendElement(to, one, extra, kind)
	}
	return to
}

func appendElement(to []node, value, beside any, kind string) []node {
	extra, _ := beside.(map[string]any)
	switch v := value.(type) {
	case nil:
		if extra == nil {
			return to
		}
	case bool, string, json.Number, map[string]any:
	case []any: // a list in a list is no FHIR, but other trees have some
		for _, inner := range v {
			to = appendElement(to, inner, nil, kind)
		}
		return to
	case int:
		value = json.Number(strconv.Itoa(v))
	case int64:
		value = json.Number(strconv.FormatInt(v, 10))
	case float64: // of a caller who decoded without UseNumber
		value = json.Number(strconv.FormatFloat(v, 'g', -1, 64))
	default:
		return to // no JSON
	}
	return append(to, node{value: value, kind: kind, extra: extra})
}

// ofType says whether n is of a type: by its name where it has one, else by its shape.
func (n node) ofType(name string) bool {
	if object, ok := n.value.(map[string]any); ok {
		if of, ok := object["resourceType"].(string); ok {
			return of == name || name == "Resource"
		}
	}
	if n.kind != "" {
		return sameType(n.kind, name)
	}
	switch v := n.value.(type) {
	case bool:
		return sameType("boolean", name)
	case json.Number:
		switch strings.ToLower(name) {
		case "decimal":
			return true
		case "integer", "positiveint", "unsignedint", "integer64":
			return !strings.ContainsAny(string(v), ".eE")
		}
		return false
	case string:
		kind, ok := columnTypes[lowerFirst(name)]
		return ok && kind == textColumn
	case map[string]any:
		_, primitive := columnTypes[lowerFirst(name)]
		return !primitive
	}
	return false
}

// sameType compares the names of types; a choice element writes valueString of string.
func sameType(a, b string) bool {
	return a != "" && b != "" && lowerFirst(a) == lowerFirst(b)
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
