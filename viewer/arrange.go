package viewer

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// Layout is how the summary is arranged for somebody in a role.
type Layout struct {
	// Order is theirs, nil where they have arranged nothing.
	Order Order
	// Version changes with every change of theirs; 0 before the first.
	Version int64
}

// Within gives the order for the user: their own with every section that it does not name at
// its usual place, or else the usual one.
func (l Layout) Within(usual Order) Order {
	if l.Order == nil {
		return usual
	}
	return l.Order.within(usual)
}

// LayoutOf is the user's own arrangement in a role; the zero Layout if they have made none.
func (s *Store) LayoutOf(ctx context.Context, u User, role auth.Role) (l Layout, err error) {
	var text string
	err = s.read.QueryRowContext(ctx, `SELECT version, sections FROM viewer_layout WHERE issuer = $1 AND subject = $2 AND role = $3`,
		u.Issuer, u.Subject, string(role)).Scan(&l.Version, &text)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Layout{}, nil
	case err != nil:
		return Layout{}, fmt.Errorf("reading an arrangement: %w", err)
	case text == "":
		return l, nil
	}
	if err := json.Unmarshal([]byte(text), &l.Order); err != nil {
		return Layout{}, fmt.Errorf("reading an arrangement: %w", err)
	}
	return l, nil
}

// Arrange keeps the user's own arrangement in a role. version is that of the layout as they
// saw it: if it is another by now it is ErrChanged, and nothing changed.
func (s *Store) Arrange(ctx context.Context, u User, role auth.Role, order Order, version int64) (Layout, error) {
	if err := order.check(); err != nil {
		return Layout{}, err
	}
	text, err := json.Marshal(order)
	if err != nil {
		return Layout{}, err
	}
	return s.keep(ctx, u, role, string(text), version, order)
}

// Reset gives the user's own arrangement up for the usual one.
func (s *Store) Reset(ctx context.Context, u User, role auth.Role, version int64) (Layout, error) {
	return s.keep(ctx, u, role, "", version, nil)
}

// keep is one statement, so that of two windows that saw the same version one is first.
func (s *Store) keep(ctx context.Context, u User, role auth.Role, text string, version int64, order Order) (Layout, error) {
	if !u.isSomebody() || !role.Valid() {
		return Layout{}, ErrNobody
	}
	l := Layout{Order: order}
	err := s.write.QueryRowContext(ctx, `INSERT INTO viewer_layout (issuer, subject, role, version, sections, changed)
		SELECT $1, $2, $3, 1, $4, CAST($5 AS BIGINT) WHERE CAST($6 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM viewer_layout WHERE issuer = $1 AND subject = $2 AND role = $3)
		ON CONFLICT (issuer, subject, role) DO UPDATE SET version = viewer_layout.version + 1, sections = excluded.sections, changed = excluded.changed
		WHERE viewer_layout.version = CAST($6 AS BIGINT) RETURNING version`,
		u.Issuer, u.Subject, string(role), text, s.moment(), version).Scan(&l.Version)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Layout{}, ErrChanged
	case err != nil:
		return Layout{}, fmt.Errorf("keeping an arrangement: %w", err)
	}
	return l, nil
}

// check refuses what is no arrangement of sections.
func (o Order) check() error {
	seen := map[string]bool{}
	for _, p := range o {
		switch _, ok := record.SectionNamed(p.Name); {
		case !ok:
			return &InputError{"There is no section of one of these names"}
		case seen[p.Name]:
			return &InputError{"A section can stand in one place only"}
		case p.Folded && NeverFolded(p.Name):
			return &InputError{"Allergies and alerts cannot be folded away: they can be moved"}
		}
		seen[p.Name] = true
	}
	if len(o) == 0 {
		return &InputError{"Say which sections there are, in their order"}
	}
	return nil
}
