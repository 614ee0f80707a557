package feed

import (
	"context"
	"time"
)

// Kept is a message as it is read again.
type Kept struct {
	Seq      int64
	Received time.Time
	Sender   string
	Control  string
	Kind     string
	Person   string
	Body     []byte
}

// Whole is everybody who has become the person: the person, and who was merged into them.
// remains is whom the person was merged into; "" if they were not.
func (s *Store) Whole(ctx context.Context, person string) (ids []string, remains string, err error) {
	rows, err := s.read.QueryContext(ctx, `WITH RECURSIVE whole (id) AS (VALUES (?) UNION SELECT gone FROM merge JOIN whole ON remains = id)
		SELECT id FROM whole`, person)
	if err != nil {
		return nil, "", err
	}
	if ids, err = texts(rows); err != nil {
		return nil, "", err
	}
	rows, err = s.read.QueryContext(ctx, "SELECT remains FROM merge WHERE gone = ?", person)
	if err != nil {
		return nil, "", err
	}
	found, err := texts(rows)
	if len(found) > 0 {
		remains = found[0]
	}
	return ids, remains, err
}

// Messages calls each for the messages about the people, in the order in which they
// came, at most the newest most of them; more says that there are older ones.
func (s *Store) Messages(ctx context.Context, people []string, most int, each func(Kept) error) (more bool, err error) {
	if len(people) == 0 {
		return false, nil
	}
	in := "(?"
	args := []any{people[0]}
	for _, id := range people[1:] {
		in += ", ?"
		args = append(args, id)
	}
	in += ")"
	var count int
	// The newest are chosen first, and then read in their order.
	chosen := "SELECT seq FROM message WHERE person IN " + in + " ORDER BY received DESC, seq DESC LIMIT ?"
	if err := s.read.QueryRowContext(ctx, "SELECT count(*) FROM ("+chosen+")", append(args[:len(args):len(args)], most+1)...).Scan(&count); err != nil {
		return false, err
	}
	more = count > most
	rows, err := s.read.QueryContext(ctx, "SELECT seq, received, sender, control, kind, person, body FROM message WHERE seq IN ("+chosen+") ORDER BY received, seq", append(args[:len(args):len(args)], most)...)
	if err != nil {
		return more, err
	}
	defer rows.Close()
	for rows.Next() {
		var k Kept
		var at int64
		if err := rows.Scan(&k.Seq, &at, &k.Sender, &k.Control, &k.Kind, &k.Person, &k.Body); err != nil {
			return more, err
		}
		k.Received = time.UnixMicro(at).UTC()
		if err := each(k); err != nil {
			return more, err
		}
	}
	return more, rows.Err()
}

// Find gives the local ids with a key, without those that were merged into others, at
// most most of them.
func (s *Store) Find(ctx context.Context, key string, most int) ([]string, error) {
	rows, err := s.read.QueryContext(ctx, `WITH RECURSIVE now (id) AS (
			SELECT person FROM find WHERE key = ? UNION SELECT remains FROM merge JOIN now ON gone = id)
		SELECT id FROM now WHERE id NOT IN (SELECT gone FROM merge) ORDER BY id LIMIT ?`, key, most)
	if err != nil {
		return nil, err
	}
	return texts(rows)
}

// Last is when a message last came; zero if none ever did.
func (s *Store) Last(ctx context.Context) (time.Time, error) {
	var at int64
	err := s.read.QueryRowContext(ctx, "SELECT coalesce((SELECT received FROM message ORDER BY seq DESC LIMIT 1), 0)").Scan(&at)
	if at == 0 {
		return time.Time{}, err
	}
	return time.UnixMicro(at).UTC(), err
}

// Message is the one of the sequence number.
func (s *Store) Message(ctx context.Context, seq int64) (k Kept, err error) {
	var at int64
	err = s.read.QueryRowContext(ctx, "SELECT seq, received, sender, control, kind, person, body FROM message WHERE seq = ?", seq).
		Scan(&k.Seq, &at, &k.Sender, &k.Control, &k.Kind, &k.Person, &k.Body)
	k.Received = time.UnixMicro(at).UTC()
	return k, err
}

// Told is a merge with its place in the order of the feed.
type Told struct {
	Merge
	Seq int64
	At  time.Time
}

// Merges lists the merges after a place in the feed, in its order.
func (s *Store) Merges(ctx context.Context, after int64) ([]Told, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT gone, remains, seq, at FROM merge WHERE seq > ? ORDER BY seq LIMIT 1000", after)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Told
	for rows.Next() {
		var t Told
		var at int64
		if err := rows.Scan(&t.Gone, &t.Remains, &t.Seq, &at); err != nil {
			return nil, err
		}
		t.At = time.UnixMicro(at).UTC()
		all = append(all, t)
	}
	return all, rows.Err()
}

// Sizes is how much there is.
type Sizes struct{ Messages, People, Merges, Dead int64 }

// Sizes counts.
func (s *Store) Sizes(ctx context.Context) (n Sizes, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM person), (SELECT count(*) FROM merge),
		(SELECT count(*) FROM dead WHERE replayed = 0)`).Scan(&n.Messages, &n.People, &n.Merges, &n.Dead)
	return n, err
}
