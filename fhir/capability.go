package fhir

import (
	"maps"
	"net/http"
	"slices"
	"time"
)

// metadata answers what this server offers, and nothing else (FHIR R4 §3.1.0.9).
func (s *Server) metadata(w http.ResponseWriter, r *http.Request) {
	byName := map[string]object{
		"Practitioner": offered("Practitioner", []object{param("_id", "token"), param("identifier", "token")}).
			set("documentation", "The caller only, as `fhirUser` names them").set("supportedProfile", []string{ukCore + "Practitioner"}),
		"Provenance": offered("Provenance", []object{param("_id", "token"), param("patient", "reference"), param("target", "reference")}).
			set("documentation", "One of each statement, for all resources that it is; `patient` finds those of everything about a person"),
	}
	for name, k := range s.kinds {
		byName[name] = offered(name, k.params()).set("supportedProfile", profiles(k)).set("operation", operations(k)).
			set("searchRevInclude", []string{"Provenance:target"})
	}
	var resources []object
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		resources = append(resources, byName[name])
	}
	rest := object{
		"mode": "server", "resource": resources,
		"operation":     []object{{"name": "graphql", "definition": s.Base(r) + "/OperationDefinition/graphql", "documentation": "By POST; the region's own graph, not FHIR's"}},
		"documentation": "Read-only. Every searchset says in an OperationOutcome which systems did not answer: without one of them nothing may be taken for absent. Fields that policy holds back are absent.",
	}
	s.reply(w, r, http.StatusOK, object{
		"resourceType": "CapabilityStatement", "status": "active", "date": s.Now().UTC().Format(time.DateOnly), "kind": "instance",
		"fhirVersion": "4.0.1", "format": []string{string(jsonFormat), string(xmlFormat)},
		"software":       object{"name": "Patchwork"},
		"implementation": object{"description": "The shared care record of a region: read live from the systems that hold it", "url": s.Base(r)},
		"rest":           []object{rest.set("security", s.security())},
	})
}

// security says where to get a token: SMART App Launch 1.0.0, "Declaring support for OAuth2
// endpoints", which its later versions point old clients to. nil if there is none.
func (s *Server) security() object {
	if s.OAuth == nil {
		return nil
	}
	var addresses []object
	for _, name := range []string{"authorize", "token", "introspect", "revoke", "manage"} {
		if at := s.OAuth[name]; at != "" {
			addresses = append(addresses, object{"url": name, "valueUri": at})
		}
	}
	return object{
		"cors": true,
		"service": []object{{
			"coding": []object{{"system": "http://terminology.hl7.org/CodeSystem/restful-security-service", "code": "SMART-on-FHIR", "display": "SMART-on-FHIR"}},
			"text":   "OAuth2 using SMART-on-FHIR profile (see http://docs.smarthealthit.org)",
		}},
	}.set("extension", oauthURIs(addresses))
}

func oauthURIs(addresses []object) []object {
	if addresses == nil {
		return nil
	}
	return []object{{"url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris", "extension": addresses}}
}

// offered is a type that can be read and searched.
func offered(name string, params []object) object {
	return object{
		"type": name, "interaction": []object{{"code": "read"}, {"code": "search-type"}}, "versioning": "no-version", "searchParam": params,
	}
}

func operations(k *kind) []object {
	if k.name != "Patient" {
		return nil
	}
	return []object{
		{"name": "everything", "definition": "http://hl7.org/fhir/OperationDefinition/Patient-everything"},
		{"name": "summary", "definition": "http://hl7.org/fhir/uv/ips/OperationDefinition/summary", "documentation": "Of one person by id; also as text/html"},
	}
}

func profiles(k *kind) []string {
	if k.profile == "" {
		return nil
	}
	return []string{k.profile}
}

func param(name, kind string) object { return object{"name": name, "type": kind} }

func (k *kind) params() []object {
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
