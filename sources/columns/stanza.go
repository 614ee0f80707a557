package columns

import "time"

// Stanza says how the rows of one section are read. It is part of a section's
// stanza in patchwork.yaml.
type Stanza struct {
	// Columns names, for a field, the column of the data that holds it. Several
	// columns are joined: an address by line, everything else by a space.
	Columns map[string]OneOrMore `yaml:"columns"`
	// Constants gives a field the same value on every row, for example
	// code_system: http://hl7.org/fhir/sid/icd-10.
	Constants map[string]string `yaml:"constants"`
	// Values translates the source's codes, for each field: {status: {A: active}}.
	Values map[string]map[string]string `yaml:"values"`
	// DateFormat is how dates are written in these rows; several are tried in order.
	DateFormat OneOrMore `yaml:"date_format"`
	// DateFormats overrides DateFormat for single fields.
	DateFormats map[string]OneOrMore `yaml:"date_formats"`
	// NoneWhen marks rows that state that there are none, by columns of the data:
	// {code: "716186003"}. All columns named must hold one of their values.
	NoneWhen When `yaml:"none_when"`
	// SkipWhen leaves rows out, for example those entered in error.
	SkipWhen When `yaml:"skip_when"`
	// OnlyWhen leaves all other rows out.
	OnlyWhen When `yaml:"only_when"`
}

// Defaults are the conversions that hold for all sections of a source, unless a
// section says otherwise.
type Defaults struct {
	DateFormat OneOrMore
	Values     map[string]map[string]string
	// Zone is where times without an offset are meant; nil is UTC.
	Zone *time.Location
	// Verified says that NHS numbers without a status of their own count as verified.
	Verified bool
	// Serial says that a plain number may be a day count of a spreadsheet.
	Serial bool
}

// OneOrMore is a list that may be written as a single value.
type OneOrMore []string

// UnmarshalYAML reads a single value or a list.
func (o *OneOrMore) UnmarshalYAML(decode func(any) error) error {
	var many []string
	if decode(&many) == nil {
		*o = many
		return nil
	}
	var one string
	if err := decode(&one); err != nil {
		return err
	}
	*o = OneOrMore{one}
	return nil
}

// When is a condition on the columns of a row: each column named must hold one of
// its values. The empty condition never holds.
type When map[string]OneOrMore
