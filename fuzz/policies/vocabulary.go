package policies

import "github.com/patchworkcare/patchwork/fuzz/naive"

// Vocabulary is what policies may speak of.
type Vocabulary struct {
	// Classes are the classes of the record with their fields.
	Classes map[string][]string
	// Names are those classes, sorted, so that equal seeds make equal sets.
	Names []string
	// Caller is whom most policies are about; Sources are the region's.
	Caller  naive.Caller
	Sources []naive.Source
	// Now is the caller's wall clock, "15:04", and Weekday their day.
	Now, Weekday string
}

var (
	roles = []string{
		"gp", "practice-nurse", "hospital-doctor", "hospital-nurse", "mental-health-clinician", "pharmacist", "paramedic",
		"social-worker", "care-home-nurse", "receptionist", "analyst", "privacy-officer", "administrator", "data-quality", "patient",
	}
	purposes      = []string{"TREAT", "ETREAT", "CAREMGT", "HRESCH", "HOPERAT", "PATRQT"}
	relationships = []string{"registration", "admission", "appointment", "referral", "list", "launch", "self-claimed", "none", "any"}
	labels        = []string{"none", "restricted", "very-restricted", "sensitive", "safeguarding"}
	objections    = []string{"none", "overridable", "absolute"}
	yesNo         = []string{"yes", "no"}
	weekdays      = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
	settings      = []string{"gp", "acute", "community"}
)

// Roles lists every role.
func Roles() []string { return append([]string(nil), roles...) }

// Purposes lists the purposes that a session can have.
func Purposes() []string { return append([]string(nil), purposes...) }

// Settings lists care settings.
func Settings() []string { return append([]string(nil), settings...) }
