package columns

import "strings"

// Kind is how the text of a column is understood.
type Kind string

// The kinds of field.
const (
	// Text is kept as it is, but for space around it.
	Text Kind = "text"
	// Lines is text whose several columns are lines.
	Lines Kind = "lines"
	// Day is a date or a time, by the configured format.
	Day Kind = "date"
	// YesNo is true for y, yes, true, t, 1 and false for their opposites.
	YesNo Kind = "yes or no"
	// Number is a whole number.
	Number Kind = "number"
	// Choice is one of Allowed.
	Choice Kind = "choice"
)

// Field is one column name that a section understands.
type Field struct {
	Name string
	Kind Kind
	// Means says what it holds.
	Means string
	// Allowed are the values of a Choice, as the record words them.
	Allowed []string
}

// enteredInError is the word, in any section's status or verification, for a
// statement that was a mistake. Such rows are never shown.
const enteredInError = "entered-in-error"

func text(name, means string) Field  { return Field{Name: name, Kind: Text, Means: means} }
func date(name, means string) Field  { return Field{Name: name, Kind: Day, Means: means} }
func yesNo(name, means string) Field { return Field{Name: name, Kind: YesNo, Means: means} }

func choice(name, means string, allowed ...string) Field {
	return Field{Name: name, Kind: Choice, Means: means, Allowed: allowed}
}

// concept is something coded, worded or both: name, name_system, name_text.
func concept(name, means string) []Field {
	return []Field{
		text(name, means+": its code"),
		text(name+"_system", means+": the code system's URI"),
		text(name+"_text", means+": its words"),
	}
}

// person is a professional who did something: name_name, name_role.
func actor(name, means string) []Field {
	return []Field{text(name+"_name", means+": name"), text(name+"_role", means+": role")}
}

func telecoms() []Field {
	return []Field{text("phone", "telephone number"), text("mobile", "mobile number"), text("email", "e-mail address")}
}

func address() []Field {
	return []Field{
		{Name: "address", Kind: Lines, Means: "postal address; several columns are its lines"},
		text("postcode", "postcode"),
	}
}

func humanName() []Field {
	return []Field{
		text("title", "title"), text("given_names", "given names, by spaces"),
		text("family_name", "family name"),
	}
}

func period(means string) []Field {
	return []Field{date("start", means+": beginning"), date("end", means+": end")}
}

// common are the fields of every section.
func common() []Field {
	out := []Field{
		text("id", "the source's own id of the statement; without it one is made of the row"),
		text("subject", "the source's own id of the patient, required"),
		text("subject_nhs_number", "the patient's NHS number on the same row, to check whose row it is"),
	}
	out = append(out, concept("code", "what the statement is about")...)
	out = append(out,
		date("date", "when it is clinically about"),
		date("recorded", "when it was written down"),
	)
	out = append(out, actor("author", "who performed, recorded or asserted it")...)
	return append(out,
		text("organisation_ods", "ODS code of the organisation that recorded it"),
		text("organisation_name", "name of the organisation that recorded it"),
		text("note", "free text, unaltered"),
		text("label", "security label, for example R for restricted"),
		text("label_system", "the label's code system; HL7 confidentiality if not given"),
		text("link", "where somebody who may open it there finds the original"),
	)
}

func join(groups ...[]Field) []Field {
	var out []Field
	for _, g := range groups {
		out = append(out, g...)
	}
	return out
}

func one(f ...Field) []Field { return f }

// allowed gives the record's own spelling of a choice.
func (f Field) allowed(s string) (string, bool) {
	if s == "" || strings.EqualFold(s, enteredInError) {
		return strings.ToLower(s), true
	}
	for _, a := range f.Allowed {
		if strings.EqualFold(a, s) {
			return a, true
		}
	}
	return "", false
}
