package feed

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// group is how many messages one commit takes at most.
const group = 256

// putting is one message on its way.
type putting struct {
	message *Message
	replay  int64 // the dead letter that it was; 0 for what came from the sender
	outcome Outcome
	err     error
	done    chan struct{}
}

// ErrClosed is the answer of a store that is being closed.
var ErrClosed = errors.New("the feed's store is closed")

// Put gives a message to the writer, in the order of the calls, and returns a function
// that waits until it is kept: durably, or with an error not at all.
func (s *Store) Put(m *Message) func() (Outcome, error) { return s.put(m, 0) }

func (s *Store) put(m *Message, replay int64) func() (Outcome, error) {
	p := &putting{message: m, replay: replay, done: make(chan struct{})}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return func() (Outcome, error) { return Outcome{}, ErrClosed }
	}
	s.queue <- p
	return func() (Outcome, error) {
		<-p.done
		return p.outcome, p.err
	}
}

// linger is how long the writer waits for as many as came together last time: whoever
// was answered by that commit sends the next one now, and would otherwise wait for a whole
// commit of a few others.
const linger = time.Millisecond

// writer takes what waits into one commit, whatever has come while the last one was made.
func (s *Store) writer() {
	defer close(s.ended)
	last := 0
	for p := range s.queue {
		batch := s.gather(append(make([]*putting, 0, group), p), last)
		last = len(batch)
		if err := s.keep(batch); err != nil && len(batch) > 1 {
			for i := range batch { // one of them may be why
				_ = s.keep(batch[i : i+1])
			}
		}
		for _, p := range batch {
			close(p.done)
		}
	}
}

func (s *Store) gather(batch []*putting, expected int) []*putting {
	timer := time.NewTimer(linger)
	defer timer.Stop()
	for len(batch) < group {
		select {
		case p, ok := <-s.queue:
			if !ok {
				return batch
			}
			batch = append(batch, p)
			continue
		default:
		}
		if len(batch) >= expected {
			return batch
		}
		select {
		case p, ok := <-s.queue:
			if !ok {
				return batch
			}
			batch = append(batch, p)
		case <-timer.C:
			return batch
		}
	}
	return batch
}

// keep commits a batch; without success each has the error.
func (s *Store) keep(batch []*putting) error {
	err := s.commit(batch)
	for _, p := range batch {
		if p.err = err; err != nil {
			p.outcome = Outcome{}
		}
	}
	return err
}

func (s *Store) commit(batch []*putting) (err error) {
	ctx := context.Background()
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	s.last = max(s.last, s.o.Now().UnixMicro())
	w := &writing{ctx: ctx, tx: tx, s: s, now: s.last, prepared: map[string]*sql.Stmt{}}
	defer w.close()
	for _, p := range batch {
		if p.outcome, err = w.put(p.message, p.replay); err != nil {
			return fmt.Errorf("the feed cannot be kept: %w", err)
		}
	}
	return tx.Commit()
}

// writing is one transaction.
type writing struct {
	ctx      context.Context
	tx       *sql.Tx
	s        *Store
	now      int64
	prepared map[string]*sql.Stmt
}

func (w *writing) close() {
	for _, p := range w.prepared {
		_ = p.Close()
	}
}

func (w *writing) statement(query string) (*sql.Stmt, error) {
	if p := w.prepared[query]; p != nil {
		return p, nil
	}
	p, err := w.tx.PrepareContext(w.ctx, query)
	if err == nil {
		w.prepared[query] = p
	}
	return p, err
}

func (w *writing) exec(query string, args ...any) (sql.Result, error) {
	p, err := w.statement(query)
	if err != nil {
		return nil, err
	}
	return p.ExecContext(w.ctx, args...)
}

// one reads one row; ok is false if there is none.
func (w *writing) one(query string, args []any, into ...any) (ok bool, err error) {
	p, err := w.statement(query)
	if err != nil {
		return false, err
	}
	err = p.QueryRowContext(w.ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// put decides what becomes of a message.
func (w *writing) put(m *Message, replay int64) (Outcome, error) {
	digest := sha256.Sum256(m.Body)
	var had []byte
	known, err := w.one("SELECT digest FROM message WHERE sender = ? AND control = ?", []any{m.Sender, m.Control}, &had)
	switch {
	case err != nil:
		return Outcome{}, err
	case known && m.Control != "" && string(had) == string(digest[:]):
		return Outcome{Duplicate: true}, w.replayed(replay)
	}
	why := m.Dead
	if why == nil && known {
		why = ErrReused
	}
	if why == nil {
		if why, err = w.refuses(m); err != nil {
			return Outcome{}, err
		}
	}
	if why != nil {
		return w.bury(m, digest, why, replay)
	}
	came := w.now
	if replay != 0 {
		if _, err := w.one("SELECT received FROM dead WHERE id = ?", []any{replay}, &came); err != nil {
			return Outcome{}, err
		}
	}
	if err := w.use(m, digest, came); err != nil {
		return Outcome{}, err
	}
	return Outcome{}, w.replayed(replay)
}

// refuses holds a message against what is known of the people it is about.
func (w *writing) refuses(m *Message) (*Reason, error) {
	for _, merge := range m.Merges {
		if why, err := w.refusesMerge(merge); why != nil || err != nil {
			return why, err
		}
	}
	if m.Identity == nil || m.Identity.Birth == "" {
		return nil, nil
	}
	var had Identity
	known, err := w.one("SELECT nhs, birth, family FROM person WHERE id = ?", []any{m.Person}, &had.NHSNumber, &had.Birth, &had.Family)
	if known && m.Identity.another(&had) {
		return ErrIdentity, err
	}
	return nil, err
}

// another reports whether a message is about somebody else than the person whom its local
// id stood for until now (hazard H-01): a number that was given anew, or mistyped. Whoever
// keeps the demographics may correct a name with a birth date, as of somebody who was
// unknown at first; a laboratory may not.
func (i *Identity) another(had *Identity) bool {
	if had.Birth == "" || had.Birth == i.Birth {
		return false
	}
	if i.NHSNumber != "" && had.NHSNumber != "" {
		return i.NHSNumber != had.NHSNumber
	}
	return !i.Demographics && i.Family != "" && had.Family != "" && i.Family != had.Family
}

func (w *writing) refusesMerge(merge Merge) (*Reason, error) {
	if merge.Gone == merge.Remains {
		return ErrSelf, nil
	}
	var remains string
	known, err := w.one("SELECT remains FROM merge WHERE gone = ?", []any{merge.Gone}, &remains)
	if err != nil || known && remains == merge.Remains {
		return nil, err
	}
	if known {
		return ErrElse, nil
	}
	var around int
	_, err = w.one(`WITH RECURSIVE chain (id) AS (VALUES (?) UNION SELECT remains FROM merge JOIN chain ON gone = id)
		SELECT count(*) FROM chain WHERE id = ?`, []any{merge.Remains, merge.Gone}, &around)
	if around > 0 {
		return ErrCycle, err
	}
	return nil, err
}

// use keeps a message that came at a moment, and what it says of whom.
func (w *writing) use(m *Message, digest Digest, came int64) error {
	demographics := m.Identity != nil && m.Identity.Demographics
	r, err := w.exec("INSERT INTO message (received, sender, control, digest, kind, person, identity, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		came, m.Sender, m.Control, digest[:], m.Kind, m.Person, demographics, m.Body)
	if err != nil {
		return err
	}
	seq, err := r.LastInsertId()
	if err != nil {
		return err
	}
	for _, merge := range m.Merges {
		if _, err := w.exec("INSERT INTO merge VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", merge.Gone, merge.Remains, seq, w.now); err != nil {
			return err
		}
	}
	// What could not be used before, and now can: the sender sent it again.
	if _, err := w.exec("UPDATE dead SET replayed = ? WHERE sender = ? AND control = ? AND digest = ? AND replayed = 0", w.now, m.Sender, m.Control, digest[:]); err != nil {
		return err
	}
	if m.Identity == nil || m.Person == "" {
		return nil
	}
	return w.identify(m.Person, m.Identity)
}

// identify writes down what a person is told apart and found by, if it is not so already.
func (w *writing) identify(person string, i *Identity) error {
	var had [3]string
	var keys int64
	known, err := w.one("SELECT nhs, birth, family, keys FROM person WHERE id = ?", []any{person}, &had[0], &had[1], &had[2], &keys)
	if err != nil {
		return err
	}
	sum, next := sumOf(i.Keys), [3]string{i.NHSNumber, i.Birth, i.Family}
	for n := range next {
		if next[n] == "" || !i.Demographics && had[n] != "" { // in passing, only what was not known
			next[n] = had[n]
		}
	}
	if known && next == had && sum == keys {
		return nil
	}
	if _, err := w.exec("INSERT INTO person VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET nhs = excluded.nhs, birth = excluded.birth, family = excluded.family, keys = excluded.keys",
		person, next[0], next[1], next[2], sum); err != nil {
		return err
	}
	for _, key := range i.Keys {
		if _, err := w.exec("INSERT INTO find VALUES (?, ?) ON CONFLICT DO NOTHING", key, person); err != nil {
			return err
		}
	}
	return nil
}
