package fhir

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// style is the page's own: it loads nothing, so that it can be kept and printed.
const style = `
body{font-family:Arial,sans-serif;color:#212b32;margin:0;line-height:1.4}
header{background:#005eb8;color:#fff;padding:12px 24px}
header p{margin:0}header p:first-child{font-size:1.1em}header span{margin-left:2em;white-space:nowrap}header b{font-size:1.25em}
main{padding:8px 24px;max-width:80em}
h1{font-size:1.4em;margin:12px 0 0}h2{font-size:1.15em;margin:24px 0 4px;border-bottom:2px solid #005eb8}
table{border-collapse:collapse;width:100%;margin:6px 0}th,td{text-align:left;vertical-align:top;padding:4px 10px 4px 0;border-bottom:1px solid #aeb7bd}
th{font-size:.9em;color:#4c6272}td:first-child{font-weight:bold;min-width:12em}section td:nth-child(3){white-space:nowrap}
.missing,.unavailable,.withheld,.conflict,.alarm{border-left:6px solid #d5281b;background:#fbeeed;color:#212b32;padding:6px 12px;margin:6px 0}
.stated,.left,.notasked,.none,.nilknown{margin:6px 0}
@media print{header{color:#000;background:none;border-bottom:3px solid #000}tr{break-inside:avoid}h2{break-after:avoid}}
`

// styleSource lets the page have its style and nothing else (CSP Level 3 §2.3.1).
func styleSource() string {
	sum := sha256.Sum256([]byte(style))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// summaryPage answers a summary for people.
func (s *Server) summaryPage(w http.ResponseWriter, r *http.Request, d *document) {
	var m markup
	m.open("header", "")
	d.banner(&m)
	m.close("header")
	m.open("main", "")
	m.tag("h1", "", "Patient summary")
	m.tag("p", "", "Put together on "+shownDate(d.made.UTC().Format(time.RFC3339))+" from the systems that hold this record. It is true of that time only.")
	d.alarm(&m)
	for i := range d.chapters {
		m.open("section", "")
		m.tag("h2", "", d.chapters[i].title)
		d.chapters[i].tell(&m)
		m.close("section")
	}
	m.tag("h2", "", "Where this is from")
	tellSystems(&m, d.systems)
	m.close("main")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src "+styleSource()+"; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	send(w, r, http.StatusOK, htmlFormat, pageOf("Patient summary", m.b.String()))
}

// alarm says at the top that something is missing.
func (d *document) alarm(m *markup) {
	var names []string
	for _, a := range d.systems {
		for _, p := range a.problems {
			if p.why != notKnownThere {
				names = append(names, a.name)
				break
			}
		}
	}
	if len(names) > 0 {
		m.tag("p", "alarm", "This summary is not complete. Not answered, or held back, in part or whole: "+strings.Join(names, ", ")+". What is missing is said in each section.")
	}
}

// banner says who it is, as the NHS writes it (NHS CUI, patient banner): what is not known is
// said to be not known.
func (d *document) banner(m *markup) {
	p := d.person.one("person")
	m.open("p", "")
	m.tag("b", "", orElse(p.text("name.text"), "Name not known"))
	born := p.text("birthDate")
	age := ""
	if t, err := time.Parse(time.DateOnly, born); err == nil && p.text("deceasedDate") == "" {
		age = " (" + strconv.Itoa(yearsSince(t, d.made)) + "y)"
	}
	m.fact("Born", orElse(shownDate(born), "not known")+age)
	if dead, _ := p.flag("deceased"); dead || p.text("deceasedDate") != "" {
		m.fact("Died", orElse(shownDate(p.text("deceasedDate")), "date not known"))
	}
	gender := map[string]string{"male": "Male", "female": "Female", "other": "Other", "unknown": "Not known", "": "Not known"}[p.text("gender")]
	m.fact("Gender", orElse(gender, p.text("gender")))
	m.fact("NHS No.", orElse(spaced(d.person.text("nhsNumber")), "not known"))
	m.close("p")
	for _, text := range d.missing {
		m.tag("p", "missing", "Who this is: "+text)
	}
}

func (m *markup) fact(name, text string) { m.tag("span", "", " "+name+" "+text) }

// spaced writes an NHS number as 3-3-4.
func spaced(number string) string {
	if len(number) != 10 {
		return number
	}
	return number[:3] + " " + number[3:6] + " " + number[6:]
}

func yearsSince(born, now time.Time) int {
	years := now.Year() - born.Year()
	if now.Month() < born.Month() || now.Month() == born.Month() && now.Day() < born.Day() {
		years--
	}
	return years
}

// outcomePage words an OperationOutcome for somebody who asked for a page.
func outcomePage(resource object) []byte {
	var m markup
	m.open("main", "")
	m.tag("h1", "", "Patient summary")
	issues, _ := resource["issue"].([]object)
	for _, i := range issues {
		text, _ := i["diagnostics"].(string)
		m.tag("p", "", text)
	}
	m.close("main")
	return pageOf("Patient summary", m.b.String())
}

func pageOf(title, body string) []byte {
	return []byte(`<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>` +
		escapedXML(title) + "</title><style>" + style + "</style></head><body>" + body + "</body></html>\n")
}
