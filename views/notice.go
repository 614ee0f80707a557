package views

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// noticesFor is how long notices are kept, mostNotices how many of them one reading gives.
const (
	noticesFor  = 90 * 24 * time.Hour
	mostNotices = 100
)

// Notice tells the owner of a schedule what a run of it came to: numbers, and nobody.
type Notice struct {
	ID, Schedule, View, Title string
	// Run is "" where there was none.
	Run string
	// At is UTC.
	At time.Time
	// Problem says why it was not run, or is not repeated any more; "" where rows are new or changed.
	Problem      string
	New, Changed int64
	Read         bool
}

// notify keeps a notice. One of a failure takes the place of one before that nobody has read.
func (s *Store) notify(ctx context.Context, tx *sql.Tx, c *Schedule, run, problem string, d Differences) error {
	if problem != "" {
		if _, err := tx.ExecContext(ctx, `DELETE FROM view_notice WHERE schedule = $1 AND problem <> '' AND seen = 0`, c.ID); err != nil {
			return fmt.Errorf("keeping a notice: %w", err)
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO view_notice (id, schedule, view, version, run, issuer, subject, role, ods, at, problem, fresh, changed, seen)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0)`,
		rand.Text(), c.ID, c.View, c.Version, run, c.owner.issuer, c.owner.subject, string(c.owner.role), c.owner.ods, s.now().UnixMicro(), problem, d.New, d.Changed)
	if err != nil {
		return fmt.Errorf("keeping a notice: %w", err)
	}
	return nil
}

// tellFailed tells owners of runs that failed and that they wait for: no notice must not read as
// nothing new (hazard H-02).
func (s *Store) tellFailed(ctx context.Context) error {
	const failing = `told <> run AND alert <> 'none' AND EXISTS (SELECT 1 FROM view_run r WHERE r.id = view_schedule.run AND (r.state = 'failed' OR r.state = 'expired' AND r.ended = 0))`
	var some int
	if err := s.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM view_schedule WHERE `+failing).Scan(&some); err != nil || some == 0 {
		return err
	}
	return s.within(ctx, func(tx *sql.Tx) error {
		failed, err := told(ctx, tx, `UPDATE view_schedule SET told = run WHERE `+failing+` RETURNING id, view, version, run, issuer, subject, role, ods,
			(SELECT problem FROM view_run r WHERE r.id = view_schedule.run)`)
		if err != nil {
			return err
		}
		for _, f := range failed {
			if err := s.notify(ctx, tx, &f.Schedule, f.run, strings.TrimSpace("It could not be run. "+f.problem), Differences{}); err != nil {
				return err
			}
		}
		return nil
	})
}

type failedRun struct {
	Schedule
	problem string
}

func told(ctx context.Context, tx *sql.Tx, query string) ([]failedRun, error) {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("runs that failed: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []failedRun
	for rows.Next() {
		var f failedRun
		if err := rows.Scan(&f.ID, &f.View, &f.Version, &f.run, &f.owner.issuer, &f.owner.subject, &f.owner.role, &f.owner.ods, &f.problem); err != nil {
			return nil, fmt.Errorf("runs that failed: %w", err)
		}
		list = append(list, f)
	}
	return list, rows.Err()
}

// Notices gives the latest notices of the caller as they act, newest first, and how many they
// have not read.
func (s *Store) Notices(ctx context.Context, first int) (list []*Notice, unread int64, err error) {
	u := askerOf(auth.SessionFrom(ctx))
	if u.issuer == "" || u.role == "" {
		return nil, 0, nil
	}
	const mine = ` FROM view_notice WHERE issuer = $1 AND subject = $2 AND role = $3 AND ods = $4`
	if err := s.read.QueryRowContext(ctx, `SELECT COUNT(*)`+mine+` AND seen = 0`, u.issuer, u.subject, string(u.role), u.ods).Scan(&unread); err != nil {
		return nil, 0, fmt.Errorf("reading notices: %w", err)
	}
	list, versions, err := s.scanNotices(ctx, `SELECT id, schedule, view, version, run, at, problem, fresh, changed, seen`+mine+` ORDER BY at DESC, id LIMIT $5`,
		u.issuer, u.subject, string(u.role), u.ods, min(first, mostNotices))
	if err != nil {
		return nil, 0, err
	}
	for i, n := range list {
		v, err := s.Get(ctx, n.View, versions[i])
		if err != nil {
			return nil, 0, err
		}
		n.Title = v.Title
	}
	return list, unread, nil
}

func (s *Store) scanNotices(ctx context.Context, query string, args ...any) (list []*Notice, versions []int64, err error) {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, nil, fmt.Errorf("reading notices: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var n Notice
		var version, when, seen int64
		if err := rows.Scan(&n.ID, &n.Schedule, &n.View, &version, &n.Run, &when, &n.Problem, &n.New, &n.Changed, &seen); err != nil {
			return nil, nil, fmt.Errorf("reading notices: %w", err)
		}
		n.At, n.Read = at(when), seen != 0
		list, versions = append(list, &n), append(versions, version)
	}
	return list, versions, rows.Err()
}

// ReadNotices notes that the caller has read a notice of theirs, or those of a run; all if both
// are "".
func (s *Store) ReadNotices(ctx context.Context, id, run string) error {
	u := askerOf(auth.SessionFrom(ctx))
	if u.issuer == "" {
		return ErrNobody
	}
	_, err := s.write.ExecContext(ctx, `UPDATE view_notice SET seen = 1 WHERE issuer = $1 AND subject = $2 AND role = $3 AND ods = $4 AND (id = $5 OR $5 = '') AND (run = $6 OR $6 = '') AND seen = 0`,
		u.issuer, u.subject, string(u.role), u.ods, id, run)
	if err != nil {
		return fmt.Errorf("reading notices: %w", err)
	}
	return nil
}
