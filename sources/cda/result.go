package cda

import (
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// result reads an organizer of results (C-CDA 3.87) or a result that stands alone.
func (r *reader) panel(n *xmltree.Node, parts []*xmltree.Node) {
	x := &record.Result{Base: r.base(n)}
	x.Code = r.concept(n.Child("code"))
	x.Status = statusOf(n)
	x.Date = r.date(n.Child("effectiveTime"))
	x.Specimen = r.concept(n.Child("specimen", "specimenRole", "specimenPlayingEntity", "code"))
	for _, o := range parts {
		switch {
		case nullified(o):
		case negated(o):
			r.denied()
		default:
			m := r.measurement(o)
			if m.Code.IsZero() && m.Value.IsZero() {
				r.unread()
				continue
			}
			x.Measurements = append(x.Measurements, m)
			if x.Date == "" {
				x.Date = m.Date
			}
			if x.Code.IsZero() {
				x.Code = m.Code
			}
		}
	}
	if x.Code.IsZero() {
		x.Code.Text = r.within.title
	}
	if len(x.Measurements) > 0 {
		r.add(x)
	}
}

func (r *reader) result(n *xmltree.Node) {
	switch {
	case nullified(n):
	case n.Name == "organizer":
		parts := components(n)
		if len(parts) == 0 {
			r.unread()
		}
		r.panel(n, parts)
	case n.Name == "observation":
		r.panel(n, []*xmltree.Node{n})
	default:
		r.unread()
	}
}

// components are the observations of an organizer.
func components(n *xmltree.Node) (all []*xmltree.Node) {
	for _, c := range n.All("component") {
		if o := c.Child("observation"); o != nil {
			all = append(all, o)
		}
	}
	return all
}

// statusOf is a statement's status in the words of results.
func statusOf(n *xmltree.Node) string {
	status := n.Child("statusCode").Attr("code")
	if word := map[string]string{"completed": "final", "active": "preliminary", "aborted": "cancelled", "held": "registered"}[status]; word != "" {
		return word
	}
	return status
}

// measurement reads one observation.
func (r *reader) measurement(o *xmltree.Node) record.Measurement {
	m := record.Measurement{Code: r.concept(o.Child("code")), Date: r.date(o.Child("effectiveTime")), Status: statusOf(o)}
	for _, id := range o.All("id") {
		if m.LocalID == "" {
			m.LocalID = identifier(id).String()
		}
	}
	m.Value, m.Absent = r.value(o)
	for _, c := range o.All("interpretationCode") {
		if i := r.concept(c); !i.IsZero() {
			m.Interpretation = append(m.Interpretation, i)
		}
	}
	for _, x := range o.All("referenceRange") {
		if rr, ok := r.referenceRange(x.Child("observationRange")); ok {
			m.Ranges = append(m.Ranges, rr)
		}
	}
	return m
}

// value reads what was found, or why nothing was.
func (r *reader) value(o *xmltree.Node) (v record.Value, absent record.Concept) {
	n := o.Child("value")
	if n == nil {
		v.Text = r.text(o.Child("text"))
		return v, absent
	}
	if flavour := n.Attr("nullFlavor"); flavour != "" && n.Attr("value") == "" && n.Child("translation") == nil && n.Child("originalText") == nil && n.Child("low") == nil && n.Child("high") == nil {
		absent = record.Concept{Codings: []record.Coding{{System: "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", Code: flavour}}}
		return v, absent
	}
	switch kind(n) {
	case "PQ", "REAL", "INT", "MO":
		if q := r.quantity(n); !q.IsZero() {
			v.Quantity = &q
		} else if t := r.translated(n); !t.IsZero() {
			v.Quantity = &t
		}
	case "CD", "CE", "CV", "CO", "CS":
		if c := r.concept(n); !c.IsZero() {
			v.Concept = &c
		}
	case "IVL_PQ", "IVL_REAL", "IVL_INT":
		low, high, one := r.bounded(n)
		switch {
		case !one.IsZero():
			v.Quantity = &one
		case !low.IsZero():
			v.Text = low.Value + " - " + high.Value + " " + high.Unit
		}
	case "ST", "ED":
		v.Text = r.text(n)
	case "TS":
		v.Text = string(r.date(n))
	case "RTO", "RTO_PQ_PQ", "RTO_INT_INT":
		a, b := r.quantity(n.Child("numerator")), r.quantity(n.Child("denominator"))
		v.Text = a.Value + a.Unit + " : " + b.Value + b.Unit
	case "BL":
		v.Text = n.Attr("value")
	}
	if v.IsZero() {
		r.gap("value-not-understood", "Some values in the document could not be understood")
	}
	return v, absent
}

// translated is a quantity in units of its own, which are no UCUM (C-CDA: PQR).
func (r *reader) translated(n *xmltree.Node) (q record.Quantity) {
	t := n.Child("translation")
	q.Value, q.Unit = t.Attr("value"), r.concept(t).Label()
	if q.Value == "" {
		return record.Quantity{}
	}
	return q
}

func (r *reader) referenceRange(n *xmltree.Node) (x record.ReferenceRange, ok bool) {
	x.Text = r.text(n.Child("text"))
	if v := n.Child("value"); v != nil {
		low, high := r.quantity(v.Child("low")), r.quantity(v.Child("high"))
		if !low.IsZero() {
			x.Low = &low
		}
		if !high.IsZero() {
			x.High = &high
		}
	}
	return x, x.Text != "" || x.Low != nil || x.High != nil
}

// observation reads vital signs, social history, and how somebody is.
func (r *reader) observation(n *xmltree.Node) {
	switch {
	case nullified(n):
	case n.Name == "organizer":
		parts := components(n)
		if len(parts) == 0 {
			r.unread()
		}
		for _, o := range parts {
			r.oneObservation(o, n)
		}
	case n.Name == "observation":
		r.oneObservation(n, nil)
	default:
		r.unread()
	}
}

func (r *reader) oneObservation(o, around *xmltree.Node) {
	switch {
	case nullified(o):
		return
	case negated(o):
		r.denied()
		return
	}
	m := r.measurement(o)
	if m.Code.IsZero() {
		m.Code.Text = r.text(o.Child("text"))
	}
	if m.Code.IsZero() {
		r.unread()
		return
	}
	x := &record.Observation{Base: r.base(o), Status: m.Status, Value: m.Value, Interpretation: m.Interpretation, Ranges: m.Ranges, Absent: m.Absent}
	x.Code, x.Date = m.Code, m.Date
	if x.Date == "" && around != nil {
		x.Date = r.date(around.Child("effectiveTime"))
	}
	r.add(x)
}
