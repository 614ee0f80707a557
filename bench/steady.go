package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// mostAtOnce is how many requests are in flight at a fixed rate when a server falls behind.
const mostAtOnce = 2 * userCount

// steady sends the work's requests when they are due, whether or not earlier ones were
// answered, with slow sources. What it gives is counted from when each was due: a server
// that falls behind cannot hide it.
func (b *bench) steady(ctx context.Context, l *line, t *target) ([]time.Duration, error) {
	if err := b.region.wait(ctx, far); err != nil {
		return nil, err
	}
	many := max(1, int(b.seconds*l.work.rate))
	took, errs := make([]time.Duration, many), make([]error, many)
	free := make(chan int, mostAtOnce)
	for who := range mostAtOnce {
		free <- who
	}
	var group sync.WaitGroup
	start := time.Now()
	for i := range many {
		due := start.Add(time.Duration(float64(i) / l.work.rate * float64(time.Second)))
		time.Sleep(time.Until(due))
		values, ok := t.values(l.work)
		if !ok || ctx.Err() != nil {
			took, errs = took[:i], errs[:i]
			break
		}
		who := <-free
		group.Go(func() {
			var buf bytes.Buffer
			req, err := t.ask(ctx, who, l.work, values)
			if err == nil {
				err = b.receive(req, &buf)
			}
			took[i] = time.Since(due)
			free <- who
			if err == nil && i%saturated == 0 {
				err = t.check(l.work, buf.Bytes(), values)
			}
			errs[i] = err
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		l.count(t, 1)
		return nil, fmt.Errorf("at a fixed rate: %w", err)
	}
	l.answers += len(took)
	return took, ctx.Err()
}
