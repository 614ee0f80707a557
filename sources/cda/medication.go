package cda

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// medication reads a medication activity (C-CDA 3.51).
func (r *reader) medication(n *xmltree.Node) {
	if nullified(n) {
		return
	}
	if inner := within(n, "substanceAdministration"); n.Name == "act" && len(inner) > 0 {
		for _, x := range inner { // discharge and admission medication: an act around it
			r.medication(x)
		}
		return
	}
	if n.Name == "organizer" { // of one medicine with doses that differ
		for _, c := range n.All("component") {
			for _, x := range c.All("substanceAdministration") {
				r.medication(x)
			}
		}
		return
	}
	if n.Name != "substanceAdministration" {
		r.unread()
		return
	}
	c := r.product(n)
	switch {
	case has(c, "787481004", "1861000175106"):
		r.assert(n, "", c)
		return
	case negated(n) && anything(c):
		r.assert(n, "No known medications", c)
		return
	case negated(n):
		r.denied()
		return
	case c.IsZero():
		r.unread()
		return
	}
	m := &record.Medication{Base: r.base(n)}
	m.Code = c
	m.Status = map[string]string{"active": "active", "completed": "completed", "aborted": "stopped", "suspended": "on-hold", "held": "on-hold",
		"cancelled": "cancelled", "new": "draft"}[n.Child("statusCode").Attr("code")]
	if n.Attr("moodCode") == "INT" || n.Attr("moodCode") == "RQO" {
		m.Kind = record.Prescription
	}
	m.Route = r.concept(n.Child("routeCode"))
	m.Form = r.concept(n.Child("administrationUnitCode"))
	r.times(m, n)
	for _, x := range n.All("entryRelationship") {
		if o := x.Child("observation"); o != nil && x.Attr("typeCode") == "RSON" && !negated(o) {
			m.Reason = r.concept(o.Child("value"))
		}
		if s := x.Child("supply"); s != nil && s.Attr("moodCode") == "EVN" {
			if d := r.date(s.Child("effectiveTime")); d > m.LastIssued {
				m.LastIssued = d
			}
		}
	}
	r.add(m)
}

// product is what is taken: its code, and the name that it goes by.
func (r *reader) product(n *xmltree.Node) record.Concept {
	product := n.Child("consumable", "manufacturedProduct")
	material := product.Child("manufacturedMaterial")
	if material == nil {
		material = product.Child("manufacturedLabeledDrug")
	}
	c := r.concept(material.Child("code"))
	if name := material.Child("name").Words(); name != "" && c.Text == "" {
		c.Text = name
	}
	return c
}

// times reads for how long and how it is to be taken. The instruction is the document's
// own words where it has any; otherwise what is coded is put in a row, every part as it
// is written; what cannot be put so is named as missing.
func (r *reader) times(m *record.Medication, n *xmltree.Node) {
	frequency, other := "", false
	for _, t := range n.All("effectiveTime") {
		switch kind(t) {
		case "IVL_TS", "TS", "":
			p := r.period(t)
			if m.Period.IsZero() {
				m.Period = p
			}
		case "PIVL_TS":
			if every := t.Child("period"); every.Attr("value") != "" && t.Child("phase") == nil {
				frequency = "every " + every.Attr("value") + " " + every.Attr("unit")
			} else if low := t.Child("period", "low"); low.Attr("value") != "" {
				high := t.Child("period", "high")
				frequency = "every " + low.Attr("value") + "-" + high.Attr("value") + " " + high.Attr("unit")
			} else {
				other = true
			}
		default:
			other = true
		}
	}
	m.Date = m.Period.Start
	if m.Dosage = r.instruction(n); m.Dosage != "" {
		return
	}
	var parts []string
	dose := n.Child("doseQuantity")
	if low := dose.Child("low"); low != nil {
		parts = append(parts, strings.TrimSpace(low.Attr("value")+"-"+dose.Child("high").Attr("value")+" "+dose.Child("high").Attr("unit")))
	} else if q := r.quantity(dose); !q.IsZero() {
		parts = append(parts, strings.TrimSpace(q.Value+" "+q.Unit))
	}
	if frequency != "" {
		parts = append(parts, frequency)
	}
	if n.Child("precondition") != nil {
		if when := r.concept(n.Child("precondition", "criterion", "value")).Label(); when != "" {
			parts = append(parts, "as needed for "+when)
		} else {
			parts = append(parts, "as needed")
		}
	}
	m.Dosage = strings.Join(parts, ", ")
	if other {
		m.Dosage = ""
		r.gap("dosage", "How some medicines are to be taken could not be put into words; it stands in the document itself")
	}
}

// instruction is how it is to be taken, in words: a free text signature (C-CDA 3.52),
// or the words that the statement refers to.
func (r *reader) instruction(n *xmltree.Node) string {
	for _, x := range related(n, "substanceAdministration") {
		if x.Child("code").Attr("code") == "76662-6" {
			return r.text(x.Child("text"))
		}
	}
	return ""
}

// device reads an implant or aid: a procedure's device (C-CDA 3.84), a supply (3.60), or
// an organizer of these.
func (r *reader) device(n *xmltree.Node) {
	if nullified(n) {
		return
	}
	if n.Name == "organizer" {
		for _, c := range n.All("component") {
			for _, x := range c.Children {
				r.device(x)
			}
		}
		return
	}
	c := record.Concept{}
	for _, p := range n.All("participant") {
		role := p.Child("participantRole")
		if c = r.concept(role.Child("playingDevice", "code")); c.IsZero() {
			c = r.concept(role.Child("playingDevice", "manufacturerModelName"))
		}
		if !c.IsZero() {
			break
		}
	}
	if c.IsZero() {
		c = r.product(n)
	}
	switch {
	case n.Name != "procedure" && n.Name != "supply":
		r.unread()
	case negated(n): // that there is no device says nothing of medicines, which share the heading
		r.denied()
	case c.IsZero():
		r.unread()
	default:
		m := &record.Medication{Base: r.base(n), Kind: record.Device}
		m.Code = c
		m.Status = n.Child("statusCode").Attr("code")
		m.Period = r.period(n.Child("effectiveTime"))
		m.Date = m.Period.Start
		r.add(m)
	}
}
