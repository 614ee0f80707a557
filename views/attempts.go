package views

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"
)

const (
	// mostTries is how often a run is tried that ends with a fault of ours, before it is given
	// up. A page that is kept begins the counting anew.
	mostTries = 5
	// firstRest is how long a run rests after its first fault; after each other twice as long
	// as before. Nobody waits for a fault to pass by asking it all the time.
	firstRest = 10 * time.Second
)

// tried notes that work on a run ended with a fault of ours, and leaves the run for later or
// gives it up. What a server left that was stopped or killed is no fault and is not counted.
func (s *Store) tried(ctx context.Context, j *job, fault error) error {
	if fault == nil || errors.Is(fault, errLost) || ctx.Err() != nil {
		return fault
	}
	j.attempts++
	if j.attempts >= mostTries {
		s.Log.Error("a run of a view was given up", "run", j.id, "tries", j.attempts, "kind", fmt.Sprintf("%T", fault))
		return s.finish(ctx, j.id, s.name, Failed, fmt.Sprintf("Something went wrong here %d times, and the run was given up. Begin it again; if that fails too, tell whoever runs Patchwork that it was run %s.", mostTries, j.id))
	}
	rest := firstRest << (j.attempts - 1)
	_, err := s.write.ExecContext(ctx, `UPDATE view_run SET attempts = $1, worker = '', lease = $2 WHERE id = $3 AND worker = $4 AND state = 'running'`,
		j.attempts, s.now().Add(rest).UnixMicro(), j.id, s.name)
	return errors.Join(fault, err)
}

// panicked is a panic as a fault: a run that panics must not take its server down, and every
// server after it that takes the run up.
type panicked struct{ at string }

func (p *panicked) Error() string { return "views: panic at " + p.at }

// recovered makes a fault of a panic of the function that defers it.
func (s *Store) recovered(err *error) {
	p := recover()
	if p == nil {
		return
	}
	at := panicSite()
	s.Log.Error("a run of a view panicked", "type", fmt.Sprintf("%T", p), "at", at)
	*err = &panicked{at}
}

// panicSite names the function of ours that panicked, without any value.
func panicSite() string {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		f, more := frames.Next()
		if strings.Contains(f.Function, "patchworkcare/patchwork/") && !strings.HasSuffix(f.Function, ".recovered") {
			return fmt.Sprintf("%s:%d", f.Function, f.Line)
		}
		if !more {
			return "unknown"
		}
	}
}
