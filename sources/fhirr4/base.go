package fhirr4

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// common takes a member that every kind of resource has; others are left to be skipped.
func (r *reader) common(b *record.Base) {
	switch string(r.Name()) {
	case "id":
		b.Provenance.LocalID = r.text.join(r.kind, "/", r.Text())
	case "meta":
		b.Labels = r.labels()
	case "subject", "patient":
		b.Subject = r.subject()
		r.about = b.Subject
	case "note":
		b.Note = r.notes()
	case "contained":
		r.contained()
	case "modifierExtension":
		for range r.each() { // R4 §2.5.3.1: it may turn the meaning around
			r.flaws |= modified
		}
	}
}

// labels takes Meta and returns its security labels. The tag by which the NHS puts a
// statement under the heading of safeguarding is one too (NHS England, "Tagging payloads
// with PRSB headings").
func (r *reader) labels() (labels []record.Coding) {
	safeguarding := false
	if !r.Object() {
		return nil
	}
	for r.Next() {
		switch string(r.Name()) {
		case "security":
			labels = r.codings()
		case "tag":
			for _, c := range r.codings() {
				safeguarding = safeguarding || c.Code == "safeguarding"
			}
		}
	}
	if safeguarding {
		labels = append(labels[:len(labels):len(labels)], record.SafeguardingLabel())
	}
	return labels
}

// or returns the first date that is known.
func or(dates ...record.Date) record.Date {
	for _, d := range dates {
		if d != "" {
			return d
		}
	}
	return ""
}

// either returns the first link that leads anywhere.
func either(links ...link) link {
	for _, l := range links {
		if l != (link{}) {
			return l
		}
	}
	return link{}
}

// performer takes an array of backbone elements with an actor (performer,
// participant) and returns the first actor.
func (r *reader) performer() (l link) {
	for range r.each() {
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "actor":
				if a := r.link(); l == (link{}) {
					l = a
				}
			}
		}
	}
	return l
}

// extensions walks an array of Extensions and calls take for each member of each,
// with the extension's URL, which may stand after what it names.
func (r *reader) extensions(take func(url string)) {
	for range r.each() {
		url := r.keep(r.Find("url"))
		if !r.Object() {
			continue
		}
		for r.Next() {
			take(url)
		}
	}
}

// extensionConcept takes extensions and returns the concept of the one whose URL
// ends in name.
func (r *reader) extensionConcept(name string) (found record.Concept) {
	r.extensions(func(url string) {
		if strings.HasSuffix(url, name) && string(r.Name()) == "valueCodeableConcept" {
			found = r.concept()
		}
	})
	return found
}
