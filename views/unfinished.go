package views

import (
	"context"
	"fmt"
)

// Unfinished is how many runs wait or are worked on, by state, whoever they are of.
func (s *Store) Unfinished(ctx context.Context) (map[RunState]int, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT state, COUNT(*) FROM view_run WHERE state IN ('queued', 'running') GROUP BY state`)
	if err != nil {
		return nil, fmt.Errorf("counting runs: %w", err)
	}
	defer func() { _ = rows.Close() }()
	counts := map[RunState]int{}
	for rows.Next() {
		var state RunState
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, fmt.Errorf("counting runs: %w", err)
		}
		counts[state] = n
	}
	return counts, rows.Err()
}
