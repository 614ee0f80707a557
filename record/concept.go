package record

// Coding is one code in one code system, as the source gave it.
type Coding struct {
	// System is the code system's URI, for example http://snomed.info/sct; "" if the
	// source does not say.
	System string
	Code   string
	// Display is the source's own words for the code; "" if it gave none.
	Display string
}

// IsZero reports whether there is no code.
func (c Coding) IsZero() bool { return c == Coding{} }

// Concept is something coded, worded or both. The source's own coding and text are
// kept always; nothing is translated. What a region's own map says that a code stands for
// comes behind them, without words.
type Concept struct {
	// Text is what the source wrote; "" if it only coded.
	Text    string
	Codings []Coding
}

// Label is what to show for the concept: its text, else the first display, else the
// first code; "" for the zero Concept.
func (c Concept) Label() string {
	if c.Text != "" {
		return c.Text
	}
	for _, k := range c.Codings {
		if k.Display != "" {
			return k.Display
		}
	}
	for _, k := range c.Codings {
		if k.Code != "" {
			return k.Code
		}
	}
	return ""
}

// IsZero reports whether the concept says nothing.
func (c Concept) IsZero() bool { return c.Text == "" && len(c.Codings) == 0 }

// Has reports whether the concept is coded as code in system.
func (c Concept) Has(system, code string) bool {
	for _, k := range c.Codings {
		if k.Code == code && k.System == system {
			return true
		}
	}
	return false
}

// Text is a concept that is only worded; the zero Concept for "".
func Text(s string) Concept { return Concept{Text: s} }

// Quantity is a measured amount. Value keeps the source's own digits: "7.10" stays
// "7.10" (hazard H-10).
type Quantity struct {
	// Value is a decimal number as the source wrote it; "" if there is none.
	Value string
	// Comparator is "<", "<=", ">=", ">" or "" for exactly.
	Comparator string
	// Unit is what to show.
	Unit string
	// Code is the unit's UCUM code; "" if the source gave none.
	Code string
}

// IsZero reports whether there is no amount.
func (q Quantity) IsZero() bool { return q == Quantity{} }

// Period is a stretch of time; an empty End is "still going on or not known".
type Period struct {
	Start Date
	End   Date
}

// IsZero reports whether neither end is known.
func (p Period) IsZero() bool { return p == Period{} }
