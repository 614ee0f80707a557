package dochttp

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// Client calls one neighbour.
type Client struct {
	http  *http.Client
	login Login
	// secret is the password, or the token as it was at first.
	secret string
	now    func() time.Time
}

// New makes a client: no proxy from the environment, no redirect followed, nothing
// unpacked behind our back. It reads secrets and certificates, and calls nobody.
func New(login Login, certificates TLS, now func() time.Time) (*Client, error) {
	c := &Client{login: login, now: now}
	var err error
	switch login.Kind {
	case "basic":
		c.secret, err = Secret("auth.password", login.PasswordFile, login.PasswordEnv)
	case "bearer":
		c.secret, err = Secret("auth.token", login.TokenFile, login.TokenEnv)
	}
	if err != nil {
		return nil, err
	}
	settings, err := certificates.load()
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}
	c.http = &http.Client{
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
	}
	return c, nil
}

func (t TLS) load() (*tls.Config, error) {
	bad := func(reason string) error {
		return &sources.Error{Kind: sources.Refused, Code: "certificate", Reason: reason}
	}
	settings := &tls.Config{MinVersion: tls.VersionTLS12}
	if t.CertificateFile != "" {
		own, err := tls.LoadX509KeyPair(t.CertificateFile, t.KeyFile)
		if err != nil {
			return nil, bad("Our own certificate for it cannot be read")
		}
		settings.Certificates = []tls.Certificate{own}
	}
	if t.CAFile != "" {
		raw, err := os.ReadFile(t.CAFile)
		settings.RootCAs = x509.NewCertPool()
		if err != nil || !settings.RootCAs.AppendCertsFromPEM(raw) {
			return nil, bad("The authorities that it is trusted by cannot be read")
		}
	}
	return settings, nil
}

// Close lets go of connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Do sends a request and returns an answer that is not packed; whatever its status. The
// caller closes its Body, whose errors are worded as those of a call.
func (c *Client) Do(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	switch c.login.Kind {
	case "basic":
		req.SetBasicAuth(c.login.Username, c.secret)
	case "bearer":
		req.Header.Set("Authorization", "Bearer "+c.token())
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, httpfault.ByTransport(ctx, err)
	}
	resp.Body = faithful{ctx, resp.Body}
	if packed := strings.ToLower(resp.Header.Get("Content-Encoding")); packed != "" && packed != "identity" {
		_ = resp.Body.Close()
		return nil, httpfault.Malformed("encoding", "Its answer is packed in a way we did not ask for")
	}
	return resp, nil
}

// token is the token as its file holds it now: whoever renews it writes a new one there.
func (c *Client) token() string {
	if c.login.TokenFile != "" {
		if now, err := Secret("auth.token", c.login.TokenFile, ""); err == nil {
			return now
		}
	}
	return c.secret
}

// Read reads a body whole, up to most bytes.
func Read(body io.Reader, most int) ([]byte, error) {
	// One byte more than allowed tells "too large" from "just fits".
	raw, err := io.ReadAll(io.LimitReader(body, int64(most)+1))
	switch {
	case len(raw) > most:
		return nil, httpfault.Malformed("too-large", "Its answer is larger than is read")
	case err != nil:
		return nil, sources.AsError(err)
	}
	return raw, nil
}

// faithful words the errors of a body as those of a call.
type faithful struct {
	ctx  context.Context
	from io.ReadCloser
}

// Read implements io.Reader.
func (f faithful) Read(p []byte) (int, error) {
	n, err := f.from.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = httpfault.ByTransport(f.ctx, err)
	}
	return n, err
}

// Close implements io.Closer.
func (f faithful) Close() error { return f.from.Close() }

// IsJSON accepts application/fhir+json and its kin. None at all is accepted: what
// follows is parsed strictly anyway.
func IsJSON(contentType string) bool {
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

// IsFHIR reports whether a media type is that of a resource, which is no document.
func IsFHIR(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && (kind == "application/fhir+json" || kind == "application/fhir+xml" || kind == "application/json")
}
