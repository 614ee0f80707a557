package record

import "sort"

// Set is a section of one person: its entries, and what every source answered.
type Set[T Entry] struct {
	Section Section
	// Entries are what the reader may see, newest first; undated ones last.
	Entries []T
	// Total is how many entries there are before any limit the reader asked for.
	Total int
	// Outcomes hold one row per source, in the configuration's order.
	Outcomes []Outcome
	// Verdict is Fold of the two.
	Verdict Verdict
	// Missing are the outcomes that keep the section from being complete.
	Missing []Outcome
	// WithheldFields are the names of fields that policy holds back, of every entry or of
	// some; they read as null.
	WithheldFields []string
	// Fields are the fields of entries that the reader may see of at least one source, as
	// policy numbers them; an entry's own Withheld narrows it.
	Fields uint64
}

// The sections of the graph.
type (
	DemographicsSection        = Set[*Person]
	PracticeSection            = Set[*Practice]
	AllergySection             = Set[*Allergy]
	AlertSection               = Set[*Alert]
	MedicationSection          = Set[*Medication]
	ProblemSection             = Set[*Problem]
	AppointmentSection         = Set[*Appointment]
	ContactSection             = Set[*Contact]
	AdmissionSection           = Set[*Admission]
	DischargeSection           = Set[*Discharge]
	PersonalContactSection     = Set[*PersonalContact]
	ProfessionalContactSection = Set[*ProfessionalContact]
	ConsentSection             = Set[*Consent]
	ResultSection              = Set[*Result]
	ObservationSection         = Set[*Observation]
	VaccinationSection         = Set[*Vaccination]
	ProcedureSection           = Set[*Procedure]
	DocumentSection            = Set[*Document]
	CarePlanSection            = Set[*CarePlan]
	AboutMeSection             = Set[*AboutMe]
	EndOfLifeSection           = Set[*EndOfLife]
)

// Heading is the section's heading code.
func (s *Set[T]) Heading() string { return string(s.Section) }

// Title is the section's heading as the standard words it.
func (s *Set[T]) Title() string {
	h, _ := HeadingOf(s.Section)
	return h.Title
}

// NewestFirst sorts entries by Date, newest first; entries without a date come
// last; ties keep the order of (source, local id) so that pages are stable.
func NewestFirst[T Entry](entries []T) {
	type dated struct {
		at  int64 // seconds: nanoseconds do not reach from 0001 to 2300
		ns  int
		has bool
		e   T
	}
	rows := make([]dated, len(entries))
	for i, e := range entries {
		b := e.Common()
		d := b.Date
		if d == "" {
			d = b.Recorded
		}
		t, ok := d.Time()
		rows[i] = dated{at: t.Unix(), ns: t.Nanosecond(), has: ok, e: e}
	}
	sort.SliceStable(rows, func(i, j int) bool {
		a, b := rows[i], rows[j]
		switch {
		case a.has != b.has:
			return a.has
		case a.has && a.at != b.at:
			return a.at > b.at
		case a.has && a.ns != b.ns:
			return a.ns > b.ns
		}
		return before(a.e.Common(), b.e.Common())
	})
	for i := range rows {
		entries[i] = rows[i].e
	}
}

func before(a, b *Base) bool {
	if a.Provenance.Source != nil && b.Provenance.Source != nil && a.Provenance.Source.ID != b.Provenance.Source.ID {
		return a.Provenance.Source.ID < b.Provenance.Source.ID
	}
	return a.Provenance.LocalID < b.Provenance.LocalID
}
