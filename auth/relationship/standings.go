package relationship

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// Standings gives what stands between the caller and each of the patients now,
// aligned. Of relationships it gives those of the user (issuer and subject) and of the
// user's organisation, strongest kind first and, of one kind, the one that lasts
// longest first; a session that an EPR opened on a patient has a Launch relationship
// with that one. A nil session has only the patients' objections. The error is the
// database's; whoever gets it shows nothing.
func (s *Store) Standings(ctx context.Context, session *auth.Session, patients []string) ([]Standing, error) {
	out := make([]Standing, len(patients))
	places := make(map[string]int, len(patients)) // of the first Standing of a patient
	ids := make([]string, 0, len(patients))
	for i, p := range patients {
		out[i].Patient = p
		if _, twice := places[p]; !twice && storable(p) {
			places[p] = i
			ids = append(ids, p)
		}
	}
	now := s.moment()
	q := asked{now: now.UnixMicro()}
	if isSomebody(session) {
		q.issuer, q.subject = session.Issuer, session.Subject
		if storable(session.Organisation.ODS) {
			q.organisation = session.Organisation.ODS
		}
	}
	for part := range slices.Chunk(ids, sizes[len(sizes)-1]) {
		q.patients = part
		if err := s.fill(ctx, q, out, places); err != nil {
			return nil, fmt.Errorf("reading relationships: %w", err)
		}
	}
	for i := range out {
		first, known := places[out[i].Patient]
		switch {
		case known && first != i:
			out[i] = out[first]
		default:
			if q.subject != "" {
				out[i].launched(session, now)
			}
			out[i].sort()
		}
	}
	return out, nil
}

// fill puts the rows of one question into the standings of their patients.
func (s *Store) fill(ctx context.Context, q asked, out []Standing, places map[string]int) error {
	rows, err := s.read.ask(ctx, q)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var table int
		var patient, id, a, b, c, code, words string
		var absolute bool
		var since, until int64
		if err := rows.Scan(&table, &patient, &id, &a, &b, &c, &code, &words, &absolute, &since, &until); err != nil {
			return err
		}
		to := &out[places[patient]]
		switch table {
		case fromRelationship:
			r := Relationship{
				ID: id, Patient: patient, Kind: Kind(a), Organisation: b, From: at(since), Until: at(until),
				Evidence: c, ReasonCode: code, Reason: words,
			}
			if b == "" {
				r.Issuer, r.Subject = q.issuer, q.subject
			}
			to.Relationships = append(to.Relationships, r)
		case fromBreak:
			to.BreakGlass = &BreakGlass{
				ID: id, Patient: patient, Issuer: q.issuer, Subject: q.subject,
				ReasonCode: code, Reason: words, Started: at(since), Until: at(until),
			}
		case fromObjection:
			to.Objections = append(to.Objections, Objection{
				ID: id, Patient: patient, Source: a, Organisation: b, Section: c, RecordedBy: code,
				Reason: words, Absolute: absolute, From: at(since),
			})
		}
	}
	return rows.Err()
}

// launched adds the relationship of a session that an EPR opened on this patient.
func (st *Standing) launched(session *auth.Session, now time.Time) {
	l := session.Launch
	if !l.Opened() || l.Patient == "" || l.Patient != st.Patient || !now.Before(session.Expires) {
		return
	}
	st.Relationships = append(st.Relationships, Relationship{
		ID: "launch-" + session.ID, Patient: st.Patient, Kind: Launch,
		Issuer: session.Issuer, Subject: session.Subject, From: session.Created, Until: session.Expires,
		Evidence: "opened by " + l.Client,
	})
}

// sort puts the rows, which come in any order, into theirs.
func (st *Standing) sort() {
	slices.SortFunc(st.Relationships, func(a, b Relationship) int {
		if a.Kind != b.Kind {
			return a.Kind.rank() - b.Kind.rank()
		}
		if c := b.Until.Compare(a.Until); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	slices.SortFunc(st.Objections, func(a, b Objection) int {
		if c := a.From.Compare(b.From); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
}
