package patient

import (
	"context"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// silent adds the systems that have not answered for a number.
func (r *round) silent(n record.NHSNumber, into map[int]bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, q := range r.inquiries {
		if q.asked != n && q.current != n {
			continue
		}
		for i := range q.answers {
			if a := &q.answers[i]; a.asked && (a.open > 0 || a.failed) {
				into[i] = true
			}
		}
	}
}

// await waits until the rounds are done, but no longer than the caller will; then it
// has them write down what they know.
func (x *Index) await(ctx context.Context, rounds []*round, wait time.Duration) error {
	if wait == 0 {
		wait = defaultWait
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	late := false
	for _, r := range rounds {
		if !late {
			select {
			case <-r.done:
			case <-timer.C:
				late = true
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if late {
			if err := r.poke(ctx); err != nil {
				return err
			}
		}
		r.mu.Lock()
		err := r.err
		r.mu.Unlock()
		if err != nil {
			return fmt.Errorf("writing the patient index: %w", err)
		}
	}
	return nil
}

func (r *round) poke(ctx context.Context) error {
	reply := make(chan struct{})
	select {
	case r.pokes <- reply:
	case <-r.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-reply:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
