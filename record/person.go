package record

import (
	"io"
	"strings"
)

// Person is the demographics of one person as one source states them.
// PRSB CIS: Person demographics.
type Person struct {
	Base
	// NHSNumber is the current number the source holds; "" if none or malformed.
	NHSNumber NHSNumber
	// NHSNumberStatus is the source's own word on how far the number was checked.
	NHSNumberStatus NumberStatus
	// FormerNHSNumbers are superseded numbers the source still lists.
	FormerNHSNumbers []NHSNumber
	Name             HumanName
	// OtherNames are former and alternative names.
	OtherNames []HumanName
	BirthDate  Date
	// Deceased is true if the source says so, with or without a date.
	Deceased     bool
	DeceasedDate Date
	// Gender is the administrative gender: "male", "female", "other", "unknown" or "".
	Gender        string
	Addresses     []Address
	Telecoms      []Telecom
	Ethnicity     Concept
	Language      Concept
	MaritalStatus Concept
	Identifiers   []Identifier
}

// NumberStatus is how far an NHS number was checked against the national register.
// NHS Data Dictionary: NHS NUMBER STATUS INDICATOR CODE.
type NumberStatus string

// Verified, present but unverified, and not known.
const (
	NumberVerified   NumberStatus = "VERIFIED"
	NumberUnverified NumberStatus = "UNVERIFIED"
	NumberUnknown    NumberStatus = ""
)

// HumanName is a name as its owner's culture orders it.
type HumanName struct {
	Title  string
	Given  []string
	Family string
	// Use is "official", "usual", "maiden", "old", "nickname" …; "" if not stated.
	Use string
}

// Text shows the name for a patient banner: FAMILY, Given (Title). NHS CUI: patient name display.
func (n HumanName) Text() string {
	var b strings.Builder
	b.WriteString(strings.ToUpper(n.Family))
	if given := strings.Join(n.Given, " "); given != "" {
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(given)
	}
	if n.Title != "" {
		b.WriteString(" (" + n.Title + ")")
	}
	return b.String()
}

// IsZero reports whether there is no name at all.
func (n HumanName) IsZero() bool { return n.Family == "" && len(n.Given) == 0 && n.Title == "" }

// Address is a postal address.
type Address struct {
	Lines    []string
	Postcode string
	// Use is "home", "temp", "old", "work" …; "" if not stated.
	Use    string
	Period Period
}

// IsZero reports whether nothing is known of the address.
func (a Address) IsZero() bool {
	return len(a.Lines) == 0 && a.Postcode == "" && a.Use == "" && a.Period.IsZero()
}

// Telecom is a way to reach somebody.
type Telecom struct {
	// System is "phone", "email", "sms" …; "" if not stated.
	System string
	Value  string
	Use    string
}

// MarshalGQL writes the status as a GraphQL enum value; the zero value is UNKNOWN.
func (s NumberStatus) MarshalGQL(w io.Writer) {
	if s == NumberUnknown {
		s = "UNKNOWN"
	}
	marshalEnum(w, string(s))
}

// UnmarshalGQL reads a GraphQL enum value.
func (s *NumberStatus) UnmarshalGQL(v any) error { return unmarshalEnum((*string)(s), v) }

// Identifier is a number by which some organisation knows the person.
type Identifier struct {
	System string
	Value  string
}

// Practice is the GP practice a person is registered with. PRSB CIS: GP practice.
// Code.Text is the practice's name.
type Practice struct {
	Base
	Organisation Organisation
	// GP is the usual general practitioner; "" if not stated.
	GP       string
	Telecoms []Telecom
	Address  Address
	Period   Period
}

// PersonQuery asks a source for people. NHSNumber alone, LocalID alone, Identifier
// alone, or FamilyName with BirthDate; other fields narrow the answer.
type PersonQuery struct {
	NHSNumber NHSNumber
	// LocalID is the source's own key of the person, as in a Link.
	LocalID string
	// Identifier is a number by which the organisation itself knows the person, such as
	// a hospital number, as people read it from a letter.
	Identifier string
	FamilyName string
	GivenName  string
	BirthDate  Date
	Postcode   string
	Gender     string
	// Fuzzy asks for everybody born on BirthDate, or on it with day and month exchanged,
	// whatever their name; who asks compares the names. A source that has a search of
	// its own for similar people may use FamilyName and GivenName for it.
	Fuzzy bool
}
