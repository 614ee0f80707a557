package cast

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

const (
	// connectWithin is how long an endpoint waits for its connection.
	connectWithin = time.Minute
	// mostSubscribers is how many a topic may have at a time.
	mostSubscribers = 10
	useTopic        = "cast-topic"
)

var (
	errFull       = errors.New("the topic has ten subscribers already")
	errNoEndpoint = errors.New("there is no such endpoint, it is over, or it was connected to already")
)

// subscription is who hears of a topic's events.
type subscription struct {
	topic string
	// app, grant and signIn are of the token that asked for it.
	app, grant, signIn string
	name               string
	events             []string
	// edition grows when it is asked for again.
	edition int64
	expires time.Time
}

// hears reports whether it is subscribed to an event.
func (u *subscription) hears(event string) bool {
	for _, e := range u.events {
		if e == event {
			return true
		}
	}
	return false
}

// subscribe keeps one, and gives the secret of its endpoint.
func (s *Store) subscribe(ctx context.Context, u *subscription) (secret string, err error) {
	secret = auth.NewSecret()
	sealed, err := auth.Seal(secret, useTopic, []byte(u.topic))
	if err != nil {
		return "", err
	}
	var n int
	if err := s.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM cast_subscription WHERE topic = ? AND expires > ? AND (taken = TRUE OR asked > ?)`,
		hashOf(u.topic), s.now().UnixMicro(), s.now().Add(-connectWithin).UnixMicro()).Scan(&n); err != nil {
		return "", fmt.Errorf("subscribing: %w", err)
	}
	if n >= mostSubscribers {
		return "", errFull
	}
	_, err = s.write.ExecContext(ctx, `INSERT INTO cast_subscription (hash, topic, sealed, app, grant_id, sign_in, name, events, edition, asked, expires)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`, hashOf(secret), hashOf(u.topic), sealed, u.app, u.grant, u.signIn, u.name, strings.Join(u.events, ","), s.now().UnixMicro(), u.expires.UnixMicro())
	if err != nil {
		return "", fmt.Errorf("subscribing: %w", err)
	}
	return secret, nil
}

// resubscribe changes the events and the lease of one that the same grant has.
func (s *Store) resubscribe(ctx context.Context, secret string, u *subscription) error {
	return met(s.write.ExecContext(ctx, `UPDATE cast_subscription SET events = ?, expires = ?, edition = edition + 1
		WHERE hash = ? AND topic = ? AND grant_id = ? AND expires > ?`,
		strings.Join(u.events, ","), u.expires.UnixMicro(), hashOf(secret), hashOf(u.topic), u.grant, s.now().UnixMicro()))
}

// unsubscribe ends one that the same grant has.
func (s *Store) unsubscribe(ctx context.Context, secret string, u *subscription) error {
	return met(s.write.ExecContext(ctx, `DELETE FROM cast_subscription WHERE hash = ? AND topic = ? AND grant_id = ?`, hashOf(secret), hashOf(u.topic), u.grant))
}

// end forgets one.
func (s *Store) end(ctx context.Context, secret string) error {
	_, err := s.write.ExecContext(ctx, `DELETE FROM cast_subscription WHERE hash = ?`, hashOf(secret))
	return err
}

// take uses an endpoint: of many connections at once, one is answered.
func (s *Store) take(ctx context.Context, secret string) (*subscription, error) {
	if err := met(s.write.ExecContext(ctx, `UPDATE cast_subscription SET taken = TRUE WHERE hash = ? AND taken = FALSE AND expires > ? AND asked > ?`,
		hashOf(secret), s.now().UnixMicro(), s.now().Add(-connectWithin).UnixMicro())); err != nil {
		return nil, err
	}
	return s.find(ctx, secret)
}

// find gives one as it is now; errNoEndpoint once it is over.
func (s *Store) find(ctx context.Context, secret string) (*subscription, error) {
	var u subscription
	var sealed []byte
	var events string
	var expires int64
	err := s.read.QueryRowContext(ctx, `SELECT sealed, app, grant_id, sign_in, name, events, edition, expires FROM cast_subscription WHERE hash = ?`, hashOf(secret)).
		Scan(&sealed, &u.app, &u.grant, &u.signIn, &u.name, &events, &u.edition, &expires)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, errNoEndpoint
	case err != nil:
		return nil, fmt.Errorf("reading a subscription: %w", err)
	}
	topic, err := auth.Unseal(secret, useTopic, sealed)
	if err != nil {
		return nil, err
	}
	u.topic, u.events, u.expires = string(topic), strings.Split(events, ","), time.UnixMicro(expires).UTC()
	return &u, nil
}

// met is errNoEndpoint for a statement that met no row.
func met(done sql.Result, err error) error {
	if err != nil {
		return fmt.Errorf("changing a subscription: %w", err)
	}
	n, err := done.RowsAffected()
	if err == nil && n == 0 {
		return errNoEndpoint
	}
	return err
}
