package saml

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// How long metadata from an address is kept: as it says within these, and an hour if it
// says nothing. What could not be read again is used on for a day, as long as it is valid.
const (
	leastFresh   = time.Minute
	defaultFresh = time.Hour
	mostFresh    = 24 * time.Hour
	mostStale    = 24 * time.Hour
	retryAfter   = 10 * time.Second
	warnBefore   = 30 * 24 * time.Hour
)

// source is where the provider's metadata comes from. It is read when it is first needed,
// by one caller at a time.
type source struct {
	address string // "" if it was a file
	client  *http.Client
	signer  *x509.Certificate
	now     func() time.Time
	log     *slog.Logger

	turn    chan struct{} // holds one token; whoever has it may touch what follows
	current *idp
	read    time.Time
	tried   time.Time
	failed  error
}

func openSource(c *Config, env auth.Env) (*source, error) {
	s := &source{address: c.MetadataURL, now: env.Now, log: env.Log, turn: make(chan struct{}, 1)}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.turn <- struct{}{}
	var err error
	if c.MetadataSignerFile != "" {
		if s.signer, err = readCertificate(c.MetadataSignerFile); err != nil {
			return nil, fmt.Errorf("metadata_signer_file: %w", err)
		}
	}
	if c.MetadataFile != "" {
		b, err := os.ReadFile(c.MetadataFile)
		if err != nil {
			return nil, fmt.Errorf("metadata_file: cannot be read: %w", err)
		}
		if s.current, err = readMetadata(b, s.signer, s.now()); err != nil {
			return nil, fmt.Errorf("metadata_file: %w", err)
		}
		s.warn()
		return s, nil
	}
	s.client, err = newClient(c.Timeout, c.CAFile)
	return s, err
}

// newClient goes to https only, or stays on loopback, also when it is redirected.
func newClient(timeout time.Duration, caFile string) (*http.Client, error) {
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxIdleConns: 1, IdleConnTimeout: time.Minute}
	if caFile != "" {
		b, err := os.ReadFile(caFile)
		if err != nil {
			return nil, fmt.Errorf("ca_file: cannot be read: %w", err)
		}
		pool := x509.NewCertPool()
		if !pool.AppendCertsFromPEM(b) {
			return nil, errors.New("ca_file: holds no certificate")
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	return &http.Client{Timeout: timeout, Transport: transport, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > 3 || !goodAddress(r.URL.String()) {
			return errors.New("redirected to where metadata is not read from")
		}
		return nil
	}}, nil
}

func (s *source) close() {
	if s.client != nil {
		s.client.CloseIdleConnections()
	}
}

// get is the provider as its metadata describes it now. That it cannot be had is a Refusal
// with RefusedUnavailable.
func (s *source) get(ctx context.Context) (*idp, error) {
	select {
	case <-s.turn:
		defer func() { s.turn <- struct{}{} }()
	case <-ctx.Done():
		return nil, auth.Refuse(auth.RefusedUnavailable, "reading the provider's metadata took too long")
	}
	if s.address != "" && s.due() {
		s.refresh(ctx)
	}
	switch now := s.now(); {
	case s.current == nil:
		return nil, auth.Refuse(auth.RefusedUnavailable, "the provider's metadata cannot be read: "+s.failed.Error())
	case s.current.expired(now):
		return nil, auth.Refuse(auth.RefusedUnavailable, "the provider's metadata is no longer valid (validUntil)")
	case s.address != "" && now.Sub(s.read) > s.freshFor()+mostStale:
		return nil, auth.Refuse(auth.RefusedUnavailable, "the provider's metadata could not be read again for a day: "+s.failed.Error())
	}
	return s.current, nil
}

// due reports whether to look again; after a failure not at once.
func (s *source) due() bool {
	now := s.now()
	if s.failed != nil && now.Sub(s.tried) < retryAfter {
		return false
	}
	return s.current == nil || s.current.expired(now) || now.Sub(s.read) > s.freshFor()
}

func (s *source) freshFor() time.Duration {
	if s.current.fresh == 0 {
		return defaultFresh
	}
	return min(max(s.current.fresh, leastFresh), mostFresh)
}

// refresh reads the metadata; what was there stays if that fails.
func (s *source) refresh(ctx context.Context) {
	found, err := s.fetch(ctx)
	if err != nil && ctx.Err() != nil && s.current == nil {
		s.failed = err // the caller went away: nobody else must wait for that
		return
	}
	s.tried, s.failed = s.now(), err
	if err != nil {
		s.log.Warn("the identity provider's metadata cannot be read", "cause", err.Error())
		return
	}
	s.current, s.read = found, s.tried
	s.warn()
}

// fetch reads the address. Its errors hold nothing that the other side wrote.
func (s *source) fetch(ctx context.Context) (*idp, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address, nil)
	if err != nil {
		return nil, errors.New("its address cannot be used")
	}
	request.Header.Set("Accept", "application/samlmetadata+xml, application/xml, text/xml")
	answer, err := s.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("it does not answer: %w", plainly(err))
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("its address answers with the status %d", answer.StatusCode)
	}
	b, err := io.ReadAll(io.LimitReader(answer.Body, mostMetadata+1))
	if err != nil {
		return nil, errors.New("the connection broke while it was read")
	}
	return readMetadata(b, s.signer, s.now())
}

// plainly is a network error without the address, which is in the configuration.
func plainly(err error) error {
	var verification *tls.CertificateVerificationError
	switch {
	case errors.As(err, &verification):
		return errors.New("its certificate is not trusted (see ca_file)")
	case errors.Is(err, context.DeadlineExceeded), os.IsTimeout(err):
		return errors.New("it took too long")
	}
	return errors.New("the connection failed")
}

// warn tells the operator of certificates about to expire.
func (s *source) warn() {
	for _, c := range s.current.trusted {
		if left := c.NotAfter.Sub(s.now()); left < warnBefore {
			s.log.Warn("a signing certificate of the identity provider expires", "at", c.NotAfter.UTC().Format(time.DateOnly))
		}
	}
}
