package gpconnect

// Record is what the system holds of one person. The zero values are "not recorded".
type Record struct {
	Number, ID                   string // NHS number; the system's own id
	Title, Given, Family, Gender string
	Born, Died                   string // yyyy-mm-dd
	Lines                        []string
	Town, Postcode, Phone        string
	Practice                     Organisation
	Clinician                    Clinician
	Contact                      Relative
	Dissent                      bool   // from the sharing of the record
	Transit                      string // "15-Dec-2020": what is older has not come from the previous practice
	Awaiting                     bool   // something waits to be filed
	Confidential                 []string
	Allergies                    []Allergy
	Medicines                    []Medicine
	Problems                     []Problem
	Consultations                []Consultation
	Vaccinations                 []Vaccination
	Observations                 []Observation
	Reports                      []Report
	Documents                    []Document
	Referrals                    []Referral
}

// Organisation is a practice.
type Organisation struct{ ODS, Name, Phone, Line, Town, Postcode string }

// Clinician is who wrote the record.
type Clinician struct{ ID, Title, Given, Family, Role string }

// Relative is a personal contact.
type Relative struct{ Given, Family, Relation, Phone string }

// Concept is a coded thing. Text is what was there before a transfer lost the code.
type Concept struct{ System, Code, Display, Text string }

// Allergy is one; Ended ones come in a list of their own.
type Allergy struct {
	Code                  Concept
	At, Recorded          string
	Category, Criticality string
	Reaction              Concept
	Severity, Note        string
	Ended, EndedWhy       string
	Mistaken              bool
	ClinicalStatus        string // "": active, or resolved if it ended
}

// Medicine is one course, told as a statement, a plan and its issues.
type Medicine struct {
	Code                  Concept
	At, Until, LastIssued string
	Dose, Patient, Note   string
	Type                  string // acute, repeat
	Status, StoppedWhy    string // active, completed, stopped
	Quantity              int
	Unit                  string
	Issues                int
}

// Problem is one.
type Problem struct {
	Code                       Concept
	At, Until, Recorded        string
	Significance, Status, Note string
	Mistaken                   bool
}

// Consultation is one, with what was written under its headings.
type Consultation struct {
	At, Until, Kind string
	Notes           [][2]string // heading, words
}

// Vaccination is one.
type Vaccination struct {
	Code         Concept
	At, Recorded string
	Batch        string
	NotGiven     bool
	WhyNot       string
}

// Observation is uncategorised data.
type Observation struct {
	Code              Concept
	At                string
	Value, Unit, Text string
	Comment           string
	Parts             []Observation
}

// Report is a group of laboratory results.
type Report struct {
	Code         Concept
	At, Specimen string
	Results      []Result
}

// Result is one test of a report.
type Result struct {
	Code                   Concept
	Value, Unit, Low, High string
	Flag, Comment          string
}

// Document is a letter, which another API gives.
type Document struct{ At, Title, Kind, Type string }

// Referral is one that went out.
type Referral struct{ At, To, Reason string }
