package record

// HeadingSystem is the code system that keys sections:
// https://fhir.hl7.org.uk/CodeSystem/UKCore-RecordStandardHeadings.
const HeadingSystem = "https://fhir.hl7.org.uk/CodeSystem/UKCore-RecordStandardHeadings"

// Section is one heading of the PRSB Core Information Standard, keyed by its UK
// Core RecordStandardHeadings code. The zero value is no section.
type Section string

// The sections Patchwork serves. PRSB Core Information Standard v2.
const (
	Demographics         Section = "person-demographics"
	GPPractice           Section = "gp-practice"
	Allergies            Section = "allergies-and-adverse-reaction"
	Medications          Section = "medications-and-medical-devices"
	Problems             Section = "problems"
	Alerts               Section = "alerts"
	FutureAppointments   Section = "future-appointments"
	Contacts             Section = "contact-with-professionals"
	Admissions           Section = "admission-details"
	Discharges           Section = "discharge-details"
	PersonalContacts     Section = "personal-contacts"
	ProfessionalContacts Section = "professional-contacts"
	Consents             Section = "consent-for-information-sharing"
	Results              Section = "investigation-results"
	Observations         Section = "observations"
	Vaccinations         Section = "vaccinations"
	Procedures           Section = "procedures-and-therapies"
	Documents            Section = "documents-including-correspondence-audio-and-images"
	CarePlans            Section = "plan"
	// AboutThePerson has no heading of its own in that code system: PRSB's "About me" is
	// known nationally by its record type, AboutMeType.
	AboutThePerson Section = "about-me"
	EndOfLifeCare  Section = "advance-decision-to-refuse-treatment"
)

// Heading describes a section to a reader.
type Heading struct {
	Section Section
	// Name is the section's name in configuration, policy and the graph:
	// lower case, no spaces, for example "allergies".
	Name string
	// Title is the heading as the standard words it.
	Title string
}

// headings is in reading order: who, what is dangerous, what is wrong, what is
// being done, who is involved, what was found.
var headings = []Heading{
	{Demographics, "demographics", "Person demographics"},
	{GPPractice, "practice", "GP practice"},
	{Allergies, "allergies", "Allergies and adverse reactions"},
	{Alerts, "alerts", "Alerts"},
	{EndOfLifeCare, "endOfLife", "End of life and emergency care decisions"},
	{AboutThePerson, "aboutMe", "About me"},
	{Medications, "medications", "Medications and medical devices"},
	{Problems, "problems", "Problem list"},
	{FutureAppointments, "appointments", "Future appointments"},
	{Contacts, "contacts", "Contacts with professionals"},
	{Admissions, "admissions", "Admission details"},
	{Discharges, "discharges", "Discharge details"},
	{PersonalContacts, "personalContacts", "Personal contacts"},
	{ProfessionalContacts, "professionalContacts", "Professional contacts"},
	{Consents, "consents", "Consent and information sharing"},
	{Results, "results", "Investigation results"},
	{Observations, "observations", "Observations"},
	{Vaccinations, "vaccinations", "Vaccinations"},
	{Procedures, "procedures", "Procedures and therapies"},
	{CarePlans, "carePlans", "Care and support plans"},
	{Documents, "documents", "Documents"},
}

// Headings lists every section in reading order. The slice is the caller's own.
func Headings() []Heading { return append([]Heading(nil), headings...) }

// HeadingOf returns the description of s; ok is false for an unknown section.
func HeadingOf(s Section) (h Heading, ok bool) {
	for _, h := range headings {
		if h.Section == s {
			return h, true
		}
	}
	return Heading{}, false
}

// SectionNamed returns the section whose configuration name is name, for
// example "allergies"; ok is false where there is none.
func SectionNamed(name string) (s Section, ok bool) {
	for _, h := range headings {
		if h.Name == name {
			return h.Section, true
		}
	}
	return "", false
}

// Name returns the section's name in configuration and the graph, "" if unknown.
func (s Section) Name() string {
	h, _ := HeadingOf(s)
	return h.Name
}
