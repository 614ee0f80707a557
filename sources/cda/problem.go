package cda

import (
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// problem reads a problem concern with its observations (C-CDA 3.79, 3.80), or an
// observation that stands alone.
func (r *reader) problem(n *xmltree.Node) {
	if nullified(n) {
		return
	}
	if n.Name == "observation" {
		r.oneProblem(n, n)
		return
	}
	observations := within(n, "observation")
	if n.Name != "act" || len(observations) == 0 {
		r.unread()
		return
	}
	for _, o := range observations {
		if o.Child("code").Attr("code") == "75323-6" || o.Child("value") == nil {
			continue // of the concern, no problem of its own: status, priority
		}
		r.oneProblem(n, o)
	}
}

func (r *reader) oneProblem(concern, o *xmltree.Node) {
	c := r.concept(o.Child("value"))
	if c.Text == "" && len(c.Codings) == 0 {
		c.Text = r.text(o.Child("text"))
	}
	switch {
	case has(c, "160245001"):
		r.assert(o, "", c)
		return
	case negated(o) && anything(c):
		r.assert(o, "No known problems", c)
		return
	case negated(o):
		r.denied()
		return
	case c.IsZero():
		r.unread()
		return
	}
	p := &record.Problem{Base: r.base(o)}
	p.Code = c
	when := r.period(o.Child("effectiveTime"))
	p.Date, p.Ended = when.Start, when.End
	if status := concern.Child("statusCode").Attr("code"); concern != o {
		// A concern that is completed is no longer followed; that the problem is over is
		// said by its own end.
		p.ClinicalStatus = map[string]string{"active": "active", "suspended": "inactive", "aborted": "inactive", "completed": "inactive"}[status]
	}
	if high := o.Child("effectiveTime", "high"); high != nil {
		p.ClinicalStatus = "resolved" // with a date or not (C-CDA 3.80: high means resolved)
	}
	for _, x := range related(o, "observation") {
		value := r.concept(x.Child("value"))
		switch x.Child("code").Attr("code") {
		case "33999-4":
			switch {
			case has(value, "55561003"):
				p.ClinicalStatus = "active"
			case has(value, "73425007"):
				p.ClinicalStatus = "inactive"
			case has(value, "413322009"):
				p.ClinicalStatus = "resolved"
			}
		case "SEV":
			p.Severity = value
		}
	}
	p.BodySite = r.concept(o.Child("targetSiteCode"))
	p.Category = r.concept(o.Child("code"))
	r.add(p)
}
