package record

// Appointment is a future contact. PRSB CIS: Future appointments; FHIR Appointment.
// Code is the kind of appointment; Date its start.
type Appointment struct {
	Base
	// Status is "booked", "pending", "arrived", "cancelled" …
	Status string
	Start  Date
	End    Date
	// Service is the specialty or service; zero if not stated.
	Service      Concept
	Practitioner *Actor
	Location     string
	Reason       Concept
}

// Contact is an encounter that was not an admission. PRSB CIS: Contacts with
// professionals; FHIR Encounter. Code is the kind of contact.
type Contact struct {
	Base
	Status string
	// Class is ambulatory, emergency, home, virtual … as the source coded it.
	Class        Coding
	Period       Period
	Reason       Concept
	Service      Concept
	Practitioner *Actor
	Location     string
}

// Admission is a stay in hospital from its beginning. PRSB CIS: Admission details;
// FHIR Encounter of class IMP. Date is the admission; Code the kind of admission.
type Admission struct {
	Base
	Status string
	Period Period
	// Source is where the person came from (admission source).
	Source Concept
	Reason Concept
	Ward   string
	// Specialty is the treatment function.
	Specialty  Concept
	Consultant *Actor
}

// Discharge is the end of a stay. PRSB CIS: Discharge details. Date is the discharge.
type Discharge struct {
	Base
	Admitted Date
	// Destination is where the person went.
	Destination Concept
	// Diagnoses are those of the stay, where the source lists them with it.
	Diagnoses  []Concept
	Ward       string
	Specialty  Concept
	Consultant *Actor
}

// PersonalContact is a relative, carer or other person who matters. PRSB CIS:
// Personal contacts; FHIR RelatedPerson, Patient.contact. Code is the relationship.
type PersonalContact struct {
	Base
	Name     HumanName
	Telecoms []Telecom
	Address  Address
	Period   Period
}

// ProfessionalContact is a professional or team involved in care. PRSB CIS:
// Professional contacts; FHIR CareTeam, PractitionerRole. Code is the role.
type ProfessionalContact struct {
	Base
	Name         string
	Organisation Organisation
	Team         string
	Telecoms     []Telecom
	Period       Period
}

// Consent is a recorded choice about sharing or treatment. PRSB CIS: Consent for
// information sharing; FHIR Consent. Code is its category.
type Consent struct {
	Base
	Status string
	// Decision is "permit" or "deny"; "" if not stated.
	Decision string
	Scope    Concept
	Period   Period
}

// Document is metadata of a letter, image or other document, which stays where it
// is. FHIR DocumentReference. Code is its type; Date the document's own date.
type Document struct {
	Base
	Status   string
	Title    string
	Category Concept
	// ContentType is the media type, for example "application/pdf"; "" if not stated.
	ContentType string
	// Size is in bytes; 0 if not stated.
	Size      int
	Custodian Organisation
	Service   Concept
	// Content says whether the document itself can be opened.
	Content DocumentContent
	// Reference is where the connector can open it; never shown to users.
	Reference string
}

// DocumentContent says whether a document can be opened where it is kept.
type DocumentContent struct {
	// Opens: the system that keeps it hands it out, and it is of a kind that is shown.
	Opens bool
	// Reason is why it does not open, one plain sentence; "" if it opens.
	Reason string
}
