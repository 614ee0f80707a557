package oidc

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"
)

// Bounds on what a provider may send.
const (
	mostBody    = 1 << 20
	mostHeaders = 64 << 10
)

// wire is HTTP to the provider, bounded in time and size.
type wire struct {
	client  *http.Client
	timeout time.Duration
}

// newWire speaks HTTP; guard judges each address before it is dialled, nil lets all through.
func newWire(roots *x509.CertPool, timeout time.Duration, guard func(network, address string, _ syscall.RawConn) error) *wire {
	transport := &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: timeout, Control: guard}).DialContext,
		TLSClientConfig:        &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:      true,
		MaxResponseHeaderBytes: mostHeaders,
		MaxIdleConnsPerHost:    4,
		IdleConnTimeout:        90 * time.Second,
	}
	return &wire{client: &http.Client{Transport: transport, CheckRedirect: followOnly}, timeout: timeout}
}

// followOnly follows a GET to the same place only: a redirect elsewhere could be to inside
// our network, and a POST carries our credentials.
func followOnly(req *http.Request, via []*http.Request) error {
	first := via[0]
	if first.Method != http.MethodGet || req.URL.Scheme != first.URL.Scheme || req.URL.Host != first.URL.Host || len(via) > 3 {
		return http.ErrUseLastResponse
	}
	return nil
}

// answer is what came back.
type answer struct {
	status int
	media  string // Content-Type as sent
	// location is where a redirect leads that was not followed.
	location string
	body     []byte
}

// get reads what stands at an address; `what` names it in the refusal.
func (w *wire) get(ctx context.Context, address, what string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, invalid(what + ": its address is no address")
	}
	req.Header.Set("Accept", "application/json")
	got, err := w.do(req, what)
	if err != nil {
		return nil, err
	}
	if got.status != http.StatusOK {
		return nil, byStatus(got.status, what)
	}
	return got.body, nil
}

// do makes one request. The error names no address and quotes nothing of the answer.
func (w *wire) do(req *http.Request, what string) (answer, error) {
	ctx, cancel := context.WithTimeout(req.Context(), w.timeout)
	defer cancel()
	req.Header.Set("User-Agent", "Patchwork")
	resp, err := w.client.Do(req.WithContext(ctx))
	if err != nil {
		return answer{}, unavailable(what + ": " + whyNot(err))
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, mostBody+1))
	if err != nil {
		return answer{}, unavailable(what + ": " + whyNot(err))
	}
	if len(body) > mostBody {
		return answer{}, invalid(what + ": the answer is larger than 1 MiB")
	}
	return answer{status: resp.StatusCode, media: resp.Header.Get("Content-Type"), location: resp.Header.Get("Location"), body: body}, nil
}

func byStatus(status int, what string) error {
	switch {
	case status >= 500, status == http.StatusTooManyRequests:
		return unavailable(fmt.Sprintf("%s: the provider answered with status %d", what, status))
	case status >= 300 && status < 400:
		return invalid(what + ": the provider redirects elsewhere, which is not followed")
	}
	return invalid(fmt.Sprintf("%s: the provider answered with status %d", what, status))
}

// whyNot says in our own words why there was no answer.
func whyNot(err error) string {
	var certificate *tls.CertificateVerificationError
	var name *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(err, errInside):
		return "its address is inside this network, which only `private: true` allows"
	case errors.As(err, &certificate):
		return "the provider's certificate is not trusted (ca_file)"
	case errors.Is(err, context.Canceled):
		return "given up"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "the provider took too long"
	case errors.As(err, &name):
		return "the provider's host name is not known"
	}
	return "the provider cannot be reached"
}
