package policy

import (
	"slices"
	"strings"
)

// resourceClasses are the classes that a FHIR resource type of a SMART scope reads.
// smart.md; a class that is named nowhere here is never read under scopes.
var resourceClasses = map[string][]string{
	"Patient":            {"patient:read", "patient:search", "patient:list", "record:demographics", "record:practice"},
	"AllergyIntolerance": {"record:allergies"},
	"Flag":               {"record:alerts"},
	"MedicationRequest":  {"record:medications"}, "MedicationStatement": {"record:medications"},
	"Condition":         {"record:problems"},
	"Appointment":       {"record:appointments"},
	"Encounter":         {"record:contacts", "record:admissions", "record:discharges"},
	"RelatedPerson":     {"record:personalContacts"},
	"CareTeam":          {"record:professionalContacts"},
	"Consent":           {"record:consents"},
	"DiagnosticReport":  {"record:results"},
	"Observation":       {"record:observations", "record:results"},
	"Immunization":      {"record:vaccinations"},
	"Procedure":         {"record:procedures"},
	"DocumentReference": {"record:documents"},
}

// scopeClasses are the classes that the scopes name for reading or searching, sorted
// and joined with blanks; "none" if they name none. A scope that narrows by a query
// (?…) names nothing here: what it would let through cannot be told from a class.
func scopeClasses(scopes []string) string {
	var classes []string
	for _, scope := range scopes {
		context, rest, _ := strings.Cut(scope, "/")
		resource, permissions, _ := strings.Cut(rest, ".")
		if context != "patient" && context != "user" && context != "system" || !reads(permissions) {
			continue
		}
		for name, list := range resourceClasses {
			if resource == "*" || resource == name {
				classes = append(classes, list...)
			}
		}
	}
	if classes == nil {
		return none
	}
	slices.Sort(classes)
	return strings.Join(slices.Compact(classes), " ")
}

// reads understands v1 (read, *) and v2 (any of cruds with r or s) permissions.
func reads(permissions string) bool {
	switch permissions {
	case "read", "*":
		return true
	case "":
		return false
	}
	left := "cruds"
	for _, c := range permissions { // v2: in this order, each at most once
		i := strings.IndexRune(left, c)
		if i < 0 {
			return false
		}
		left = left[i+1:]
	}
	return strings.ContainsAny(permissions, "rs")
}

// scopeAllows narrows: what the session's scopes do not name is refused, whatever the
// policies say. Scopes name nothing but reading.
func scopeAllows(scopes []string, action Action, class string) bool {
	if scopes == nil {
		return true
	}
	switch action {
	case Read, Search, List:
		return slices.Contains(strings.Split(scopeClasses(scopes), " "), class)
	}
	return false
}
