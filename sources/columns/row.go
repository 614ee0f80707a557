package columns

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// row is one row being read. Its getters take field names; what they cannot
// understand they leave out and note as a gap.
type row struct {
	*Binding
	cells []string
	gaps  *gaps
}

// raw is the joined text of a field's columns, translated by its values.
func (r *row) raw(name string) string {
	if r.asked != nil {
		r.asked(name)
	}
	s, ok := r.slots[name]
	if !ok {
		return ""
	}
	v := s.constant
	if len(s.at) > 0 {
		v = r.joined(s)
	}
	if to, ok := s.values[v]; ok {
		return to
	}
	return v
}

func (r *row) joined(s slot) string {
	if len(s.at) == 1 {
		return r.cell(s.at[0])
	}
	var parts []string
	for _, at := range s.at {
		if c := r.cell(at); c != "" {
			parts = append(parts, c)
		}
	}
	if s.field.Kind == Lines {
		return strings.Join(parts, "\n")
	}
	return strings.Join(parts, " ")
}

// cell is trimmed because columns of fixed width are padded.
func (r *row) cell(at int) string {
	if at >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[at])
}

// has reports whether the field is filled on this row.
func (r *row) has(name string) bool { return r.raw(name) != "" }

func (r *row) text(name string) string { return r.raw(name) }

func (r *row) choice(name string) string {
	v := r.raw(name)
	out, ok := r.slots[name].field.allowed(v)
	if v != "" && !ok {
		r.lacks(BadValue, name)
	}
	return out
}

func (r *row) yes(name string) bool {
	switch strings.ToLower(r.raw(name)) {
	case "y", "yes", "true", "t", "1":
		return true
	case "", "n", "no", "false", "f", "0":
		return false
	}
	r.lacks(BadValue, name)
	return false
}

func (r *row) number(name string) int {
	v := r.raw(name)
	n, err := strconv.Atoi(v)
	if v != "" && (err != nil || n < 0) {
		r.lacks(BadValue, name)
		return 0
	}
	return n
}

func (r *row) date(name string) record.Date {
	v := r.raw(name)
	if v == "" {
		return ""
	}
	d, err := r.slots[name].date(v, r.defaults)
	if err != nil {
		r.lacks(BadDate, name)
	}
	return d
}

func (s slot) date(v string, d Defaults) (record.Date, error) {
	for _, f := range s.formats {
		if f.layout == "" && d.Serial {
			continue // a bare number of a spreadsheet is a day count, not an ISO year
		}
		if out, err := f.parse(v, d.Zone); err == nil {
			return out, nil
		}
	}
	if d.Serial && decimalShape.MatchString(v) {
		return serial(v, d.Zone)
	}
	return parseISO(v, d.Zone)
}

func (r *row) concept(name string) record.Concept {
	c := record.Concept{Text: r.text(name + "_text")}
	if code := r.text(name); code != "" {
		c.Codings = []record.Coding{{System: r.text(name + "_system"), Code: code}}
	} else {
		r.text(name + "_system")
	}
	return c
}

func (r *row) actor(name string) *record.Actor {
	a := record.Actor{Name: r.text(name + "_name"), Role: r.text(name + "_role")}
	if a.IsZero() {
		return nil
	}
	return &a
}

func (r *row) period() record.Period {
	return record.Period{Start: r.date("start"), End: r.date("end")}
}

// timed is period whose end may follow from duration_minutes.
func (r *row) timed() record.Period {
	p, minutes := r.period(), r.number("duration_minutes")
	if at, ok := p.Start.Time(); ok && p.End == "" && minutes > 0 && len(p.Start) > len(time.DateOnly) {
		p.End = record.Date(at.Add(time.Duration(minutes) * time.Minute).Format(time.RFC3339))
	}
	return p
}

func (r *row) telecoms() []record.Telecom {
	var out []record.Telecom
	add := func(system, value, use string) {
		if value != "" {
			out = append(out, record.Telecom{System: system, Value: value, Use: use})
		}
	}
	add("phone", r.text("phone"), "")
	add("phone", r.text("mobile"), "mobile")
	add("email", r.text("email"), "")
	return out
}

func (r *row) address() record.Address {
	a := record.Address{Postcode: r.text("postcode")}
	if lines := r.text("address"); lines != "" {
		for line := range strings.SplitSeq(lines, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				a.Lines = append(a.Lines, line)
			}
		}
	}
	return a
}

func (r *row) humanName() record.HumanName {
	return record.HumanName{
		Title: r.text("title"), Given: strings.Fields(r.text("given_names")), Family: r.text("family_name"),
	}
}

// base reads what every section has. otherwise is the date of a row that has no
// date of its own.
func (r *row) base(otherwise record.Date) record.Base {
	b := record.Base{
		Subject: r.text("subject"), Code: r.concept("code"), Date: r.date("date"), Recorded: r.date("recorded"),
		Author: r.actor("author"), Note: r.text("note"),
	}
	if b.Date == "" {
		b.Date = otherwise
	}
	b.Provenance.LocalID = r.id()
	b.Provenance.Link = r.text("link")
	b.Provenance.Organisation = record.Organisation{ODS: r.text("organisation_ods"), Name: r.text("organisation_name")}
	if label, system := r.text("label"), r.text("label_system"); label != "" {
		if system == "" {
			system = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
		}
		b.Labels = []record.Coding{{System: system, Code: label}}
	}
	return b
}

// id is the source's own, or made of the whole row: the same statement keeps it,
// and it tells nothing. A person is the statement itself and has the person's id.
func (r *row) id() string {
	id := r.text("id")
	if r.section == record.Demographics {
		id = r.text("subject")
	}
	if id != "" {
		return id
	}
	return r.hash()
}

func (r *row) hash() string {
	sum := sha256.New()
	for _, c := range r.cells {
		sum.Write([]byte(strconv.Itoa(len(c)) + ":" + c))
	}
	return "row-" + hex.EncodeToString(sum.Sum(nil)[:10])
}

func (r *row) concepts(name string) []record.Concept {
	c := r.concept(name)
	if c.IsZero() {
		return nil
	}
	return []record.Concept{c}
}
