package fhirr4

import (
	"bytes"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// page reads one Bundle and returns the address of the next, "" if it is the last.
func (r *reader) page(body []byte) (next string, err error) {
	r.Reset(body)
	r.memo = memos{} // they lie in the page before, whose buffer may be this one
	if len(bytes.TrimSpace(body)) == 0 {
		return "", httpfault.Malformed("empty-body", "It answered with nothing at all")
	}
	switch string(r.Find("resourceType")) {
	case "Bundle":
	case "OperationOutcome": // an error in the clothes of a success: never an empty list
		r.Skip()
		if err := r.End(); err != nil {
			return "", httpfault.NotJSON(err)
		}
		return "", &sources.Error{Kind: sources.Unavailable, Code: "operation-outcome", Reason: "It answered with an error report"}
	default:
		if r.Skip(); r.End() != nil {
			return "", httpfault.NotJSON(r.Err())
		}
		return "", httpfault.Malformed("not-a-bundle", "Its answer is not a list of search results")
	}
	next, total, kind := r.bundle()
	if err := r.End(); err != nil {
		return "", httpfault.NotJSON(err)
	}
	if kind != "searchset" {
		return "", httpfault.Malformed("not-a-searchset", "Its answer is not a list of search results")
	}
	if next == "" && total > r.matches {
		r.gap("fewer-than-total", "It holds more than it sent")
	}
	r.pages++
	if next == "" && total < 0 && r.pages == 1 && r.full > 0 && r.matches >= r.full {
		r.gap("page-full", "It sent exactly as many as were asked for and does not say whether there are more")
	}
	return next, nil
}

// gap notes that something is missing from the whole answer, once.
func (r *reader) gap(code, reason string) {
	for _, g := range r.gaps {
		if g.Code == code {
			return
		}
	}
	r.gaps = append(r.gaps, sources.Gap{Status: record.Partial, Code: code, Reason: reason})
}

// bundle takes the members of a Bundle; total is -1 where it is not stated.
func (r *reader) bundle() (next string, total int, kind string) {
	total = -1
	if !r.Object() {
		return "", total, ""
	}
	for r.Next() {
		switch string(r.Name()) {
		case "type":
			kind = r.string()
		case "total":
			total = number(r.Number())
		case "link":
			next = r.nextLink()
		case "entry":
			if r.Array() {
				for r.More() {
					r.entry()
				}
			}
		}
	}
	return next, total, kind
}

func (r *reader) nextLink() (next string) {
	for range r.each() {
		var url string
		named := false
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "relation":
				named = string(r.Text()) == "next"
			case "url":
				url = string(r.Text())
			}
		}
		if named {
			next = url
		}
	}
	return next
}

// entry takes one entry of a Bundle. Whether it was searched for or sent along may
// stand after the resource, so what it gave is taken back if it was sent along.
func (r *reader) entry() {
	var fullURL []byte
	var known, mode string
	before := len(r.statements)
	asserted, marks, later := len(r.asserted), len(r.marks), len(r.later)
	reports, observations := len(r.reports), len(r.observations)
	heads, on := len(r.heads), len(r.on)
	matched := false
	if !r.Object() {
		return
	}
	for r.Next() {
		switch string(r.Name()) {
		case "fullUrl":
			fullURL = r.Text()
		case "resource":
			known, matched = r.take()
		case "search":
			mode = r.mode()
		}
	}
	if matched && mode != "include" {
		r.matches++
		if n := len(r.people); n == 0 || r.people[n-1] != r.about {
			r.people = append(r.people, r.about)
		}
		return
	}
	if matched {
		r.statements, r.asserted, r.marks = r.statements[:before], r.asserted[:asserted], r.marks[:marks]
		r.reports, r.later = r.reports[:reports], r.later[:later]
		r.heads, r.on = r.heads[:heads], r.on[:on]
		for _, o := range r.observations[observations:] {
			o.asked = false
		}
	}
	if known != "" && len(fullURL) > 0 {
		if in := r.known[reference{0, known}]; in != nil {
			r.known[r.refer(fullURL)] = in // references may be by URL or urn:uuid
		}
	}
}

func (r *reader) mode() (mode string) {
	if !r.Object() {
		return ""
	}
	for r.Next() {
		if string(r.Name()) == "mode" {
			mode = r.string()
		}
	}
	return mode
}

// take maps a resource of the type searched for, or keeps one that was sent along.
func (r *reader) take() (known string, matched bool) {
	r.resource++
	r.flaws, r.about = 0, ""
	kind := r.Find("resourceType")
	switch {
	case string(kind) == "OperationOutcome":
		r.outcome()
		return "", false
	case string(kind) == "Patient" && r.roster != nil:
		return r.along(), false
	case string(kind) != r.kind:
		return r.include(0), false
	}
	if r.repeated() {
		if n := len(r.people); n > 0 {
			r.about = r.people[n-1] // its first appearance was looked at
		}
		r.Skip()
		return "", true
	}
	odd := r.Odd()
	defer func() {
		if r.Odd() > odd {
			r.flawed(badValue)
		}
	}()
	if r.kind == "Observation" {
		r.observe()
		return "", true
	}
	if !r.Object() {
		return "", true
	}
	if r.roster != nil {
		r.enrol()
		return "", true
	}
	r.resourceOf(r.kind)
	return "", true
}

// enrol takes a resource for a roster. One that cannot be read as it stands may leave
// somebody out.
func (r *reader) enrol() {
	odd := r.Odd()
	r.roster(r)
	if r.Odd() > odd || r.flaws&badDate != 0 {
		r.gap("bad-value", "A value was not of the kind the standard says")
	}
}

// flawed adds a flaw to what the resource just read gave.
func (r *reader) flawed(f flaws) {
	for n := len(r.statements); n > 0; n-- { // one resource may stand in two sections
		s := r.statements[n-1]
		r.marks = append(r.marks, mark{s.section, s.entry.Common().Subject, f})
		if n == 1 || r.statements[n-2].entry.Common().Provenance.LocalID != s.entry.Common().Provenance.LocalID {
			break
		}
	}
	if n := len(r.reports); n > 0 {
		r.reports[n-1].flaws |= f
	}
	if n := len(r.observations); n > 0 {
		r.observations[n-1].flaws |= f
	}
}

// repeated reports whether the waiting resource came before: some servers send one
// twice, on one page or on two.
func (r *reader) repeated() bool {
	id := r.Find("id")
	if len(id) == 0 {
		return false
	}
	if _, had := r.seen[string(id)]; had {
		return true
	}
	if r.seen == nil {
		r.seen = map[string]struct{}{}
	}
	r.seen[r.text.copy(id)] = struct{}{}
	return false
}

func (r *reader) resourceOf(kind string) {
	switch kind {
	case "Patient":
		r.patient()
	case "AllergyIntolerance":
		r.allergy()
	case "MedicationRequest", "MedicationStatement", "MedicationDispense":
		r.medication()
	case "DeviceUseStatement":
		r.deviceUse()
	case "Device":
		r.device()
	case "Condition":
		r.problem()
	case "Flag":
		r.alert()
	case "Appointment":
		r.appointment()
	case "Encounter":
		r.encounter()
	case "RelatedPerson":
		r.relative()
	case "CareTeam":
		r.team()
	case "Consent":
		r.consent()
	case "DiagnosticReport":
		r.report()
	case "ImagingStudy":
		r.imaging()
	case "Immunization":
		r.vaccination()
	case "Procedure":
		r.procedure()
	case "DocumentReference":
		r.document()
	case "CarePlan":
		r.carePlan()
	case "Composition":
		r.aboutMe()
	default:
		for r.Next() {
		}
	}
}

// outcome takes an OperationOutcome among the entries. Its words may hold personal
// data and are not shown; a warning or worse means that something may be missing.
func (r *reader) outcome() {
	if !r.Object() {
		return
	}
	for r.Next() {
		if string(r.Name()) != "issue" {
			continue
		}
		for range r.each() {
			if !r.Object() {
				continue
			}
			for r.Next() {
				if string(r.Name()) != "severity" {
					continue
				}
				switch string(r.Text()) {
				case "information":
				default:
					r.gap("source-warning", "It warns that its answer may be incomplete")
				}
			}
		}
	}
}
