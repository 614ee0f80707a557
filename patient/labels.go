package patient

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// label adds security labels to a registration.
func (r *Registration) label(labels []record.Coding) {
	for _, l := range labels {
		l.Display = ""
		if !slices.Contains(r.Labels, l) {
			r.Labels = append(r.Labels, l)
		}
	}
	r.Restricted = record.Restricted(r.Labels)
}

// writeLabels writes labels as the table has them: one "system|code" a line.
func writeLabels(labels []record.Coding) string {
	lines := make([]string, len(labels))
	for i, l := range labels {
		lines[i] = plainLine(l.System) + "|" + plainLine(l.Code)
	}
	return strings.Join(lines, "\n")
}

// plainLine takes out what would break a line, and what PostgreSQL cannot store. No code
// of a label has any of it, so that a label that is changed by it means nothing either.
func plainLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == '|' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

func readLabels(text string) []record.Coding {
	var labels []record.Coding
	for line := range strings.Lines(text) {
		system, code, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "|")
		labels = append(labels, record.Coding{System: system, Code: code})
	}
	return labels
}
