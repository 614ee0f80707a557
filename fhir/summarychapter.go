package fhir

import (
	"slices"
	"strings"
)

// chapter is a heading as it is in one document.
type chapter struct {
	heading
	rows      []row
	resources []object
	// left is how many entries more there are than the document has.
	left int
	// reason is why it is empty, "" if it is not; stated are statements that there are none.
	reason string
	stated []string
	// missing names the systems that did not answer or hold something back, with why.
	missing []string
}

// row is one entry as people read it.
type row struct{ what, details, when, who, from string }

// chapterOf gives a section of a person's document; ok is false for one that can be left
// out: not required, with nothing recorded and everything answered.
func (s *Server) chapterOf(person node, h heading) (c chapter, ok bool) {
	c.heading = h
	a := &about{patient: person.text("id")}
	sections := make([]node, 0, len(h.from))
	var entries []statement
	for _, name := range h.from {
		section := person.one(name)
		sections = append(sections, section)
		for _, e := range section.list("entries") {
			if h.keep == nil || h.keep(e) {
				entries = append(entries, statement{patient: a.patient, section: name, entry: e})
			}
		}
		c.incomplete(person, name)
		c.assertions(section)
	}
	if len(h.from) > 1 { // each is newest first by itself
		slices.SortStableFunc(entries, func(a, b statement) int { return strings.Compare(b.day(), a.day()) })
	}
	for _, of := range entries {
		s.tell(&c, a, of)
	}
	if len(c.resources) > 0 {
		return c, true
	}
	c.reason = emptyReason(sections, s.LiteralNil)
	if len(c.rows) > 0 { // in words alone, such as what a pharmacy handed over: not none
		c.reason = unavailable
		return c, true
	}
	return c, h.required || emptyReason(sections, false) != notAsked
}

// day is the day that a statement is about; "" if that is not known.
func (of statement) day() string {
	date := orElse(of.entry.text("date"), of.entry.text("recorded"))
	return date[:min(len(date), len("2006-01-02"))]
}

// tell puts an entry in: its words, and the resources that it is rendered as.
func (s *Server) tell(c *chapter, a *about, of statement) {
	if c.most > 0 && len(c.rows) == c.most {
		c.left++
		return
	}
	c.rows = append(c.rows, rowOf(of.section, of.entry))
	for _, name := range c.types {
		k := s.kinds[name]
		for _, p := range k.parts {
			if p.section != of.section {
				continue
			}
			if o := p.render(a, of.entry); o != nil {
				c.resources = append(c.resources, obliged(k.common(a, of.entry, o)))
			}
		}
	}
}

// obliged says that what the International Patient Summary requires is absent, where the
// record does not say it.
func obliged(o object) object {
	switch o["resourceType"] {
	case "Procedure":
		if o["performedDateTime"] == nil && o["performedPeriod"] == nil {
			o["_performedDateTime"] = dataAbsent()
		}
		fallthrough
	case "Condition", "AllergyIntolerance":
		if o["code"] == nil {
			o["code"] = dataAbsent()
		}
	}
	return o
}

// incomplete names who did not answer for a section, or holds something back.
func (c *chapter) incomplete(person node, section string) {
	for _, issue := range unanswered(person, section) {
		text, _ := issue["diagnostics"].(string)
		c.missing = append(c.missing, strings.TrimPrefix(text, person.text(section+".title")+": "))
	}
}

// assertions are the statements that there are none.
func (c *chapter) assertions(section node) {
	for _, o := range section.list("outcomes") {
		for _, a := range o.list("asserted") {
			text := "“" + orElse(label(a.one("code")), "None") + "”, stated"
			if by := whose(a.one("by")); by != "" {
				text += " by " + by
			}
			if day := shownDate(a.text("date")); day != "" {
				text += " on " + day
			}
			c.stated = append(c.stated, text+" ("+orElse(o.text("source.name"), "a system that is not named")+")")
		}
	}
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
