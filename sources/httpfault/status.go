package httpfault

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/sources"
)

// Malformed is the error of an answer that is not understood. Code and reason are fixed
// texts and quote nothing of it.
func Malformed(code, reason string) *sources.Error {
	return &sources.Error{Kind: sources.Malformed, Code: code, Reason: reason}
}

// NotJSON is the error of an answer that is not JSON. The cause is kept and shown nowhere;
// nil where its text quotes the answer.
func NotJSON(cause error) *sources.Error {
	e := Malformed("not-json", "Its answer is not valid JSON")
	e.Cause = cause
	return e
}

// Empty is the error of a success that says nothing.
func Empty() *sources.Error { return Malformed("empty-body", "It answered with nothing at all") }

// TooLarge is the error of an answer beyond what is read of one.
func TooLarge() *sources.Error {
	return Malformed("too-large", "Its answer is larger than is read")
}

// ByStatus is the error for an HTTP status that is no success; nil for 200 to 299. wait is
// what RetryAfter read; 0 for nothing.
func ByStatus(status int, wait time.Duration) *sources.Error {
	code := "http-" + strconv.Itoa(status)
	fault := func(kind sources.Kind, reason string) *sources.Error {
		e := &sources.Error{Kind: kind, Code: code, Reason: reason}
		if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
			e.RetryAfter = wait
		}
		return e
	}
	switch {
	case status >= 200 && status < 300:
		return nil
	case status >= 300 && status < 400:
		// A redirect could lead anywhere, with our credentials: never followed.
		return Malformed("redirect", "It sends us elsewhere, which is not followed")
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return fault(sources.Refused, "It does not allow us to read")
	case status == http.StatusTooManyRequests:
		return fault(sources.Refused, "It is asked too often at the moment")
	case status >= 500, status == http.StatusRequestTimeout:
		return fault(sources.Unavailable, "It reports a fault of its own")
	}
	return fault(sources.Unavailable, "It does not answer this question")
}

// RetryAfter reads the header Retry-After: seconds or an HTTP date (RFC 9110 §10.2.3); 0 if
// it says neither, or a time that has gone.
func RetryAfter(h http.Header, now time.Time) time.Duration {
	s := strings.TrimSpace(h.Get("Retry-After"))
	if n, err := strconv.Atoi(s); err == nil && n > 0 && n < 1<<20 {
		return time.Duration(n) * time.Second
	}
	if t, err := http.ParseTime(s); err == nil && t.After(now) {
		return t.Sub(now)
	}
	return 0
}
