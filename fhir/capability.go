package fhir

import (
	"maps"
	"net/http"
	"slices"
	"time"
)

// metadata answers what this server offers, and nothing else (FHIR R4 §3.1.0.9).
func (s *Server) metadata(w http.ResponseWriter, r *http.Request) {
	var resources []object
	for _, name := range slices.Sorted(maps.Keys(s.kinds)) {
		k := s.kinds[name]
		resources = append(resources, object{
			"type": name, "interaction": []object{{"code": "read"}, {"code": "search-type"}}, "versioning": "no-version",
			"searchParam": k.params(),
		}.set("supportedProfile", profiles(k)).set("operation", operations(k)))
	}
	reply(w, r, http.StatusOK, object{
		"resourceType": "CapabilityStatement", "status": "active", "date": s.Now().UTC().Format(time.DateOnly), "kind": "instance",
		"fhirVersion": "4.0.1", "format": []string{"json"},
		"software":       object{"name": "Patchwork"},
		"implementation": object{"description": "The shared care record of a region: read live from the systems that hold it", "url": s.Base(r)},
		"rest": []object{{
			"mode": "server", "resource": resources,
			"documentation": "Read-only. Every searchset says in an OperationOutcome which systems did not answer: without one of them nothing may be taken for absent. Fields that policy holds back are absent.",
		}},
	})
}

func operations(k *kind) []object {
	if k.name != "Patient" {
		return nil
	}
	return []object{{"name": "everything", "definition": "http://hl7.org/fhir/OperationDefinition/Patient-everything"}}
}

func profiles(k *kind) []string {
	if k.profile == "" {
		return nil
	}
	return []string{k.profile}
}

func (k *kind) params() []object {
	param := func(name, kind string) object { return object{"name": name, "type": kind} }
	if k.name == "Patient" {
		return []object{param("_id", "token"), param("identifier", "token"), param("family", "string"), param("given", "string"), param("birthdate", "date")}
	}
	list := []object{param("_id", "token"), param("patient", "reference")}
	if !k.uncoded {
		list = append(list, param("code", "token"), param("category", "token"))
	}
	if len(k.date) > 0 {
		list = append(list, param("date", "date"))
	}
	if k.status != "" {
		list = append(list, param("status", "token"))
	}
	return list
}
