package viewer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/auth"
)

// Refusals, each one plain sentence for the user.
var (
	// ErrNobody: the caller is nobody, or has taken no role.
	ErrNobody = errors.New("you are not signed in")
	// ErrChanged: the layout is not any more as the caller saw it.
	ErrChanged = errors.New("you have changed the order in another window: look again")
)

// InputError: what was given is not acceptable, and nothing changed. Its text is for the
// user and never repeats what was given.
type InputError struct{ text string }

// Error is one plain sentence.
func (e *InputError) Error() string { return e.text }

// BadInput marks errors whose text a surface may show to the user.
func (e *InputError) BadInput() bool { return true }

// How long what users keep is kept, unless the region says otherwise.
const (
	DefaultRecentFor = 30 * 24 * time.Hour
	DefaultLooksFor  = 90 * 24 * time.Hour
)

// Keeping says for how long what.
type Keeping struct {
	// RecentFor is how long it is known whom somebody opened, LooksFor what they were
	// shown; 0 keeps none.
	RecentFor, LooksFor time.Duration
}

// Store keeps it. It is safe for concurrent use, on however many servers.
type Store struct {
	// Older are secrets that sealed before: what they sealed is opened. Root is the one that
	// digests follow from; nil is the secret itself. Set them before the Store is shared.
	Older [][]byte
	Root  []byte

	write, read *sql.DB
	secret      []byte
	keeping     Keeping
	now         func() time.Time
}

// New keeps it in the database; secret is the server's, of 32 bytes at least and the same on
// every server, and now is the clock.
func New(write, read *bun.DB, secret []byte, keeping Keeping, now func() time.Time) *Store {
	return &Store{write: write.DB, read: read.DB, secret: secret, keeping: keeping, now: now}
}

// User is somebody: the same subject of two issuers is two people.
type User struct{ Issuer, Subject string }

// UserOf gives the session's user; nobody for nil.
func UserOf(s *auth.Session) User {
	if s == nil {
		return User{}
	}
	return User{s.Issuer, s.Subject}
}

// isSomebody reports whether rows can belong to the user.
func (u User) isSomebody() bool { return storable(u.Issuer) && storable(u.Subject) }

// storable reports whether a text can be a key on both databases.
func storable(s string) bool {
	if s == "" || !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if unicode.IsControl(r) {
			return false
		}
	}
	return true
}

// Sweep forgets what is to be forgotten. What is past its time is not told before, either.
func (s *Store) Sweep(ctx context.Context) error {
	_, recent := s.write.ExecContext(ctx, `DELETE FROM viewer_recent WHERE opened <= $1`, s.ago(s.keeping.RecentFor))
	_, looks := s.write.ExecContext(ctx, `DELETE FROM viewer_look WHERE looked <= $1`, s.ago(s.keeping.LooksFor))
	if err := errors.Join(recent, looks); err != nil {
		return fmt.Errorf("forgetting what users kept: %w", err)
	}
	return nil
}

// moment is now as the tables have it; ago what was as long before.
func (s *Store) moment() int64                { return s.now().UTC().UnixMicro() }
func (s *Store) ago(long time.Duration) int64 { return s.now().UTC().Add(-long).UnixMicro() }

func at(micro int64) time.Time {
	if micro == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micro).UTC()
}
