package httpfault

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/url"
	"syscall"

	"github.com/patchworkcare/patchwork/sources"
)

// ByTransport is the error for a call that got no answer. Texts of net/url quote the whole
// URL, in which may be what somebody is known by: only the kind of what is inside is kept.
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
	var quoting *url.Error
	if errors.As(err, &quoting) {
		err = quoting.Err
	}
	e := &sources.Error{Kind: sources.Unavailable, Code: "connection-lost", Reason: "The connection to it was lost"}
	var dns *net.DNSError
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		e.Code, e.Reason, e.Cause = "connection-refused", "It cannot be reached", syscall.ECONNREFUSED
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
