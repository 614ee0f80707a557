package fhir

import "strings"

// A resource's id is the person's, a dot, and the entry's, so that it can be read by itself:
// FHIR ids have letters, digits, "-" and "." (R4 §2.24.0.1), and an entry's id has "_" too,
// which stands as ".".

// idOf gives the id of an entry as a resource; "" if it cannot have one.
func idOf(patient, entry string) string {
	if entry == "" {
		return ""
	}
	return patient + "." + strings.ReplaceAll(entry, "_", ".")
}

// patientOf gives whose resource an id is.
func patientOf(id string) (patient string, ok bool) {
	patient, entry, ok := strings.Cut(id, ".")
	return patient, ok && entry != "" && goodID(id)
}

// goodID reports whether s has the form of a FHIR id.
func goodID(s string) bool {
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '.' {
			return false
		}
	}
	return s != "" && len(s) <= 64
}
