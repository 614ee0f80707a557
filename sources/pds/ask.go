package pds

import (
	"context"
	"net/http"
	"time"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// firstWait is how long a request that came too fast waits if the register does not say.
const firstWait = time.Second

// ask makes one request: within our own cap and pace, with a token, renewed once if the
// register no longer takes it, and again later if it says that it is asked too often and
// there is time. The answer is a success, or one of those that tolerate takes.
func (s *source) ask(ctx context.Context, q request, tolerate func(*response) bool) (*response, error) {
	renewed := false
	for again := 0; ; {
		got, token, err := s.once(ctx, q, tolerate)
		e := sources.AsError(err)
		switch {
		case e == nil:
			return got, nil
		case e.Code == "http-401" && !renewed && s.login.forget(token):
			renewed = true
		case tooOften(e) && again < s.Repeats:
			wait := e.RetryAfter
			if wait <= 0 {
				wait = firstWait << again
			}
			again++
			if !sleep(ctx, wait) {
				if ctx.Err() != nil {
					return nil, httpfault.ByTransport(ctx, ctx.Err())
				}
				return nil, e // it would come too late: better to know now
			}
		default:
			return nil, e
		}
	}
}

// tooOften reports whether the register has asked us, now or a moment ago, to wait.
func tooOften(e *sources.Error) bool {
	return e.Code == "http-429" || e.Code == "asked-to-wait"
}

// once makes one request and gives the token it was made with.
func (s *source) once(ctx context.Context, q request, tolerate func(*response) bool) (got *response, token string, err error) {
	// The pace comes first: whoever cannot be in time is told at once, and not when a place
	// is free.
	if s.pace.Wait(ctx) != nil {
		if ctx.Err() != nil {
			return nil, "", httpfault.ByTransport(ctx, ctx.Err())
		}
		return nil, "", &sources.Error{Kind: sources.Timeout, Code: "own-limit", Cause: errLate,
			Reason: "More is asked of it at once than its limit allows in time"}
	}
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return nil, "", httpfault.ByTransport(ctx, ctx.Err())
	}
	if q.token, err = s.login.header(ctx); err != nil {
		return nil, "", err
	}
	err = s.env.Call(ctx, func(ctx context.Context) error {
		var err error
		if got, err = s.exchange(ctx, q); err != nil {
			return err
		}
		if tolerate != nil && tolerate(got) {
			return nil
		}
		return got.failure()
	})
	if err != nil {
		return nil, q.token, err
	}
	return got, q.token, nil
}

// notFound takes a 404 for an answer about the person, if the register itself says so: a
// proxy's 404, or that of a wrong base address, says nothing about anybody (hazard H-02).
func notFound(r *response) bool {
	if r.status != http.StatusNotFound || !r.json {
		return false
	}
	code := outcomeCode(r.body)
	return code == codeNotFound || code == codeInvalidated
}
