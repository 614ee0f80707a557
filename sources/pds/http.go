package pds

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// request is one call to the register or to its token endpoint.
type request struct {
	method, url string
	form        string // the body of a POST
	token       string // the Authorization header; "" for none
	// correlation ties the requests of one question together in the register's logs.
	correlation string
}

// response is an answer with a body that was read whole.
type response struct {
	status     int
	body       []byte
	json       bool
	retryAfter time.Duration
}

// newClient makes the HTTP client of one source: no proxy from the environment, no
// redirect followed, no compression behind our back.
func newClient() *http.Client {
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			TLSHandshakeTimeout:    5 * time.Second,
			MaxIdleConns:           64,
			MaxIdleConnsPerHost:    64,
			IdleConnTimeout:        60 * time.Second,
			DisableCompression:     true,
			MaxResponseHeaderBytes: 64 << 10,
		},
	}
}

// exchange sends one request and reads its answer, whatever its status. It asks for no
// compression and takes none, so that nothing unpacks to more than it weighs.
func (s *source) exchange(ctx context.Context, q request) (*response, error) {
	var body io.Reader
	if q.form != "" {
		body = strings.NewReader(q.form)
	}
	req, err := http.NewRequestWithContext(ctx, q.method, q.url, body)
	if err != nil {
		return nil, httpfault.ByTransport(ctx, err)
	}
	s.describe(req, &q)
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, httpfault.ByTransport(ctx, err)
	}
	defer func() { _ = resp.Body.Close() }()
	got := &response{status: resp.StatusCode, json: isJSON(resp.Header.Get("Content-Type"))}
	got.retryAfter = httpfault.RetryAfter(resp.Header, s.env.Now())
	if packed := strings.ToLower(resp.Header.Get("Content-Encoding")); packed != "" && packed != "identity" {
		return nil, httpfault.Malformed("encoding", "Its answer is packed in a way we did not ask for")
	}
	var large bool
	got.body, large, err = s.bulk.ReadAll(ctx, resp.Body, s.MaxBody)
	switch {
	case large:
		return nil, httpfault.Malformed("too-large", "Its answer is larger than is read")
	case err != nil && got.status < 300:
		return nil, httpfault.ByTransport(ctx, err)
	}
	return got, nil
}

// describe sets the headers.
func (s *source) describe(req *http.Request, q *request) {
	if q.form != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Accept", "application/json")
		return
	}
	req.Header.Set("Accept", "application/fhir+json")
	req.Header.Set("X-Request-ID", newUUID()) // mandatory, and new for every request
	req.Header.Set("X-Correlation-ID", q.correlation)
	for name, value := range map[string]string{"Authorization": q.token, "NHSD-Session-URID": s.SessionRole,
		"NHSD-End-User-Organisation-ODS": s.Organisation} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
}

// isJSON accepts application/fhir+json and its kin. None at all is accepted: what
// follows is parsed strictly anyway.
func isJSON(contentType string) bool {
	if contentType == "" {
		return true
	}
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return false
	}
	if cs := strings.ToLower(params["charset"]); cs != "" && cs != "utf-8" && cs != "us-ascii" {
		return false
	}
	return strings.HasSuffix(kind, "/json") || strings.HasSuffix(kind, "+json")
}

// guarded keeps a fault of ours in reading one answer from ending the whole server:
// the answer counts as not understood.
func guarded(use func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = httpfault.Malformed("unreadable", "Its answer could not be read")
		}
	}()
	return use()
}

// newUUID is a random UUID (RFC 9562, version 4).
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

// sleep waits for d; false if ctx ends before, or would.
func sleep(ctx context.Context, d time.Duration) bool {
	if end, ok := ctx.Deadline(); ok && time.Until(end) <= d {
		return false
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

var errLate = errors.New("the wait for the register's limit would outlast the deadline")
