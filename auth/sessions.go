package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/uptrace/bun"
)

// ErrNoSession: the secret is of no session, or of one that ended, idled out or
// expired. Nothing tells these apart.
var ErrNoSession = errors.New("you are not signed in, or your session has ended")

// Sessions keeps who is signed in, on the server. The secret is only with the
// caller; the table has its SHA-256. Safe for concurrent use.
type Sessions struct {
	// Idle ends a session that was not used for so long (15 minutes); Absolute ends
	// it anyway (10 hours). Set them before the Sessions are shared.
	Idle, Absolute time.Duration

	write, read *sql.DB
	now         func() time.Time
	touching    sync.Map // hash → struct{}: whose LastSeen is being written
}

// seenEvery is how often LastSeen is written at most.
const seenEvery = time.Minute

// NewSessions keeps sessions in the database; now is the clock.
func NewSessions(write, read *bun.DB, now func() time.Time) *Sessions {
	return &Sessions{Idle: 15 * time.Minute, Absolute: 10 * time.Hour, write: write.DB, read: read.DB, now: now}
}

// hash is a secret as the table has it. The secret has 256 random bits, so that a
// fast hash without salt is enough.
type hash [sha256.Size]byte

func hashOf(secret string) hash { return sha256.Sum256([]byte(secret)) }

// Start begins a session for somebody whose identity was just proved and gives its
// secret, 43 characters of URL-safe base64. It fills ID, Created, LastSeen, Expires
// and, if empty, Purpose; an Expires that is set and earlier than Absolute allows is
// kept. Confirmed stays what the caller set, but never to come: a Login sets it, and a
// token that is given out without a sign-in has none. It also clears away sessions that
// are over.
func (s *Sessions) Start(ctx context.Context, session Session) (secret string, err error) {
	if session.Issuer == "" || session.Subject == "" {
		return "", errors.New("auth: a session needs an issuer and a subject")
	}
	secret = NewSecret()
	h := hashOf(secret)
	now := s.now().UTC().Truncate(time.Microsecond)
	session.ID = base64.RawURLEncoding.EncodeToString(random(12))
	session.Created, session.LastSeen = now, now
	if session.Confirmed = session.Confirmed.UTC().Truncate(time.Microsecond); session.Confirmed.After(now) {
		session.Confirmed = now
	}
	if limit := now.Add(s.Absolute); session.Expires.IsZero() || session.Expires.After(limit) {
		session.Expires = limit
	}
	if session.Purpose == "" {
		session.Purpose = session.Role.Purpose()
	}
	session.Checked = now
	facts, err := encodeFacts(&session)
	if err != nil {
		return "", err
	}
	kept, err := sealKept(secret, session.Kept)
	if err != nil {
		return "", err
	}
	if _, err := s.write.ExecContext(ctx, `DELETE FROM auth_session WHERE expires <= $1 OR last_seen <= $2`,
		now.UnixMicro(), now.Add(-s.Idle).UnixMicro()); err != nil {
		return "", fmt.Errorf("starting a session: %w", err)
	}
	if _, err := s.write.ExecContext(ctx,
		`INSERT INTO auth_session (secret_hash, id, issuer, subject, facts, created, last_seen, expires,
			login, organisation, role, provider_session, device, address, kept, checked)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		h[:], session.ID, session.Issuer, session.Subject, facts, now.UnixMicro(), now.UnixMicro(), session.Expires.UnixMicro(),
		session.Login, session.Organisation.ODS, string(session.Role), session.ProviderSession, session.Device, session.Address,
		kept, now.UnixMicro()); err != nil {
		return "", fmt.Errorf("starting a session: %w", err)
	}
	return secret, nil
}

// Find gives the session of a secret, or ErrNoSession. It notes that the session was
// used, at most once a minute.
func (s *Sessions) Find(ctx context.Context, secret string) (*Session, error) {
	h := hashOf(secret)
	session, _, err := s.stored(ctx, h)
	if err != nil {
		return nil, err
	}
	now := s.now().UTC()
	if now.Sub(session.LastSeen) >= seenEvery {
		s.touch(ctx, h, now)
		session.LastSeen = now
	}
	return session, nil
}

// Peek is Find for a request that is no use of the session by its user: a page asking
// by itself.
func (s *Sessions) Peek(ctx context.Context, secret string) (*Session, error) {
	session, _, err := s.stored(ctx, hashOf(secret))
	return session, err
}

// ByID gives the session of a public id, for a token that stands for it; ErrNoSession if it
// has ended.
func (s *Sessions) ByID(ctx context.Context, id string) (*Session, error) {
	session, _, err := s.live(s.read.QueryRowContext(ctx, `SELECT `+columns+` FROM auth_session WHERE id = $1`+notOff, id))
	return session, err
}

// Touch notes that a session which ByID gave was used, at most once a minute.
func (s *Sessions) Touch(ctx context.Context, session *Session) {
	now := s.now().UTC()
	if now.Sub(session.LastSeen) < seenEvery {
		return
	}
	_, _ = s.write.ExecContext(ctx, `UPDATE auth_session SET last_seen = $1 WHERE id = $2 AND last_seen < $1`, now.UnixMicro(), session.ID)
	session.LastSeen = now
}

// columns are those that scan reads.
const columns = `id, issuer, subject, facts, created, last_seen, expires, login, provider_session, device, address, locked, checked`

// notOff leaves out the sessions of whom and what an administrator has switched off
// (auth/accounts): asked in the statement itself, it holds at the next request on every
// server.
const notOff = `
	AND NOT EXISTS (SELECT 1 FROM auth_off WHERE kind = 'user' AND what = auth_session.issuer || ' ' || auth_session.subject)
	AND NOT EXISTS (SELECT 1 FROM auth_off WHERE kind = 'role' AND what = auth_session.role)
	AND NOT EXISTS (SELECT 1 FROM auth_off WHERE kind = 'organisation' AND what = auth_session.organisation)
	AND NOT EXISTS (SELECT 1 FROM auth_off WHERE kind = 'login' AND what = auth_session.login)`

// stored reads a session that has not ended, and its facts as they are kept.
func (s *Sessions) stored(ctx context.Context, h hash) (*Session, string, error) {
	return s.live(s.read.QueryRowContext(ctx, `SELECT `+columns+` FROM auth_session WHERE secret_hash = $1`+notOff, h[:]))
}

// live reads the row of a session, if it has not ended.
func (s *Sessions) live(row *sql.Row) (*Session, string, error) {
	session, facts, err := scan(row)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, "", ErrNoSession
	case err != nil:
		return nil, "", fmt.Errorf("finding a session: %w", err)
	}
	if now := s.now().UTC(); !now.Before(session.Expires) || now.Sub(session.LastSeen) >= s.Idle {
		return nil, "", ErrNoSession
	}
	return session, facts, nil
}

// scan reads one row of columns.
func scan(row interface{ Scan(...any) error }) (*Session, string, error) {
	var session Session
	var facts string
	var created, seen, expires, checked int64
	if err := row.Scan(&session.ID, &session.Issuer, &session.Subject, &facts, &created, &seen, &expires,
		&session.Login, &session.ProviderSession, &session.Device, &session.Address, &session.Locked, &checked); err != nil {
		return nil, "", err
	}
	if err := decodeFacts(facts, &session); err != nil {
		return nil, "", err
	}
	session.Created, session.LastSeen = time.UnixMicro(created).UTC(), time.UnixMicro(seen).UTC()
	session.Expires, session.Checked = time.UnixMicro(expires).UTC(), time.UnixMicro(checked).UTC()
	return &session, facts, nil
}

// touch notes that the session was used. One request does it for all that come at
// once; if it cannot be written, the next request tries again.
func (s *Sessions) touch(ctx context.Context, h hash, now time.Time) {
	if _, busy := s.touching.LoadOrStore(h, struct{}{}); busy {
		return
	}
	defer s.touching.Delete(h)
	_, _ = s.write.ExecContext(ctx, `UPDATE auth_session SET last_seen = $1 WHERE secret_hash = $2 AND last_seen < $1`,
		now.UnixMicro(), h[:])
}

// End ends the session of a secret; one that is not there is no error.
func (s *Sessions) End(ctx context.Context, secret string) error {
	h := hashOf(secret)
	if _, err := s.write.ExecContext(ctx, `DELETE FROM auth_session WHERE secret_hash = $1`, h[:]); err != nil {
		return fmt.Errorf("ending a session: %w", err)
	}
	return nil
}

// EndAll ends every session of a user: an account disabled, a role taken away, a
// single sign-out.
func (s *Sessions) EndAll(ctx context.Context, issuer, subject string) error {
	if _, err := s.write.ExecContext(ctx, `DELETE FROM auth_session WHERE issuer = $1 AND subject = $2`, issuer, subject); err != nil {
		return fmt.Errorf("ending a user's sessions: %w", err)
	}
	return nil
}

// NewSecret makes 256 random bits, as 43 characters of URL-safe base64.
func NewSecret() string { return base64.RawURLEncoding.EncodeToString(random(32)) }

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: crypto/rand
	return b
}
