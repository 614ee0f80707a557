package scope

import (
	"strings"
	"testing"
	"unicode"
)

func TestWhatAScopeAllowsIsSaid(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"patient/Observation.rs":   "Read and search observations of the one patient it is opened on",
		"patient/*.read":           "Read and search everything in the record of the one patient it is opened on",
		"user/Patient.r":           "Read the details (name, birth date, address, …) of every patient whom you may see",
		"system/*.cruds":           "Create, read, change, delete and search everything in the record of every patient whom its own role may see, with nobody signed in",
		"user/MedicationRequest.*": "Create, read, change, delete and search prescriptions of every patient whom you may see",
		"patient/NutritionOrder.s": "Search entries of the kind NutritionOrder of the one patient it is opened on",
		"patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory": "Read and search observations of the one patient it is opened on, only where category is laboratory",
		"patient/Condition.r?clinical-status=active,recurrence&code:in=http://x.example/vs":                     "Read problems and diagnoses of the one patient it is opened on, only where clinical status is active or recurrence and code is one of http://x.example/vs",
		"patient/Flag.r?status:not=inactive&date:missing=true":                                                  "Read alerts of the one patient it is opened on, only where date:missing is true and status is not inactive",
		"offline_access":   "Stay connected when you are not there (offline access)",
		"patchwork/launch": "Have apps opened on a patient, for the staff who use it",
	} {
		s, err := Parse(text)
		if err != nil || s.Words() != want {
			t.Errorf("%s: %q, %v\nwant %q", text, s.Words(), err, want)
		}
	}
}

// TestEveryScopeHasWords: nobody is asked to agree to what is not said.
func TestEveryScopeHasWords(t *testing.T) {
	t.Parallel()
	said := map[string]string{}
	words := plainScopes
	for _, context := range []string{"patient", "user", "system"} {
		for _, resource := range []string{"*", "Patient", "Observation", "Basic"} {
			for _, may := range []string{"c", "r", "u", "d", "s", "cu", "rs", "cruds"} {
				words = append(words[:len(words):len(words)], context+"/"+resource+"."+may)
			}
		}
	}
	for _, text := range words {
		s, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		w := s.Words()
		if w == "" || !unicode.IsUpper([]rune(w)[0]) || strings.HasSuffix(w, ".") || said[w] != "" {
			t.Errorf("%s: %q, as %s", text, w, said[w])
		}
		said[w] = text
	}
	if (Scope{}).Words() != "" {
		t.Error("the zero Scope allows something")
	}
}
