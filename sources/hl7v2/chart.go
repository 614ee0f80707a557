package hl7v2

import (
	"fmt"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
	"github.com/patchworkcare/patchwork/sources/hl7v2/feed"
)

// chart is what the messages about one person come to, applied one after another in the
// order in which they came.
type chart struct {
	s *source
	d dates
	// asked is whose chart it is; became are the ids that were merged into it.
	asked  string
	became []string
	// dry: it is only tried out whether a message can be applied.
	dry bool

	// subject is whom the message at hand is about, by its own word.
	subject string
	from    feed.Kept
	written record.Date

	person    *record.Person
	stated    bool // by a message that states demographics, not only in passing
	practices map[string]*record.Practice
	allergies map[string]*list[*record.Allergy]
	contacts  map[string]*list[*record.PersonalContact]
	visits    keyed[visit]
	results   keyed[result]
	bookings  keyed[record.Appointment]
	documents keyed[document]

	gaps map[record.Section]map[string]sources.Gap
}

// list is a list that a sender gives as a whole each time.
type list[T any] struct{ items []T }

// keyed are things in the order in which they were first told of.
type keyed[T any] struct {
	order []string
	by    map[string]*T
}

// at is the thing of the key; it is made if it is not there.
func (k *keyed[T]) at(key string) (*T, bool) {
	if x := k.by[key]; x != nil {
		return x, true
	}
	if k.by == nil {
		k.by = map[string]*T{}
	}
	x := new(T)
	k.by[key] = x
	k.order = append(k.order, key)
	return x, false
}

func (k *keyed[T]) has(key string) bool { return k.by[key] != nil }

func (k *keyed[T]) drop(key string) {
	delete(k.by, key)
	if i := slices.Index(k.order, key); i >= 0 {
		k.order = slices.Delete(k.order, i, i+1)
	}
}

func newChart(s *source, asked string) *chart {
	return &chart{s: s, asked: asked, d: dates{zone: s.env.Zone}, practices: map[string]*record.Practice{},
		allergies: map[string]*list[*record.Allergy]{}, contacts: map[string]*list[*record.PersonalContact]{}, gaps: map[record.Section]map[string]sources.Gap{}}
}

// about is whom a segment PID is about, by its own word: for what was merged, who remains.
func (c *chart) about(pid er7.Segment) string {
	id := c.s.localID(pid.Field(3))
	if slices.Contains(c.became, id) {
		return c.asked
	}
	return id
}

// apply takes a message.
func (c *chart) apply(m *er7.Message, from feed.Kept) *feed.Reason {
	c.from, c.subject = from, c.about(m.First("PID"))
	message, event := kind(from.Kind).of()
	c.d.bad = false
	if c.written = c.d.field(m.First("EVN").Field(2)); c.written == "" {
		c.written = c.d.field(m.Header().Field(7))
	}
	var why *feed.Reason
	switch message {
	case "ADT":
		why = c.adt(m, event)
	case "ORU":
		c.passing(m)
		why = c.oru(m)
	case "SIU":
		c.passing(m)
		why = c.siu(m, event)
	case "MDM":
		c.passing(m)
		why = c.mdm(m, event)
	}
	if c.d.bad {
		for _, section := range offered() {
			if kind(from.Kind).tells(section) {
				c.gap(section, "bad-date", "A date in what it sent cannot be read and is left out")
			}
		}
	}
	return why
}

// adt takes a message of admissions and demographics.
func (c *chart) adt(m *er7.Message, event string) *feed.Reason {
	pid := m.First("PID")
	own := c.dry || c.s.localID(pid.Field(3)) == c.asked // not of a record that was merged into this one
	if own || !c.stated {
		if own && !c.stated || c.person == nil {
			c.person = &record.Person{}
		}
		c.stated = c.stated || own
		c.state(pid)
		if f := m.First("PD1").Field(12); f.Text() == "Y" {
			c.person.Labels = []record.Coding{{System: confidentiality, Code: "R"}}
		} else if !f.Absent() {
			c.person.Labels = nil
		}
	}
	if event == "A40" { // of a merge no more is taken than who remains
		return nil
	}
	c.practice(m.First("PD1"), m.First("PV1"))
	c.al1(m)
	c.nk1(m)
	if m.First("IAM").Name != "" {
		c.gap(record.Allergies, "segment-not-read", "It sent changes to allergies in a form that is not read (IAM)")
	}
	return c.visit(m, event)
}

const confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"

// passing takes who a person is from a message about something else, as long as there is
// nothing better.
func (c *chart) passing(m *er7.Message) {
	if c.stated {
		return
	}
	if c.person == nil {
		c.person = &record.Person{}
	}
	c.state(m.First("PID"))
}

func (c *chart) state(pid er7.Segment) {
	c.s.pid(c.person, pid, &c.d)
	c.person.Subject = c.subject
	c.person.Provenance.LocalID = c.subject
	c.person.Recorded = c.sent()
}

// sent is when the message at hand was written, or where it does not say, when it came.
func (c *chart) sent() record.Date {
	if c.written != "" {
		return c.written
	}
	return record.DateOf(c.from.Received.In(c.s.env.Zone))
}

// base is a statement of the message at hand; id is its own within its kind.
func (c *chart) base(id string) record.Base {
	return record.Base{Subject: c.subject, Recorded: c.sent(), Provenance: record.Provenance{LocalID: id}}
}

func (c *chart) gap(section record.Section, code, reason string) {
	if c.gaps[section] == nil {
		c.gaps[section] = map[string]sources.Gap{}
	}
	c.gaps[section][code] = sources.Gap{Status: record.Partial, Code: code, Reason: reason}
}

// practice takes PD1: the practice, and the usual general practitioner. HL7 v2.5.1 §3.4.10.
func (c *chart) practice(pd1, _ er7.Segment) {
	organisation, gp := pd1.Field(3), pd1.Field(4)
	if organisation.Absent() && gp.Absent() {
		return
	}
	if organisation.Null() {
		delete(c.practices, c.from.Sender)
		return
	}
	p := &record.Practice{Base: c.base("PD1/" + c.from.Sender)}
	if had := c.practices[c.from.Sender]; had != nil && organisation.Absent() {
		p.Code, p.Organisation, p.GP = had.Code, had.Organisation, had.GP
	}
	if r := organisation.First(); !organisation.Absent() {
		p.Organisation = record.Organisation{Name: r.Component(1).Text(), ODS: r.Component(3).Text()}
		if id := r.Component(10).Text(); p.Organisation.ODS == "" {
			p.Organisation.ODS = id
		}
		p.Code = record.Text(p.Organisation.Name)
	}
	if a := actor(gp.First(), ""); a != nil {
		p.GP = a.Name
	}
	if pd1.Field(12).Text() == "Y" {
		p.Labels = []record.Coding{{System: confidentiality, Code: "R"}}
	}
	c.practices[c.from.Sender] = p
}

// distinct makes ids unique within one list.
type distinct map[string]int

func (d distinct) id(of string) string {
	d[of]++
	if n := d[of]; n > 1 {
		return fmt.Sprintf("%s#%d", of, n)
	}
	return of
}

// lines joins texts, without those that are empty.
func lines(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), "\n")
}
