package views

import (
	"context"
	"errors"
	"fmt"
)

// Governance is what other purposes than care need.
type Governance interface {
	// OptedOut reports whether a patient (by Patchwork's id) has opted out of other uses than
	// care; an error is that it cannot be told, and then nothing may be given out.
	OptedOut(ctx context.Context, patient string) (bool, error)
	// Pseudonym is a patient's, for one view.
	Pseudonym(view, patient string) (string, error)
	// Cohort is what a patient is compared by among all runs of all views; no pseudonym of one.
	Cohort(patient string) string
	// Generalise makes a value of a field, by its coordinate (such as Person.birthDate), fit for
	// other purposes; ok is false if it may not be shown.
	Generalise(coordinate, value string) (coarser string, ok bool)
	// Allows reports whether a field may be in views for other purposes, as it is or coarser.
	Allows(coordinate string) bool
	// Few refuses a cohort (of Cohort's) that is too small, or that together with earlier ones,
	// of any view, would tell of few people, with ErrFew. The bytes are for the next time.
	Few(people []string, earlier [][]byte) (cohort []byte, err error)
	// Counts counts people by the values of columns, with small numbers suppressed.
	Counts(columns []string, add func(each func(person string, values []string)) error) ([]Cell, error)
}

// Cell is one count of people.
type Cell struct {
	// Values are of the columns that are counted by; Totals says which of them stand for all.
	Values []string
	Totals []bool
	People int64
	// Suppressed: the count is too small to be given out, or would give another one away.
	Suppressed bool
}

// ErrFew: the cohort is too small, or differs in few people from one whose numbers were given
// out before.
var ErrFew = errors.New("views: too few people")

// conclude ends a run whose pages are all read. For other purposes than care its numbers are
// given out only if they do not tell of few people.
func (s *Store) conclude(ctx context.Context, j *job, v *View) error {
	if !Secondary(v.Purpose) {
		return s.settle(ctx, j)
	}
	people := map[string]bool{}
	for rows, err := range s.pages(ctx, j.id) {
		if err != nil {
			return err
		}
		for _, r := range rows {
			people[r.Cohort] = true
		}
	}
	list := make([]string, 0, len(people))
	for p := range people {
		list = append(list, p)
	}
	earlier, err := s.releases(ctx)
	if err != nil {
		return err
	}
	cohort, err := s.Governance.Few(list, earlier)
	if errors.Is(err, ErrFew) {
		return s.finish(ctx, j.id, s.name, Refused, "These are too few people, or they differ in few from a run before: the numbers would tell of single people.")
	}
	if err != nil {
		return err
	}
	sealed, err := s.seal("cohort "+j.id, cohort)
	if err != nil {
		return err
	}
	_, err = s.write.ExecContext(ctx, `INSERT INTO view_release (run, view, cohort, at) VALUES ($1, $2, $3, $4) ON CONFLICT (run) DO NOTHING`, j.id, v.ID, sealed, s.now().UnixMicro())
	if err != nil {
		return fmt.Errorf("keeping a cohort: %w", err)
	}
	return s.finish(ctx, j.id, s.name, Done, "")
}

func (s *Store) releases(ctx context.Context) ([][]byte, error) {
	rows, err := s.write.QueryContext(ctx, `SELECT run, cohort FROM view_release WHERE at > $1`, s.now().Add(-s.Limits.withDefaults().Remember).UnixMicro())
	if err != nil {
		return nil, fmt.Errorf("reading cohorts: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list [][]byte
	for rows.Next() {
		var run, sealed string
		if err := rows.Scan(&run, &sealed); err != nil {
			return nil, fmt.Errorf("reading cohorts: %w", err)
		}
		cohort, err := s.unseal("cohort "+run, sealed)
		if err != nil {
			return nil, err
		}
		list = append(list, cohort)
	}
	return list, rows.Err()
}
