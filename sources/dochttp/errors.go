package dochttp

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

// Malformed is an error of an answer that is not understood. Code and reason are fixed
// texts and quote nothing of it.
func Malformed(code, reason string) *sources.Error {
	return &sources.Error{Kind: sources.Malformed, Code: code, Reason: reason}
}

// OtherPatient is the error of an answer that is about somebody else.
func OtherPatient() *sources.Error {
	return &sources.Error{Kind: sources.WrongPatient, Code: "wrong-patient", Reason: "The document is about another person; nothing of it is shown"}
}

// Failure is the error for a status that is no success; nil for 200.
func (c *Client) Failure(r *http.Response) error {
	code := "http-" + strconv.Itoa(r.StatusCode)
	fault := func(kind sources.Kind, reason string) error {
		e := &sources.Error{Kind: kind, Code: code, Reason: reason}
		if r.StatusCode == http.StatusTooManyRequests || r.StatusCode == http.StatusServiceUnavailable {
			e.RetryAfter = retryAfter(r.Header.Get("Retry-After"), c.now())
		}
		return e
	}
	switch {
	case r.StatusCode == http.StatusOK:
		return nil
	case r.StatusCode == http.StatusNoContent:
		return Malformed("empty-body", "It answered with nothing at all")
	case r.StatusCode >= 200 && r.StatusCode < 300:
		return Malformed(code, "It gave an answer that is not understood")
	case r.StatusCode >= 300 && r.StatusCode < 400:
		// A redirect could lead anywhere, with our credentials: never followed.
		return Malformed("redirect", "It sends us elsewhere, which is not followed")
	case r.StatusCode == http.StatusUnauthorized, r.StatusCode == http.StatusForbidden:
		return fault(sources.Refused, "It does not allow us to read")
	case r.StatusCode == http.StatusTooManyRequests:
		return fault(sources.Refused, "It is asked too often at the moment")
	case r.StatusCode >= 500, r.StatusCode == http.StatusRequestTimeout:
		return fault(sources.Unavailable, "It reports a fault of its own")
	}
	return fault(sources.Unavailable, "It does not answer this question")
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

// ByTransport is the error for a call that got no answer. Texts of net/url quote the
// whole URL: only the kind of what is inside is kept, nothing of its text.
func ByTransport(ctx context.Context, err error) error {
	var known *sources.Error
	if errors.As(err, &known) {
		return known
	}
	if ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		cause := ctx.Err()
		if cause == nil {
			cause = context.DeadlineExceeded
		}
		return &sources.Error{Kind: sources.Timeout, Code: "timeout", Reason: "It did not answer in time", Cause: cause}
	}
	e := &sources.Error{Kind: sources.Unavailable, Code: "connection-lost", Reason: "The connection to it was lost"}
	var quoting *url.Error
	if errors.As(err, &quoting) {
		err = quoting.Err
	}
	var dns *net.DNSError
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	var alert tls.AlertError
	var record tls.RecordHeaderError
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		e.Code, e.Reason, e.Cause = "connection-refused", "It cannot be reached", syscall.ECONNREFUSED
	case errors.As(err, &dns):
		e.Code, e.Reason = "name-not-found", "Its name is not known on the network"
	case errors.As(err, &verify), errors.As(err, &unknown), errors.As(err, &host), errors.As(err, &invalid),
		errors.As(err, &alert), errors.As(err, &record):
		e.Code, e.Reason = "tls", "Its certificate or encryption cannot be trusted"
	}
	return e
}

// Safely keeps a fault of ours in reading one answer from ending the whole server: the
// answer counts as not understood.
func Safely(do func(), failed func(error)) {
	defer func() {
		if recover() != nil {
			failed(Malformed("unreadable", "Its answer could not be read"))
		}
	}()
	do()
}
