package jsonapi

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/patchworkcare/patchwork/sources"
)

// response is an answer as it came.
type response struct {
	status     int
	body       []byte
	json       bool
	link       string
	retryAfter time.Duration
}

// Malformed is the error of an answer that cannot be understood. The texts are fixed and
// quote nothing of it.
func Malformed(code, reason string) *sources.Error {
	return &sources.Error{Kind: sources.Malformed, Code: code, Reason: reason}
}

func notJSON() *sources.Error { return Malformed("not-json", "Its answer is not valid JSON") }

// failure is the error of an answer that is no success with JSON; nil for one that is.
func (r *response) failure() *sources.Error {
	if e := r.statusError(); e != nil {
		return e
	}
	switch {
	case r.status == http.StatusNoContent || len(r.body) == 0:
		return Malformed("empty-body", "It answered with nothing at all")
	case r.status == http.StatusPartialContent:
		return Malformed("partial", "It answered with a part only")
	case !r.json:
		return Malformed("not-json", "Its answer is not JSON")
	}
	return nil
}

// statusError is the error of a status that is no success.
func (r *response) statusError() *sources.Error {
	code := "http-" + strconv.Itoa(r.status)
	switch {
	case r.status >= 200 && r.status < 300:
		return nil
	case r.status >= 300 && r.status < 400:
		// A redirect could lead anywhere, with our credentials: never followed.
		return Malformed("redirect", "It sends us elsewhere, which is not followed")
	case r.status == http.StatusUnauthorized, r.status == http.StatusForbidden:
		return &sources.Error{Kind: sources.Refused, Code: code, Reason: "It does not allow us to read"}
	case r.status == http.StatusTooManyRequests:
		return &sources.Error{Kind: sources.Refused, Code: code, Reason: "It is asked too often at the moment", RetryAfter: r.retryAfter}
	case r.status == http.StatusServiceUnavailable:
		return &sources.Error{Kind: sources.Unavailable, Code: code, Reason: "It reports a fault of its own", RetryAfter: r.retryAfter}
	case r.status >= 500, r.status == http.StatusRequestTimeout:
		return &sources.Error{Kind: sources.Unavailable, Code: code, Reason: "It reports a fault of its own"}
	}
	return &sources.Error{Kind: sources.Unavailable, Code: code, Reason: "It does not answer this question"}
}

// retryAfter reads Retry-After: seconds or an HTTP date (RFC 9110 §10.2.3).
func retryAfter(s string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && n > 0 && n < 1<<20 {
		return time.Duration(n) * time.Second
	}
	if t, err := http.ParseTime(s); err == nil && t.After(now) {
		return t.Sub(now)
	}
	return 0
}

// byTransport is the error for a call that got no answer. Texts of net/url quote the whole
// URL, and those of net the address: none is kept.
func byTransport(ctx context.Context, err error) error {
	var known *sources.Error
	if errors.As(err, &known) {
		return known
	}
	var quoting *url.Error
	if errors.As(err, &quoting) {
		err = quoting.Err
	}
	if ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		cause := ctx.Err()
		if cause == nil {
			cause = context.DeadlineExceeded
		}
		return &sources.Error{Kind: sources.Timeout, Code: "timeout", Reason: "It did not answer in time", Cause: cause}
	}
	e := &sources.Error{Kind: sources.Unavailable, Code: "connection-lost", Reason: "The connection to it was lost"}
	var dns *net.DNSError
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		e.Code, e.Reason = "connection-refused", "It cannot be reached"
	case errors.As(err, &dns):
		e.Code, e.Reason = "name-not-found", "Its name is not known on the network"
	case isTLS(err):
		e.Code, e.Reason = "tls", "Its certificate or encryption cannot be trusted, or it does not take ours"
	}
	return e
}

func isTLS(err error) bool {
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	var alert tls.AlertError
	var record tls.RecordHeaderError
	return errors.As(err, &verify) || errors.As(err, &unknown) || errors.As(err, &host) || errors.As(err, &invalid) ||
		errors.As(err, &alert) || errors.As(err, &record)
}
