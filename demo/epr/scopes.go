package epr

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// readable are scopes that read a Patient or a Practitioner, in both of SMART's
// languages.
var readable = regexp.MustCompile(`^(patient|user)/(Patient|Practitioner|\*)\.(read|\*|c?ru?d?s?)$`)

// granted leaves out what the EPR does not offer; it refuses no request for asking more.
func granted(asked []string) []string {
	var all []string
	for _, scope := range asked {
		known := slices.Contains([]string{"openid", "fhirUser", "profile", "launch", "launch/patient"}, scope) || readable.MatchString(scope)
		if known && !slices.Contains(all, scope) {
			all = append(all, scope)
		}
	}
	return all
}

// mayRead reports whether a scope allows to read a type. Who the user is may be read by
// whoever was told it.
func mayRead(scopes []string, kind string) bool {
	for _, scope := range scopes {
		if m := readable.FindStringSubmatch(scope); m != nil && (m[2] == kind || m[2] == "*") {
			return true
		}
	}
	return kind == "Practitioner" && slices.Contains(scopes, "fhirUser")
}

// detail is an entry of authorization_details (RFC 9396; SMART App Launch 2.2,
// experimental: "Authorization details for multiple servers").
type detail struct {
	Type         string   `json:"type"`
	Locations    []string `json:"locations"`
	FHIRVersions []string `json:"fhirVersions,omitempty"`
	Scope        string   `json:"scope,omitempty"`
	Patient      any      `json:"patient,omitempty"`
}

const smartDetail = "smart_on_fhir"

// detailsFit reports whether a request's details, if it has any, are about the FHIR base.
func (e *EPR) detailsFit(text string) bool {
	if text == "" {
		return true
	}
	var asked []detail
	if json.Unmarshal([]byte(text), &asked) != nil {
		return false
	}
	return slices.ContainsFunc(asked, func(d detail) bool {
		return d.Type == smartDetail && slices.ContainsFunc(d.Locations, func(at string) bool { return strings.TrimSuffix(at, "/") == e.FHIR })
	})
}

// details tell the patient at the FHIR base. The first entry is about another server of
// the hospital, where the patient has another id: who takes the first has the wrong one.
func (e *EPR) details(g grant, patient any) []detail {
	scope := strings.Join(g.scopes, " ")
	return []detail{
		{Type: smartDetail, Locations: []string{e.URL + "/fhir-dstu2"}, FHIRVersions: []string{"1.0.2"}, Scope: scope, Patient: "dstu2-" + g.patient.ID},
		{Type: smartDetail, Locations: []string{e.FHIR}, FHIRVersions: []string{"4.0.1"}, Scope: scope, Patient: patient},
	}
}
