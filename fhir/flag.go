package fhir

import (
	"encoding/xml"
	"strings"
)

// flag: FHIR R4 Flag, of the section alerts.
func flag() *kind {
	return &kind{
		name: "Flag", profile: ukCore + "Flag", date: []string{"period"}, status: "status",
		parts: []part{{section: "alerts", fields: "status category { ...Coded } period { start end }", render: renderFlag}},
	}
}

func renderFlag(a *about, e node) object {
	o := object{"subject": a.subject(), "code": required(e.one("code"))}
	when := period(e.one("period"))
	if len(when) == 0 {
		when = object{}.set("start", e.text("date"))
	}
	unused := putStatus(o, e.text("status"), "active", "inactive", "entered-in-error")
	return o.set("category", concepts([]node{e.one("category")})).set("period", when).
		set("author", actor(e.one("author"))).set("text", narrative(e, unused))
}

// narrative tells a source's free text, and a status that FHIR's value set does not have,
// where a type has no element for notes: "additional" says that the text has more than the
// elements (R4 §2.4.1). more are further lines. It is XHTML: everything is escaped. nil if
// there is nothing to tell.
func narrative(e node, status string, more ...string) object {
	var b strings.Builder
	line := func(text string) {
		if text != "" {
			b.WriteString("<p>")
			_ = xml.EscapeText(&b, []byte(text)) // a Builder does not fail
			b.WriteString("</p>")
		}
	}
	note := e.text("note")
	if note == "" && status == "" && strings.Join(more, "") == "" {
		return nil
	}
	line(label(e.one("code")))
	for _, text := range more {
		line(text)
	}
	line(note)
	if status != "" {
		line("Status at the source: " + status)
	}
	return object{"status": "additional", "div": `<div xmlns="http://www.w3.org/1999/xhtml">` + b.String() + "</div>"}
}
