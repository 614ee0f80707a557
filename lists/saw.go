package lists

import (
	"context"
	"fmt"
)

// Saw notes that the caller has seen a list as it was at a version, or, with 0, as it is:
// what others add after is new to them. It is the caller's own and no change of the list.
func (s *Store) Saw(ctx context.Context, c Caller, id string, version int64) (List, error) {
	a, err := s.asking(ctx, c)
	if err != nil {
		return List{}, err
	}
	l, err := s.readable(ctx, a, id)
	if err != nil {
		return List{}, err
	}
	if version <= 0 || version > l.Version {
		version = l.Version
	}
	if _, err := s.write.ExecContext(ctx, `INSERT INTO list_seen (list, person, version, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (list, person) DO UPDATE SET version = excluded.version, at = excluded.at
		WHERE excluded.version > list_seen.version`, l.ID, a.me, version, a.now); err != nil {
		return List{}, fmt.Errorf("noting what was seen: %w", err)
	}
	return s.readable(ctx, a, id)
}
