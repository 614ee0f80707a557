package views

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// RunState is where a run is.
type RunState string

// The states of a run. The zero RunState is none.
const (
	Queued    RunState = "queued"
	Running   RunState = "running"
	Done      RunState = "done"
	Failed    RunState = "failed"
	Refused   RunState = "refused" // it would have told of few people
	Cancelled RunState = "cancelled"
	Expired   RunState = "expired"
)

// Run is a view being run, or that was, over the people of a list or of a search.
type Run struct {
	ID, View string
	Version  int64
	// List is "" for a run over a search.
	List  string
	State RunState
	// Problem says why it failed or was refused; one sentence.
	Problem string
	// Lacking says who may be missing from the rows, in sentences that name nobody; "" if
	// nobody is, of the list or of what was searched for.
	Lacking string
	// People are those read so far; LeftOut those on the list whom the caller may not see (0
	// where policy conceals them) or who have opted out.
	People, LeftOut, Rows int64
	// Waiting is how many answers of sources were still missing in the rows.
	Waiting int64
	// Created, Ended and Expires are UTC; Ended is zero while it goes on.
	Created, Ended, Expires time.Time
	// Headings are the columns; Title the view's; Secondary says that its purpose is not care.
	Headings  []Heading
	Title     string
	Purpose   auth.Purpose
	Secondary bool
	// Schedule is the id of what it is a run of, "" of a run by itself; Differences since the run
	// before, nil if there is nothing that it is compared with.
	Schedule    string
	Differences *Differences

	owner asker
}

// asker is whose a run is: a user as they act. Rows that were read in one role are not for the
// same user in another.
type asker struct {
	user
	role auth.Role
	ods  string
}

// askerOf is nobody for a session that is pinned to one patient, which shows nobody else.
func askerOf(s *auth.Session) asker {
	if s == nil || s.Launch != nil {
		return asker{}
	}
	return asker{userOf(s), s.Role, s.Organisation.ODS}
}

// Ended reports whether nothing more will come.
func (s RunState) Ended() bool { return s != Queued && s != Running && s != "" }

// mostOpen is how many runs of one user may go on at the same time.
const mostOpen = 20

// Start begins a run over a list for the context's caller, who may leave: it goes on as them,
// and is asked anew at every page whether they are still welcome.
func (s *Store) Start(ctx context.Context, view string, version int64, list string) (*Run, error) {
	return s.start(ctx, view, version, list, nil)
}

func (s *Store) start(ctx context.Context, view string, version int64, list string, search *Search) (*Run, error) {
	session := auth.SessionFrom(ctx)
	v, err := s.startable(ctx, session, view, version)
	if err != nil {
		return nil, err
	}
	if Secondary(v.Purpose) && search != nil {
		return nil, ErrNoSearch
	}
	var open int
	err = s.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM view_run WHERE issuer = $1 AND subject = $2 AND state IN ('queued', 'running')
		AND NOT EXISTS (SELECT 1 FROM view_since x WHERE x.run = view_run.id AND x.asked = 0)`, session.Issuer, session.Subject).Scan(&open)
	if err != nil {
		return nil, fmt.Errorf("beginning a run: %w", err)
	}
	if open >= mostOpen {
		return nil, wrong("You have %d runs that go on: wait for one to end, or end it.", open)
	}
	id, over := rand.Text(), "list "+list
	if search != nil {
		over = "a search" // for whom is in the ledger as every search is: by whom it found
	}
	if err := s.toldRun(ctx, v, "run "+id+" over "+over); err != nil {
		return nil, err
	}
	if err := s.insertRun(ctx, s.write, id, v, list, search, session); err != nil {
		return nil, err
	}
	s.nudge()
	return s.Run(ctx, id)
}

// startable gives a version of a view that the session may run now.
func (s *Store) startable(ctx context.Context, session *auth.Session, view string, version int64) (*View, error) {
	if session == nil || session.Role == "" {
		return nil, ErrNobody
	}
	if session.Launch != nil {
		return nil, wrong("This session was opened on one patient and shows nobody else.")
	}
	v, err := s.Get(ctx, view, version)
	if err != nil {
		return nil, err
	}
	if err := v.runnable(session, s.now()); err != nil {
		return nil, err
	}
	if len(v.Problems) > 0 {
		return nil, wrong("%s", v.Problems[0])
	}
	if Secondary(v.Purpose) && s.Governance == nil {
		return nil, wrong("This region is not set up for other purposes than care: its configuration has no `views.secondary`.")
	}
	return v, nil
}

// toldRun notes in the ledger what is about to be done with a view for its purpose.
func (s *Store) toldRun(ctx context.Context, v *View, what string) error {
	e := auth.EventOf(ctx, ActionView, audit.Permit)
	e.Target, e.Purpose, e.Reason = target(v.ID, v.Version), string(v.Purpose), what
	return s.ledger.Record(ctx, e)
}

// writer is the database or a transaction of it.
type writer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// insertRun queues a run as the session, which is sealed with it, over a list or, if there is one, a search.
func (s *Store) insertRun(ctx context.Context, to writer, id string, v *View, list string, search *Search, session *auth.Session) error {
	as := *session
	as.Purpose = v.Purpose
	as.View = &auth.ViewRun{View: v.ID, Secondary: Secondary(v.Purpose)}
	text, err := json.Marshal(as)
	if err != nil {
		return err
	}
	sealed, err := s.seal("session "+id, text)
	if err != nil {
		return err
	}
	searched := ""
	if search != nil {
		if searched, err = s.sealJSON("search "+id, search); err != nil {
			return err
		}
	}
	now := s.now()
	_, err = to.ExecContext(ctx, `INSERT INTO view_run (id, view, version, list, issuer, subject, role, ods, session, state, problem, page, place, people, left_out, rows_made,
		waiting, created, ended, expires, worker, lease, search) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued', '', 0, '', 0, 0, 0, 0, $10, 0, $11, '', 0, $12)`,
		id, v.ID, v.Version, list, session.Issuer, session.Subject, string(session.Role), session.Organisation.ODS, sealed, now.UnixMicro(), now.Add(s.Limits.withDefaults().Keep).UnixMicro(), searched)
	if err != nil {
		return fmt.Errorf("beginning a run: %w", err)
	}
	return nil
}

const selectRun = `SELECT id, view, version, list, issuer, subject, role, ods, state, problem, lacking, people, left_out, rows_made, waiting, created, ended, expires FROM view_run`

// Run gives a run of the context's caller.
func (s *Store) Run(ctx context.Context, id string) (*Run, error) {
	list, err := s.runs(ctx, selectRun+` WHERE id = $1`, id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 || list[0].owner != askerOf(auth.SessionFrom(ctx)) || list[0].owner.issuer == "" {
		return nil, ErrNotFound
	}
	return list[0], nil
}

// Runs gives the latest 50 runs of the caller, of one view or of all (""), newest first.
func (s *Store) Runs(ctx context.Context, view string) ([]*Run, error) {
	u := askerOf(auth.SessionFrom(ctx))
	if u.issuer == "" {
		return nil, nil
	}
	return s.runs(ctx, selectRun+` WHERE issuer = $1 AND subject = $2 AND role = $3 AND ods = $4 AND (view = $5 OR $5 = '') ORDER BY created DESC, id LIMIT 50`,
		u.issuer, u.subject, string(u.role), u.ods, view)
}

func (s *Store) runs(ctx context.Context, query string, args ...any) ([]*Run, error) {
	list, err := s.scanRuns(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	for _, r := range list {
		v, err := s.Get(ctx, r.View, r.Version)
		if err != nil {
			return nil, err
		}
		r.Title, r.Purpose, r.Secondary = v.Title, v.Purpose, Secondary(v.Purpose)
		if p, err := s.planOf(&v.Body); err == nil {
			r.Headings = p.headings
		}
		if err := s.compared(ctx, r); err != nil {
			return nil, err
		}
		if !s.now().Before(r.Expires) && r.State.Ended() {
			r.State = Expired
		}
	}
	return list, nil
}

func (s *Store) scanRuns(ctx context.Context, query string, args ...any) ([]*Run, error) {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("reading runs: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []*Run
	for rows.Next() {
		var r Run
		var created, ended, expires int64
		if err := rows.Scan(&r.ID, &r.View, &r.Version, &r.List, &r.owner.issuer, &r.owner.subject, &r.owner.role, &r.owner.ods, &r.State, &r.Problem, &r.Lacking,
			&r.People, &r.LeftOut, &r.Rows, &r.Waiting, &created, &ended, &expires); err != nil {
			return nil, fmt.Errorf("reading runs: %w", err)
		}
		r.Lacking = strings.TrimSpace(r.Lacking)
		r.Created, r.Ended, r.Expires = at(created), at(ended), at(expires)
		list = append(list, &r)
	}
	return list, rows.Err()
}

// Cancel ends a run of the caller; its rows are gone.
func (s *Store) Cancel(ctx context.Context, id string) (*Run, error) {
	r, err := s.Run(ctx, id)
	if err != nil || r.State.Ended() {
		return r, err
	}
	if err := s.finish(ctx, id, "", Cancelled, ""); err != nil {
		return nil, err
	}
	s.mu.Lock()
	if stop := s.running[id]; stop != nil {
		stop()
	}
	s.mu.Unlock()
	return s.Run(ctx, id)
}

// finish ends a run that goes on; worker "" is whoever works on it. Rows of one that is not
// done are gone.
func (s *Store) finish(ctx context.Context, id, worker string, state RunState, problem string) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		return s.finishIn(ctx, tx, id, worker, state, problem)
	})
}

func (s *Store) finishIn(ctx context.Context, tx *sql.Tx, id, worker string, state RunState, problem string) error {
	_, err := tx.ExecContext(ctx, `UPDATE view_run SET state = $1, problem = $2, ended = $3, session = '', search = '', worker = '', lease = 0
			WHERE id = $4 AND state IN ('queued', 'running') AND (worker = $5 OR $5 = '')`, string(state), problem, s.now().UnixMicro(), id, worker)
	if err != nil || state == Done {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM view_rows WHERE run = $1 AND EXISTS (SELECT 1 FROM view_run WHERE id = $1 AND state <> 'done' AND state <> 'running' AND state <> 'queued')`, id)
	return err
}

// awaitEvery is how often a waiting reader looks whether a run has ended: another server may
// be at it.
const awaitEvery = 40 * time.Millisecond

// Await returns when a run has ended, or ctx.
func (s *Store) Await(ctx context.Context, id string) {
	tick := time.NewTicker(awaitEvery)
	defer tick.Stop()
	for {
		var state RunState
		err := s.read.QueryRowContext(ctx, `SELECT state FROM view_run WHERE id = $1`, id).Scan(&state)
		if err != nil || state.Ended() {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
