package main

import (
	"fmt"
	"strings"
)

// safetyPage is the readable hazard log, made of the YAML.
const safetyPage = "docs/safety.md"

// page is docs/safety.md.
func (l *Log) page() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Clinical safety: hazards, controls and the tests that show them\n\n")
	fmt.Fprintf(&b, "<!-- Written by `make safety-page` from safety/hazards.yaml: change that file. -->\n\n")
	fmt.Fprintf(&b, "%s\n\n", strings.TrimSpace(l.Introduction))
	b.WriteString("| | hazard | before | after | controls |\n|---|---|---|---|---|\n")
	for _, h := range l.Hazards {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %d | %d | %d |\n", h.ID, anchor(h), h.Title, h.Initial.Score(), h.Residual.Score(), len(h.Controls))
	}
	for _, h := range l.Hazards {
		h.page(&b)
	}
	return b.String()
}

func (h *Hazard) page(b *strings.Builder) {
	fmt.Fprintf(b, "\n## %s: %s\n\n", h.ID, h.Title)
	fmt.Fprintf(b, "**Effect.** %s **Who.** %s\n\n**Causes.** %s\n\n", sentence(h.Effect), sentence(h.Affects), sentence(strings.Join(h.Causes, "; ")))
	fmt.Fprintf(b, "**Risk** before %s, after %s. %s\n\n", h.Initial, h.Residual, sentence(h.Remains))
	b.WriteString("| control | where | shown by |\n|---|---|---|\n")
	for _, c := range h.Controls {
		fmt.Fprintf(b, "| %s | %s | %s |\n", cell(c.Does), codes(c.Where), codes(c.Tests))
	}
	if len(h.Deployment) > 0 {
		fmt.Fprintf(b, "\nWhoever deploys it: %s\n", sentence(strings.Join(h.Deployment, "; ")))
	}
	fmt.Fprintf(b, "\nOwner: %s. Status: %s (%s).\n", h.Owner, h.Status, statuses[h.Status])
}

// anchor is the heading's, as forges and the documentation's site make it.
func anchor(h *Hazard) string {
	var b strings.Builder
	for _, r := range strings.ToLower(h.ID + ": " + h.Title) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-':
			b.WriteRune(r)
		case r == ' ':
			b.WriteByte('-')
		}
	}
	return b.String()
}

func codes(texts []string) string {
	var all []string
	for _, t := range texts {
		all = append(all, "`"+cell(t)+"`")
	}
	return strings.Join(all, " · ")
}

// cell is text that stands in a table of Markdown.
func cell(text string) string { return strings.ReplaceAll(strings.TrimSpace(text), "|", `\|`) }

// sentence begins with a capital letter and ends with a full stop.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	text = strings.ToUpper(text[:1]) + text[1:]
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}
