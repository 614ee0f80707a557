package main

import (
	"reflect"
	"slices"

	"github.com/patchworkcare/patchwork/fuzz/naive"
	"github.com/patchworkcare/patchwork/fuzz/operations"
	"github.com/patchworkcare/patchwork/record"
)

// timeline compares a page of the line of time, where nothing limits it.
func (c *reading) timeline(f operations.Field, value map[string]any) {
	for _, filter := range []string{"after", "skip", "from", "to", "sources", "organisations", "text", "recordedSince", "without", "undated"} {
		if f.Arguments[filter] != nil {
			return
		}
	}
	first := int(number(f.Arguments["first"]))
	var names []string
	list, _ := f.Arguments["sections"].([]any)
	for _, n := range list {
		text, _ := n.(string)
		names = append(names, text)
	}
	text := render(value)
	var must []func()
	for _, h := range record.Headings() {
		if len(names) == 0 && isTimeless(h.Section) || len(names) > 0 && !slices.Contains(names, h.Name) {
			continue
		}
		entries, _, _ := c.visible(h.Section, "")
		for _, e := range entries {
			if c.stands(h.Section, e) {
				must = append(must, func() { c.node(f, text, h, e) })
			}
		}
	}
	if len(must) > first {
		return
	}
	for _, look := range must {
		look()
	}
}

// stands reports whether an entry stands in the line of time: its date may be seen, and
// if it has none the day of its recording too; and its id, of which cursors are made.
func (c *reading) stands(s record.Section, e shown) bool {
	b := e.value.Common()
	see := func(field string) bool {
		return c.entry(c.action, c.person, e.source, s, field, e.entry.Labels) == naive.Shown
	}
	return see("id") && see("date") && (b.Date != "" || b.Recorded != "" && see("recorded"))
}

func (c *reading) node(f operations.Field, text string, h record.Heading, e shown) {
	entryType := reflect.TypeOf(e.value).Elem().Name()
	for _, edges := range c.o.Below(f, "Timeline") {
		for _, node := range c.o.Below(edges, "TimelineEdge") {
			if edges.Name == "edges" && node.Name == "node" {
				c.entryIn(text, h.Section, e, c.o.Below(node, entryType, "Entry"), entryType)
			}
		}
	}
}

// isTimeless are the sections that stand in the line of time only if asked for.
func isTimeless(s record.Section) bool {
	switch s {
	case record.Demographics, record.GPPractice, record.PersonalContacts, record.ProfessionalContacts, record.Consents, record.AboutThePerson:
		return true
	}
	return false
}
