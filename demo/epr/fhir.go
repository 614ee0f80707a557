package epr

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// fhir serves what an app may read: the patient of its token, and who its user is.
func (e *EPR) fhir(mux *http.ServeMux) {
	mux.HandleFunc("OPTIONS /fhir/", preflight)
	mux.HandleFunc("GET /fhir/Patient/{id}", e.reading("Patient", func(g grant, id string) any {
		if g.patient.ID != id {
			return nil
		}
		return e.patientResource(g.patient)
	}))
	mux.HandleFunc("GET /fhir/Practitioner/{id}", e.reading("Practitioner", func(_ grant, id string) any {
		if c := e.o.clinician(id); c != nil {
			return practitionerResource(c)
		}
		return nil
	}))
	mux.HandleFunc("GET /fhir/", func(w http.ResponseWriter, _ *http.Request) {
		anyOrigin(w)
		outcome(w, http.StatusNotFound, "not-supported", "This EPR serves Patient and Practitioner only.")
	})
}

// reading checks the bearer token and its scopes. Another patient's resource is refused
// as one that does not exist is.
func (e *EPR) reading(kind string, find func(grant, string) any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		anyOrigin(w)
		token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		g, known := e.issued.token(token)
		if !ok || !known {
			w.Header().Set("WWW-Authenticate", "Bearer")
			outcome(w, http.StatusUnauthorized, "login", "There is no valid access token.")
			return
		}
		if !mayRead(g.scopes, kind) {
			outcome(w, http.StatusForbidden, "forbidden", "The scopes do not allow to read this.")
			return
		}
		resource := find(g, r.PathValue("id"))
		if resource == nil {
			outcome(w, http.StatusForbidden, "forbidden", "The token is not for this resource.")
			return
		}
		e.journal.add(Step{Name: "read " + kind, Status: http.StatusOK})
		sendFHIR(w, http.StatusOK, resource)
	}
}

// patientResource is a UK Core Patient, or what the fault wants it to be.
func (e *EPR) patientResource(p *Patient) map[string]any {
	id, born := p.ID, p.BirthDate
	if e.gate.is(faultOtherPatient) {
		id = "another-" + id
	}
	if day, err := time.Parse(time.DateOnly, born); err == nil && e.gate.is(faultOtherBirthDate) {
		born = day.AddDate(0, 0, 1).Format(time.DateOnly)
	}
	identifiers := []any{map[string]any{"system": e.URL + "/hospital-number", "value": p.ID}}
	if p.NHSNumber != "" && !e.gate.is(faultNoNHSNumber) {
		identifiers = append(identifiers, map[string]any{
			"system": nhsNumberSystem, "value": p.NHSNumber,
			"extension": []any{map[string]any{
				"url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus",
				"valueCodeableConcept": map[string]any{"coding": []any{map[string]any{
					"system": "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus", "code": "number-present-and-verified",
				}}},
			}},
		})
	}
	name := map[string]any{"use": "official", "family": p.FamilyName, "given": []string{p.GivenName}}
	if p.Title != "" {
		name["prefix"] = []string{p.Title}
	}
	gender := p.Gender
	if gender == "" {
		gender = "unknown"
	}
	return map[string]any{
		"resourceType": "Patient", "id": id,
		"meta":       map[string]any{"profile": []string{"https://fhir.hl7.org.uk/StructureDefinition/UKCore-Patient"}},
		"identifier": identifiers, "active": true, "name": []any{name}, "gender": gender, "birthDate": born,
	}
}

func practitionerResource(c *Clinician) map[string]any {
	resource := map[string]any{
		"resourceType": "Practitioner", "id": c.ID, "active": true, "name": []any{map[string]any{"text": c.Name}},
		"meta": map[string]any{"profile": []string{"https://fhir.hl7.org.uk/StructureDefinition/UKCore-Practitioner"}},
	}
	if c.GMC != "" {
		resource["identifier"] = []any{map[string]any{"system": "https://fhir.hl7.org.uk/Id/gmc-number", "value": c.GMC}}
	}
	return resource
}

// metadata is a CapabilityStatement with SMART's first extension, which old apps read.
func (e *EPR) metadata(w http.ResponseWriter, _ *http.Request) {
	authorize, token, _ := e.endpoints()
	read := []any{map[string]any{"code": "read"}}
	anyOrigin(w)
	sendFHIR(w, http.StatusOK, map[string]any{
		"resourceType": "CapabilityStatement", "status": "active", "date": "2025-01-01", "kind": "instance", "fhirVersion": "4.0.1",
		"format": []string{"application/fhir+json"}, "implementation": map[string]any{"description": e.o.Name, "url": e.FHIR},
		"rest": []any{map[string]any{
			"mode": "server",
			"security": map[string]any{"extension": []any{map[string]any{
				"url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
				"extension": []any{
					map[string]any{"url": "authorize", "valueUri": authorize}, map[string]any{"url": "token", "valueUri": token},
				},
			}}},
			"resource": []any{
				map[string]any{"type": "Patient", "interaction": read}, map[string]any{"type": "Practitioner", "interaction": read},
			},
		}},
	})
}

func sendFHIR(w http.ResponseWriter, status int, resource any) {
	w.Header().Set("Content-Type", "application/fhir+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(resource)
}

func outcome(w http.ResponseWriter, status int, code, text string) {
	sendFHIR(w, status, map[string]any{"resourceType": "OperationOutcome", "issue": []any{
		map[string]any{"severity": "error", "code": code, "diagnostics": text},
	}})
}
