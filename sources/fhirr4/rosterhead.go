package fhirr4

import (
	"slices"

	"github.com/patchworkcare/patchwork/record"
)

// head is what a resource that may stand for a roster says of itself: a Location, a
// HealthcareService, a Group, a List or a CareTeam.
type head struct {
	id, name, status string
	// what is Group.type, or the words of another type.
	what string
	// ward: its physicalType is a ward. inactive, abstract: it says so. personal: it is
	// about one person.
	ward, inactive, abstract, personal bool
	// ended is whether its period lies behind.
	ended bool
	// who are the people on it, as references; by is the organisation that manages it.
	who []link
	by  link
}

// head takes the members of the resource at hand.
func (r *reader) head() (h head) {
	for r.Next() {
		switch string(r.Name()) {
		case "id":
			h.id = r.string()
		case "name", "title":
			h.name = r.string()
		case "status":
			h.status = r.string()
		case "active":
			h.inactive = !r.Bool()
		case "actual":
			h.abstract = !r.Bool()
		case "physicalType":
			c := r.concept()
			h.ward = slices.ContainsFunc(c.Codings, func(k record.Coding) bool { return k.Code == "wa" })
		case "type":
			if r.Peek() == '"' {
				h.what = r.string()
			} else {
				c := r.firstConcept()
				h.what = c.Label()
			}
		case "subject":
			who := r.link()
			if h.personal = kindOf(who.to) == "Patient"; r.kind == "CareTeam" {
				h.who = []link{who}
			}
		case "managingOrganization":
			h.by = r.firstLink()
		case "period":
			h.ended = r.past(r.period())
		case "member":
			h.who = r.enlisted("entity", "inactive")
		case "entry":
			h.who = r.enlisted("item", "deleted")
		}
	}
	if h.name == "" {
		h.name = h.what
	}
	return h
}

// enlisted takes Group.member or List.entry: whom each leads to, but those who left.
func (r *reader) enlisted(to, left string) (who []link) {
	for range r.each() {
		var l link
		gone := false
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case to:
				l = r.link()
			case left:
				gone = r.Bool() || gone
			case "period":
				gone = r.past(r.period()) || gone
			}
		}
		if !gone {
			who = append(who, l)
		}
	}
	return who
}

// past reports whether a period has ended.
func (r *reader) past(p record.Period) bool {
	if len(p.End) <= len("2006-01-02") {
		return p.End != "" && p.End < r.today
	}
	end, ok := p.End.Time()
	return ok && end.Before(r.now)
}
