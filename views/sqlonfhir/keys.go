package sqlonfhir

import "strings"

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

// callReferenceKey gives the key of the resource that a reference means. An absolute
// reference keeps its server: Patient/1 there is not the Patient/1 here.
func callReferenceKey(_ *scope, focus []node, args []*expr) ([]node, error) {
	wanted := typeOf(args)
	var keys []node
	for _, n := range focus {
		object, _ := n.value.(map[string]any)
		reference, _ := object["reference"].(string)
		if reference == "" || reference[0] == '#' {
			continue // nothing, or what is contained and has no row
		}
		reference, _, _ = strings.Cut(reference, "/_history/")
		of, _ := object["type"].(string)
		if parts := strings.Split(reference, "/"); len(parts) >= 2 {
			of = parts[len(parts)-2]
		}
		if wanted == "" || of == wanted {
			keys = append(keys, node{value: reference, kind: "string"})
		}
	}
	return keys, nil
}
