package tabular

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// A Kind is what the values of a column are.
type Kind string

// The kinds. Dates and times are text as it was written, which may be a year only.
const (
	String   Kind = "string"
	Integer  Kind = "integer" // of 64 bits
	Decimal  Kind = "decimal"
	Boolean  Kind = "boolean"
	Date     Kind = "date"
	DateTime Kind = "dateTime"
)

// A Column is one of a table's.
type Column struct {
	Name        string
	Kind        Kind
	Title       string // what people call it; "" is its name
	Description string
	Personal    bool // tells of one identifiable person
}

// A Table says what rows are and where they came from.
type Table struct {
	Name        string // of the view
	Title       string
	Description string
	Version     string // of the view
	Columns     []Column
	Marking     string    // what every copy must bear: "Identifiable: direct care only"
	Run         string    // the id of the run
	Audit       string    // the id of the run's event in the ledger
	Made        time.Time // when; its zone says whose day it is
}

// maxColumns is what SQLite takes at its defaults, and more than anybody reads.
const maxColumns = 1000

// nameShape is what tables and columns may be called, so that no engine needs quotes.
var nameShape = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,127}$`)

// Check says what of a table cannot be written, whichever the format.
func (t Table) Check() error {
	if !nameShape.MatchString(t.Name) || t.Name[0] == '_' {
		return fmt.Errorf("tabular: a table needs a name of letters, digits and _ that begins with a letter, not %.40q", t.Name)
	}
	if strings.HasPrefix(strings.ToLower(t.Name), "sqlite_") {
		return fmt.Errorf("tabular: a table may not be called %.40q: SQLite keeps such names for itself", t.Name)
	}
	if len(t.Columns) == 0 || len(t.Columns) > maxColumns {
		return fmt.Errorf("tabular: a table has 1 to %d columns, not %d", maxColumns, len(t.Columns))
	}
	names := map[string]bool{}
	for i, c := range t.Columns {
		if !nameShape.MatchString(c.Name) {
			return fmt.Errorf("tabular: column %d needs a name of letters, digits and _, not %.40q", i+1, c.Name)
		}
		if key := strings.ToLower(c.Name); names[key] {
			return fmt.Errorf("tabular: two columns are called %q: capitals do not tell them apart for most engines", c.Name)
		} else {
			names[key] = true
		}
		switch c.Kind {
		case String, Integer, Decimal, Boolean, Date, DateTime:
		default:
			return fmt.Errorf("tabular: column %q is of no kind: %.40q", c.Name, string(c.Kind))
		}
	}
	return nil
}

// A fact is one thing that is said of a table.
type fact struct{ name, value string }

// about is what a table tells of its making, by the same names in every format.
func (t Table) about() []fact {
	made := ""
	if !t.Made.IsZero() {
		made = t.Made.Format(time.RFC3339)
	}
	return []fact{{"view", t.Name}, {"title", t.Title}, {"description", t.Description}, {"version", t.Version},
		{"marking", t.Marking}, {"run", t.Run}, {"audit", t.Audit}, {"made", made}}
}
