package feed

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// DeadLetter is a message that could not be used.
type DeadLetter struct {
	ID int64
	// Received is when it first came, Last when it last did; Times how often.
	Received, Last time.Time
	Times          int
	// Sender, Control and Kind are as in Message.
	Sender, Control, Kind string
	Reason                Reason
	// Cut: Body is only its beginning.
	Cut  bool
	Body []byte
}

// bury keeps a message that cannot be used; one that is sent again and again is kept once.
func (w *writing) bury(m *Message, digest Digest, why *Reason, replay int64) (Outcome, error) {
	out := Outcome{Dead: why}
	var id int64
	had, err := w.one("UPDATE dead SET times = times + ?, last = ?, code = ?, reason = ?, replayed = 0 WHERE sender = ? AND control = ? AND digest = ? RETURNING id",
		[]any{replay == 0, w.now, why.Code, why.Text, m.Sender, m.Control, digest[:]}, &id)
	if err != nil {
		return out, err
	}
	if had {
		return out, w.about(id, m)
	}
	var waiting int
	if _, err := w.one("SELECT count(*) FROM dead WHERE replayed = 0", nil, &waiting); err != nil {
		return out, err
	}
	if waiting >= w.s.o.DeadLetters {
		return Outcome{Dead: ErrFull}, nil
	}
	r, err := w.exec("INSERT INTO dead (received, last, sender, control, digest, kind, code, reason, cut, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		w.now, w.now, m.Sender, m.Control, digest[:], m.Kind, why.Code, why.Text, m.Cut, body(m.Body))
	if err != nil {
		return out, err
	}
	if id, err = r.LastInsertId(); err != nil {
		return out, err
	}
	return out, w.about(id, m)
}

// mostNamed is how many people one dead letter may be missing of.
const mostNamed = 1000

// about writes down whom a dead letter names.
func (w *writing) about(id int64, m *Message) error {
	people := append([]string{m.Person}, m.Others...)
	for _, person := range people[:min(len(people), mostNamed)] {
		if person == "" {
			continue
		}
		if _, err := w.exec("INSERT INTO dead_about VALUES (?, ?) ON CONFLICT DO NOTHING", person, id); err != nil {
			return err
		}
	}
	return nil
}

// body is never NULL.
func body(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// replayed notes that a dead letter is one no longer.
func (w *writing) replayed(id int64) error {
	if id == 0 {
		return nil
	}
	_, err := w.exec("UPDATE dead SET replayed = ? WHERE id = ?", w.now, id)
	return err
}

// DeadLetters calls each for those that wait, oldest first, until it returns an error.
func (s *Store) DeadLetters(ctx context.Context, each func(DeadLetter) error) error {
	rows, err := s.read.QueryContext(ctx, `SELECT id, received, last, times, sender, control, kind, code, reason, cut, body
		FROM dead WHERE replayed = 0 ORDER BY id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		d, err := scanDead(rows)
		if err != nil {
			return err
		}
		if err := each(d); err != nil {
			return err
		}
	}
	return rows.Err()
}

// DeadLetter is the one of the id; ok is false if there is none that waits.
func (s *Store) DeadLetter(ctx context.Context, id int64) (d DeadLetter, ok bool, err error) {
	d, err = scanDead(s.read.QueryRowContext(ctx, `SELECT id, received, last, times, sender, control, kind, code, reason, cut, body
		FROM dead WHERE replayed = 0 AND id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return d, false, nil
	}
	return d, err == nil, err
}

func scanDead(row interface{ Scan(...any) error }) (d DeadLetter, err error) {
	var received, last int64
	err = row.Scan(&d.ID, &received, &last, &d.Times, &d.Sender, &d.Control, &d.Kind, &d.Reason.Code, &d.Reason.Text, &d.Cut, &d.Body)
	d.Received, d.Last = time.UnixMicro(received).UTC(), time.UnixMicro(last).UTC()
	return d, err
}

// Replay puts a dead letter in again, as m says of it now.
func (s *Store) Replay(id int64, m *Message) (Outcome, error) { return s.put(m, id)() }

// Dismiss ends a dead letter that is not to be used any more.
func (s *Store) Dismiss(ctx context.Context, id int64) (Outcome, error) {
	_, err := s.write.ExecContext(ctx, "UPDATE dead SET replayed = ? WHERE id = ?", s.o.Now().UnixMicro(), id)
	return Outcome{}, err
}

// Waiting says of which kinds messages about the people wait as dead letters.
func (s *Store) Waiting(ctx context.Context, people []string) ([]string, error) {
	var kinds []string
	for _, id := range people {
		rows, err := s.read.QueryContext(ctx, "SELECT DISTINCT kind FROM dead JOIN dead_about ON dead = id WHERE person = ? AND replayed = 0", id)
		if err != nil {
			return nil, err
		}
		found, err := texts(rows)
		if err != nil {
			return nil, err
		}
		kinds = append(kinds, found...)
	}
	return kinds, nil
}

func texts(rows *sql.Rows) (all []string, err error) {
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}
