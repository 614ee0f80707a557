package fhirr4

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// request is one call to the server.
type request struct {
	method string
	url    string
	// form or json is the body; nil for none.
	form, json []byte
	// tolerate400 makes a refusal of the question errTolerated, so that it can be
	// asked in another way without counting as a fault.
	tolerate400 bool
	// anonymous leaves out credentials.
	anonymous bool
}

// errTolerated: the server does not take this question; it may take another.
var errTolerated = errors.New("not taken in this form")

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
			WriteBufferSize:        4 << 10,
			ReadBufferSize:         32 << 10,
		},
	}
}

// call makes one call under Env.Call and gives the body to use, which must not keep it.
func (s *source) call(ctx context.Context, q request, use func(body []byte) error) error {
	token, err := s.login.header(ctx)
	if err != nil {
		return err
	}
	var refused error
	err = s.env.Call(ctx, func(ctx context.Context) error {
		err := s.exchange(ctx, q, token, use)
		if errors.Is(err, errTolerated) || ofQuestion(sources.AsError(err)) {
			// It answers, though not this: a server without some types is no server that is
			// down, and the breaker must not take away those that it has.
			refused = err
			return nil
		}
		return err
	})
	if err == nil {
		return refused
	}
	return err
}

// exchange sends one request and reads its answer.
func (s *source) exchange(ctx context.Context, q request, token string, use func([]byte) error) error {
	req, err := s.request(ctx, q, token)
	if err != nil {
		return httpfault.ByTransport(ctx, err)
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return httpfault.ByTransport(ctx, err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode == http.StatusBadRequest && q.tolerate400 {
		drain(resp.Body)
		return errTolerated
	}
	if e := httpfault.ByStatus(resp.StatusCode, httpfault.RetryAfter(resp.Header, s.env.Now())); e != nil {
		if resp.StatusCode == http.StatusUnauthorized {
			s.login.forget(token)
		}
		drain(resp.Body)
		return e
	}
	if resp.StatusCode == http.StatusNoContent {
		return httpfault.Malformed("empty-body", "It answered with nothing at all")
	}
	if !isJSON(resp.Header.Get("Content-Type")) {
		return httpfault.Malformed("not-fhir", "Its answer is not FHIR")
	}
	buf := s.buffers.take()
	defer s.buffers.give(buf)
	if err := s.readBody(ctx, buf, resp); err != nil {
		return err
	}
	return guarded(buf.Bytes(), use)
}

// guarded keeps a fault of ours in reading one answer from ending the whole server:
// the answer counts as not understood.
func guarded(body []byte, use func([]byte) error) (err error) {
	defer func() {
		if recover() != nil {
			err = httpfault.Malformed("unreadable", "Its answer could not be read")
		}
	}()
	return use(body)
}

func (s *source) request(ctx context.Context, q request, token string) (*http.Request, error) {
	var body io.Reader
	switch {
	case q.form != nil:
		body = bytes.NewReader(q.form)
	case q.json != nil:
		body = bytes.NewReader(q.json)
	}
	req, err := http.NewRequestWithContext(ctx, q.method, q.url, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/fhir+json")
	if s.Gzip {
		req.Header.Set("Accept-Encoding", "gzip")
	}
	switch {
	case q.form != nil:
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	case q.json != nil:
		req.Header.Set("Content-Type", "application/fhir+json")
	}
	for name, value := range s.Headers {
		req.Header.Set(name, value)
	}
	if token != "" && !q.anonymous {
		req.Header.Set("Authorization", token)
	}
	return req, nil
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
	return strings.HasSuffix(kind, "/json") || strings.HasSuffix(kind, "+json") || kind == "application/json+fhir"
}

// readBody reads the answer, unpacked, up to MaxBody.
func (s *source) readBody(ctx context.Context, buf *bytes.Buffer, resp *http.Response) error {
	var from io.Reader = resp.Body
	switch strings.ToLower(resp.Header.Get("Content-Encoding")) {
	case "", "identity":
		if resp.ContentLength > int64(s.MaxBody) {
			return httpfault.TooLarge()
		}
		if resp.ContentLength > 0 && resp.ContentLength <= keptBuffer/2 {
			buf.Grow(int(resp.ContentLength) + bytes.MinRead)
		}
	case "gzip":
		zip, err := gzip.NewReader(resp.Body)
		if err != nil {
			if ctx.Err() != nil {
				return httpfault.ByTransport(ctx, err)
			}
			return httpfault.Malformed("not-gzip", "Its answer cannot be unpacked")
		}
		from = zip
	default:
		return httpfault.Malformed("encoding", "Its answer is packed in a way we did not ask for")
	}
	large, err := s.bulk.Fill(ctx, buf, from, s.MaxBody)
	switch {
	case large:
		return httpfault.TooLarge()
	case err != nil && (errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader)):
		return httpfault.Malformed("not-gzip", "Its answer cannot be unpacked")
	case err != nil:
		return httpfault.ByTransport(ctx, err)
	case buf.Len() == 0:
		return httpfault.Malformed("empty-body", "It answered with nothing at all")
	}
	return nil
}

// drain reads a little of an answer that is not used, so that the connection can be
// kept.
func drain(body io.Reader) { _, _ = io.CopyN(io.Discard, body, 16<<10) }

// keptBuffer is the largest buffer that is kept for the next answer.
const keptBuffer = 2 << 20

// buffers are those of one source, used again for the next answer.
type buffers struct{ pool sync.Pool }

func (b *buffers) take() *bytes.Buffer {
	if v, ok := b.pool.Get().(*bytes.Buffer); ok {
		return v
	}
	return new(bytes.Buffer)
}

func (b *buffers) give(v *bytes.Buffer) {
	if v.Cap() > keptBuffer {
		return
	}
	v.Reset()
	b.pool.Put(v)
}

// names is a set of resource types that grows.
type names struct{ m sync.Map }

func (n *names) has(name string) bool { _, ok := n.m.Load(name); return ok }
func (n *names) add(name string)      { n.m.Store(name, struct{}{}) }

var _ sources.Prober = (*source)(nil)
