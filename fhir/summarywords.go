package fhir

import (
	"strings"
	"time"
)

// rowOf words an entry of a section for people. Only what the graph gave is in it.
func rowOf(section string, e node) row {
	r := row{what: label(e.one("code")), when: shownDate(e.text("date")), who: whose(e.one("author")), from: e.text("provenance.source.name")}
	if r.when == "" {
		r.when = shownDate(e.text("recorded"))
	}
	if r.what == "" {
		r.what = orElse(e.text("title"), "Not stated")
	}
	if r.who == "" {
		r.who = e.text("provenance.organisation.name")
	}
	var d details
	switch section {
	case "problems":
		d.say("", e, "clinicalStatus", "verification", "severity", "significance", "bodySite")
		d.day("ended", e.text("ended"))
	case "allergies":
		d.say("", e, "kind", "clinicalStatus", "verification")
		d.add("criticality", e.text("criticality"))
		for _, reaction := range e.list("reactions") {
			d.add("reaction", joined(append(labels(reaction.list("manifestations")), reaction.text("description"), reaction.text("severity"))...))
		}
		d.day("last", e.text("lastOccurrence"))
		d.day("ended", e.text("ended"))
	case "medications":
		d.medicine(e)
	case "alerts":
		d.say("", e, "category", "status")
		d.period(e.one("period"))
	case "vaccinations":
		if e.text("status") != "completed" {
			d.say("", e, "status")
		}
		d.add("against", label(e.one("disease")))
		d.add("dose", e.text("dose"))
		d.add("batch", e.text("batch"))
		d.say("", e, "reason")
	case "results":
		d.say("", e, "status")
		for _, m := range e.list("measurements") {
			d.add("", measuredWords(m, label(m.one("code"))+" "))
		}
		d.add("conclusion", e.text("conclusion"))
	case "observations":
		d.add("", measuredWords(e, ""))
		for _, m := range e.list("components") {
			d.add("", measuredWords(m, label(m.one("code"))+" "))
		}
	case "procedures":
		d.say("", e, "status", "bodySite", "outcome", "location", "reason")
		d.period(e.one("performed"))
	case "documents":
		d.add("", e.text("title"))
		d.say("", e, "status", "category", "service", "custodian")
	case "endOfLife":
		d.directive(e)
	case "carePlans":
		d.plan(e)
	default:
		d.visit(e)
	}
	d.add("note", e.text("note"))
	r.details = strings.Join(d, "; ")
	return r
}

// details are parts of a sentence.
type details []string

func (d *details) add(name, text string) {
	if text == "" {
		return
	}
	if name != "" {
		text = name + " " + text
	}
	*d = append(*d, text)
}

// say adds fields that are words, concepts or whoever has a name.
func (d *details) say(name string, e node, fields ...string) {
	for _, f := range fields {
		text := e.text(f)
		if text == "" {
			text = orElse(label(e.one(f)), whose(e.one(f)))
		}
		d.add(name, text)
	}
}

func (d *details) day(name, date string) { d.add(name, shownDate(date)) }

func (d *details) period(p node) {
	start, end := shownDate(p.text("start")), shownDate(p.text("end"))
	if start != "" {
		d.add("from", start)
	}
	if end != "" {
		d.add("until", end)
	}
}

// medicine words what must be read first: that it must not be given.
func (d *details) medicine(e node) {
	if e.text("status") == notToBeGiven {
		d.add("", "NOT TO BE GIVEN")
	} else {
		d.say("", e, "status")
	}
	d.add("", map[string]string{
		"STATEMENT": "stated as taken", "REPEAT": "repeat prescription", "ACUTE": "prescribed once", "PRESCRIPTION": "prescription",
		"DISPENSE": "handed over by a pharmacy", "DEVICE": "device",
	}[e.text("kind")])
	d.say("", e, "dosage", "route", "form")
	d.add("quantity", amountWords(e.one("quantity")))
	d.add("for", label(e.one("reason")))
	d.period(e.one("period"))
	d.day("last issued", e.text("lastIssued"))
	d.add("because", label(e.one("statusReason")))
}

// visit words appointments, contacts, stays and decisions.
func (d *details) visit(e node) {
	d.say("", e, "status", "decision", "service", "specialty", "ward", "location", "practitioner", "consultant", "scope")
	d.add("for", label(e.one("reason")))
	for _, text := range labels(e.list("diagnoses")) {
		d.add("diagnosis", text)
	}
	d.period(e.one("period"))
	d.day("starts", e.text("start"))
	d.day("ends", e.text("end"))
	d.day("admitted", e.text("admitted"))
	d.add("came from", label(e.one("source")))
	d.add("discharged to", label(e.one("destination")))
}

// measuredWords words a value with its flag and the usual range; name goes before a value.
func measuredWords(m node, name string) string {
	value := amountWords(m.one("value.quantity"))
	value = orElse(orElse(value, label(m.one("value.concept"))), m.text("value.text"))
	if value == "" {
		value = label(m.one("absent"))
	}
	text := value
	if flags := joined(labels(m.list("interpretation"))...); flags != "" {
		text = strings.TrimSpace(text + " " + flags)
	}
	for _, r := range m.list("ranges") {
		usual := r.text("text")
		if low, high := amountWords(r.one("low")), amountWords(r.one("high")); usual == "" && (low != "" || high != "") {
			usual = orElse(low, "…") + " to " + orElse(high, "…")
		}
		if usual != "" {
			text += " (usual " + usual + ")"
		}
	}
	if text == "" {
		return strings.TrimSpace(name)
	}
	return name + text
}

func amountWords(q node) string {
	return strings.TrimSpace(q.text("comparator") + q.text("value") + " " + q.text("unit"))
}

// whose names a professional or an organisation.
func whose(n node) string {
	name, role := n.text("name"), n.text("role")
	if name != "" && role != "" {
		return name + ", " + role
	}
	return orElse(orElse(name, role), n.text("organisation.name"))
}

func labels(list []node) []string {
	var out []string
	for _, n := range list {
		out = append(out, label(n))
	}
	return out
}

func joined(texts ...string) string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, ", ")
}

// shownDate writes a date as clinicians in the NHS read it, DD-Mmm-YYYY (NHS CUI), as exact
// as it is; a time of day in its own zone. What is no date is shown as it is.
func shownDate(s string) string {
	for _, form := range []struct{ in, out string }{
		{"2006", "2006"}, {"2006-01", "Jan-2006"}, {"2006-01-02", "02-Jan-2006"}, {time.RFC3339, "02-Jan-2006 15:04 MST"},
	} {
		if t, err := time.Parse(form.in, s); err == nil {
			return t.Format(form.out)
		}
	}
	return s
}
