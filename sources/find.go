package sources

import (
	"context"
	"errors"

	"github.com/patchworkcare/patchwork/record"
)

var (
	// ErrNoFinder is the Cause when a source cannot look people up.
	ErrNoFinder = errors.New("the source cannot look people up")
	// ErrNoProber is the Cause when a source cannot say whether it is reachable.
	ErrNoProber = errors.New("the source cannot be probed")
)

// Strayed is the error of a search that was answered with people who cannot have been meant,
// while somebody who was asked for is not among them. It has said nothing of that person: to
// take it for "not known here" would leave their record out for hours (hazard H-02). Where
// everybody who was asked for is there, those strangers are left out, and nothing is missing.
func Strayed() *Error {
	return &Error{Kind: WrongPatient, Code: "wrong-patient", Reason: "It answered about another person; nothing of that answer is shown"}
}

// CanFind reports whether the source can look people up.
func (s *System) CanFind() bool {
	_, ok := s.source.(Finder)
	return ok
}

// Find looks people up; see Finder. The answer is aligned with qs. It ends with ctx or
// at the source's deadline, whichever is first. Every error is an *Error; where the
// source is no Finder its cause is ErrNoFinder.
func (s *System) Find(ctx context.Context, qs []record.PersonQuery) ([][]record.Person, error) {
	finder, ok := s.source.(Finder)
	if !ok {
		return nil, &Error{Kind: Refused, Code: "no-finder", Reason: "It cannot look people up", Cause: ErrNoFinder}
	}
	var found [][]record.Person
	err := s.ask(ctx, "find", func(ctx context.Context) (func(), error) {
		people, err := finder.Find(ctx, qs)
		if err == nil && len(people) != len(qs) {
			err = &Error{Kind: Malformed, Code: "not-aligned", Reason: "Its answer could not be understood"}
		}
		return func() { found = people }, err
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// Probe asks the source whether it is reachable; see Prober. Every error is an *Error;
// where the source is no Prober its cause is ErrNoProber.
func (s *System) Probe(ctx context.Context) error {
	prober, ok := s.source.(Prober)
	if !ok {
		return &Error{Kind: Refused, Code: "no-prober", Reason: "It cannot be probed", Cause: ErrNoProber}
	}
	return s.ask(ctx, "probe", func(ctx context.Context) (func(), error) {
		return func() {}, prober.Probe(ctx)
	})
}

// ask runs do unless the source may not be asked, and ends it when it is switched off.
func (s *System) ask(ctx context.Context, what string, do func(context.Context) (func(), error)) error {
	on := s.gate.power.running()
	if e := s.shut(); e != nil {
		return e
	}
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	defer context.AfterFunc(on, func() { end(context.Cause(on)) })()
	err := s.attempt(ctx, what, do)
	if err != nil && on.Err() != nil { // it stopped because it was told to
		return lateError(on)
	}
	return err
}

// attempt runs do under the source's deadline, the caller's context and the System's
// life. It returns when these end even if do does not; do's results are taken over by
// the function it returns, so that a late do writes nowhere.
func (s *System) attempt(ctx context.Context, what string, do func(context.Context) (func(), error)) error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return closedError()
	}
	s.running.Add(1)
	s.mu.Unlock()

	ctx, cancel := context.WithTimeoutCause(ctx, s.settings.Timeout, errDeadline)
	defer cancel()
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	defer context.AfterFunc(s.life, func() { end(errClosed) })()

	type reply struct {
		take func()
		err  error
	}
	replies := make(chan reply, 1)
	begun := s.health.clock()
	go func() {
		defer s.running.Done()
		var r reply
		r.err = s.guarded(what, func() (err error) {
			r.take, err = do(ctx)
			return err
		})
		replies <- r
	}()
	var err error
	select {
	case r := <-replies:
		if err = r.err; err == nil {
			r.take()
		}
	case <-ctx.Done():
		err = lateError(ctx)
	}
	if err == nil {
		s.health.observe(Answer{Took: s.health.clock() - begun})
		return nil
	}
	e := AsError(err)
	// An asker who went away says nothing about the source.
	if ctx.Err() == nil || errors.Is(context.Cause(ctx), errDeadline) {
		s.health.observe(Answer{Result: Result{Err: e}, Took: s.health.clock() - begun})
	}
	return e
}
