package sqlview

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"os"
	"syscall"

	"github.com/patchworkcare/patchwork/sources"
)

func badQuery() *sources.Error {
	return &sources.Error{Kind: sources.Malformed, Code: "bad-query", Reason: "The configured query does not fit the database"}
}

func lost() *sources.Error {
	return &sources.Error{Kind: sources.Unavailable, Code: "connection-lost", Reason: "The connection was lost"}
}

func notUnderstood() *sources.Error {
	return &sources.Error{Kind: sources.Malformed, Code: "not-understood", Reason: "Its answer could not be understood"}
}

func late(err error) *sources.Error {
	return &sources.Error{Kind: sources.Timeout, Code: "timeout", Reason: "It did not answer in time", Cause: err}
}

// explain says what a driver's error means. The error itself is dropped, since its
// text and its parents' quote queries and values.
func (d dialect) explain(ctx context.Context, err error) error {
	var known *sources.Error
	var network net.Error
	var dns *net.DNSError
	var e *sources.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	case ctx.Err() != nil:
		return late(ctx.Err())
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return late(context.DeadlineExceeded)
	}
	if e = d.fault(err); e != nil {
		return e
	}
	switch {
	case errors.As(err, &dns):
		return &sources.Error{Kind: sources.Unavailable, Code: "host-not-found", Reason: "Its host is not known"}
	case errors.Is(err, syscall.ECONNREFUSED):
		return &sources.Error{Kind: sources.Unavailable, Code: "connection-refused", Reason: "The connection was refused"}
	case isTLS(err):
		return &sources.Error{Kind: sources.Unavailable, Code: "tls", Reason: "No trusted encrypted connection could be made"}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.Is(err, driver.ErrBadConn), errors.As(err, &network):
		return lost()
	}
	// What remains is a driver that could not make sense of the answer.
	return notUnderstood()
}

func isTLS(err error) bool {
	var record tls.RecordHeaderError
	var cert *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	return errors.As(err, &record) || errors.As(err, &cert) || errors.As(err, &unknown) || errors.As(err, &host)
}
