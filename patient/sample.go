package patient

import (
	"context"
	"fmt"
)

// Sample gives the local ids of people who are linked with records of the system, at most n
// and other ones at each asking, for looking at the system itself. It asks nobody.
func (x *Index) Sample(ctx context.Context, source string, n int) ([]string, error) {
	rows, err := x.store.read.QueryContext(ctx, `SELECT local_id FROM patient_link
		WHERE ended IS NULL AND source = $1 ORDER BY random() LIMIT $2`, source, n)
	if err != nil {
		return nil, fmt.Errorf("reading links: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("reading links: %w", err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading links: %w", err)
	}
	return ids, nil
}
