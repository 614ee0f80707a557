package cda

import (
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// vaccination reads an immunisation activity (C-CDA 3.41). One that was not given is an
// entry too, with its reason.
func (r *reader) vaccination(n *xmltree.Node) {
	if nullified(n) {
		return
	}
	if n.Name != "substanceAdministration" {
		r.unread()
		return
	}
	c := r.product(n)
	if c.IsZero() || anything(c) && len(c.Codings) > 0 {
		r.unread() // "no vaccinations" has no code that says so of all of them
		return
	}
	v := &record.Vaccination{Base: r.base(n), Status: "completed"}
	v.Code = c
	v.Date = r.date(n.Child("effectiveTime"))
	v.Batch = n.Child("consumable", "manufacturedProduct", "manufacturedMaterial", "lotNumberText").Words()
	v.Route, v.Site = r.concept(n.Child("routeCode")), r.concept(n.Child("approachSiteCode"))
	if v.Site.IsZero() {
		v.Site = r.concept(n.Child("approachSiteCode"))
	}
	v.Dose = n.Child("repeatNumber").Attr("value")
	switch status := n.Child("statusCode").Attr("code"); {
	case negated(n):
		v.Status = "not-done"
	case n.Attr("moodCode") == "INT" || n.Attr("moodCode") == "RQO":
		r.gap("planned", "The document also tells of vaccinations that are planned; they stand in the document itself")
		return
	case status == "aborted" || status == "cancelled":
		v.Status = "not-done"
	}
	for _, x := range n.All("entryRelationship") {
		o := x.Child("observation")
		if o == nil {
			continue
		}
		switch {
		case x.Attr("typeCode") == "RSON":
			if v.Reason = r.concept(o.Child("value")); v.Reason.IsZero() {
				v.Reason = r.concept(o.Child("code")) // a refusal reason stands as the code itself
			}
		case o.Child("code").Attr("code") == "30973-2" && o.Child("value").Attr("value") != "":
			v.Dose = o.Child("value").Attr("value")
		}
	}
	if p := r.author(n.Child("performer")); p != nil {
		v.Author = p
	}
	r.add(v)
}

// procedure reads what was done (C-CDA 3.81–3.83).
func (r *reader) procedure(n *xmltree.Node) {
	if nullified(n) {
		return
	}
	if n.Name != "procedure" && n.Name != "act" && n.Name != "observation" {
		r.unread()
		return
	}
	c := r.concept(n.Child("code"))
	if c.IsZero() {
		c.Text = r.text(n.Child("text"))
	}
	switch {
	case negated(n):
		r.denied()
		return
	case c.IsZero():
		r.unread()
		return
	case n.Attr("moodCode") != "EVN" && n.Attr("moodCode") != "":
		r.gap("planned", "The document also tells of procedures that are planned; they stand in the document itself")
		return
	}
	p := &record.Procedure{Base: r.base(n)}
	p.Code = c
	p.Status = map[string]string{"completed": "completed", "active": "in-progress", "aborted": "stopped", "cancelled": "not-done"}[n.Child("statusCode").Attr("code")]
	p.Performed = r.period(n.Child("effectiveTime"))
	p.Date = p.Performed.Start
	p.BodySite = r.concept(n.Child("targetSiteCode"))
	if a := r.author(n.Child("performer")); a != nil {
		p.Author = a
	}
	for _, x := range n.All("entryRelationship") {
		if o := x.Child("observation"); o != nil && x.Attr("typeCode") == "RSON" {
			p.Reason = r.concept(o.Child("value"))
		}
	}
	p.Location = r.place(n)
	r.add(p)
}

// place is where something happened.
func (r *reader) place(n *xmltree.Node) string {
	for _, p := range n.All("participant") {
		if p.Attr("typeCode") == "LOC" {
			return p.Child("participantRole", "playingEntity", "name").Words()
		}
	}
	return ""
}

// contact reads an encounter (C-CDA 3.22).
func (r *reader) contact(n *xmltree.Node) {
	c := r.concept(n.Child("code"))
	switch {
	case nullified(n):
	case n.Name != "encounter" || c.IsZero():
		r.unread()
	case negated(n):
		r.denied()
	default:
		x := &record.Contact{Base: r.base(n)}
		x.Code = c
		x.Status = map[string]string{"completed": "finished", "active": "in-progress", "cancelled": "cancelled"}[n.Child("statusCode").Attr("code")]
		x.Period = r.period(n.Child("effectiveTime"))
		x.Date = x.Period.Start
		x.Practitioner = r.author(n.Child("performer"))
		x.Location = r.place(n)
		for _, o := range n.All("entryRelationship") {
			if why := o.Child("observation"); why != nil && o.Attr("typeCode") == "RSON" {
				x.Reason = r.concept(why.Child("value"))
			}
		}
		r.add(x)
	}
}

// activity reads one thing that is planned, or a goal; all of a section are one plan.
func (r *reader) activity(n *xmltree.Node) {
	if nullified(n) {
		return
	}
	if negated(n) {
		r.denied()
		return
	}
	c := r.concept(n.Child("code"))
	if n.Name == "substanceAdministration" || n.Name == "supply" {
		if p := r.product(n); !p.IsZero() {
			c = p
		}
	}
	goal := n.Attr("moodCode") == "GOL"
	if goal {
		if v := r.concept(n.Child("value")); !v.IsZero() {
			c = v
		} else if text := r.text(n.Child("value")); text != "" {
			c = record.Text(text)
		}
	}
	if c.IsZero() {
		if c.Text = r.text(n.Child("text")); c.Text == "" {
			r.unread()
			return
		}
	}
	if r.plan == nil {
		r.plan = &record.CarePlan{Base: r.base(r.within.node), Title: r.within.title}
		r.plan.Code, r.plan.Date = r.concept(r.within.node.Child("code")), r.doc.Written
		if r.plan.Code.IsZero() {
			r.plan.Code.Text = r.within.title
		}
		r.add(r.plan)
	}
	status := n.Child("statusCode").Attr("code")
	if goal {
		r.plan.Goals = append(r.plan.Goals, record.PlanGoal{Description: c, Status: status, Due: r.date(n.Child("effectiveTime"))})
		return
	}
	a := record.PlanActivity{What: c, Status: status, Who: r.author(n.Child("performer"))}
	if when := r.date(n.Child("effectiveTime")); when != "" {
		a.Detail = "Planned for " + string(when)
	}
	r.plan.Activities = append(r.plan.Activities, a)
}
