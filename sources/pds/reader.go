package pds

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/jsonscan"
)

// reader reads one answer. today (YYYY-MM-DD) tells what holds from what has ended.
type reader struct {
	jsonscan.Scanner
	today record.Date
	// badDate: a date could not be read and was left out.
	badDate bool
}

func newReader(body []byte, today record.Date) *reader {
	r := &reader{today: today}
	r.Reset(body)
	return r
}

// object takes the waiting object, calling take with the name of each member.
func (r *reader) object(take func(name string)) {
	if !r.Object() {
		return
	}
	for r.Next() {
		take(string(r.Name()))
	}
}

// each takes the waiting array.
func (r *reader) each(take func()) {
	if !r.Array() {
		return
	}
	for r.More() {
		take()
	}
}

func (r *reader) text() string { return string(r.Text()) }

func (r *reader) texts() (all []string) {
	r.each(func() {
		if s := r.text(); s != "" {
			all = append(all, s)
		}
	})
	return all
}

// date takes a date or time. One that cannot be read is left out and noted: the rest
// must not be lost for it.
func (r *reader) date() record.Date {
	d, err := record.ParseDate(r.text())
	if err != nil {
		r.badDate = true
		return ""
	}
	return d
}

func (r *reader) period() (p record.Period) {
	r.object(func(name string) {
		switch name {
		case "start":
			p.Start = r.date()
		case "end":
			p.End = r.date()
		}
	})
	return p
}

// over reports whether a period has ended before today.
func (r *reader) over(p record.Period) bool {
	return p.End != "" && p.End.Day() < r.today[:min(len(r.today), len(p.End.Day()))]
}

// ahead reports whether a period begins after today.
func (r *reader) ahead(p record.Period) bool {
	return p.Start != "" && p.Start.Day() > r.today
}

func (r *reader) coding() (c record.Coding) {
	r.object(func(name string) {
		switch name {
		case "system":
			c.System = r.text()
		case "code":
			c.Code = r.text()
		case "display":
			c.Display = r.text()
		}
	})
	return c
}

func (r *reader) codings() (all []record.Coding) {
	r.each(func() {
		if c := r.coding(); !c.IsZero() {
			all = append(all, c)
		}
	})
	return all
}

func (r *reader) concept() (c record.Concept) {
	r.object(func(name string) {
		switch name {
		case "text":
			c.Text = r.text()
		case "coding":
			c.Codings = r.codings()
		}
	})
	return c
}

// extensions takes the waiting array of extensions: take is called on each value, with
// the last part of the extension's address and the name of the value's member.
func (r *reader) extensions(take func(kind, member string)) {
	r.each(func() {
		url := string(r.Find("url"))
		kind := strings.TrimPrefix(url[strings.LastIndexByte(url, '/')+1:], "Extension-UKCore-")
		r.object(func(name string) { take(kind, name) })
	})
}
