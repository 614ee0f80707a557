package fhirr4

import (
	"github.com/patchworkcare/patchwork/record"
)

// string takes a text value.
func (r *reader) string() string { return r.keep(r.Text()) }

// each walks the waiting array, or the waiting object as if it were an array of one,
// which some servers send.
func (r *reader) each() func(func(int) bool) {
	return func(yield func(int) bool) {
		if r.Peek() == '{' {
			yield(0)
			return
		}
		if !r.Array() {
			return
		}
		for i := 0; r.More(); i++ {
			yield(i)
		}
	}
}

// strings takes an array of texts.
func (r *reader) strings() []string {
	var all []string
	if r.Array() {
		for r.More() {
			if s := r.string(); s != "" {
				all = append(all, s)
			}
		}
	}
	return all
}

// concept takes a CodeableConcept. Entries may share its codings, which nobody changes.
func (r *reader) concept() record.Concept {
	raw := r.Raw()
	means, known, at := r.memo.concepts.place(raw)
	if known {
		return *means
	}
	odd := r.Odd()
	r.Again(raw)
	c := r.newConcept()
	if r.Odd() == odd {
		*means, *at = c, raw
	}
	return c
}

func (r *reader) newConcept() (c record.Concept) {
	if !r.Object() {
		return c
	}
	for r.Next() {
		switch string(r.Name()) {
		case "text":
			c.Text = r.string()
		case "coding":
			c.Codings = r.codings()
		}
	}
	return c
}

// firstConcept takes an array of CodeableConcepts and keeps the first that says something.
func (r *reader) firstConcept() (c record.Concept) {
	for range r.each() {
		if c.IsZero() {
			c = r.concept()
		}
	}
	return c
}

// concepts takes an array of CodeableConcepts.
func (r *reader) concepts() []record.Concept {
	var few [4]record.Concept
	all := few[:0]
	for range r.each() {
		if c := r.concept(); !c.IsZero() {
			all = append(all, c)
		}
	}
	return r.slabs.concepts.keep(all)
}

// codings takes an array of Codings.
func (r *reader) codings() []record.Coding {
	var few [4]record.Coding
	all := few[:0]
	for range r.each() {
		if c := r.coding(); c != (record.Coding{}) {
			all = append(all, c)
		}
	}
	return r.slabs.codings.keep(all)
}

// coding takes a Coding.
func (r *reader) coding() (c record.Coding) {
	if !r.Object() {
		return c
	}
	for r.Next() {
		switch string(r.Name()) {
		case "system":
			c.System = r.string()
		case "code":
			c.Code = r.string()
		case "display":
			c.Display = r.string()
		}
	}
	return c
}

// code takes a CodeableConcept of which only the first code matters, such as a
// clinical status; its text if it has no code.
func (r *reader) code() string {
	var code, text string
	if !r.Object() {
		return ""
	}
	for r.Next() {
		switch string(r.Name()) {
		case "text":
			text = r.string()
		case "coding":
			for range r.each() {
				if c := r.coding(); code == "" {
					code = c.Code
				}
			}
		}
	}
	if code == "" {
		return text
	}
	return code
}

// quantity takes a Quantity; its value keeps its digits (hazard H-10).
func (r *reader) quantity() (q record.Quantity) {
	if !r.Object() {
		return q
	}
	for r.Next() {
		switch string(r.Name()) {
		case "value":
			q.Value = r.digits()
		case "comparator":
			q.Comparator = r.string()
		case "unit":
			q.Unit = r.string()
		case "code":
			q.Code = r.string()
		}
	}
	if q.Unit == "" {
		q.Unit = q.Code
	}
	return q
}

// quantityValue is quantity for places that keep a pointer; nil if there is none.
func (r *reader) quantityValue() *record.Quantity {
	q := r.quantity()
	if q.IsZero() {
		return nil
	}
	p := r.slabs.quantities.new()
	*p = q
	return p
}

// digits takes a number as written.
func (r *reader) digits() string { return r.keep(r.Number()) }

// period takes a Period.
func (r *reader) period() (p record.Period) {
	if !r.Object() {
		return p
	}
	for r.Next() {
		switch string(r.Name()) {
		case "start":
			p.Start = r.date()
		case "end":
			p.End = r.date()
		}
	}
	return p
}

// notes takes an array of Annotations and joins their texts by line breaks.
func (r *reader) notes() string {
	all := ""
	for range r.each() {
		if !r.Object() {
			continue
		}
		for r.Next() {
			if string(r.Name()) == "text" {
				all = lines(all, r.string())
			}
		}
	}
	return all
}

// lines joins two texts by a line break.
func lines(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}
