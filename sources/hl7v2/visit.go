package hl7v2

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
	"github.com/patchworkcare/patchwork/sources/hl7v2/feed"
)

// visit is a stay or an attendance, from its first message to its last.
type visit struct {
	record.Base
	class               record.Coding
	kind                record.Concept
	status              string
	begun, ended        record.Date
	ward, place         string
	service             record.Concept
	consultant          *record.Actor
	source, destination record.Concept
	reason              record.Concept
	cancelled           bool
	diagnoses           []*record.Problem
}

const (
	planned    = "planned"
	inProgress = "in-progress"
	finished   = "finished"
)

// visit takes PV1, PV2 and DG1 as the event means them. HL7 v2.5.1 §3.3.
func (c *chart) visit(m *er7.Message, event string) *feed.Reason {
	pv1 := m.First("PV1")
	about := event == "A08" || event == "A28" || event == "A31" // what may be about the person alone
	if pv1.Name == "" || about && slices.Contains([]string{"", "N"}, pv1.Field(2).Text()) && pv1.Field(19).Absent() {
		if !about {
			return errNothing
		}
		c.diagnose("", m)
		return nil
	}
	key := c.visitKey(pv1, event)
	v, _ := c.visits.at(key)
	v.Base = c.base("PV1/" + key)
	c.detail(v, pv1, m.First("PV2"))
	c.turn(v, m, event)
	c.diagnose(key, m)
	return nil
}

// visitKey is the visit's number. Without one, an event that begins a visit begins a new
// one, and any other is about the last.
func (c *chart) visitKey(pv1 er7.Segment, event string) string {
	if number := strings.TrimSpace(pv1.Field(19).Component(1).Text()); number != "" {
		return c.from.Sender + "/" + number
	}
	prefix := c.from.Sender + "//"
	if !slices.Contains([]string{"A01", "A04", "A05"}, event) {
		for _, key := range slices.Backward(c.visits.order) {
			if strings.HasPrefix(key, prefix) {
				return key
			}
		}
	}
	return prefix + c.from.Control
}

// detail takes what PV1 and PV2 say of a visit, whatever has happened.
func (c *chart) detail(v *visit, pv1, pv2 er7.Segment) {
	set(&v.class, pv1.Field(2), func(f er7.Field) record.Coding {
		code := f.Component(1).Text()
		return record.Coding{System: table("0004"), Code: code, Display: classes[code]}
	})
	set(&v.kind, pv1.Field(4), func(f er7.Field) record.Concept { return c.s.inTable(f, "0007", admissionTypes) })
	set(&v.ward, pv1.Field(3), func(f er7.Field) string { return f.Component(1).Text() })
	set(&v.place, pv1.Field(3), func(f er7.Field) string {
		return join(", ", f.Component(1).Text(), f.Component(2).Text(), f.Component(3).Text(), f.Component(4).Sub(1))
	})
	set(&v.service, pv1.Field(10), func(f er7.Field) record.Concept { return c.s.inTable(f, "0069", nil) })
	set(&v.consultant, pv1.Field(7), func(f er7.Field) *record.Actor { return actor(f.First(), "") })
	if v.consultant == nil {
		set(&v.consultant, pv1.Field(9), func(f er7.Field) *record.Actor { return actor(f.First(), "") })
	}
	set(&v.source, pv1.Field(14), func(f er7.Field) record.Concept { return c.s.inTable(f, "0023", nil) })
	set(&v.destination, pv1.Field(36), func(f er7.Field) record.Concept { return c.s.inTable(f, "0112", nil) })
	set(&v.begun, pv1.Field(44), c.d.field)
	set(&v.ended, pv1.Field(45), c.d.field)
	set(&v.reason, pv2.Field(3), c.s.code)
}

func join(by string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), by)
}

// turn is what an event does to a visit.
func (c *chart) turn(v *visit, m *er7.Message, event string) {
	evn := m.First("EVN")
	at := c.d.field(evn.Field(6))
	if at == "" {
		at = c.d.field(evn.Field(2))
	}
	begin := func(class string) {
		v.cancelled, v.status, v.ended = false, inProgress, c.d.field(m.First("PV1").Field(45))
		if v.begun == "" {
			v.begun = at
		}
		if v.class.Code == "" || class == "I" && v.class.Code == "P" {
			v.class = record.Coding{System: table("0004"), Code: class, Display: classes[class]}
		}
	}
	switch event {
	case "A01", "A06":
		begin("I")
	case "A04", "A07":
		begin("O")
	case "A05":
		v.cancelled, v.status = false, planned
		if v.class.Code == "" {
			v.class = record.Coding{System: table("0004"), Code: "P", Display: classes["P"]}
		}
	case "A03":
		if v.ended == "" {
			v.ended = at
		}
		if v.ended == "" { // that it is over is known even if not when
			v.ended = c.sent().Day()
		}
	case "A11":
		v.cancelled = true
	case "A13":
		v.ended, v.destination = "", record.Concept{}
	}
	switch {
	case v.ended != "":
		v.status = finished
	case v.status == "" || v.status == finished:
		v.status = inProgress
	}
}

// inpatient reports whether a visit is a stay.
func (v *visit) inpatient() bool { return slices.Contains([]string{"I", "B", "P", "D"}, v.class.Code) }

// diagnose takes DG1: the diagnoses of a visit, given as a whole, or one by one where
// they have ids and say what is to be done with them. HL7 v2.5.1 §6.5.2.
func (c *chart) diagnose(key string, m *er7.Message) {
	var whole []*record.Problem
	said := false
	ids := distinct{}
	for _, one := range m.Segments {
		if one.Name != "DG1" {
			continue
		}
		id, action := strings.TrimSpace(one.Field(20).Component(1).Text()), one.Field(21).Text()
		var p *record.Problem
		if id != "" && action != "" {
			p = c.diagnosis(one, "DG1/"+c.from.Sender+"/"+id)
			v, _ := c.visits.at(key)
			v.diagnoses = slices.DeleteFunc(v.diagnoses, func(had *record.Problem) bool { return had.Provenance.LocalID == p.Provenance.LocalID })
			if action != "D" && !p.Code.IsZero() {
				v.diagnoses = append(v.diagnoses, p)
			}
			continue
		}
		said = true
		of := key2(one)
		if id != "" {
			of = id
		}
		if p = c.diagnosis(one, ids.id("DG1/"+key+"/"+of)); !p.Code.IsZero() {
			whole = append(whole, p)
		}
	}
	if said {
		v, _ := c.visits.at(key)
		v.diagnoses = whole
	}
}

func key2(dg1 er7.Segment) string {
	if k := key(dg1.Field(3)); k != "" {
		return k
	}
	return dg1.Field(4).Text()
}

func (c *chart) diagnosis(dg1 er7.Segment, id string) *record.Problem {
	p := &record.Problem{Base: c.base(id)}
	p.Code = c.s.code(dg1.Field(3))
	if text := dg1.Field(4).Text(); p.Code.Text == "" {
		p.Code.Text = text
	}
	p.Date = c.d.field(dg1.Field(5))
	p.Category = c.s.inTable(dg1.Field(6), "0052", map[string]string{"A": "Admitting diagnosis", "W": "Working diagnosis", "F": "Final diagnosis"})
	p.Author = actor(dg1.Field(16).First(), "")
	if dg1.Field(18).Text() == "Y" {
		p.Labels = []record.Coding{{System: confidentiality, Code: "R"}}
	}
	return p
}

var classes = map[string]string{"E": "Emergency", "I": "Inpatient", "O": "Outpatient", "P": "Preadmit", "R": "Recurring patient", "B": "Obstetrics",
	"C": "Commercial account", "N": "Not applicable", "U": "Unknown"}

var admissionTypes = map[string]string{"A": "Accident", "E": "Emergency", "L": "Labour and delivery", "R": "Routine", "N": "Newborn", "U": "Urgent", "C": "Elective"}
