package auth

import (
	"context"
	"fmt"
)

// Count is how many sessions have not ended.
func (s *Sessions) Count(ctx context.Context) (n int, err error) {
	now := s.now().UTC()
	err = s.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM auth_session WHERE expires > $1 AND last_seen > $2`,
		now.UnixMicro(), now.Add(-s.Idle).UnixMicro()).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("counting sessions: %w", err)
	}
	return n, nil
}
