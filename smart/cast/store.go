package cast

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/auth"
)

// topicLasts is how long a topic may be used after its launch: a long shift.
const topicLasts = 14 * time.Hour

// keptEvents is how many events of a topic are kept.
const keptEvents = 200

// What an event may not be.
var (
	errNoTopic  = errors.New("there is no such topic, or it is over")
	errSame     = errors.New("the event is the one that made the present context")
	errReplayed = errors.New("an event of this id happened before")
	errOld      = errors.New("the event is older than the present context")
)

// Store keeps topics, events and subscriptions. Safe for concurrent use.
type Store struct {
	write, read *bun.DB
	now         func() time.Time
}

// NewStore keeps them in the database; now is the clock.
func NewStore(write, read *bun.DB, now func() time.Time) *Store { return &Store{write, read, now} }

// hashOf is a secret as the tables have it.
func hashOf(secret string) []byte {
	h := sha256.Sum256([]byte("cast\n" + secret))
	return h[:]
}

// useEvent sets the seal of events apart from others.
const useEvent = "cast-event"

// Begin keeps a topic whose patient is open: it is the first event.
func (s *Store) Begin(ctx context.Context, epr, number, birthDate string) (topic, event string, err error) {
	topic, event = auth.NewSecret(), rand.Text()
	n := opening(topic, event, number, birthDate, s.now())
	sealed, err := n.seal(topic)
	if err != nil {
		return "", "", err
	}
	// moved is 0: the EPR's own clock begins with its own first event.
	if _, err := s.write.ExecContext(ctx, `INSERT INTO cast_topic (hash, epr, seq, version, opened, moved, expires) VALUES (?, ?, 1, ?, ?, 0, ?)`,
		hashOf(topic), epr, event, sealed, s.now().Add(topicLasts).UnixMicro()); err != nil {
		return "", "", fmt.Errorf("keeping a topic: %w", err)
	}
	if _, err := s.write.ExecContext(ctx, `INSERT INTO cast_event (topic, seq, id, name, body, sender) VALUES (?, 1, ?, ?, ?, '')`,
		hashOf(topic), event, patientOpen, sealed); err != nil {
		return "", "", fmt.Errorf("keeping a topic: %w", err)
	}
	return topic, event, nil
}

// context is what a topic has open.
type current struct {
	epr     string
	seq     int64
	version string
	opened  *notice // nil if nobody is
}

// present gives it; errNoTopic if there is no such topic.
func (s *Store) present(ctx context.Context, topic string) (current, error) {
	var c current
	var sealed []byte
	err := s.read.QueryRowContext(ctx, `SELECT epr, seq, version, opened FROM cast_topic WHERE hash = ? AND expires > ?`, hashOf(topic), s.now().UnixMicro()).
		Scan(&c.epr, &c.seq, &c.version, &sealed)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return c, errNoTopic
	case err != nil:
		return c, fmt.Errorf("reading a topic: %w", err)
	}
	if len(sealed) > 0 {
		c.opened, err = unseal(topic, sealed)
	}
	return c, err
}

// add keeps an event and makes it the context if it is one that does. sender, a grant, does
// not hear of it. All events of a topic are in one order, on however many servers.
func (s *Store) add(ctx context.Context, topic string, n *notice, sender string) error {
	sealed, err := n.seal(topic)
	if err != nil {
		return err
	}
	err = s.write.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		return s.addIn(ctx, tx, hashOf(topic), n, sealed, sender)
	})
	if err != nil && !errors.Is(err, errNoTopic) && !errors.Is(err, errSame) && !errors.Is(err, errReplayed) && !errors.Is(err, errOld) {
		return fmt.Errorf("keeping an event: %w", err)
	}
	return err
}

// would says what add would, before the event is in the ledger; again is one that changes
// nothing, because it made the present context.
func (s *Store) would(ctx context.Context, topic string, n *notice) (again bool, err error) {
	err = s.read.RunInTx(ctx, &sql.TxOptions{ReadOnly: true}, func(ctx context.Context, tx bun.Tx) error {
		var moved int64
		var version string
		err := tx.QueryRowContext(ctx, `SELECT version, moved FROM cast_topic WHERE hash = ? AND expires > ?`, hashOf(topic), s.now().UnixMicro()).Scan(&version, &moved)
		if errors.Is(err, sql.ErrNoRows) {
			return errNoTopic
		}
		if err != nil {
			return err
		}
		return fits(ctx, tx, hashOf(topic), n, version, moved)
	})
	if errors.Is(err, errSame) {
		return true, nil
	}
	return false, err
}

// fits: an event happens once, and none is older than the one that made the context.
func fits(ctx context.Context, tx bun.Tx, hash []byte, n *notice, version string, moved int64) error {
	if n.ID == version {
		return errSame
	}
	var before int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM cast_event WHERE topic = ? AND id = ?`, hash, n.ID).Scan(&before); err != nil {
		return err
	}
	switch {
	case before > 0:
		return errReplayed
	case n.context() && n.at.UnixMicro() < moved:
		return errOld
	}
	return nil
}

func (s *Store) addIn(ctx context.Context, tx bun.Tx, hash []byte, n *notice, sealed []byte, sender string) error {
	var seq, moved int64
	var version string
	// The row is held until the transaction ends: that makes the order.
	err := tx.QueryRowContext(ctx, `UPDATE cast_topic SET seq = seq + 1 WHERE hash = ? AND expires > ? RETURNING seq, version, moved`, hash, s.now().UnixMicro()).
		Scan(&seq, &version, &moved)
	if errors.Is(err, sql.ErrNoRows) {
		return errNoTopic
	}
	if err != nil {
		return err
	}
	if err := fits(ctx, tx, hash, n, version, moved); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO cast_event (topic, seq, id, name, body, sender) VALUES (?, ?, ?, ?, ?, ?)`, hash, seq, n.ID, n.Event.Name, sealed, sender); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM cast_event WHERE topic = ? AND seq <= ?`, hash, seq-keptEvents); err != nil {
		return err
	}
	if !n.context() {
		return nil
	}
	opened := sealed
	if n.Event.Name != patientOpen {
		opened = []byte{}
	}
	_, err = tx.ExecContext(ctx, `UPDATE cast_topic SET version = ?, opened = ?, moved = ? WHERE hash = ?`, n.ID, opened, n.at.UnixMicro(), hash)
	return err
}

// happened is an event as a subscriber is told of it.
type happened struct {
	seq    int64
	sender string
	notice *notice
}

// after gives the events since a number, at most of them; one that cannot be read is an error.
func (s *Store) after(ctx context.Context, topic string, seq int64, most int) ([]happened, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT seq, sender, body FROM cast_event WHERE topic = ? AND seq > ? ORDER BY seq LIMIT ?`, hashOf(topic), seq, most)
	if err != nil {
		return nil, fmt.Errorf("reading events: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []happened
	for rows.Next() {
		var h happened
		var sealed []byte
		if err := rows.Scan(&h.seq, &h.sender, &sealed); err != nil {
			return nil, fmt.Errorf("reading events: %w", err)
		}
		if h.notice, err = unseal(topic, sealed); err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

func (n *notice) seal(topic string) ([]byte, error) {
	text, err := json.Marshal(n)
	if err != nil {
		return nil, err
	}
	return auth.Seal(topic, useEvent, text)
}

func unseal(topic string, sealed []byte) (*notice, error) {
	text, err := auth.Unseal(topic, useEvent, sealed)
	if err != nil {
		return nil, err
	}
	var n notice
	if err := json.Unmarshal(text, &n); err != nil {
		return nil, fmt.Errorf("reading an event: %w", err)
	}
	return &n, nil
}

// Sweep clears away what is over.
func (s *Store) Sweep(ctx context.Context) error {
	now := s.now().UnixMicro()
	for _, statement := range []string{
		`DELETE FROM cast_subscription WHERE expires <= ?`,
		`DELETE FROM cast_topic WHERE expires <= ?`,
	} {
		if _, err := s.write.ExecContext(ctx, statement, now); err != nil {
			return fmt.Errorf("clearing away old topics: %w", err)
		}
	}
	if _, err := s.write.ExecContext(ctx, `DELETE FROM cast_event WHERE NOT EXISTS (SELECT 1 FROM cast_topic WHERE hash = topic)`); err != nil {
		return fmt.Errorf("clearing away old events: %w", err)
	}
	return nil
}
