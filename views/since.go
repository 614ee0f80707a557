package views

import (
	"context"
	"database/sql"
	"fmt"
)

// What a row is since the run before, as the column _change has it.
const (
	rowNew     = "NEW"
	rowChanged = "CHANGED"
	rowSame    = "SAME"
	// rowUnknown: it cannot be told, because a source had not told all it holds.
	rowUnknown = "UNKNOWN"
)

// sinceHeadings are the columns that runs of a schedule have besides.
var sinceHeadings = []Heading{
	{Name: "_change", Kind: "string", Description: "What the row is since the run before of the same schedule: NEW, CHANGED, SAME, or UNKNOWN where a source had not told all it holds then or now; " +
		"empty in the first run. A row that is not there any more is in no file: the run counts it"},
	{Name: "_since", Kind: "dateTime", Description: "Which run of the schedule first had the row as it is; empty if it was so when the schedule began, or that is not known"},
}

// mostRepeated is how many people a run that is compared with the one before may be over.
const mostRepeated = 10_000

// tracker compares a run with the run before of its schedule, by digests. A source that does not
// answer changes nothing (hazard H-02): what it told last stands until it tells all it holds
// again, and only then is something new, changed or gone.
type tracker struct {
	schedule, run, base string
	at                  int64 // when the run was begun
	digester            digester
	plan                *plan
	before              map[short]*standing
	page                map[short]*standing // people of the page that is being made
	count               Differences
	people              int
}

// tracker gives the tracker of a run; nil for one that is compared with none.
func (s *Store) tracker(ctx context.Context, j *job, v *View, p *plan) (*tracker, error) {
	t := &tracker{run: j.id, plan: p.tracked(), people: int(j.people)}
	err := s.read.QueryRowContext(ctx, `SELECT x.schedule, x.base, r.created FROM view_since x JOIN view_run r ON r.id = x.run WHERE x.run = $1`, j.id).Scan(&t.schedule, &t.base, &t.at)
	if isNoRow(err) || err == nil && Secondary(v.Purpose) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("what a run is compared with: %w", err)
	}
	if t.digester, err = s.digester(t.schedule); err != nil {
		return nil, err
	}
	t.before, err = s.standings(ctx, t.schedule, t.base)
	t.turn()
	return t, err
}

// planOr is the tracker's plan, which reads what tells entries apart besides.
func (t *tracker) planOr(p *plan) *plan {
	if t == nil {
		return p
	}
	return t.plan
}

// turn begins another page.
func (t *tracker) turn() { t.page, t.count = map[short]*standing{}, Differences{} }

// keep writes the page's digests, and counts on.
func (t *tracker) keep(ctx context.Context, tx *sql.Tx, s *Store, page int64) error {
	if t == nil {
		return nil
	}
	if err := s.keepStandings(ctx, tx, t.schedule, t.run, page, t.page); err != nil {
		return err
	}
	c := t.count
	_, err := tx.ExecContext(ctx, `UPDATE view_since SET fresh = fresh + $1, changed = changed + $2, gone = gone + $3, unknown = unknown + $4, came = came + $5 WHERE run = $6`,
		c.New, c.Changed, c.Gone, c.Unknown, c.Came, t.run)
	t.turn()
	return err
}
