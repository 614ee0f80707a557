package fhir

import (
	"slices"
	"strings"
)

// asked is what one system answered for a whole summary.
type asked struct {
	name string
	// asOf is when what it gave was true there, as FHIR writes it; "" if it gave nothing.
	asOf string
	// problems are the titles of what it did not give, by why.
	problems []problem
}

const notKnownThere = "the person is not known there"

type problem struct {
	why    string
	titles []string
}

// systems are those that were asked for a summary, in the order of the graph.
func systems(person node, sections []string) []asked {
	var list []asked
	for _, name := range sections {
		section := person.one(name)
		for _, o := range section.list("outcomes") {
			if o.text("status") == "NOT_OFFERED" {
				continue
			}
			id := o.text("source.id")
			i := slices.IndexFunc(list, func(a asked) bool { return a.name == orElse(o.text("source.name"), id) })
			if i < 0 {
				i = len(list)
				list = append(list, asked{name: orElse(o.text("source.name"), id)})
			}
			list[i].asOf = max(list[i].asOf, o.text("asOf"))
			list[i].note(o, section.text("title"))
		}
	}
	return list
}

func (a *asked) note(o node, title string) {
	why := ""
	switch o.text("status") {
	case "ANSWERED", "EMPTY", "ASSERTED_NONE":
		return
	case "NOT_REGISTERED":
		why = notKnownThere
	default:
		why = words(o)
	}
	if i := slices.IndexFunc(a.problems, func(p problem) bool { return p.why == why }); i >= 0 {
		a.problems[i].titles = append(a.problems[i].titles, title)
		return
	}
	a.problems = append(a.problems, problem{why, []string{title}})
}

// row words it for a table.
func (a asked) row() []string {
	var told []string
	for _, p := range a.problems {
		if p.why == notKnownThere {
			told = append(told, "The person is not known there")
			continue
		}
		told = append(told, p.why+" ("+strings.Join(p.titles, ", ")+")")
	}
	return []string{a.name, shownDate(a.asOf), orElse(strings.Join(told, "; "), "Answered everything that was asked")}
}

func tellSystems(m *markup, list []asked) {
	rows := make([][]string, len(list))
	for i, a := range list {
		rows[i] = a.row()
	}
	m.table([]string{"System", "As it was there at", "Answered"}, rows)
}
