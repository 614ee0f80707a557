package pds

// Person is one record of the register. The zero values are "not recorded".
type Person struct {
	Number string // ten digits, current
	// Replaced are numbers that this one superseded: reading one of them gives this person.
	Replaced []string
	// Invalid: the record was declared invalid, and nothing superseded it.
	Invalid bool
	// Restricted is the confidentiality code "R" or "V"; "" is unrestricted.
	Restricted string

	Title, Given, Middle, Family string
	FormerFamily, FormerUntil    string
	Born, Died                   string // yyyy-mm-dd
	Notified                     string // of the death: 1 informally, 2 formally
	Gender                       string

	Home, Temporary, Former Address
	Phone, Mobile, Email    string
	Practice, Registered    string // ODS code, since when
	Language, LanguageName  string // ISO 639 code and its name
	Interpreter             bool
	ContactMethod, Format   string // preferred: "Letter"; "Braille"
	ContactTimes            string
	Pharmacy                string // nominated, ODS code
	Unverified              string // a verification code other than 01
}

// Address is a postal address.
type Address struct {
	Lines              []string
	Postcode           string
	Text, Since, Until string
}
