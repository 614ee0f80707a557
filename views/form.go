package views

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/patchworkcare/patchwork/views/tabular"
)

// Form is a form in which rows are taken away.
type Form struct {
	Name, ContentType, Extension string
	format                       tabular.Format // "" for the data dictionary
}

// FormOf gives a form by its name in the graph; the zero Form for an unknown one.
func FormOf(name string) Form {
	name = strings.ToLower(name)
	if name == "dictionary" {
		return Form{Name: name, ContentType: "application/json", Extension: "datapackage.json"}
	}
	for _, f := range tabular.Formats() {
		if string(f) == name {
			return Form{name, f.ContentType(), f.Extension(), f}
		}
	}
	return Form{}
}

var notForNames = regexp.MustCompile(`[^a-z0-9]+`)

// FileName is what a file of a run is called.
func FileName(r *Run, f Form) string {
	title := strings.Trim(notForNames.ReplaceAllString(strings.ToLower(r.Title), "-"), "-")
	return fmt.Sprintf("%s-v%d-%s.%s", title, r.Version, r.Created.Format("2006-01-02"), strings.TrimPrefix(f.Extension, "."))
}

// Write writes the rows of a run, or its data dictionary.
func (s *Store) Write(ctx context.Context, w io.Writer, r *Run, f Form) error {
	t := r.table()
	if f.format == "" {
		text, err := tabular.Dictionary(t)
		if err == nil {
			_, err = w.Write(text)
		}
		return err
	}
	return tabular.Write(w, f.format, t, s.Rows(ctx, r))
}

// table describes the rows for files.
func (r *Run) table() tabular.Table {
	t := tabular.Table{Name: "rows", Title: r.Title, Version: fmt.Sprintf("%s@%d", r.View, r.Version), Run: r.ID, Audit: "run-" + r.ID, Made: r.Created,
		Marking: "Identifiable: for the care of these people only, within the organisation that ran it"}
	over := "a list"
	if r.List == "" {
		over = "the people whom a search found"
	}
	t.Description = strings.TrimSpace(fmt.Sprintf("Run of a custom view over %s for the purpose %s: %d people, %d left out. %s", over, r.Purpose, r.People, r.LeftOut, r.Lacking))
	if r.Secondary {
		t.Marking = "Pseudonymised: for the approved purpose only; not to be linked or passed on"
	}
	for _, h := range r.Headings {
		t.Columns = append(t.Columns, tabular.Column{Name: h.Name, Kind: tabular.Kind(h.Kind), Description: h.Description, Personal: !h.Coverage})
	}
	return t
}
