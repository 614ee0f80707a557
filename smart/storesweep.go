package smart

import (
	"context"
	"fmt"
	"time"
)

// sweptAfter is how long what has expired stays, so that using it again is still noticed.
const sweptAfter = 24 * time.Hour

// Sweep clears away tokens that expired a day ago, and grants that have none left. Run it
// now and then; what it leaves behind does no harm.
func (s *Store) Sweep(ctx context.Context) error {
	before := s.now().Add(-sweptAfter).UnixMicro()
	for _, statement := range []string{
		`DELETE FROM smart_token WHERE expires <= ?`,
		`DELETE FROM smart_grant WHERE created <= ? AND NOT EXISTS (SELECT 1 FROM smart_token WHERE grant_id = smart_grant.id)`,
	} {
		if _, err := s.write.ExecContext(ctx, statement, before); err != nil {
			return fmt.Errorf("clearing away old tokens: %w", err)
		}
	}
	return nil
}
