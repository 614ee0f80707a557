package fhirr4

import "github.com/patchworkcare/patchwork/record"

// common takes a member that every kind of resource has; others are left to be skipped.
func (r *reader) common(b *record.Base) {
	switch string(r.Name()) {
	case "id":
		b.Provenance.LocalID = r.text.join(r.kind, "/", r.Text())
	case "meta":
		b.Labels = r.labels()
	case "subject", "patient":
		b.Subject = r.subject()
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

// labels takes Meta and returns its security labels.
func (r *reader) labels() (labels []record.Coding) {
	if !r.Object() {
		return nil
	}
	for r.Next() {
		if string(r.Name()) == "security" {
			labels = r.codings()
		}
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
