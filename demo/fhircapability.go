package demo

import (
	"maps"
	"slices"
)

// capability is the CapabilityStatement, written from what is offered.
func (s *fhirServer) capability() []byte {
	var resources list
	for _, kind := range sortedKeys(s.params) {
		var params, includes list
		for name, p := range s.sortedParams(kind) {
			params = append(params, object{"name": name, "type": string(p.kind)})
			if p.kind == referenceParam {
				includes = append(includes, kind+":"+name)
			}
		}
		offered := object{"type": kind, "versioning": "no-version", "searchParam": params,
			"interaction": list{object{"code": "read"}, object{"code": "search-type"}}}
		if includes != nil {
			offered["searchInclude"] = includes
		}
		resources = append(resources, offered)
	}
	body, _ := renderResource(object{
		"resourceType": "CapabilityStatement", "id": "demo", "status": "active", "date": "2025-01-01", "kind": "instance",
		"software": object{"name": s.name}, "implementation": object{"description": s.name}, "fhirVersion": "4.0.1",
		"format": list{"application/fhir+json"},
		"rest": list{object{"mode": "server", "resource": resources,
			"interaction": list{object{"code": "batch"}}}},
	})
	return body
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
