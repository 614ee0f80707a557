package fhir

import (
	"encoding/xml"
	"strings"
)

// composition: FHIR R4 Composition, of the section aboutMe: one document with its headings,
// as the person's About me is.
func composition() *kind {
	return &kind{
		name: "Composition", profile: ukCore + "Composition", date: []string{"date"}, status: "status",
		parts: []part{{section: "aboutMe", fields: "status title reviewDate items { topic { ...Coded } text }", render: renderAboutMe}},
	}
}

func renderAboutMe(a *about, e node) object {
	o := object{"subject": a.subject(), "type": required(e.one("code"))}
	unused := putStatus(o, e.text("status"), "preliminary", "final", "amended", "entered-in-error")
	// date, author and title are required (R4): what is not known, or held back, is said to be.
	for name, value := range map[string]string{"date": orElse(e.text("date"), e.text("recorded")), "title": orElse(e.text("title"), label(e.one("code")))} {
		if value != "" {
			o[name] = value
		} else {
			o["_"+name] = dataAbsent()
		}
	}
	if o["author"] = each([]node{e.one("author")}, actor); len(o["author"].([]object)) == 0 {
		o["author"] = []object{dataAbsent()}
	}
	if own := localIdentifier(e); own != nil {
		o["identifier"] = own[0] // Composition has one
	}
	return o.set("custodian", organisation(e.one("provenance.organisation"))).
		set("section", each(e.list("items"), aboutItem)).set("text", narrative(e, unused, said("Review ", e.text("reviewDate"))))
}

// aboutItem renders one heading with what the person says, line by line.
func aboutItem(n node) object {
	o := object{}.set("title", label(n.one("topic"))).set("code", concept(n.one("topic")))
	if text := n.text("text"); text != "" {
		o["text"] = object{"status": "generated", "div": paragraphs(text)}
	}
	return o
}

// paragraphs writes text as XHTML: everything is escaped.
func paragraphs(text string) string {
	var b strings.Builder
	b.WriteString(`<div xmlns="http://www.w3.org/1999/xhtml">`)
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteString("<p>")
		_ = xml.EscapeText(&b, []byte(line)) // a Builder does not fail
		b.WriteString("</p>")
	}
	return b.String() + "</div>"
}
