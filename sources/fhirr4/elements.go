package fhirr4

import (
	"strings"
	"time"

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

// date takes a date, dateTime or instant. One that cannot be read is left out and
// noted as a flaw: the statement itself must not be lost for it.
func (r *reader) date() record.Date {
	b := r.Text()
	if len(b) == 0 {
		return ""
	}
	if plainDate(b) {
		return record.Date(r.text.copy(b))
	}
	s := r.text.copy(b)
	if d, err := record.ParseDate(s); err == nil {
		return d
	}
	// R4 §2.24.0.1 wants an offset with every time; some servers leave it out.
	if t, err := time.ParseInLocation("2006-01-02T15:04:05", s, r.zone); err == nil && len(s) == 19 {
		return record.DateOf(t)
	}
	r.flaws |= badDate
	return ""
}

// plainDate reports whether b is surely a date that record.ParseDate accepts. It
// knows the usual forms only; the rest is left to ParseDate.
func plainDate(b []byte) bool {
	if len(b) < 10 || b[4] != '-' || b[7] != '-' {
		return false
	}
	year, month, day := two(b[0:])*100+two(b[2:]), two(b[5:]), two(b[8:])
	if year < 100 || month < 1 || month > 12 || day < 1 || day > 28 {
		return false // the last days of a month are left to ParseDate
	}
	if len(b) == 10 {
		return true
	}
	if len(b) < 20 || b[10] != 'T' || b[13] != ':' || b[16] != ':' ||
		!below(b[11:], 24) || !below(b[14:], 60) || !below(b[17:], 60) {
		return false
	}
	rest := b[19:]
	if rest[0] == '.' {
		n := 1
		for n < len(rest) && rest[n]-'0' <= 9 {
			n++
		}
		if n == 1 || n > 10 {
			return false
		}
		rest = rest[n:]
	}
	if len(rest) == 1 {
		return rest[0] == 'Z'
	}
	return len(rest) == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':' && below(rest[1:], 24) && below(rest[4:], 60)
}

// two reads two digits; far below zero if they are not there.
func two(b []byte) int {
	if b[0]-'0' > 9 || b[1]-'0' > 9 {
		return -1 << 20
	}
	return int(b[0]-'0')*10 + int(b[1]-'0')
}

func below(b []byte, limit int) bool { n := two(b); return n >= 0 && n < limit }

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

// name takes a HumanName. A name that is only text is kept as family name, so that
// it is shown as it stands.
func (r *reader) name() (n record.HumanName) {
	if !r.Object() {
		return n
	}
	var text string
	for r.Next() {
		switch string(r.Name()) {
		case "use":
			n.Use = r.string()
		case "family":
			n.Family = r.string()
		case "given":
			n.Given = r.strings()
		case "prefix":
			n.Title = strings.Join(r.strings(), " ")
		case "text":
			text = r.string()
		}
	}
	if n.Family == "" && len(n.Given) == 0 {
		n.Family = text
	}
	return n
}

// professional shows a professional's name as they are spoken of: Dr Paul Rastall.
func professional(n record.HumanName) string {
	parts := make([]string, 0, 4)
	if n.Title != "" {
		parts = append(parts, n.Title)
	}
	parts = append(parts, n.Given...)
	if n.Family != "" {
		parts = append(parts, n.Family)
	}
	return strings.Join(parts, " ")
}

// telecoms takes an array of ContactPoints.
func (r *reader) telecoms() []record.Telecom {
	var all []record.Telecom
	for range r.each() {
		var t record.Telecom
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "system":
				t.System = r.string()
			case "value":
				t.Value = r.string()
			case "use":
				t.Use = r.string()
			}
		}
		if t.Value != "" {
			all = append(all, t)
		}
	}
	return all
}

// address takes an Address; city, district and country follow the lines. One that
// is only text is kept as its single line.
func (r *reader) address() (a record.Address) {
	if !r.Object() {
		return a
	}
	var text, city, district, state, country string
	for r.Next() {
		switch string(r.Name()) {
		case "use":
			a.Use = r.string()
		case "line":
			a.Lines = r.strings()
		case "city":
			city = r.string()
		case "district":
			district = r.string()
		case "state":
			state = r.string()
		case "country":
			country = r.string()
		case "postalCode":
			a.Postcode = r.string()
		case "period":
			a.Period = r.period()
		case "text":
			text = r.string()
		}
	}
	for _, s := range []string{city, district, state, country} {
		if s != "" {
			a.Lines = append(a.Lines, s)
		}
	}
	if len(a.Lines) == 0 && text != "" {
		a.Lines = []string{text}
	}
	return a
}

// identifier takes an Identifier.
func (r *reader) identifier() (id record.Identifier, use string) {
	if !r.Object() {
		return id, ""
	}
	for r.Next() {
		switch string(r.Name()) {
		case "system":
			id.System = r.string()
		case "value":
			id.Value = r.string()
		case "use":
			use = r.string()
		}
	}
	return id, use
}
