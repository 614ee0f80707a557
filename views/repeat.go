package views

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
)

// isDue is which schedules are due: not paused, not over, whose owner opens their views, whose
// last run has ended, and that no server is at.
const isDue = `paused = '' AND next <= $1 AND until > $1 AND used > $2 AND lease < $1
	AND NOT EXISTS (SELECT 1 FROM view_run r WHERE r.id = view_schedule.run AND r.state IN ('queued', 'running'))`

// Repeat begins the runs that are due, and tells owners of those that failed. However many times
// were missed, it is one run.
func (s *Store) Repeat(ctx context.Context) {
	s.trouble(ctx, s.tellFailed(ctx))
	for more := true; more && ctx.Err() == nil; {
		var err error
		more, err = s.repeatOne(ctx)
		s.trouble(ctx, err)
	}
}

// due is a schedule that this server begins the next run of.
type due struct {
	*Schedule
	session *auth.Session
}

// repeatOne begins the run of one schedule that is due; more says that there may be another.
func (s *Store) repeatOne(ctx context.Context) (more bool, err error) {
	d, err := s.take(ctx)
	if d == nil || err != nil {
		return false, err
	}
	ctx = auth.WithSession(auth.WithCaller(ctx, auth.Caller{RequestID: "schedule-" + d.ID, Client: "view schedule"}), d.session)
	if err := s.Welcome(ctx, d.session); errors.Is(err, accounts.ErrOff) {
		return true, s.pause(ctx, d, pausedOff)
	} else if err != nil {
		return false, err
	}
	v, err := s.startable(ctx, d.session, d.View, d.Version)
	var input *InputError
	switch {
	case errors.Is(err, ErrNotApproved), errors.Is(err, ErrNotFound), errors.As(err, &input):
		return true, s.pause(ctx, d, pausedRefused)
	case err != nil:
		return false, err
	}
	if allowed, err := s.allowed(ctx, v, d.session); err != nil {
		return false, err
	} else if !allowed {
		return true, s.pause(ctx, d, pausedRefused)
	}
	id := rand.Text()
	if err := s.toldRun(ctx, v, "run "+id+" over list "+d.List+", by schedule "+d.ID); err != nil {
		return false, err
	}
	err = s.beginRun(ctx, id, v, d, d.After(s.now(), s.zone()), s.name)
	if errors.Is(err, ErrChanged) {
		return true, nil // somebody has changed or ended it meanwhile
	}
	if err != nil {
		return false, err
	}
	s.nudge()
	return true, nil
}

// take takes a schedule that is due for leaseFor; nil if there is none. Whoever is killed between
// taking it and the run's beginning has changed nothing, and it is taken again.
func (s *Store) take(ctx context.Context) (*due, error) {
	now, used := s.now().UnixMicro(), s.now().Add(-unusedFor).UnixMicro()
	var id, sealed string
	err := s.read.QueryRowContext(ctx, `SELECT id FROM view_schedule WHERE `+isDue+` ORDER BY next, id LIMIT 1`, now, used).Scan(&id)
	if err == nil {
		err = s.write.QueryRowContext(ctx, `UPDATE view_schedule SET worker = $3, lease = $4 WHERE id = $5 AND `+isDue+` RETURNING session`,
			now, used, s.name, s.now().Add(leaseFor).UnixMicro(), id).Scan(&sealed)
	}
	if isNoRow(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("taking a schedule: %w", err)
	}
	list, err := s.scanSchedules(ctx, selectSchedule+` WHERE id = $1`, id)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	d := &due{Schedule: list[0]}
	text, err := s.unseal("schedule "+id, sealed)
	if err == nil {
		err = json.Unmarshal(text, &d.session)
	}
	if err != nil {
		return nil, errors.Join(err, s.pause(ctx, d, pausedUnreadable))
	}
	return d, nil
}

// allowed asks the graph, as the run will, whether its owner may still run the view: by policy,
// and as what they act.
func (s *Store) allowed(ctx context.Context, v *View, session *auth.Session) (bool, error) {
	as := *session
	as.Purpose = v.Purpose
	data, problems, err := s.Executor.Run(auth.WithSession(ctx, &as), "ScheduledView", `query ScheduledView($view: ID!, $version: Int) { view(id: $view, version: $version) { runnable } }`,
		map[string]any{"view": v.ID, "version": v.Version})
	if err != nil {
		return false, err
	}
	var answer struct{ View *struct{ Runnable bool } }
	if len(data) > 0 {
		if err := json.Unmarshal(data, &answer); err != nil {
			return false, err
		}
	}
	return len(problems) == 0 && answer.View != nil && answer.View.Runnable, nil
}

// beginRun queues a run of a schedule and says when the next is due, in one transaction: neither
// is there without the other. worker is who has taken it, "" if its owner asks.
func (s *Store) beginRun(ctx context.Context, id string, v *View, d *due, next time.Time, worker string) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		var base string
		var since int64
		err := tx.QueryRowContext(ctx, `UPDATE view_schedule SET run = $1, next = $2, worker = '', lease = 0 WHERE id = $3 AND run = $4 AND (worker = $5 OR $5 = '') RETURNING base,
			COALESCE((SELECT created FROM view_run r WHERE r.id = view_schedule.base), 0)`, id, next.UnixMicro(), d.ID, d.run, worker).Scan(&base, &since)
		if isNoRow(err) {
			return ErrChanged
		}
		if err != nil {
			return fmt.Errorf("beginning a run: %w", err)
		}
		if err := s.insertRun(ctx, tx, id, v, d.List, nil, d.session); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO view_since (run, schedule, base, since, asked, fresh, changed, gone, unknown, came, went) VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0, 0, 0)`,
			id, d.ID, base, since, bit(worker == ""))
		return err
	})
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// RunNow begins a run of a schedule of the caller's now, as they are now, or gives the one that
// goes on.
func (s *Store) RunNow(ctx context.Context, id string) (*Run, error) {
	c, err := s.schedule(ctx, id)
	if err != nil {
		return nil, err
	}
	if c.Last != nil && !c.Last.State.Ended() {
		return c.Last, nil
	}
	d := &due{c, auth.SessionFrom(ctx)}
	if c.Over(s.now()) {
		return nil, wrong("Its time is over: let it be repeated until another day first.")
	}
	v, err := s.startable(ctx, d.session, c.View, c.Version)
	if err != nil {
		return nil, err
	}
	run := rand.Text()
	if err := s.toldRun(ctx, v, "run "+run+" over list "+c.List+", of schedule "+id+", asked for"); err != nil {
		return nil, err
	}
	next := c.Next
	if !next.After(s.now()) {
		next = c.After(s.now(), s.zone())
	}
	err = s.beginRun(ctx, run, v, d, next, "")
	if err != nil {
		return nil, err
	}
	s.nudge()
	return s.Run(ctx, run)
}

// pause stops a schedule until its owner opens their views, and tells them.
func (s *Store) pause(ctx context.Context, d *due, why string) error {
	if d.session != nil {
		if err := s.told(ctx, d.View, d.Version, "schedule "+d.ID+" paused: "+why); err != nil {
			return err
		}
	}
	return s.within(ctx, func(tx *sql.Tx) error {
		err := oneRow(tx.ExecContext(ctx, `UPDATE view_schedule SET paused = $1, worker = '', lease = 0 WHERE id = $2 AND worker = $3`, why, d.ID, s.name))
		if errors.Is(err, ErrChanged) || err == nil && d.Alert == AlertNone {
			return nil
		}
		if err != nil {
			return err
		}
		return s.notify(ctx, tx, d.Schedule, "", "It is not repeated any more. "+pauseWords[why], Differences{})
	})
}
