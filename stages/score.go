package stages

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

const (
	// keepEvery is how often counts are written: more rarely than they change.
	keepEvery = 5 * time.Second
	// scoredFor is how many days of scores are read.
	scoredFor = 28
)

// Score is how often a source that is tried out answered a section in one way, on one day.
type Score struct {
	// Day is a date in UTC; Section a section's name.
	Day, Source, Section string
	Status               record.Status
	// Answers is how often, Entries how many entries came with it.
	Answers, Entries int64
	// Milliseconds is what all answers took together, Slowest the slowest one.
	Milliseconds, Slowest int64
}

type scoreKey struct{ day, source, section, status string }

// scores are counts on their way into the database.
type scores struct {
	store *Store
	log   *slog.Logger

	mu     sync.Mutex
	counts map[scoreKey]Score
}

func (s *scores) add(key scoreKey, o record.Outcome) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.counts[key]
	took := o.Took.Milliseconds()
	c.Answers, c.Entries = c.Answers+1, c.Entries+int64(o.Count)
	c.Milliseconds, c.Slowest = c.Milliseconds+took, max(c.Slowest, took)
	s.counts[key] = c
}

// keep writes the counts from time to time.
func (s *scores) keep(ctx context.Context) {
	tick := time.NewTicker(keepEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			s.write(ctx)
		case <-ctx.Done():
			return
		}
	}
}

// write adds the counts to those of all servers; what cannot be written waits for the next
// time.
func (s *scores) write(ctx context.Context) {
	s.mu.Lock()
	counts := s.counts
	s.counts = map[scoreKey]Score{}
	s.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, readingTime)
	defer cancel()
	for key, c := range counts {
		_, err := s.store.write.ExecContext(ctx, `INSERT INTO source_score (day, source, section, status, answers, entries, milliseconds, slowest)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (day, source, section, status) DO UPDATE SET answers = source_score.answers + excluded.answers,
				entries = source_score.entries + excluded.entries, milliseconds = source_score.milliseconds + excluded.milliseconds,
				slowest = CASE WHEN excluded.slowest > source_score.slowest THEN excluded.slowest ELSE source_score.slowest END`,
			key.day, key.source, key.section, key.status, c.Answers, c.Entries, c.Milliseconds, c.Slowest)
		if err != nil {
			s.log.Warn("how sources that are tried out answered cannot be kept", "kind", fmt.Sprintf("%T", err))
			s.putBack(counts)
			return
		}
		delete(counts, key)
	}
}

func (s *scores) putBack(counts map[scoreKey]Score) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, old := range counts {
		c := s.counts[key]
		s.counts[key] = Score{Answers: c.Answers + old.Answers, Entries: c.Entries + old.Entries,
			Milliseconds: c.Milliseconds + old.Milliseconds, Slowest: max(c.Slowest, old.Slowest)}
	}
}

// Scores gives how the sources that are tried out answered in the last four weeks, each day by
// itself, newest first.
func (s *Store) Scores(ctx context.Context) ([]Score, error) {
	since := s.now().UTC().AddDate(0, 0, -scoredFor).Format(time.DateOnly)
	rows, err := s.read.QueryContext(ctx, `SELECT day, source, section, status, answers, entries, milliseconds, slowest FROM source_score
		WHERE day > $1 ORDER BY day DESC, source, section, status`, since)
	if err != nil {
		return nil, fmt.Errorf("reading how sources answered: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var all []Score
	for rows.Next() {
		var c Score
		if err := rows.Scan(&c.Day, &c.Source, &c.Section, &c.Status, &c.Answers, &c.Entries, &c.Milliseconds, &c.Slowest); err != nil {
			return nil, fmt.Errorf("reading how sources answered: %w", err)
		}
		all = append(all, c)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading how sources answered: %w", err)
	}
	return all, nil
}
