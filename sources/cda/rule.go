package cda

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Rule is the part of a stanza that says which documents are read into sections: the
// newest document of one of the types answers them.
type Rule struct {
	// Types are codes of documents' types or classes, for example "34133-9".
	Types []string `yaml:"types"`
	// Sections are the configuration names of the sections that it answers; default all.
	Sections []string `yaml:"sections"`
}

// Problems of the rule, under path.
func (r *Rule) Problems(path string) (all []sources.Problem) {
	if r == nil {
		return nil
	}
	if len(r.Types) == 0 || slices.Contains(r.Types, "") {
		all = append(all, sources.Problem{Path: path + ".types", Text: "name at least one code of a document's type or class"})
	}
	var names []string
	for _, s := range Sections() {
		names = append(names, s.Name())
	}
	for _, name := range r.Sections {
		if !slices.Contains(names, name) {
			all = append(all, sources.Problem{Path: path + ".sections", Text: "a document can answer " + strings.Join(names, ", ")})
			break
		}
	}
	return all
}

// Offers are the sections that the rule answers; none for nil.
func (r *Rule) Offers() (all []record.Section) {
	if r == nil {
		return nil
	}
	for _, s := range Sections() {
		if len(r.Sections) == 0 || slices.Contains(r.Sections, s.Name()) {
			all = append(all, s)
		}
	}
	return all
}

// newest is the newest document of the rule's types that can be opened; nil if there is
// none.
func (r *Rule) newest(entries []record.Entry) (best *record.Document) {
	for _, e := range entries {
		d, ok := e.(*record.Document)
		if !ok || d.Reference == "" || !r.fits(d) {
			continue
		}
		if best == nil || later(d, best) > 0 {
			best = d
		}
	}
	return best
}

func (r *Rule) fits(d *record.Document) bool {
	if k := record.DocumentKindOf(d.ContentType); k != record.CDA && k != record.Undeclared {
		return false
	}
	for _, c := range slices.Concat(d.Code.Codings, d.Category.Codings) {
		if slices.Contains(r.Types, c.Code) {
			return true
		}
	}
	return false
}

// later compares two documents by when they are of; who has no date is the earlier.
func later(a, b *record.Document) int {
	of := func(d *record.Document) time.Time {
		t, _ := cmp.Or(d.Date, d.Recorded).Time()
		return t
	}
	if c := of(a).Compare(of(b)); c != 0 {
		return c
	}
	return strings.Compare(a.Provenance.LocalID, b.Provenance.LocalID)
}

// Asked is the question which person's newest document is to be read, and how.
type Asked struct {
	LocalID string
	// Documents are what the source says of the person's documents.
	Documents sources.Result
	// Subject is whom a document is about, in the source's own ids; "" if it does not say.
	Subject func(*Document) string
	// Open reads the document that a reference leads to.
	Open func(reference string, take func(sources.Document) error) error
	Zone *time.Location
}

// Read chooses the newest document at once, and reads it when a section is first asked
// for: by then the list may be somebody else's. Nothing in a list of documents that is
// not whole counts as nothing: its gaps stay.
func (r *Rule) Read(a Asked) func(record.Section) sources.Result {
	if r == nil || a.Documents.Err != nil {
		return func(record.Section) sources.Result { return sources.Result{Err: a.Documents.Err} }
	}
	listed := r.newest(a.Documents.Entries)
	gaps := slices.Clone(a.Documents.Gaps)
	if listed == nil {
		return func(record.Section) sources.Result { return sources.Result{Gaps: slices.Clone(gaps)} }
	}
	labels, custodian, reference := slices.Clone(listed.Labels), listed.Custodian, listed.Reference
	read := sync.OnceValues(func() (*Document, error) { return a.read(reference) })
	return func(s record.Section) sources.Result {
		d, err := read()
		if err != nil {
			return sources.Result{Err: sources.AsError(err)}
		}
		x := d.Section(s, a.LocalID)
		x.Gaps = slices.Concat(x.Gaps, gaps)
		for _, e := range x.Entries {
			b := e.Common() // what the archive says of the document holds for what stands in it
			b.Labels = distinct(slices.Concat(b.Labels, labels))
			if b.Provenance.Organisation == (record.Organisation{}) {
				b.Provenance.Organisation = custodian
			}
		}
		return x
	}
}

// read reads one document, which must be about the person.
func (a Asked) read(reference string) (*Document, error) {
	var d *Document
	err := a.Open(reference, func(content sources.Document) (err error) {
		d, err = Read(content.Body, a.Zone)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case d == nil:
		return nil, malformed("no-document", "It did not hand out the document that tells of this")
	}
	switch a.Subject(d) {
	case a.LocalID:
		return d, nil
	case "":
		return nil, malformed("no-subject", "The document does not say whom it is about in a way that is known here")
	}
	return nil, &sources.Error{Kind: sources.WrongPatient, Code: "wrong-patient", Reason: "The document is about another person; nothing of it is shown"}
}
