package jsonapi

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// The content types of a request's body.
const (
	JSONType = "application/json"
	FormType = "application/x-www-form-urlencoded"
)

// Client calls one API. It is safe for concurrent use.
type Client struct {
	Config
	env   sources.Env
	base  *url.URL
	http  *http.Client
	login *login
	bulk  sources.Bulk
}

// Request is one call.
type Request struct {
	Method, URL string
	Header      http.Header
	ContentType string
	Body        []byte
	// Tolerate says of a status that is no success that it is an answer all the same: it
	// then counts for nobody's fault. Nil tolerates none.
	Tolerate func(Answer) bool
}

// Answer is what came back.
type Answer struct {
	Status int
	// JSON says that the answer calls itself JSON and is no empty one.
	JSON bool
	// Value is its tree (Parse); nil if there is none.
	Value any
	// Link is the Link header (RFC 8288).
	Link string
}

// Open makes a client. It reads the files of secrets and certificates, and calls nobody.
func Open(c Config, env sources.Env) (*Client, error) {
	if c.MaxBody == 0 {
		c.MaxBody = 4 << 20
	}
	c.URL = strings.TrimRight(c.URL, "/")
	base, err := url.Parse(c.URL)
	if err != nil {
		return nil, &sources.Error{Kind: sources.Unavailable, Code: "bad-url", Reason: "Its address is not valid"}
	}
	settings, err := c.TLS.config()
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}
	made := &Client{Config: c, env: env, base: base, http: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			TLSClientConfig:        settings,
			ForceAttemptHTTP2:      true,
			TLSHandshakeTimeout:    5 * time.Second,
			MaxIdleConns:           64,
			MaxIdleConnsPerHost:    64,
			IdleConnTimeout:        60 * time.Second,
			DisableCompression:     true,
			MaxResponseHeaderBytes: 64 << 10,
		},
	}}
	made.login, err = newLogin(made)
	return made, err
}

// Close lets go of connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Ask makes one call under Env.Call and reads its answer: a success with JSON, or a status
// that the request tolerates.
func (c *Client) Ask(ctx context.Context, q Request) (a Answer, err error) {
	token, err := c.login.value(ctx)
	if err != nil {
		return a, err
	}
	err = c.env.Call(ctx, func(ctx context.Context) error {
		got, err := c.exchange(ctx, q, token)
		if err != nil {
			return err
		}
		a = Answer{Status: got.status, Link: got.link, JSON: got.json && len(got.body) > 0}
		failed := got.failure()
		if failed != nil && (got.status < 400 || q.Tolerate == nil) {
			return c.fail(failed, token)
		}
		if a.Value, err = Parse(got.body); failed == nil {
			return err
		}
		a.JSON = a.JSON && err == nil
		if !q.Tolerate(a) {
			return c.fail(failed, token)
		}
		return nil
	})
	return a, err
}

func (c *Client) fail(e *sources.Error, token string) error {
	if e.Code == "http-401" {
		c.login.forget(token)
	}
	return e
}

// exchange sends one request and reads its answer, whatever its status.
func (c *Client) exchange(ctx context.Context, q Request, token string) (*response, error) {
	resp, err := c.send(ctx, q, token, "application/json")
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	got := c.heard(resp)
	if packed(resp) {
		return nil, httpfault.Malformed("encoding", "Its answer is packed in a way we did not ask for")
	}
	var large bool
	got.body, large, err = c.bulk.ReadAll(ctx, resp.Body, c.MaxBody)
	switch {
	case large && got.status < 300:
		return nil, httpfault.Malformed("too-large", "Its answer is larger than is read")
	case err != nil && got.status < 300:
		return nil, httpfault.ByTransport(ctx, err)
	}
	return got, nil
}

func (c *Client) heard(resp *http.Response) *response {
	return &response{status: resp.StatusCode, json: isJSON(resp.Header.Get("Content-Type")), link: strings.Join(resp.Header.Values("Link"), ","),
		retryAfter: httpfault.RetryAfter(resp.Header, c.env.Now())}
}

func packed(resp *http.Response) bool {
	how := strings.ToLower(resp.Header.Get("Content-Encoding"))
	return how != "" && how != "identity"
}

func (c *Client) send(ctx context.Context, q Request, token, accept string) (*http.Response, error) {
	var body io.Reader
	if q.Body != nil {
		body = bytes.NewReader(q.Body)
	}
	req, err := http.NewRequestWithContext(ctx, q.Method, q.URL, body)
	if err != nil {
		return nil, httpfault.ByTransport(ctx, err)
	}
	req.Header.Set("Accept", accept)
	if q.Body != nil {
		req.Header.Set("Content-Type", q.ContentType)
	}
	for name, value := range c.Headers {
		req.Header.Set(name, value)
	}
	for name, values := range q.Header {
		req.Header[http.CanonicalHeaderKey(name)] = values
	}
	if token != "" {
		req.Header.Set(c.login.name, token)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, httpfault.ByTransport(ctx, err)
	}
	return resp, nil
}

// Stream makes one call under Env.Call and gives its body, a success, to use while it is
// being read. gone is the error of a 404 or 410.
func (c *Client) Stream(ctx context.Context, q Request, gone error, use func(*http.Response) error) error {
	token, err := c.login.value(ctx)
	if err != nil {
		return err
	}
	return c.env.Call(ctx, func(ctx context.Context) error {
		resp, err := c.send(ctx, q, token, "*/*")
		if err != nil {
			return err
		}
		defer func() { _ = resp.Body.Close() }()
		switch resp.StatusCode {
		case http.StatusNotFound, http.StatusGone:
			return gone
		case http.StatusPartialContent, http.StatusNoContent:
			return httpfault.Malformed("partial", "It handed out a part of the document only")
		}
		if e := c.heard(resp).statusError(); e != nil {
			return c.fail(e, token)
		}
		if packed(resp) {
			return httpfault.Malformed("encoding", "Its answer is packed in a way we did not ask for")
		}
		resp.Body = faithful{ctx, resp.Body}
		return use(resp)
	})
}

// faithful words the errors of a body as those of a call.
type faithful struct {
	ctx context.Context
	io.ReadCloser
}

// Read implements io.Reader.
func (f faithful) Read(p []byte) (int, error) {
	n, err := f.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = httpfault.ByTransport(f.ctx, err)
	}
	return n, err
}

// Reachable asks for the base, which need be no resource of the API: any answer will do
// that is no refusal and no fault.
func (c *Client) Reachable(ctx context.Context) error {
	_, err := c.Ask(ctx, Request{Method: http.MethodGet, URL: c.URL, Tolerate: func(a Answer) bool {
		return a.Status < 500 && a.Status != 401 && a.Status != 403 && a.Status != 408 && a.Status != 429
	}})
	if e := sources.AsError(err); e != nil && (e.Code == "not-json" || e.Code == "empty-body") {
		return nil
	}
	return err
}

// isJSON accepts application/json and its kin. None at all is accepted: what follows is
// parsed strictly anyway.
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

// Next resolves a link to the next page, which stood in the answer of at. It must be of
// the base's origin (scheme, host and port) and at or below its path: nothing else is ever
// asked, least of all with our credentials.
func (c *Client) Next(at, next string) (string, bool) {
	from, err := url.Parse(at)
	if err != nil {
		return "", false
	}
	u, err := from.Parse(next)
	if err != nil || u.User != nil || u.Scheme != c.base.Scheme || !strings.EqualFold(u.Host, c.base.Host) {
		return "", false
	}
	base := strings.TrimRight(c.base.Path, "/")
	clean := path.Clean("/" + u.Path)
	if clean != base && !strings.HasPrefix(clean, base+"/") && base != "" {
		return "", false
	}
	u.Fragment = ""
	return u.String(), true
}
