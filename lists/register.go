package lists

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// seenEvery is how often a user who does not change is written down.
const seenEvery = time.Hour

// register remembers who was written down lately, with their handle, which never changes.
type register struct {
	mu   sync.Mutex
	seen map[Caller]registered
}

type registered struct {
	id string
	at time.Time
}

// registerMost bounds what is remembered; whoever is forgotten is written down again.
const registerMost = 10_000

func (r *register) lately(c Caller, now time.Time) (id string, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	got, ok := r.seen[c]
	return got.id, ok && now.Sub(got.at).Abs() < seenEvery
}

func (r *register) note(c Caller, id string, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seen == nil || len(r.seen) >= registerMost {
		r.seen = map[Caller]registered{}
	}
	r.seen[c] = registered{id, now}
}

// Seen writes down that the caller uses lists, so that others can share with them: at once
// when they are new or act as somebody else than before, and else at most once an hour.
func (s *Store) Seen(ctx context.Context, c Caller) error {
	_, err := s.me(ctx, c)
	return err
}

// me is Seen, and gives the caller's handle.
func (s *Store) me(ctx context.Context, c Caller) (id string, err error) {
	if !c.isSomebody() {
		return "", ErrNobody
	}
	if c.Role == auth.RolePatient {
		return "", ErrNotAllowed // and no colleague: nobody shall find them by name
	}
	now := s.moment()
	if id, ok := s.register.lately(c, now); ok {
		return id, nil
	}
	name, ods, organisation := c.Name, c.ods(), c.Organisation.Name
	if !printable(name) {
		name = c.Subject
	}
	if !printable(organisation) {
		organisation = ods
	}
	err = s.write.QueryRowContext(ctx, `INSERT INTO list_user (id, issuer, subject, name, role, organisation, organisation_name, seen)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (issuer, subject) DO UPDATE SET name = excluded.name, role = excluded.role,
			organisation = excluded.organisation, organisation_name = excluded.organisation_name, seen = excluded.seen
		RETURNING id`, newID(), c.Issuer, c.Subject, name, string(c.Role), ods, organisation, now.UnixMicro()).Scan(&id)
	if err != nil {
		return "", fmt.Errorf("writing down a user: %w", err)
	}
	s.register.note(c, id, now)
	return id, nil
}
