package auth

import "context"

type againKey struct{}

// Again finds the session of the request in ctx once more, as it is now: for answers that
// go on for longer than a request. ErrNoSession if it has ended, is locked, or was renewed
// so that the request's secret is of no use any more. Asking is no use of the session: it
// idles out as if nobody had asked.
func Again(ctx context.Context) (*Session, error) {
	find, ok := ctx.Value(againKey{}).(func(context.Context) (*Session, error))
	if !ok {
		return nil, ErrNoSession
	}
	session, err := find(ctx)
	if err == nil && session.Locked {
		return nil, ErrNoSession
	}
	return session, err
}

// withAgain lets Again find the session of a secret.
func (a *Authenticator) withAgain(ctx context.Context, secret string, token bool) context.Context {
	return context.WithValue(ctx, againKey{}, func(ctx context.Context) (*Session, error) {
		return a.find(ctx, secret, token, true)
	})
}
