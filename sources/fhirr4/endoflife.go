package fhirr4

import (
	"cmp"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

const (
	consentScope = "http://terminology.hl7.org/CodeSystem/consentscope"
	// resuscitation is SNOMED CT's procedure "Cardiopulmonary resuscitation".
	resuscitation = "89666000"
)

// directive is what a resource says about care towards the end of life, beside what
// every resource of its type says. R4 has no type of its own for it. Systems in the UK use
// three, and all are read: a Flag ("Not for attempted cardiopulmonary resuscitation"), a
// CarePlan whose category is ReSPECT or the like, and a Consent of scope "adr", which is
// how the standard itself keeps the person's own decision.
type directive struct {
	known     bool
	kind, cpr string
	// about are treatments that are permitted or refused.
	about    []record.Concept
	original string
}

// category takes categories and returns the first, or the first that is a directive.
func (r *reader) category(d *directive) (c record.Concept) {
	for _, one := range r.concepts() {
		kind, cpr, ok := record.DirectiveOf(one)
		if ok && !d.known {
			*d = directive{known: true, kind: kind, cpr: cpr, about: d.about, original: d.original}
			c = one
		}
		if c.IsZero() {
			c = one
		}
	}
	return c
}

// decided adds what a Flag says about the end of life to that section.
func (r *reader) decided(a *record.Alert, author link) {
	kind, cpr, ok := record.DirectiveOf(a.Code)
	if !ok {
		return
	}
	e := &record.EndOfLife{Base: a.Base, Kind: kind, CPR: cpr, Status: a.Status, ReviewDate: a.Period.End}
	r.actor(&e.Author, author)
	r.emit(record.EndOfLifeCare, e)
}

// consented makes a directive of a Consent: the person's own decision.
func (r *reader) consented(c *record.Consent, d directive) {
	e := &record.EndOfLife{Base: c.Base, Kind: d.kind, CPR: d.cpr, Status: c.Status, ReviewDate: c.Period.End, Original: d.original}
	if !d.known {
		e.Kind = record.OtherDirective
	}
	verb := map[string]string{"deny": "Refused", "permit": "Agreed to"}[c.Decision]
	for _, about := range d.about {
		e.Decision = lines(e.Decision, worded(verb, about.Label()))
		if about.Has(snomed, resuscitation) {
			e.CPR = settled(e.CPR, map[string]string{"deny": record.DoNotAttemptCPR, "permit": record.AttemptCPR}[c.Decision])
		}
	}
	e.CPR = decidedOr(e.CPR)
	// Author and organisation wait in c for what comes along.
	r.later = append(r.later, func() { e.Author, e.Provenance.Organisation = c.Author, c.Provenance.Organisation })
	r.emit(record.EndOfLifeCare, e)
}

// planned makes a directive of a CarePlan. What it recommends is told activity by
// activity; on resuscitation only a code is believed.
func (r *reader) planned(p *record.CarePlan, d directive) {
	e := &record.EndOfLife{Base: p.Base, Kind: d.kind, CPR: d.cpr, Status: p.Status, ReviewDate: p.Period.End, Original: d.original}
	if e.Code.IsZero() {
		e.Code.Text = p.Title
	}
	for _, a := range p.Activities {
		verb := ""
		switch {
		case a.Status == enteredInError:
			continue
		case a.Status == "cancelled" || a.Status == "stopped":
			verb = "Called off" // neither to be done nor not to be done
		case a.DoNotPerform:
			verb = "Not to be done"
		}
		e.Decision = lines(e.Decision, worded(verb, join(a.What.Label(), a.Detail)))
		if cpr := resuscitates(a); cpr != "" {
			e.CPR = settled(e.CPR, cpr)
		}
	}
	e.CPR = decidedOr(e.CPR)
	r.later = append(r.later, func() { e.Author = p.Author })
	r.emit(record.EndOfLifeCare, e)
}

// undecided marks what says both: then no code says it, and people must read.
const undecided = "both"

func decidedOr(cpr string) string {
	if cpr == undecided {
		return ""
	}
	return cpr
}

// settled joins what was known of resuscitation with what is said of it now.
func settled(before, now string) string {
	switch {
	case now == "" || now == before:
		return before
	case before == "":
		return now
	}
	return undecided
}

// resuscitates is what an activity says of resuscitation, "" for nothing. One that was
// called off says nothing, nor does a finding that is itself not to be done.
func resuscitates(a record.PlanActivity) string {
	switch a.Status {
	case "cancelled", "stopped", enteredInError:
		return ""
	}
	if kind, cpr, ok := record.DirectiveOf(a.What); ok && kind == record.CPRDecision && !a.DoNotPerform {
		return cpr
	}
	switch {
	case !a.What.Has(snomed, resuscitation):
		return ""
	case a.DoNotPerform:
		return record.DoNotAttemptCPR
	}
	return record.AttemptCPR // R4 §9.5: what is not marked doNotPerform is to be done
}

// worded puts a verb before what it is about.
func worded(verb, what string) string {
	if verb == "" || what == "" {
		return what
	}
	return verb + " – " + what
}

// join puts what something is before what is said of it.
func join(what, detail string) string {
	if what == "" || detail == "" || what == detail {
		return cmp.Or(what, detail)
	}
	return what + " – " + detail
}

// attachmentTitle takes an Attachment and returns what it is called.
func (r *reader) attachmentTitle() (title string) {
	if !r.Object() {
		return ""
	}
	for r.Next() {
		if string(r.Name()) == "title" {
			title = strings.TrimSpace(r.string())
		}
	}
	return title
}
