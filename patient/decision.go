package patient

import (
	"slices"
	"time"
)

// What was decided, as the history has it, beside what became of proposals.
const (
	kindProposed  = "PROPOSED"
	kindUnlinked  = "UNLINKED"
	kindBirthDate = "BIRTH_DATE_ACCEPTED"
	kindMerged    = "MERGED"
)

// with reads a patient and records, for a change by hand.
func (w *settling) with(patient string, locals ...string) (*stored, error) {
	if !usable(patient) {
		return nil, ErrNotFound
	}
	found, err := loadIDs(w.ctx, w.tx, []string{patient})
	if err != nil {
		return nil, err
	}
	for id, p := range found {
		w.people[id] = p
		return p, w.loadRecords(locals)
	}
	return nil, ErrNotFound
}

// registration is a copy of a patient's registration in a system, to be changed.
func (w *settling) registration(p *stored, source string) *Registration {
	r := p.registrations[source]
	if r == nil {
		return &Registration{Source: source}
	}
	again := *r
	again.Links = slices.Clone(r.Links)
	return &again
}

// settleBy stores a registration after a decision. Its system has not been asked, so that
// what it said last holds as far as the decision leaves it.
func (w *settling) settleBy(p *stored, r *Registration) error {
	var also seen
	switch r.Code {
	case "another-birth-date", "birth-date-differs":
		also.conflict = true
	case "number-unverified", "another-unverified":
		also.unverified = []string{""}
	case "no-birth-date":
		also.dateless = true
	}
	possible := false
	for _, open := range w.open(p.id, r.Source) {
		if linkedIn(r.Links, open.LocalID) {
			w.withdraw(open)
			continue
		}
		possible = true
	}
	r.Links = sortLinks(r.Links)
	r.conclude(also, possible)
	if r.State == Absent { // only the system can say that
		r.unasked()
	}
	return w.replace(p, r)
}

// unasked is a registration of which nothing is known until its system is asked again.
func (r *Registration) unasked() {
	r.State, r.Code, r.Reason = Unanswered, codeUnasked, reasonUnasked
	r.Checked, r.traced = time.Time{}, time.Time{}
}

const (
	codeUnasked   = "not-asked"
	reasonUnasked = "It has not been asked yet"
)

// decision adds to the history.
func (w *settling) decision(at pair, kind string, by By, reason string) error {
	return w.exec(`INSERT INTO patient_decision (id, patient_id, source, local_id, kind, at, by_issuer, by_subject, by_name, by_role, by_organisation, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		newID(), at.patient, at.source, at.localID, kind, stamp(w.now), by.Issuer, by.Subject, by.Name, by.Role, by.Organisation, reason)
}

func indexOf(links []Link, localID string) int {
	return slices.IndexFunc(links, func(l Link) bool { return l.LocalID == localID })
}

func without(links []Link, localID string) []Link {
	return slices.DeleteFunc(links, func(l Link) bool { return l.LocalID == localID })
}

func contains[T comparable](list []T, v T) bool { return slices.Contains(list, v) }
