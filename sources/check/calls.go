package check

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http/httptrace"
	"slices"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/sources"
)

// calls notes every call that a source makes to its system.
type calls struct {
	mu    sync.Mutex
	took  []time.Duration
	fails []*sources.Error
	// expires is when the first certificate of the system ends; zero if none was seen.
	expires time.Time
	// plain: a connection over a network without encryption; encrypted: one with.
	plain, encrypted bool
	// handshake is why no encrypted connection could be made; nil if none failed. Some
	// connectors drop it from their errors.
	handshake error
	// notices are what the connector noticed, by the key of the stanza.
	notices map[sources.Notice]map[string]bool
}

// watched is a connector whose calls are noted.
type watched struct {
	sources.Connector
	calls *calls
}

// Open opens the connector with a Call that is noted.
func (w watched) Open(ctx context.Context, env sources.Env) (sources.Source, error) {
	through := env.Call
	env.Call = func(ctx context.Context, do func(context.Context) error) error {
		return through(ctx, func(ctx context.Context) error {
			begun := time.Now()
			err := do(httptrace.WithClientTrace(ctx, w.calls.trace()))
			w.calls.ended(time.Since(begun), err)
			return err
		})
	}
	env.Notice = w.calls.noticed
	return w.Connector.Open(ctx, env)
}

func (c *calls) ended(took time.Duration, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.took = append(c.took, took)
	if err != nil {
		c.fails = append(c.fails, sources.AsError(err))
	}
}

// trace sees the connections of HTTP clients.
func (c *calls) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		TLSHandshakeDone: func(state tls.ConnectionState, err error) {
			c.shook(state.PeerCertificates, err)
		},
		GotConn: func(info httptrace.GotConnInfo) { c.connected(info.Conn) },
	}
}

func (c *calls) shook(chain []*x509.Certificate, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		c.handshake = err
		return
	}
	for _, cert := range chain {
		if c.expires.IsZero() || cert.NotAfter.Before(c.expires) {
			c.expires = cert.NotAfter
		}
	}
}

// refused is why no encrypted connection could be made; nil if none failed.
func (c *calls) refused() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.handshake
}

func (c *calls) connected(conn net.Conn) {
	_, encrypted := conn.(*tls.Conn)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.encrypted = c.encrypted || encrypted
	if at, ok := conn.RemoteAddr().(*net.TCPAddr); ok && !encrypted && !at.IP.IsLoopback() {
		c.plain = true
	}
}

// Latencies are how long a source's calls took; percentiles by nearest rank.
type Latencies struct {
	Calls int           `json:"calls"`
	P50   time.Duration `json:"p50_ns"`
	P95   time.Duration `json:"p95_ns"`
	Max   time.Duration `json:"max_ns"`
}

func (c *calls) latencies() Latencies {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := len(c.took)
	if n == 0 {
		return Latencies{}
	}
	sorted := slices.Sorted(slices.Values(c.took))
	return Latencies{Calls: n, P50: sorted[(n-1)/2], P95: sorted[(n*95+99)/100-1], Max: sorted[n-1]}
}

// judge takes in what the calls tell: pauses asked for, certificates, times.
func (c *calls) judge(f *finds, now time.Time, wait time.Duration) {
	l := c.latencies()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range c.fails {
		if e.Code == "http-429" || e.RetryAfter > 0 {
			f.add("asked-to-wait", "", "")
		}
	}
	switch {
	case c.plain:
		f.add("tls-none", "", "")
	case !c.encrypted && len(f.of(tlsCheck)) == 0:
		f.skip(tlsCheck, "no encrypted HTTP connection was seen (a file, a database, or this very machine)")
	case !c.expires.IsZero() && c.expires.Before(now.Add(30*24*time.Hour)):
		f.add("tls-expires-soon", "", "")
	}
	switch {
	case l.Calls == 0:
		f.skip(latency, "it made no calls")
	case l.P95 > wait:
		f.add("slow", "", "")
	case l.Max > wait:
		f.add("slow-tail", "", "")
	}
}

// of gives the codes found for a check.
func (f *finds) of(check string) (found []string) {
	for _, code := range f.seq {
		if f.by[code] == check {
			found = append(found, code)
		}
	}
	return found
}
