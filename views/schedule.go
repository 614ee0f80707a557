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
)

// Alert is of what a schedule tells its owner.
type Alert string

// The zero Alert is none, and is refused.
const (
	AlertNone    Alert = "none"
	AlertNew     Alert = "new"     // rows that are new
	AlertChanged Alert = "changed" // rows that are new or changed
)

const (
	// mostSchedules is how many schedules a user may have.
	mostSchedules = 20
	// longestSchedule is for how many days a view is repeated.
	longestSchedule = 90
	// unusedFor is how long a schedule goes on for an owner who does not open their views, and
	// overFor how long it is still shown when its time is over.
	unusedFor = 14 * 24 * time.Hour
	overFor   = 30 * 24 * time.Hour
	// renewedAfter is how old what a schedule knows of its owner may become before their opening
	// of their views makes it new.
	renewedAfter = time.Minute
)

// Why a schedule does not go on.
const (
	pausedOff        = "off"
	pausedRefused    = "refused"
	pausedUnreadable = "unreadable"
	pausedRestored   = "restored" // written by package backup
)

var pauseWords = map[string]string{
	pausedOff:        "You, or what you acted as, were switched off.",
	pausedRefused:    "You may not run the view any more: it is not approved, does not fit any more, or is not for your role.",
	pausedUnreadable: "What was kept of your session cannot be read any more: open your views to let it go on.",
	pausedRestored:   "Patchwork's database was restored from a backup: open your views to let it go on.",
	pausedUnused:     "You have not opened your views in this role for 14 days: open them to let it go on.",
}

const pausedUnused = "unused" // not kept: it follows from when they were opened

// Schedule is a view that is run again by itself over a list, as its owner.
type Schedule struct {
	ID, View string
	// Version of the view; a newer one has to be chosen.
	Version int64
	List    string
	When
	Alert Alert
	// Until is when it ends, Next when it is due; UTC.
	Until, Next, Created time.Time
	// Paused: it does not go on before what Problem says is over.
	Paused  bool
	Problem string
	Title   string
	// Last is its latest run, nil if there was none.
	Last *Run

	owner asker
	run   string
	base  string
	app   string
	used  time.Time
	pause string
}

// ErrNoSchedule: the caller has no such schedule.
var ErrNoSchedule = errors.New("you have no such repeated view")

// Plan is what a schedule is to be.
type Plan struct {
	View    string
	Version int64
	List    string
	When
	Alert Alert
	// Until is when it ends.
	Until time.Time
}

// SaveSchedule makes a schedule of the caller's, or changes one of theirs; its first run, and the
// first over another view or list, is begun at once: there is nothing else to compare with.
func (s *Store) SaveSchedule(ctx context.Context, id string, p Plan) (*Schedule, error) {
	session := auth.SessionFrom(ctx)
	v, err := s.startable(ctx, session, p.View, p.Version)
	if err != nil {
		return nil, err
	}
	if err := s.checkPlan(&p, v); err != nil {
		return nil, err
	}
	was := &Schedule{Created: s.now(), Next: s.now()}
	if id != "" {
		if was, err = s.schedule(ctx, id); err != nil {
			return nil, err
		}
	}
	// Without another run to compare with the next is one to be compared with.
	anew := was.base == "" || was.View != v.ID || was.Version != v.Version || was.List != p.List
	next := was.Next
	if id != "" {
		next = p.After(s.now(), s.zone())
	}
	if anew {
		next = s.now()
	}
	what := "changed"
	if id == "" {
		id, what = rand.Text(), "made"
	}
	sealed, err := s.sealOwner(id, session)
	if err != nil {
		return nil, err
	}
	if err := s.toldRun(ctx, v, fmt.Sprintf("schedule %s %s: %s over list %s until %s, alert %s", id, what, p.Every, p.List, p.Until.UTC().Format(time.RFC3339), p.Alert)); err != nil {
		return nil, err
	}
	err = s.within(ctx, func(tx *sql.Tx) error {
		if what == "made" {
			return s.insertSchedule(ctx, tx, id, v, &p, session, sealed, next)
		}
		return s.changeSchedule(ctx, tx, was, v, &p, session, sealed, next, anew)
	})
	if err != nil {
		return nil, err
	}
	s.nudge()
	return s.schedule(ctx, id)
}

// checkPlan says what a schedule cannot be.
func (s *Store) checkPlan(p *Plan, v *View) error {
	if err := p.check(); err != nil {
		return err
	}
	now := s.now()
	switch secondary := Secondary(v.Purpose); {
	case p.List == "" || len(p.List) > 200:
		return wrong("A view is repeated over a list.")
	case p.Alert != AlertNone && p.Alert != AlertNew && p.Alert != AlertChanged:
		return wrong("What you are told of is none, new or changed.")
	case !p.Until.After(now) || p.Until.After(now.AddDate(0, 0, longestSchedule+1)):
		return wrong("A view is repeated until a day after now, within %d days.", longestSchedule)
	case secondary && p.Alert != AlertNone:
		return wrong("A view for another purpose than care tells of no differences: few rows that are new or gone are few people.")
	case secondary && p.Every == Hourly:
		return wrong("A view for another purpose than care is repeated daily or weekly: what changes within an hour is of few people.")
	}
	return nil
}

func (s *Store) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// sealOwner keeps as whom a schedule runs.
func (s *Store) sealOwner(id string, session *auth.Session) (string, error) {
	text, err := json.Marshal(session)
	if err != nil {
		return "", err
	}
	return s.seal("schedule "+id, text)
}

func (s *Store) insertSchedule(ctx context.Context, tx *sql.Tx, id string, v *View, p *Plan, session *auth.Session, sealed string, next time.Time) error {
	now := s.now().UnixMicro()
	var have int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM view_schedule WHERE issuer = $1 AND subject = $2 AND until > $3`, session.Issuer, session.Subject, now).Scan(&have); err != nil {
		return fmt.Errorf("keeping a schedule: %w", err)
	}
	if have >= mostSchedules {
		return wrong("You have %d views that are repeated: end one first.", have)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO view_schedule (id, view, version, list, issuer, subject, role, ods, app, session, every, hour, day, alert, until, created, used, paused, next, run, base, told, worker, lease)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, '', $17, '', '', '', '', 0)`,
		id, v.ID, v.Version, p.List, session.Issuer, session.Subject, string(session.Role), session.Organisation.ODS, session.App, sealed,
		string(p.Every), int64(p.Hour), int64(p.Day), string(p.Alert), p.Until.UnixMicro(), now, next.UnixMicro())
	if err != nil {
		return fmt.Errorf("keeping a schedule: %w", err)
	}
	return nil
}

func (s *Store) changeSchedule(ctx context.Context, tx *sql.Tx, was *Schedule, v *View, p *Plan, session *auth.Session, sealed string, next time.Time, anew bool) error {
	run, base := was.run, was.base
	if anew {
		run, base = "", ""
		if _, err := tx.ExecContext(ctx, `DELETE FROM view_digest WHERE schedule = $1`, was.ID); err != nil {
			return fmt.Errorf("keeping a schedule: %w", err)
		}
	}
	return oneRow(tx.ExecContext(ctx, `UPDATE view_schedule SET view = $1, version = $2, list = $3, app = $4, session = $5, every = $6, hour = $7, day = $8, alert = $9, until = $10,
		used = $11, paused = '', next = $12, run = $13, base = $14, worker = '', lease = 0 WHERE id = $15 AND run = $16 AND base = $17`,
		v.ID, v.Version, p.List, session.App, sealed, string(p.Every), int64(p.Hour), int64(p.Day), string(p.Alert), p.Until.UnixMicro(),
		s.now().UnixMicro(), next.UnixMicro(), run, base, was.ID, was.run, was.base))
}

// EndSchedule ends a schedule of the caller's; its digests are gone. A run that goes on ends by
// itself.
func (s *Store) EndSchedule(ctx context.Context, id string) error {
	c, err := s.schedule(ctx, id)
	if err != nil {
		return err
	}
	if err := s.told(ctx, c.View, c.Version, "schedule "+id+" ended"); err != nil {
		return err
	}
	return s.within(ctx, func(tx *sql.Tx) error {
		for _, query := range []string{`DELETE FROM view_schedule WHERE id = $1`, `DELETE FROM view_digest WHERE schedule = $1`} {
			if _, err := tx.ExecContext(ctx, query, id); err != nil {
				return fmt.Errorf("ending a schedule: %w", err)
			}
		}
		return nil
	})
}
