package auth

import (
	"context"
	"net"
	"net/http"
	"strings"
)

// Caller is where a request comes from: for audit and for the lock-out.
type Caller struct {
	// Address is the network address without port; "" if not known.
	Address string
	// RequestID is the X-Request-Id that the response carries; "" if there is none.
	RequestID string
	// Client is the application, as its User-Agent says, at most 200 bytes.
	Client string
}

type callerKey struct{}

// WithCaller puts where the request comes from into the context.
func WithCaller(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// CallerFrom gives where the request comes from; zero if nobody said.
func CallerFrom(ctx context.Context) Caller {
	c, _ := ctx.Value(callerKey{}).(Caller)
	return c
}

// callerOf reads it from a request. The request id is the one that an outer handler
// has already set on the response, else the caller's own.
func (a *Authenticator) callerOf(w http.ResponseWriter, r *http.Request) Caller {
	c := Caller{RequestID: w.Header().Get("X-Request-Id"), Client: short(r.UserAgent(), 200)}
	if c.RequestID == "" {
		c.RequestID = short(r.Header.Get("X-Request-Id"), 64)
	}
	if a.Address != nil {
		c.Address = a.Address(r)
		return c
	}
	if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
		c.Address = host
	}
	return c
}

// short cuts a caller's text and takes out what could break a log line.
func short(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if len(s) > n {
		s = strings.ToValidUTF8(s[:n], "")
	}
	return s
}
