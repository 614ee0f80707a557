package docref

import (
	"slices"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/jsonscan"
)

// reader reads one answer.
type reader struct {
	jsonscan.Scanner
	out *Answer
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

// date takes a date or time. One that cannot be read is left out and noted.
func (r *reader) date() record.Date {
	d, err := record.ParseDate(r.text())
	if err != nil {
		r.out.BadDates = true
		return ""
	}
	return d
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

func (r *reader) concept() (c record.Concept) {
	r.object(func(name string) {
		switch name {
		case "text":
			c.Text = r.text()
		case "coding":
			r.each(func() {
				if k := r.coding(); !k.IsZero() {
					c.Codings = append(c.Codings, k)
				}
			})
		}
	})
	return c
}

func (r *reader) identifier() (id record.Identifier) {
	r.object(func(name string) {
		switch name {
		case "system":
			id.System = r.text()
		case "value":
			id.Value = r.text()
		}
	})
	return id
}

func (r *reader) identifiers() (all []record.Identifier) {
	r.each(func() { all = append(all, r.identifier()) })
	return all
}

func (r *reader) link() (l Link) {
	r.object(func(name string) {
		switch name {
		case "reference":
			l.Reference = r.text()
		case "display":
			l.Display = r.text()
		case "identifier":
			l.Identifier = r.identifier()
		}
	})
	return l
}

// number reads a small whole number; 0 if it is none.
func (r *reader) number() int {
	n, err := strconv.Atoi(string(r.Number()))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// name takes a list of HumanName, or a plain name, as one line.
func (r *reader) name() (line string) {
	one := func() {
		var text, family string
		var prefix, given []string
		texts := func(to *[]string) { r.each(func() { *to = append(*to, r.text()) }) }
		r.object(func(name string) {
			switch name {
			case "text":
				text = r.text()
			case "prefix":
				texts(&prefix)
			case "given":
				texts(&given)
			case "family":
				family = r.text()
			}
		})
		if text == "" {
			text = strings.TrimSpace(strings.Join(slices.Concat(prefix, given, []string{family}), " "))
		}
		if line == "" {
			line = text
		}
	}
	if r.Peek() == '[' {
		r.each(one)
	} else {
		line = r.text()
	}
	return line
}
