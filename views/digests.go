package views

import (
	"context"
	"database/sql"
	"fmt"
)

func (s *Store) keepStandings(ctx context.Context, tx *sql.Tx, schedule, run string, page int64, people map[short]*standing) error {
	sealed, err := s.seal(fmt.Sprintf("digests %s %s %d", schedule, run, page), writeStandings(people))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO view_digest (schedule, run, page, body) VALUES ($1, $2, $3, $4)`, schedule, run, page, sealed)
	return err
}

// standings are what a run kept; none for no run.
func (s *Store) standings(ctx context.Context, schedule, run string) (map[short]*standing, error) {
	all := map[short]*standing{}
	if run == "" {
		return all, nil
	}
	rows, err := s.write.QueryContext(ctx, `SELECT page, body FROM view_digest WHERE schedule = $1 AND run = $2 ORDER BY page`, schedule, run)
	if err != nil {
		return nil, fmt.Errorf("reading digests: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var page int64
		var sealed string
		if err := rows.Scan(&page, &sealed); err != nil {
			return nil, fmt.Errorf("reading digests: %w", err)
		}
		text, err := s.unseal(fmt.Sprintf("digests %s %s %d", schedule, run, page), sealed)
		if err != nil {
			return nil, err
		}
		if err := readStandings(text, all); err != nil {
			return nil, err
		}
	}
	return all, rows.Err()
}
