package csvfile

import (
	"context"
	"crypto/tls"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/sources"
)

// share is a folder served over HTTP.
type share struct {
	base               *url.URL
	client             *http.Client
	username, password string
	now                func() time.Time
}

func newShare(c *Config, now func() time.Time) (*share, error) {
	base, err := url.Parse(strings.TrimSuffix(c.Location, "/") + "/")
	if err != nil {
		return nil, &sources.Error{Code: "bad-location", Reason: "its location is no URL"}
	}
	s := &share{base: base, username: c.Username, now: now}
	if c.Username != "" {
		if s.password, err = c.password(); err != nil {
			return nil, err
		}
	}
	s.client = &http.Client{CheckRedirect: s.sameOrigin, Transport: &http.Transport{
		Proxy:           http.ProxyFromEnvironment,
		DialContext:     (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12}, TLSHandshakeTimeout: 10 * time.Second,
		MaxIdleConnsPerHost: 4, IdleConnTimeout: 30 * time.Second, MaxResponseHeaderBytes: 64 << 10, ForceAttemptHTTP2: true,
	}}
	return s, nil
}

func (c *Config) password() (string, error) {
	return sources.ReadSecret("password", c.PasswordFile, c.PasswordEnv, "password-file", "password-env")
}

// sameOrigin follows a redirect within the share only, so that no answer can send
// us, and the password, to another host.
func (s *share) sameOrigin(to *http.Request, via []*http.Request) error {
	if len(via) > 3 || to.URL.Scheme != s.base.Scheme || to.URL.Host != s.base.Host {
		return http.ErrUseLastResponse
	}
	return nil
}

func (s *share) open(ctx context.Context, name string) (*extract, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base.JoinPath(strings.Split(name, "/")...).String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "text/csv, */*;q=0.5")
	if s.username != "" {
		request.SetBasicAuth(s.username, s.password)
	}
	answer, err := s.client.Do(request)
	if err != nil {
		return nil, err
	}
	if e := s.refusal(name, answer); e != nil {
		_ = answer.Body.Close()
		return nil, e
	}
	e := &extract{ReadCloser: answer.Body, size: answer.ContentLength, intact: func() error { return nil }}
	if t, err := http.ParseTime(answer.Header.Get("Last-Modified")); err == nil {
		e.written = t
	}
	return e, nil
}

// refusal is what is wrong with an answer before its body; nil if nothing is.
func (s *share) refusal(name string, r *http.Response) *sources.Error {
	code := "http-" + strconv.Itoa(r.StatusCode)
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.StatusCode == http.StatusOK && kind == "text/html":
		return notCSV()
	case r.StatusCode == http.StatusOK:
		return nil
	case r.StatusCode == http.StatusNotFound, r.StatusCode == http.StatusGone:
		return missing(name)
	case r.StatusCode == http.StatusUnauthorized, r.StatusCode == http.StatusForbidden, r.StatusCode == http.StatusProxyAuthRequired:
		return &sources.Error{Kind: sources.Refused, Code: code, Reason: "It did not accept our login"}
	case r.StatusCode == http.StatusTooManyRequests:
		return &sources.Error{Kind: sources.Refused, Code: code, Reason: "It asked us to come back later", RetryAfter: s.retryAfter(r)}
	case r.StatusCode >= 500:
		return &sources.Error{Kind: sources.Unavailable, Code: code, Reason: "It reported an error", RetryAfter: s.retryAfter(r)}
	case r.StatusCode >= 300 && r.StatusCode < 400:
		return malformed("foreign-redirect", "It pointed to another place, which is not followed")
	}
	return malformed(code, "It gave an answer that is not understood")
}

func (s *share) retryAfter(r *http.Response) time.Duration {
	text := r.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(text); err == nil && seconds > 0 && seconds < 86400 {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil && at.After(s.now()) {
		return at.Sub(s.now())
	}
	return 0
}

func (s *share) list() ([]string, error) {
	return nil, unavailable("file-missing", "Its files cannot be listed")
}

func (s *share) close() { s.client.CloseIdleConnections() }

func notCSV() *sources.Error { return malformed("not-csv", "It sent a web page in place of its file") }
