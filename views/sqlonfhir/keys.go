package sqlonfhir

import (
	"regexp"
	"strings"
)

// callResourceKey gives Type/id of a resource, which is what a reference to it says.
func callResourceKey(_ *scope, focus []node, _ []*expr) ([]node, error) {
	var keys []node
	for _, n := range focus {
		object, _ := n.value.(map[string]any)
		of, _ := object["resourceType"].(string)
		id, _ := object["id"].(string)
		if of != "" && id != "" {
			keys = append(keys, node{value: of + "/" + id, kind: "string"})
		}
	}
	return keys, nil
}

// relative is a reference to a resource of the same server.
var relative = regexp.MustCompile(`^([A-Za-z]+)/[^/?#|:]+$`)

// callReferenceKey gives the key of the resource that a reference means. What is absolute,
// contained, conditional or a urn has no key: Patient/1 of another server is not the
// Patient/1 here, and whoever wants the address selects reference.
func callReferenceKey(_ *scope, focus []node, args []*expr) ([]node, error) {
	wanted := typeOf(args)
	var keys []node
	for _, n := range focus {
		object, _ := n.value.(map[string]any)
		reference, _ := object["reference"].(string)
		reference, _, _ = strings.Cut(reference, "/_history/")
		parts := relative.FindStringSubmatch(reference)
		if parts != nil && (wanted == "" || parts[1] == wanted) {
			keys = append(keys, node{value: reference, kind: "string"})
		}
	}
	return keys, nil
}
