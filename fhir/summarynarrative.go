package fhir

import (
	"strconv"
	"strings"
)

// markup is XHTML being written; everything that is not a name of an element is escaped.
type markup struct{ b strings.Builder }

// tag writes an element with a text.
func (m *markup) tag(name, class, text string) {
	m.open(name, class)
	m.b.WriteString(escapedXML(text))
	m.close(name)
}

func (m *markup) open(name, class string) {
	m.b.WriteString("<" + name)
	if class != "" {
		m.b.WriteString(` class="` + class + `"`)
	}
	m.b.WriteString(">")
}

func (m *markup) close(name string) { m.b.WriteString("</" + name + ">") }

// table writes a table with a row of headings; a row's cells are in their order.
func (m *markup) table(headings []string, rows [][]string) {
	m.b.WriteString("<table><thead><tr>")
	for _, h := range headings {
		m.tag("th", "", h)
	}
	m.b.WriteString("</tr></thead><tbody>")
	for _, cells := range rows {
		m.b.WriteString("<tr>")
		for _, cell := range cells {
			m.tag("td", "", cell)
		}
		m.b.WriteString("</tr>")
	}
	m.b.WriteString("</tbody></table>")
}

// div makes it a narrative of FHIR (R4 §2.4.0).
func (m *markup) div(status string) object {
	return object{"status": status, "div": `<div xmlns="http://www.w3.org/1999/xhtml">` + m.b.String() + "</div>"}
}

// emptyWords say why nothing is shown, so that nobody reads it as "none" who must not.
var emptyWords = map[string]string{
	nilKnown:    "None known.",
	notAsked:    "Nothing recorded. Every system that was asked answered, and none has anything recorded here.",
	withheld:    "Held back from you. This does not mean that there are none.",
	unavailable: "Unavailable. Not every system has answered: this does not mean that there are none.",
}

// tell writes what a chapter says to people: its entries, who did not answer although there
// are entries, and why there are none.
func (c *chapter) tell(m *markup) {
	if len(c.rows) > 0 {
		rows := make([][]string, len(c.rows))
		for i, r := range c.rows {
			rows[i] = []string{r.what, r.details, r.when, r.who, r.from}
		}
		m.table([]string{"What", "Details", "Date", "Recorded by", "System"}, rows)
	}
	if c.left > 0 {
		m.tag("p", "left", "Only the newest "+strconv.Itoa(len(c.rows))+" of "+strconv.Itoa(len(c.rows)+c.left)+" are in this summary; the record has them all.")
	}
	switch {
	case len(c.rows) > 0:
		if len(c.stated) > 0 {
			m.tag("p", "conflict", "Another system states that there are none:")
		}
	case c.reason == nilKnown && len(c.stated) == 0: // LiteralNil: nobody has stated it
		m.tag("p", "none", emptyWords[notAsked])
	default:
		m.tag("p", c.reason, emptyWords[c.reason])
	}
	for _, text := range c.stated {
		m.tag("p", "stated", text)
	}
	for _, text := range c.missing {
		m.tag("p", "missing", "Not complete: "+text)
	}
}

// section renders the chapter as a section of the Composition; references are to its
// resources.
func (c *chapter) section(references []object) object {
	status := "generated"
	if len(c.missing) > 0 || len(c.stated) > 0 || len(c.rows) != len(c.resources) {
		status = "additional" // it says more than the resources
	}
	var m markup
	c.tell(&m)
	o := object{"title": c.title, "code": object{"coding": []object{{"system": loinc, "code": c.code, "display": c.display}}}, "text": m.div(status)}
	return o.set("entry", references).set("emptyReason", coded(emptyReasons, c.reason))
}
