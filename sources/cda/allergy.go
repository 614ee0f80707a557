package cda

import (
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// allergy reads an allergy concern with its observations (C-CDA 3.2, 3.3), or an
// observation that stands alone.
func (r *reader) allergy(n *xmltree.Node) {
	if nullified(n) {
		return
	}
	if n.Name == "observation" {
		r.oneAllergy(n, n)
		return
	}
	observations := within(n, "observation")
	if n.Name != "act" || len(observations) == 0 {
		r.unread()
		return
	}
	for _, o := range observations {
		r.oneAllergy(n, o)
	}
}

func (r *reader) oneAllergy(concern, o *xmltree.Node) {
	if nullified(o) {
		return
	}
	kind := r.concept(o.Child("value"))
	agent := r.agent(o)
	switch {
	case has(kind, "716186003") || has(agent, "716186003"):
		r.assert(o, "", knownNone(kind, agent))
		return
	case negated(o) && anything(kind) && anything(agent):
		r.assert(o, "No known allergies", kind)
		return
	case negated(o):
		r.denied()
		return
	case agent.IsZero():
		if agent = kind; agent.IsZero() {
			r.unread()
			return
		}
	}
	a := &record.Allergy{Base: r.base(o)}
	a.Code = agent
	r.kindOf(a, kind)
	p := r.period(o.Child("effectiveTime"))
	a.Date, a.Ended = p.Start, p.End
	if status := concern.Child("statusCode").Attr("code"); concern != o && status != "active" {
		a.ClinicalStatus = map[string]string{"completed": "resolved", "suspended": "inactive", "aborted": "inactive"}[status]
	} else if concern != o {
		a.ClinicalStatus = "active"
	}
	if a.Ended != "" {
		a.ClinicalStatus = "resolved"
	}
	r.aspects(a, o)
	r.add(a)
}

// knownNone is whichever of two concepts says that there is none.
func knownNone(a, b record.Concept) record.Concept {
	if has(a, "716186003") {
		return a
	}
	return b
}

// agent is what the person reacts to.
func (r *reader) agent(o *xmltree.Node) record.Concept {
	for _, p := range o.All("participant") {
		if t := p.Attr("typeCode"); t != "CSM" && t != "" {
			continue
		}
		entity := p.Child("participantRole", "playingEntity")
		c := r.concept(entity.Child("code"))
		if name := entity.Child("name").Words(); name != "" && c.Text == "" {
			c.Text = name
		}
		if !c.IsZero() {
			return c
		}
	}
	return record.Concept{}
}

// kindOf reads what kind of propensity it is: SNOMED CT, as C-CDA's value set has it.
func (r *reader) kindOf(a *record.Allergy, kind record.Concept) {
	switch {
	case has(kind, "235719002", "59037007", "420134006"):
		a.Kind = "intolerance"
	case has(kind, "419199007", "416098002", "414285001", "424213003", "232347008", "300915004"):
		a.Kind = "allergy"
	}
	if has(kind, "420134006") {
		a.Kind = "" // propensity to adverse reactions: either
	}
	switch {
	case has(kind, "416098002", "59037007", "419511003"):
		a.Categories = []string{"medication"}
	case has(kind, "414285001", "235719002", "418471000"):
		a.Categories = []string{"food"}
	case has(kind, "426232007", "232347008"):
		a.Categories = []string{"environment"}
	}
}

// aspects reads what stands within an allergy: its reactions, their severity, how
// dangerous it is, and its own status.
func (r *reader) aspects(a *record.Allergy, o *xmltree.Node) {
	for _, x := range related(o, "observation") {
		value := r.concept(x.Child("value"))
		switch x.Child("code").Attr("code") {
		case "82606-5":
			a.Criticality = map[string]string{"CRITL": "low", "CRITH": "high", "CRITU": "unable-to-assess"}[x.Child("value").Attr("code")]
		case "33999-4":
			switch {
			case has(value, "55561003"):
				a.ClinicalStatus = "active"
			case has(value, "73425007"):
				a.ClinicalStatus = "inactive"
			case has(value, "413322009"):
				a.ClinicalStatus = "resolved"
			}
		case "SEV", "48767-8":
			// The severity of the allergy as a whole, which C-CDA has given up: of reactions only.
		default:
			if value.IsZero() || negated(x) {
				continue
			}
			reaction := record.Reaction{Manifestations: []record.Concept{value}, Onset: r.date(x.Child("effectiveTime"))}
			for _, s := range related(x, "observation") {
				if s.Child("code").Attr("code") == "SEV" {
					reaction.Severity = severity(r.concept(s.Child("value")))
				}
			}
			a.Reactions = append(a.Reactions, reaction)
		}
	}
}

func severity(c record.Concept) string {
	switch {
	case has(c, "255604002"):
		return "mild"
	case has(c, "6736007", "371923003"):
		return "moderate"
	case has(c, "24484000", "371924009", "399166001"):
		return "severe"
	}
	return ""
}
