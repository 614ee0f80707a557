package sources

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"
)

// Opened is a document that is being read. It is the reader's alone: nothing of it is
// joined with other reads or remembered. Close ends the reading, at the source too.
type Opened struct {
	// ContentType and Size are as in Document.
	ContentType string
	Size        int64

	*io.PipeReader
	end func(error)
}

// Close ends the reading of it.
func (o *Opened) Close() error {
	o.end(nil)
	return o.PipeReader.Close()
}

// errGone is what a source's copying ends with when the reader has closed.
var errGone = errors.New("the reader has gone")

// OpenDocument opens a document for one reader; see DocumentOpener. It returns when the
// first bytes are there, at the latest at the source's deadline. From then on each
// chunk has Settings.Documents.Idle to come, all of them together Total, and there may be no more than
// Bytes. A document without a single byte is an error. Every error, also of Read, is an
// *Error; ctx ends the reading.
//
// The caller must have been allowed to open it (policy.Grant), and must Close it.
func (s *System) OpenDocument(ctx context.Context, localID, reference string) (*Opened, error) {
	opener, ok := s.source.(DocumentOpener)
	switch {
	case !ok:
		return nil, &Error{Kind: Refused, Code: "no-documents", Reason: "It does not hand out documents", Cause: ErrNoDocuments}
	case localID == "" || reference == "":
		return nil, &Error{Kind: Unavailable, Code: "no-local-id", Reason: "It was asked without an identifier", unasked: true}
	}
	on := s.gate.power.running()
	if e := s.shut(); e != nil {
		return nil, e
	}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil, closedError()
	}
	s.running.Add(1)
	s.mu.Unlock()

	ctx, end := context.WithCancelCause(ctx)
	unhook := context.AfterFunc(on, func() { end(context.Cause(on)) })
	r := newReading(ctx, end, s.settings.Documents, s.settings.Timeout)
	go func() {
		defer s.running.Done()
		defer end(nil)
		defer unhook()
		r.finish(s.desk(ctx, func() error {
			return s.guarded("document", func() error { return opener.OpenDocument(ctx, localID, reference, r.take) })
		}))
		s.observeDocument(ctx, r.err)
	}()
	select {
	case <-r.begun:
	case <-ctx.Done():
		r.abandon()
		return nil, lateError(ctx)
	}
	if r.opened == nil {
		return nil, r.err
	}
	return r.opened, nil
}

// desk lets only some documents be read at once: a reader who takes their time holds
// one of the source's calls, and must not hold all of them.
func (s *System) desk(ctx context.Context, read func() error) error {
	patience := time.NewTimer(s.settings.Queue)
	defer patience.Stop()
	select {
	case s.desks <- struct{}{}:
		defer func() { <-s.desks }()
		return read()
	case <-patience.C:
		return &Error{Kind: Unavailable, Code: "busy", Reason: "Too many documents of it are being read", unasked: true}
	case <-ctx.Done():
		e := *lateError(ctx)
		e.unasked = true
		return &e
	}
}

// observeDocument takes a failure into the source's health. How long a document took
// says nothing about its answers, and a reader who went away nothing about the source.
func (s *System) observeDocument(ctx context.Context, err *Error) {
	if err == nil || ctx.Err() != nil && !errors.Is(context.Cause(ctx), errDeadline) {
		return
	}
	if err.Kind == Unavailable || err.Kind == Timeout {
		s.health.observe(Answer{Result: Result{Err: err}})
	}
}

// reading carries one document from the source's goroutine to its reader.
type reading struct {
	ctx    context.Context
	limits Documents
	pipe   *io.PipeWriter
	from   *io.PipeReader
	end    func(error)
	alarm  *time.Timer // ends the reading at a deadline
	spent  time.Duration

	once   sync.Once
	begun  chan struct{} // closed when opened or err is set
	opened *Opened
	err    *Error
	took   bool
	failed error // what take returned, whatever the connector makes of it
}

func newReading(ctx context.Context, end context.CancelCauseFunc, limits Documents, first time.Duration) *reading {
	r := &reading{ctx: ctx, limits: limits, end: end, begun: make(chan struct{})}
	r.from, r.pipe = io.Pipe()
	r.alarm = time.AfterFunc(first, func() { end(errDeadline) })
	return r
}

// chunk is how much is carried at once.
const chunk = 32 << 10

// take is what the connector gives the document to.
func (r *reading) take(d Document) error {
	if r.took {
		return &Error{Kind: Malformed, Code: "twice", Reason: "Its answer could not be understood"}
	}
	r.took = true
	r.failed = r.carry(d)
	return r.failed
}

// carry copies the document to its reader.
func (r *reading) carry(d Document) error {
	if d.Size > r.limits.Bytes {
		return DocumentTooLarge()
	}
	var all int64
	buf := make([]byte, chunk)
	for {
		n, err := r.next(d.Body, buf, all == 0)
		if all += int64(n); all > r.limits.Bytes {
			return DocumentTooLarge()
		}
		if n > 0 {
			r.begin(d)
			if _, gone := r.pipe.Write(buf[:n]); gone != nil {
				return errGone
			}
		}
		switch {
		case errors.Is(err, io.EOF) && all == 0:
			return &Error{Kind: Malformed, Code: "empty", Reason: "It handed out a document without content"}
		case errors.Is(err, io.EOF) && d.Size >= 0 && all != d.Size:
			return &Error{Kind: Malformed, Code: "truncated", Reason: "The document ended before its end"}
		case errors.Is(err, io.EOF):
			return nil
		case r.ctx.Err() != nil:
			return lateError(r.ctx)
		case err != nil:
			return AsError(err)
		}
	}
}

// next reads one chunk within the time it has. The first has what the source's own
// deadline leaves it, which is running already.
func (r *reading) next(from io.Reader, buf []byte, first bool) (int, error) {
	if !first {
		left := r.limits.Total - r.spent
		r.alarm.Reset(min(r.limits.Idle, max(left, 0)))
	}
	asked := time.Now()
	n, err := from.Read(buf)
	if n > 0 || err != nil {
		r.alarm.Stop() // while the reader takes it, the source owes nothing
	}
	r.spent += time.Since(asked)
	return n, err
}

// begin lets the reader begin: the first bytes are there.
func (r *reading) begin(d Document) {
	r.once.Do(func() {
		r.opened = &Opened{ContentType: d.ContentType, Size: d.Size, PipeReader: r.from, end: r.end}
		close(r.begun)
	})
}

// finish ends the reading with what the connector returned.
func (r *reading) finish(err error) {
	r.alarm.Stop()
	switch {
	case err == nil && r.took:
		err = r.failed
	case err == nil:
		err = &Error{Kind: Unavailable, Code: "no-answer", Reason: "It did not hand the document out"}
	}
	if err != nil && r.ctx.Err() != nil {
		err = lateError(r.ctx)
	}
	r.err = AsError(err)
	if err != nil {
		_ = r.pipe.CloseWithError(r.err)
	} else {
		_ = r.pipe.Close()
	}
	r.once.Do(func() { close(r.begun) })
}

// abandon lets the source's goroutine end: nobody will read.
func (r *reading) abandon() { _ = r.from.Close() }
