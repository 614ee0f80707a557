package demo

import (
	"encoding/xml"
	"fmt"
	"html"
	"strings"
)

// paper is what stands in a document: the same in every format it is kept in.
type paper struct {
	title, from, about, nhs, born string
	written, author               string
	words                         []string
}

// paper writes a document of the person's record here. Everything in it is invented.
func (w *fhirWriter) paper(d document) paper {
	p := paper{title: d.title, from: w.provider()["display"].(string), nhs: w.s.nhs, born: date(w.s.born), written: date(d.at),
		author: w.clinician(d.said).name(), about: strings.TrimSpace(w.s.given + " " + w.s.family)}
	p.words = []string{
		"Thank you for seeing this person, who was reviewed here.",
		"Blood pressure is BP <140/90 & pulse >60; the dose is \"5 mg\" at night, =5mg, not 50.",
		"Diagnosis: see the title of this letter. No new allergies were reported.",
		"Plan: continue the present treatment, repeat the blood tests in three months, and see again in clinic.",
	}
	if d.kind.code == "1382601000000107" {
		p.words = []string{
			"This plan is a recommendation for clinicians who have to decide in an emergency.",
			"Priority: comfort, balanced with treatment that can be undone.",
			"Recommended: antibiotics by mouth at home; admission only if symptoms cannot be managed there.",
			"CPR attempts are NOT recommended.",
		}
	}
	return p
}

func (p paper) lines() []string {
	lines := []string{p.from, "", p.title, "Written " + p.written + " by " + p.author, "", "About: " + p.about, "NHS number: " + p.nhs, "Born: " + p.born, ""}
	for _, words := range p.words {
		lines = append(append(lines, wrapped(words, 88)...), "")
	}
	return lines
}

// wrapped breaks a line at blanks.
func wrapped(s string, width int) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(s) {
		if line != "" && len(line)+1+len(word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	return append(lines, line)
}

// text is the document as plain text.
func (p paper) text() []byte { return []byte(strings.Join(p.lines(), "\r\n")) }

// html is the letter as an old letter system writes it.
func (p paper) html(extra string) []byte {
	var b strings.Builder
	esc := html.EscapeString
	fmt.Fprintf(&b, "<html><head><title>%s</title><style>body{background:url(//example.invalid/b.png)}</style></head><body bgcolor=\"#ffffee\">\n", esc(p.title))
	fmt.Fprintf(&b, "<h1>%s</h1><p><b>%s</b><br>Written %s by %s</p>\n", esc(p.title), esc(p.from), p.written, esc(p.author))
	fmt.Fprintf(&b, "<table><tr><th>About</th><td>%s</td></tr><tr><th>NHS number</th><td>%s</td></tr><tr><th>Born</th><td>%s</td></tr></table>\n", esc(p.about), p.nhs, p.born)
	for _, words := range p.words {
		fmt.Fprintf(&b, "<p>%s</p>\n", esc(words))
	}
	b.WriteString(extra + "</body></html>\n")
	return []byte(b.String())
}

// hostileHTML is what must not run, load, or lead away wherever the letter is shown.
const hostileHTML = `<p>Before</p><script>window.parent.document.title="ran"</script><img src="https://example.invalid/x.png" onerror="document.title='ran'">` +
	`<svg onload="document.title='ran'"><script>1</script></svg><iframe src="javascript:alert(1)"></iframe><a href="javascript:alert(1)">look here</a>` +
	`<form action="https://example.invalid/"><input name="password"><button>Sign in again</button></form><meta http-equiv="refresh" content="0;url=https://example.invalid/">` +
	`<link rel="stylesheet" href="https://example.invalid/x.css"><base href="https://example.invalid/"><p style="position:fixed;inset:0">After</p>`

// cda is the letter as an HL7 CDA R2 document, with the person it is about.
func (p paper) cda() []byte {
	var b strings.Builder
	esc := func(s string) string {
		var out strings.Builder
		_ = xml.EscapeText(&out, []byte(s))
		return out.String()
	}
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<ClinicalDocument xmlns="urn:hl7-org:v3">` + "\n")
	fmt.Fprintf(&b, "<title>%s</title>\n<effectiveTime value=\"%s\"/>\n", esc(p.title), strings.ReplaceAll(p.written, "-", ""))
	b.WriteString("<recordTarget><patientRole>")
	if p.nhs != "" {
		fmt.Fprintf(&b, `<id root="2.16.840.1.113883.2.1.4.1" extension="%s"/>`, esc(p.nhs))
	}
	fmt.Fprintf(&b, "<patient><name>%s</name></patient></patientRole></recordTarget>\n", esc(p.about))
	b.WriteString("<component><structuredBody>\n")
	fmt.Fprintf(&b, "<component><section><title>From</title><text><table><tbody><tr><th>Organisation</th><td>%s</td></tr><tr><th>Author</th><td>%s</td></tr><tr><th>Written</th><td>%s</td></tr></tbody></table></text></section></component>\n",
		esc(p.from), esc(p.author), p.written)
	b.WriteString("<component><section><title>Letter</title><text><list listType=\"ordered\">\n")
	for _, words := range p.words {
		fmt.Fprintf(&b, "<item><content styleCode=\"Bold\">%s</content></item>\n", esc(words))
	}
	b.WriteString("</list></text></section></component>\n</structuredBody></component></ClinicalDocument>\n")
	return []byte(b.String())
}
