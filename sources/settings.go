package sources

import (
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// Settings are what the region decides about one source. Zero values are the
// defaults given with each field.
type Settings struct {
	// Origin names the source to readers. Origin.ID is required.
	Origin record.Origin
	// Timeout is the source's own deadline for one read; default 15 s.
	Timeout time.Duration
	// Concurrency is how many calls may be in flight at once; default 16.
	Concurrency int
	// Queue is how long a call may wait for one of them to finish; default 5 s.
	Queue time.Duration
	// Rate is how often it may be called; calls wait for their turn within their reader's
	// deadline. The zero Rate is any number.
	Rate Rate
	// Windows are the only times at which it may be asked, by Env.Now and Env.Zone; none is
	// always. What is remembered is given at any time.
	Windows []Window
	// Remember is how long an answer lives in memory. 0 means that only reads in
	// flight are shared; but see remembered for answers that came late.
	Remember time.Duration
	// RememberBy overrides Remember for single sections.
	RememberBy map[record.Section]time.Duration
	// RememberLate is how long an answer that came late is kept at least, so that its asker
	// finds it when asking again; 0 is five seconds, less than 0 not at all.
	RememberLate time.Duration
	// Memory is how many answers are remembered at most; default 4096.
	Memory int
	// Breaker says when the source counts as dead.
	Breaker Breaker
	// Documents bound the reading of documents.
	Documents Documents
	// Maps explain codes of the source's in other code systems.
	Maps []*Map
}

// Documents bound the reading of documents from one source. The first byte has the
// source's Timeout to come.
type Documents struct {
	// Bytes is the largest document read; default 50 MiB.
	Bytes int64
	// AtOnce is how many may be read at a time; default a quarter of Concurrency, at
	// least 1, so that documents never take all of the source's calls.
	AtOnce int
	// Idle is how long the next chunk of one may keep its reader waiting; default 10 s.
	Idle time.Duration
	// Total is how long the source may need for all chunks together; default 2 min.
	Total time.Duration
}

// Breaker says when a source counts as dead and is no longer asked on every read.
type Breaker struct {
	// Failures out of the last Of calls open it, so that as many in a row do;
	// default 5 of 10.
	Failures int
	Of       int
	// Probe is the least time between two calls while it is open; default 1 s. One
	// success closes it. A probe that hangs does not keep the next one waiting.
	Probe time.Duration
}

func (s Settings) withDefaults() Settings {
	orDefault(&s.Timeout, 15*time.Second)
	orDefault(&s.Concurrency, 16)
	orDefault(&s.Queue, 5*time.Second)
	orDefault(&s.Memory, 4096)
	orDefault(&s.Breaker.Failures, 5)
	orDefault(&s.Breaker.Of, max(10, s.Breaker.Failures))
	orDefault(&s.Breaker.Probe, time.Second)
	orDefault(&s.Documents.Bytes, 50<<20)
	orDefault(&s.Documents.AtOnce, max(1, s.Concurrency/4))
	orDefault(&s.Documents.Idle, 10*time.Second)
	orDefault(&s.Documents.Total, 2*time.Minute)
	s.Breaker.Failures = min(s.Breaker.Failures, s.Breaker.Of)
	return s
}

func orDefault[N ~int | ~int64](v *N, d N) {
	if *v <= 0 {
		*v = d
	}
}
