package relationship

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Learned says when the organisation's relationships to the patients were last looked
// for in the record, UTC; who was never looked for is not in the map.
func (s *Store) Learned(ctx context.Context, organisation string, patients []string) (map[string]time.Time, error) {
	out := make(map[string]time.Time, len(patients))
	patients = distinct(patients)
	if !storable(organisation) {
		return out, nil
	}
	for part := range slices.Chunk(patients, learnAtOnce) {
		args := []any{}
		for _, p := range part {
			args = append(args, p, organisation)
		}
		rows, err := s.read.QueryContext(ctx, `SELECT patient, at FROM relationship_looked
			WHERE (patient, organisation) IN (VALUES `+list(len(part), 2)+`)`, args...)
		if err != nil {
			return nil, fmt.Errorf("reading relationships: %w", err)
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var patient string
			var when int64
			if err := rows.Scan(&patient, &when); err != nil {
				return nil, fmt.Errorf("reading relationships: %w", err)
			}
			out[patient] = at(when)
		}
		if err := rows.Err(); err != nil {
			return nil, fmt.Errorf("reading relationships: %w", err)
		}
	}
	return out, nil
}

// Looked notes that they were looked for at the time; an earlier one than is noted
// changes nothing. It is bookkeeping that gives nobody anything, and not audited.
func (s *Store) Looked(ctx context.Context, organisation string, patients []string, when time.Time) error {
	if err := checkCode("organisation", organisation, false); err != nil {
		return err
	}
	for part := range slices.Chunk(distinct(patients), learnAtOnce) {
		args := []any{}
		for _, p := range part {
			args = append(args, p, organisation, when.UnixMicro())
		}
		if _, err := s.write.ExecContext(ctx, `INSERT INTO relationship_looked (patient, organisation, at)
			VALUES `+list(len(part), 3)+` ON CONFLICT (patient, organisation) DO UPDATE SET at = excluded.at
			WHERE excluded.at > relationship_looked.at`, args...); err != nil {
			return fmt.Errorf("noting that relationships were looked for: %w", err)
		}
	}
	return nil
}

// distinct gives those that rows can have, once each, sorted: two servers that write
// the same do not wait for each other.
func distinct(patients []string) []string {
	out := slices.DeleteFunc(slices.Clone(patients), func(p string) bool { return !storable(p) })
	slices.Sort(out)
	return slices.Compact(out)
}
