package views

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Differences are how a run differs from the run before of its schedule. What a source has not
// told, or policy holds back now, is never gone, and never new when it is there again.
type Differences struct {
	// Since is when the run before was begun, UTC.
	Since time.Time
	// New, Changed and Gone are rows; Unknown those of which it cannot be told.
	New, Changed, Gone, Unknown int64
	// Came and Left are people of the list.
	Came, Left int64
}

// compared adds to a run what schedule it is of, and how it differs.
func (s *Store) compared(ctx context.Context, r *Run) error {
	var d Differences
	var base string
	var since int64
	err := s.read.QueryRowContext(ctx, `SELECT schedule, base, since, fresh, changed, gone, unknown, came, went FROM view_since WHERE run = $1`, r.ID).
		Scan(&r.Schedule, &base, &since, &d.New, &d.Changed, &d.Gone, &d.Unknown, &d.Came, &d.Left)
	if isNoRow(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading differences: %w", err)
	}
	if r.Secondary {
		return nil
	}
	r.Headings = append(r.Headings[:len(r.Headings):len(r.Headings)], sinceHeadings...)
	if base != "" && r.State == Done {
		d.Since = at(since)
		r.Differences = &d
	}
	return nil
}

// settle ends a run for care whose pages are all read. Of a schedule, its digests take the place
// of those before, and its owner is told what they want to be told: all in one transaction, so
// that nothing is told twice, and nothing is missed.
func (s *Store) settle(ctx context.Context, j *job) error {
	if j.since == nil {
		return s.finish(ctx, j.id, s.name, Done, "")
	}
	left, still, err := s.left(ctx, j)
	if err != nil {
		return err
	}
	return s.within(ctx, func(tx *sql.Tx) error {
		if err := oneRow(tx.ExecContext(ctx, `UPDATE view_run SET lease = lease WHERE id = $1 AND worker = $2 AND state = 'running'`, j.id, s.name)); errors.Is(err, ErrChanged) {
			return errLost
		} else if err != nil {
			return err
		}
		var c Schedule
		err := tx.QueryRowContext(ctx, `UPDATE view_schedule SET base = $1 WHERE id = $2 AND run = $1 AND base = $3 RETURNING id, view, version, alert, issuer, subject, role, ods`, j.id, j.since.schedule, j.since.base).
			Scan(&c.ID, &c.View, &c.Version, &c.Alert, &c.owner.issuer, &c.owner.subject, &c.owner.role, &c.owner.ods)
		goesOn := err == nil
		if err != nil && !isNoRow(err) {
			return fmt.Errorf("keeping digests: %w", err)
		}
		drop := `DELETE FROM view_digest WHERE schedule = $1 AND run <> $2`
		if !goesOn { // it was ended or is of another list now
			drop = `DELETE FROM view_digest WHERE schedule = $1 AND run = $2`
		}
		if _, err := tx.ExecContext(ctx, drop, j.since.schedule, j.id); err != nil {
			return fmt.Errorf("keeping digests: %w", err)
		}
		var d Differences
		err = tx.QueryRowContext(ctx, `UPDATE view_since SET went = $1, gone = gone + $2, unknown = unknown + $3 WHERE run = $4 RETURNING fresh, changed`, left.Left, left.Gone, left.Unknown, j.id).Scan(&d.New, &d.Changed)
		if err != nil {
			return fmt.Errorf("keeping differences: %w", err)
		}
		if goesOn {
			if err := s.keepStandings(ctx, tx, c.ID, j.id, -1, still); err != nil {
				return err
			}
			if c.wants(d) && j.since.base != "" {
				if err := s.notify(ctx, tx, &c, j.id, "", d); err != nil {
					return err
				}
			}
		}
		return s.finishIn(ctx, tx, j.id, s.name, Done, "")
	})
}

// wants reports whether its owner is told of such differences.
func (c *Schedule) wants(d Differences) bool {
	return c.Alert == AlertNew && d.New > 0 || c.Alert == AlertChanged && d.New+d.Changed > 0
}

// left counts who was there at the run before and is not now. Where people of the list cannot be
// shown, whoever is missing may be one of them: they stand as they were.
func (s *Store) left(ctx context.Context, j *job) (d Differences, still map[short]*standing, err error) {
	now, err := s.standings(ctx, j.since.schedule, j.id)
	if err != nil {
		return d, nil, err
	}
	var hidden int64
	if err := s.write.QueryRowContext(ctx, `SELECT left_out FROM view_run WHERE id = $1`, j.id).Scan(&hidden); err != nil {
		return d, nil, fmt.Errorf("who was left out: %w", err)
	}
	still = map[short]*standing{}
	for who, was := range j.since.before {
		switch {
		case now[who] != nil:
		case hidden > 0:
			still[who] = was
			d.Unknown += int64(len(was.Rows))
		default:
			d.Left++
			d.Gone += int64(len(was.Rows))
		}
	}
	return d, still, nil
}

// SweepSchedules forgets what is past its time: digests that nothing is compared with any more,
// as whom a schedule ran that is over, and notices that are old.
func (s *Store) SweepSchedules(ctx context.Context) {
	now := s.now()
	for _, q := range []struct {
		query  string
		before time.Time
	}{
		{`DELETE FROM view_schedule WHERE until <= $1`, now.Add(-overFor)},
		{`UPDATE view_schedule SET session = '', base = '' WHERE until <= $1 AND session <> ''`, now},
		{`DELETE FROM view_digest WHERE NOT EXISTS (SELECT 1 FROM view_schedule x WHERE x.id = view_digest.schedule AND x.until > $1 AND (x.base = view_digest.run
			OR EXISTS (SELECT 1 FROM view_run r WHERE r.id = view_digest.run AND r.id = x.run AND r.state IN ('queued', 'running'))))`, now},
		{`DELETE FROM view_notice WHERE at <= $1`, now.Add(-noticesFor)},
	} {
		if _, err := s.write.ExecContext(ctx, q.query, q.before.UnixMicro()); err != nil {
			s.trouble(ctx, fmt.Errorf("forgetting schedules: %w", err))
		}
	}
}
