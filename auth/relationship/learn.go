package relationship

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// Learn keeps relationships of organisations that were found in the record: a
// Registration, Appointment, Admission or Referral with Patient, Organisation, From,
// Until and Evidence; a zero From is now. Learning the same again (patient,
// organisation, kind and evidence) changes nothing, or makes it last longer; one whose
// time is over is left out. Those that are invalid are refused with an *InputError
// each, joined, and the others learned. What changes is audited, as done by the
// context's caller, in whose request it was found.
func (s *Store) Learn(ctx context.Context, found []Relationship) error {
	now := s.moment()
	var refused []error
	valid := make([]Relationship, 0, len(found))
	for _, r := range found {
		if r.From.IsZero() {
			r.From = now
		}
		r.ID, r.From, r.Until = newID(), r.From.UTC().Truncate(time.Microsecond), r.Until.UTC().Truncate(time.Microsecond)
		if err := r.check(); err != nil {
			refused = append(refused, err)
		} else if now.Before(r.Until) {
			valid = append(valid, r)
		}
	}
	for part := range slices.Chunk(lasting(valid), learnAtOnce) {
		news, err := s.news(ctx, part)
		if err == nil && len(news) > 0 {
			if err = s.ledger.Record(ctx, learnEvents(ctx, news)...); err == nil {
				err = s.keep(ctx, news)
			}
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(refused...)
}

// learnAtOnce bounds one statement.
const learnAtOnce = 50

// check refuses what is no relationship of an organisation.
func (r *Relationship) check() error {
	switch r.Kind {
	case Registration, Appointment, Admission, Referral, Caseload:
	default:
		return &InputError{"kind", "Only registrations, appointments, admissions, referrals and care teams are found in the record"}
	}
	if err := checkCode("patient", r.Patient, false); err != nil {
		return err
	}
	if err := checkCode("organisation", r.Organisation, false); err != nil {
		return err
	}
	if r.Issuer != "" || r.Subject != "" {
		return &InputError{"subject", "A relationship that is found in the record is the organisation's, not a user's"}
	}
	if !r.From.Before(r.Until) {
		return &InputError{"until", "A relationship must end after it begins"}
	}
	evidence, err := words("evidence", r.Evidence, 1, maxEvidence)
	r.Evidence = evidence
	return err
}

// sameAs orders relationships by what makes them the same one.
func sameAs(a, b Relationship) int {
	return cmp.Or(strings.Compare(a.Patient, b.Patient), strings.Compare(a.Organisation, b.Organisation),
		strings.Compare(string(a.Kind), string(b.Kind)), strings.Compare(a.Evidence, b.Evidence))
}

// lasting gives of equal ones the one that lasts longest. The order also keeps two
// servers that learn the same from waiting for each other.
func lasting(rs []Relationship) []Relationship {
	slices.SortFunc(rs, func(a, b Relationship) int { return cmp.Or(sameAs(a, b), b.Until.Compare(a.Until)) })
	return slices.CompactFunc(rs, func(a, b Relationship) bool { return sameAs(a, b) == 0 })
}

// news gives those that the table does not have, or not for so long.
func (s *Store) news(ctx context.Context, rs []Relationship) ([]Relationship, error) {
	var args []any
	for _, r := range rs {
		args = append(args, r.Patient, r.Organisation)
	}
	rows, err := s.read.QueryContext(ctx, `SELECT patient, organisation, kind, evidence, until FROM relationship
		WHERE subject = '' AND (patient, organisation) IN (VALUES `+list(len(rs), 2)+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading relationships: %w", err)
	}
	defer func() { _ = rows.Close() }()
	kept := map[Relationship]int64{}
	for rows.Next() {
		var k Relationship
		var until int64
		if err := rows.Scan(&k.Patient, &k.Organisation, &k.Kind, &k.Evidence, &until); err != nil {
			return nil, fmt.Errorf("reading relationships: %w", err)
		}
		kept[k] = until
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading relationships: %w", err)
	}
	return slices.DeleteFunc(slices.Clone(rs), func(r Relationship) bool {
		until, known := kept[Relationship{Patient: r.Patient, Organisation: r.Organisation, Kind: r.Kind, Evidence: r.Evidence}]
		return known && r.Until.UnixMicro() <= until
	}), nil
}

// keep writes them. A row that is there lasts longer; it begins anew if there was a
// time between.
func (s *Store) keep(ctx context.Context, rs []Relationship) error {
	var args []any
	for _, r := range rs {
		args = append(args, r.ID, r.Patient, string(r.Kind), r.Organisation, "", "",
			r.From.UnixMicro(), r.Until.UnixMicro(), r.Evidence, "", "")
	}
	_, err := s.write.ExecContext(ctx, `INSERT INTO relationship
		(id, patient, kind, organisation, issuer, subject, since, until, evidence, reason_code, reason)
		VALUES `+list(len(rs), 11)+`
		ON CONFLICT (patient, organisation, kind, evidence) WHERE subject = '' DO UPDATE SET until = excluded.until,
			since = CASE WHEN excluded.since > relationship.until OR excluded.since < relationship.since
				THEN excluded.since ELSE relationship.since END
		WHERE excluded.until > relationship.until`, args...)
	if err != nil {
		return fmt.Errorf("keeping relationships: %w", err)
	}
	return nil
}

// learnEvents are one for each patient and organisation; rs is in the order of sameAs.
func learnEvents(ctx context.Context, rs []Relationship) []audit.Event {
	var events []audit.Event
	for i, r := range rs {
		what := string(r.Kind) + ": " + r.Evidence
		if i > 0 && rs[i-1].Patient == r.Patient && rs[i-1].Organisation == r.Organisation {
			events[len(events)-1].Relationship += "; " + what
			continue
		}
		e := auth.EventOf(ctx, ActionLearn, "")
		e.Patient, e.Target, e.Relationship = r.Patient, r.Organisation, what
		events = append(events, e)
	}
	return events
}
