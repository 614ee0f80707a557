package audit

import (
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// purposes words the HL7 PurposeOfUse codes for a person who asks who looked.
var purposes = map[string]string{
	"TREAT": "direct care", "ETREAT": "emergency care", "BTG": "an emergency", "CAREMGT": "planning care",
	"HRESCH": "research", "HOPERAT": "running services", "PATRQT": "the person's own request",
}

// Sentence says the look in one plain line: who, when (in the zone), what and why. It
// names no patient.
func (l *Look) Sentence(zone *time.Location) string {
	var b strings.Builder
	b.WriteString(l.who())
	b.WriteString(", " + span(l.From.In(zone), l.To.In(zone)))
	if n := len(l.Seqs); n > 1 {
		b.WriteString(", " + strconv.Itoa(n) + " times")
	}
	b.WriteString(": " + did(l.Actions))
	part(&b, "saw ", titles(l.Sections))
	part(&b, "held back: ", titles(l.Withheld))
	if p := purposes[l.Purpose]; p != "" {
		part(&b, "for ", p)
	} else {
		part(&b, "purpose ", l.Purpose)
	}
	part(&b, "because of ", plainly(strings.Join(l.Relationships, ", ")))
	if l.BreakGlass {
		part(&b, "", "the glass was broken")
	}
	part(&b, "reason given: ", strings.Join(l.Reasons, " / "))
	if l.Denied > 0 {
		part(&b, "refused: ", strconv.Itoa(l.Denied))
	}
	part(&b, "to look into: ", strings.Join(l.Flags, ", "))
	return b.String()
}

// deeds words what was done.
var deeds = map[string]string{
	ActionRead: "opened the record", ActionDocument: "opened a document", ActionDenied: "was refused", ActionClaim: "stated a relationship", ActionBreakGlass: "broke the glass",
	ActionBreakGlassEnd: "ended the broken glass", ActionObject: "took down an objection", ActionObjectEnd: "took down that an objection was withdrawn",
	ActionAuditRead: "looked up who had looked", ActionReview: "reviewed", ActionExport: "exported", ActionSearch: "searched",
}

func did(actions []string) string {
	words := make([]string, len(actions))
	for i, a := range actions {
		if words[i] = deeds[a]; words[i] == "" {
			words[i] = strings.ReplaceAll(a, "-", " ")
		}
	}
	return strings.Join(words, ", ")
}

// plainly takes the codes out of evidence: "self-claimed: claimed by the user: walk-in"
// says the same thing twice.
func plainly(evidence string) string {
	evidence = strings.ReplaceAll(evidence, "self-claimed: claimed by the user: ", "their own statement: ")
	return strings.ReplaceAll(evidence, "registration: registered", "registered")
}

func (l *Look) who() string {
	who, at := l.Actor.Name, l.Actor.OrganisationName
	switch {
	case l.Actor == (Actor{}):
		return "Patchwork by itself"
	case who == "":
		who = "A user without a name"
	}
	if at == "" {
		at = l.Actor.Organisation
	}
	role := strings.ReplaceAll(l.Actor.Role, "-", " ")
	if role == "gp" {
		role = "GP"
	}
	switch {
	case role != "" && at != "":
		return who + " (" + role + ", " + at + ")"
	case role+at != "":
		return who + " (" + role + at + ")"
	}
	return who
}

// span words a time as NHS CUI does: 29-Mar-2026 09:05.
func span(from, to time.Time) string {
	const day, minute = "02-Jan-2006", "15:04"
	switch {
	case from.Format(day) != to.Format(day):
		return from.Format(day+" "+minute) + " to " + to.Format(day+" "+minute)
	case from.Format(minute) != to.Format(minute):
		return from.Format(day+" "+minute) + " to " + to.Format(minute)
	}
	return from.Format(day + " " + minute)
}

func titles(sections []record.Section) string {
	names := make([]string, 0, len(sections))
	for _, s := range sections {
		h, _ := record.HeadingOf(s)
		names = append(names, h.Title)
	}
	return strings.Join(names, ", ")
}

// part adds one clause, if there is something to say.
func part(b *strings.Builder, lead, text string) {
	if text != "" {
		b.WriteString("; " + lead + text)
	}
}
