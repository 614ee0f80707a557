package views

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/patchworkcare/patchwork/auth"
)

// Take is what a column shows of a section that may have many entries.
type Take string

// The zero Take is none, and is refused.
const (
	// Each gives a row for each entry; at most one section of a view does.
	Each Take = "each"
	// Latest is the newest entry's, All are all entries' in one cell, Count is how many there are.
	Latest Take = "latest"
	All    Take = "all"
	Count  Take = "count"
)

// Column is one of a view that was picked, not written.
type Column struct {
	// Name is the column's: lower case, for files and databases.
	Name string `json:"name"`
	// Section is a section's name, or "patient" for what stands above sections.
	Section string `json:"section"`
	// Field is the path of a field in the section's entries, such as code.text; "" for Count.
	Field string `json:"field,omitempty"`
	Take  Take   `json:"take,omitempty"`
}

// Patient is the Section of what a person is known by.
const Patient = "patient"

// Body is what a view is: either Columns, or a Definition (a ViewDefinition of SQL on FHIR v2),
// which stands over FHIR's resources, or over the graph's person if there is a Selection.
type Body struct {
	Title       string       `json:"title"`
	Description string       `json:"description,omitempty"`
	Purpose     auth.Purpose `json:"purpose"`
	// Roles and Organisations are the audience; empty is everybody who may use views.
	Roles         []auth.Role `json:"roles,omitempty"`
	Organisations []string    `json:"organisations,omitempty"`

	Columns    []Column        `json:"columns,omitempty"`
	Definition json.RawMessage `json:"definition,omitempty"`
	// Selection is of fields of Patient, as GraphQL has it, without the outer braces.
	Selection string `json:"selection,omitempty"`
	// Chart is a Vega-Lite specification without data, of what chart.json allows; nil for none.
	Chart json.RawMessage `json:"chart,omitempty"`
}

const (
	mostColumns = 60
	mostText    = 2000
	mostSource  = 32 << 10
)

var columnName = regexp.MustCompile(`\A[a-z][a-z0-9_]{0,62}\z`)

// InputError: a view or a run cannot be as it was asked for, and nothing changed. Its text is
// for the user.
type InputError struct{ text string }

// Error is one plain sentence for each fault.
func (e *InputError) Error() string { return e.text }

// BadInput marks errors whose text a surface may show to the user.
func (e *InputError) BadInput() bool { return true }

func wrong(format string, a ...any) error { return &InputError{fmt.Sprintf(format, a...)} }

// Secondary reports whether the purpose is another than the care of the people themselves, so
// that the national data opt-out and disclosure control apply.
func Secondary(p auth.Purpose) bool {
	return p == auth.PurposeOperations || p == auth.PurposeResearch
}

// check says everything that is wrong with a body by itself.
func (b *Body) check() error {
	var faults []error
	say := func(format string, a ...any) { faults = append(faults, wrong(format, a...)) }
	b.Title = strings.TrimSpace(b.Title)
	if n := utf8.RuneCountInString(b.Title); n < 3 || n > 120 {
		say("A title has 3 to 120 characters.")
	}
	if utf8.RuneCountInString(b.Description) > mostText {
		say("A description has at most %d characters.", mostText)
	}
	switch b.Purpose {
	case auth.PurposeTreatment, auth.PurposeCareManagement, auth.PurposeOperations, auth.PurposeResearch:
	default:
		say("The purpose is TREAT, CAREMGT, HOPERAT or HRESCH.")
	}
	for _, r := range b.Roles {
		if !r.Valid() {
			say("There is no role %q.", string(r))
		}
	}
	if len(b.Definition)+len(b.Selection)+len(b.Chart) > mostSource {
		say("A view has at most %d KiB.", mostSource>>10)
	}
	switch {
	case len(b.Columns) == 0 && len(b.Definition) == 0:
		say("A view needs columns, or a definition.")
	case len(b.Columns) > 0 && (len(b.Definition) > 0 || b.Selection != ""):
		say("A view has either columns or a definition.")
	case len(b.Definition) > 0 && Secondary(b.Purpose):
		say("For other purposes than care a view has picked columns: of a definition it is not known what may identify somebody.")
	}
	b.checkColumns(say)
	return joined(faults)
}

func (b *Body) checkColumns(say func(string, ...any)) {
	if len(b.Columns) > mostColumns {
		say("A view has at most %d columns.", mostColumns)
		return
	}
	var names []string
	each := ""
	for i, c := range b.Columns {
		switch {
		case !columnName.MatchString(c.Name) || strings.HasPrefix(c.Name, "_"):
			say("Column %d: a name has lower-case letters, digits and _, and begins with a letter.", i+1)
		case slices.Contains(names, c.Name):
			say("There are two columns %s.", c.Name)
		}
		names = append(names, c.Name)
		if c.Section == Patient {
			continue
		}
		switch c.Take {
		case Each:
			if each != "" && each != c.Section {
				say("Only one section can have a row for each entry: %s has, so %s cannot.", each, c.Section)
			}
			each = c.Section
		case Latest, All, Count:
		default:
			say("Column %s: take is each, latest, all or count.", c.Name)
		}
	}
}

// joined makes one InputError of many.
func joined(faults []error) error {
	if len(faults) == 0 {
		return nil
	}
	var texts []string
	for _, f := range faults {
		var input *InputError
		if !errors.As(f, &input) {
			return f
		}
		texts = append(texts, input.text)
	}
	return &InputError{strings.Join(texts, " ")}
}

// Wrong makes an *InputError, for a Governance that refuses.
func Wrong(text string) error { return &InputError{text} }

// Check says everything that is wrong with a body, also by the graph as it is; nil if it can
// be kept.
func (s *Store) Check(b *Body) error {
	if err := b.check(); err != nil {
		return err
	}
	plan, err := s.planOf(b)
	if err != nil {
		return err
	}
	return checkChart(b.Chart, plan.names(), Secondary(b.Purpose))
}
