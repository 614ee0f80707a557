package lists

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/patchworkcare/patchwork/audit"
)

// A change is thought through twice. First against the list as it stands, without holding
// anything, to know what the ledger must have before it takes effect; then again in the
// transaction that holds the list, where it takes effect if the ledger has all of it. So
// no change waits for the ledger while others wait for it, and what takes effect is what
// was thought through last.

// deed is what a change comes to.
type deed struct {
	// what is for the history: in words, without anybody's name or number.
	what string
	// events are what the ledger must have before.
	events []entry
	// about is whom it concerns who may not read the list any more; zero for nobody.
	about Grantee
	// apply does it; version is the list's after it.
	apply func(ctx context.Context, tx *sql.Tx, version int64) error
}

// entry is an event with what tells it from the others of a change.
type entry struct {
	key   string
	event audit.Event
}

// planner thinks a change through against the list as it stands; nil is that there is
// nothing to do.
type planner func(ctx context.Context, q querier, a asking, l List) (*deed, error)

// wanted is what a change needs.
type wanted struct {
	may Permission
	// away: it may be done to a list that was put away.
	away bool
	plan planner
}

// tries bounds how often others may come between.
const tries = 100

// errBusy: others changed the same without end.
var errBusy = errors.New("changing a list: others change the same one without end")

// change does what is wanted to the list, and gives it as it is after, as the caller has it.
func (s *Store) change(ctx context.Context, c Caller, id string, w wanted) (List, error) {
	a, err := s.asking(ctx, c)
	if err != nil {
		return List{}, err
	}
	t := trail{store: s, caller: c, target: "list:" + id}
	for range tries {
		l, d, err := w.think(ctx, s.read, a, id)
		if err != nil {
			return List{}, t.refuse(ctx, l, err)
		}
		// That there is nothing to do is for the transaction to say too: what was read here
		// may be of two moments.
		if d != nil {
			if err := t.record(ctx, d.events); err != nil {
				return List{}, err
			}
		}
		l, done, err := s.effect(ctx, a, id, w, &t)
		if err != nil {
			return List{}, t.refuse(ctx, l, err)
		}
		if done {
			s.feed.poke()
			return l, nil
		}
	}
	return List{}, errBusy
}

// think reads the list and plans; with an error it gives the list too, if there is one.
func (w wanted) think(ctx context.Context, q querier, a asking, id string) (List, *deed, error) {
	l, err := one(ctx, q, a, id)
	switch {
	case err != nil:
		return List{}, nil, err
	case l.May < Read:
		return l, nil, ErrNotFound
	case l.May < w.may:
		return l, nil, ErrNotAllowed
	case !l.Archived.IsZero() && !w.away:
		return l, nil, &InputError{"id", "The list was put away: bring it back first"}
	}
	d, err := w.plan(ctx, q, a, l)
	return l, d, err
}

// effect makes the change, unless it comes to more than the ledger has: then done is false
// and nothing changed.
func (s *Store) effect(ctx context.Context, a asking, id string, w wanted, t *trail) (l List, done bool, err error) {
	err = s.inTx(ctx, "changing a list", func(ctx context.Context, tx *sql.Tx) error {
		if err := s.lockRow(ctx, tx, "list", id); err != nil {
			return fmt.Errorf("changing a list: %w", err)
		}
		a.now = s.moment().UnixMicro() // waiting may have taken a while
		var d *deed
		if l, d, err = w.think(ctx, tx, a, id); err != nil {
			return err
		}
		if d == nil { // others have done the same
			done = true
			return nil
		}
		if !t.has(d.events) {
			return nil
		}
		if err := s.advance(ctx, tx, a, l, d); err != nil {
			return named("changing a list", err)
		}
		if l, err = one(ctx, tx, a, id); err != nil {
			return err
		}
		done = true
		return nil
	})
	return l, done, err
}

// named says what failed, but for what is said to the user.
func named(what string, err error) error {
	var bad *InputError
	if errors.As(err, &bad) {
		return err
	}
	return fmt.Errorf("%s: %w", what, err)
}

// advance gives the list its next version, does the deed, and notes it.
func (s *Store) advance(ctx context.Context, tx *sql.Tx, a asking, l List, d *deed) error {
	if _, err := tx.ExecContext(ctx, `UPDATE list SET version = version + 1, changed = $1, changed_by = $2 WHERE id = $3`, a.now, a.me, l.ID); err != nil {
		return err
	}
	if err := d.apply(ctx, tx, l.Version+1); err != nil {
		return err
	}
	return s.note(ctx, tx, noted{list: l.ID, version: l.Version + 1, at: a.now, by: a.me, what: d.what, about: d.about})
}

// noted is a row of list_change.
type noted struct {
	list    string
	version int64
	team    string
	at      int64
	by      string
	what    string
	about   Grantee
}

// changeLock is PostgreSQL's, held from numbering a change to its commit; any fixed number.
const changeLock = 7283902152

// note numbers a change. Who follows reads numbers on from the last one they have seen, so
// none may come into sight after a later one: it is the last thing of a transaction, and
// one at a time.
func (s *Store) note(ctx context.Context, tx *sql.Tx, n noted) error {
	if s.postgres {
		if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, int64(changeLock)); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO list_change
		(seq, list, version, team, at, person, what, about_kind, about_id, about_organisation)
		VALUES ((SELECT COALESCE(MAX(seq), 0) + 1 FROM list_change), $1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		n.list, n.version, n.team, n.at, n.by, n.what, string(n.about.Kind), n.about.ID, n.about.Organisation.ODS)
	return err
}
