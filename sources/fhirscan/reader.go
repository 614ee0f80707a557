package fhirscan

import (
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/jsonscan"
)

// Reader reads one answer. The zero value reads nothing until Reset.
type Reader struct {
	jsonscan.Scanner
	// BadDate: a date could not be read and was left out.
	BadDate bool
}

// Members takes the waiting object, calling take with the name of each member.
func (r *Reader) Members(take func(name string)) {
	if !r.Object() {
		return
	}
	for r.Next() {
		take(string(r.Name()))
	}
}

// Each takes the waiting array, calling take on each of its values.
func (r *Reader) Each(take func()) {
	if !r.Array() {
		return
	}
	for r.More() {
		take()
	}
}

// String takes a text; "" if it is none.
func (r *Reader) String() string { return string(r.Text()) }

// Strings takes an array of texts, without the empty ones.
func (r *Reader) Strings() (all []string) {
	r.Each(func() {
		if s := r.String(); s != "" {
			all = append(all, s)
		}
	})
	return all
}

// Date takes a date or time. One that cannot be read is left out and noted in BadDate: the
// rest must not be lost for it.
func (r *Reader) Date() record.Date {
	d, err := record.ParseDate(r.String())
	if err != nil {
		r.BadDate = true
		return ""
	}
	return d
}

// Period takes a Period.
func (r *Reader) Period() (p record.Period) {
	r.Members(func(name string) {
		switch name {
		case "start":
			p.Start = r.Date()
		case "end":
			p.End = r.Date()
		}
	})
	return p
}

// Coding takes a Coding.
func (r *Reader) Coding() (c record.Coding) {
	r.Members(func(name string) {
		switch name {
		case "system":
			c.System = r.String()
		case "code":
			c.Code = r.String()
		case "display":
			c.Display = r.String()
		}
	})
	return c
}

// Codings takes an array of Coding, without those that say nothing.
func (r *Reader) Codings() (all []record.Coding) {
	r.Each(func() {
		if c := r.Coding(); !c.IsZero() {
			all = append(all, c)
		}
	})
	return all
}

// Concept takes a CodeableConcept.
func (r *Reader) Concept() (c record.Concept) {
	r.Members(func(name string) {
		switch name {
		case "text":
			c.Text = r.String()
		case "coding":
			c.Codings = r.Codings()
		}
	})
	return c
}

// Identifier takes an Identifier.
func (r *Reader) Identifier() (id record.Identifier) {
	r.Members(func(name string) {
		switch name {
		case "system":
			id.System = r.String()
		case "value":
			id.Value = r.String()
		}
	})
	return id
}

// Identifiers takes an array of Identifier.
func (r *Reader) Identifiers() (all []record.Identifier) {
	r.Each(func() { all = append(all, r.Identifier()) })
	return all
}
