package gpconnect

import (
	"strings"

	"github.com/patchworkcare/patchwork/sources/fhirversion"
)

// commentNote codes an Observation that is nothing but words.
const commentNote = "37331000000100"

// maxHeadings is how deep lists may nest within a consultation: topic, heading, and one
// to spare.
const maxHeadings = 3

// tellConsultations gives each consultation its words. GP Connect sends a consultation
// as an Encounter and a tree of lists: topics, headings, and what was written under
// them. What is coded there stands in its own section too; what is words alone stands
// nowhere else.
func (a *answer) tellConsultations() {
	byID := map[string]*fhirversion.Node{}
	for _, l := range a.lists {
		if id := l.Text("id"); id != "" {
			byID["List/"+id] = l
		}
	}
	seen := map[*fhirversion.Node]bool{}
	for _, l := range a.lists {
		if codeOf(l) != listConsultation {
			continue
		}
		encounter := a.by[l.Object("encounter").Text("reference")]
		if encounter == nil || encounter.Has("note") {
			continue
		}
		t := telling{answer: a, lists: byID, seen: seen}
		t.under(l, "", 0)
		if len(t.lines) > 0 {
			note := (&fhirversion.Node{}).With("text", strings.Join(t.lines, "\n"))
			encounter.Set("note", []any{note})
		}
	}
}

// telling collects the lines of one consultation.
type telling struct {
	*answer
	lists map[string]*fhirversion.Node
	// seen are the lists told before: each belongs to one consultation, and lists that
	// name each other again and again must not cost more than their bytes.
	seen  map[*fhirversion.Node]bool
	lines []string
}

// under takes what a list lists: further lists, or what was written under a heading.
func (t *telling) under(l *fhirversion.Node, heading string, depth int) {
	if t.seen[l] {
		return
	}
	t.seen[l] = true
	var written []string
	for _, ref := range references(l) {
		if in := t.lists[ref]; in != nil {
			if depth < maxHeadings {
				t.under(in, in.Text("title"), depth+1)
			}
			continue
		}
		if words := t.words(ref); words != "" {
			written = append(written, words)
		}
	}
	if len(written) == 0 {
		return
	}
	line := strings.Join(written, "; ")
	if heading != "" {
		line = heading + ": " + line
	}
	t.lines = append(t.lines, line)
}

// words are what stands for an entry under a heading: its comment if it is nothing else,
// else what it is about.
func (t *telling) words(ref string) string {
	i := t.by[ref]
	if i == nil {
		return ""
	}
	if i.kind == "Observation" && isComment(i.Node) {
		if !t.uncategorised[ref] && !t.measured[ref] {
			t.told[ref] = true
		}
		var texts []string
		for _, n := range i.Objects("note") {
			texts = append(texts, n.Text("text"))
		}
		if v := i.Text("valueString"); v != "" {
			texts = append(texts, v)
		}
		return strings.Join(texts, " ")
	}
	if words := label(i.Object("code")); words != "" {
		return words
	}
	for _, why := range i.Objects("reasonCode") { // of a referral or a recall
		if words := label(why); words != "" {
			return words
		}
	}
	return ""
}

func isComment(o *fhirversion.Node) bool {
	for _, c := range o.Object("code").Objects("coding") {
		if c.Text("code") == commentNote {
			return true
		}
	}
	return false
}

// label is what to show for a CodeableConcept.
func label(c *fhirversion.Node) string {
	if s := c.Text("text"); s != "" {
		return s
	}
	for _, k := range c.Objects("coding") {
		if s := k.Text("display"); s != "" {
			return s
		}
	}
	return ""
}
