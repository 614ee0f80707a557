package views

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

const selectSchedule = `SELECT id, view, version, list, issuer, subject, role, ods, app, every, hour, day, alert, until, created, used, paused, next, run, base FROM view_schedule`

// Schedules gives the schedules of the caller as they act, the newest first. That they look lets
// them go on: what a schedule knows of them is renewed.
func (s *Store) Schedules(ctx context.Context) ([]*Schedule, error) {
	u := askerOf(auth.SessionFrom(ctx))
	if u.issuer == "" || u.role == "" {
		return nil, nil
	}
	list, err := s.schedules(ctx, selectSchedule+` WHERE issuer = $1 AND subject = $2 AND role = $3 AND ods = $4 ORDER BY created DESC, id`, u.issuer, u.subject, string(u.role), u.ods)
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		if err := s.renew(ctx, c); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// schedule gives one of the caller's.
func (s *Store) schedule(ctx context.Context, id string) (*Schedule, error) {
	list, err := s.schedules(ctx, selectSchedule+` WHERE id = $1`, id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 || list[0].owner != askerOf(auth.SessionFrom(ctx)) || list[0].owner.issuer == "" {
		return nil, ErrNoSchedule
	}
	return list[0], nil
}

func (s *Store) schedules(ctx context.Context, query string, args ...any) ([]*Schedule, error) {
	list, err := s.scanSchedules(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		v, err := s.Get(ctx, c.View, c.Version)
		if err != nil {
			return nil, err
		}
		c.Title = v.Title
		if c.pause == "" && !s.now().Before(c.used.Add(unusedFor)) {
			c.pause = pausedUnused
		}
		c.Paused, c.Problem = c.pause != "", pauseWords[c.pause]
		if c.run == "" {
			continue
		}
		runs, err := s.runs(ctx, selectRun+` WHERE id = $1`, c.run)
		if err != nil {
			return nil, err
		}
		if len(runs) == 1 && runs[0].owner == c.owner {
			c.Last = runs[0]
		}
	}
	return list, nil
}

func (s *Store) scanSchedules(ctx context.Context, query string, args ...any) ([]*Schedule, error) {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading schedules: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []*Schedule
	for rows.Next() {
		var c Schedule
		var until, created, used, next int64
		if err := rows.Scan(&c.ID, &c.View, &c.Version, &c.List, &c.owner.issuer, &c.owner.subject, &c.owner.role, &c.owner.ods, &c.app, &c.Every, &c.Hour, &c.Day, &c.Alert,
			&until, &created, &used, &c.pause, &next, &c.run, &c.base); err != nil {
			return nil, fmt.Errorf("reading schedules: %w", err)
		}
		c.Until, c.Created, c.used, c.Next = at(until), at(created), at(used), at(next)
		list = append(list, &c)
	}
	return list, rows.Err()
}

// Over reports whether its time is over.
func (c *Schedule) Over(now time.Time) bool { return !now.Before(c.Until) }

// renew lets a schedule go on that its owner looks at, with the session that they have now. One
// that an app made is renewed by that app: another may do less, or more.
func (s *Store) renew(ctx context.Context, c *Schedule) error {
	session, now := auth.SessionFrom(ctx), s.now()
	if c.app != session.App || c.Over(now) || c.pause == "" && now.Before(c.used.Add(renewedAfter)) {
		return nil
	}
	paused, problem := "", ""
	if c.Paused {
		problem = "It had paused, and goes on now."
	}
	var input *InputError
	_, err := s.startable(ctx, session, c.View, c.Version)
	switch {
	case errors.Is(err, ErrNotApproved), errors.Is(err, ErrNotFound), errors.As(err, &input):
		paused, problem = pausedRefused, pauseWords[pausedRefused]
	case err != nil:
		return err
	}
	sealed, err := s.sealOwner(c.ID, session)
	if err != nil {
		return err
	}
	// Where the session could not be read the digests cannot either: it begins anew.
	_, err = s.write.ExecContext(ctx, `UPDATE view_schedule SET session = $1, used = $2, paused = $3, base = CASE WHEN paused = 'unreadable' THEN '' ELSE base END WHERE id = $4`, sealed, now.UnixMicro(), paused, c.ID)
	if err != nil {
		return fmt.Errorf("renewing a schedule: %w", err)
	}
	c.used, c.pause, c.Paused, c.Problem = now, paused, paused != "", problem
	if problem != "" {
		s.nudge()
	}
	return nil
}
