package main

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
	"time"
)

// How the balancer asks whether a server is ready: HAProxy's `inter 200ms fall 2 rise 1`.
const (
	askEvery  = 200 * time.Millisecond
	askWithin = 500 * time.Millisecond
	downAfter = 2
)

// balancer stands before the replicas as HAProxy does: it sends each request to the next server
// that says on /readyz that it is ready, over kept connections, and never sends one twice. So
// that whatever a server fails is seen.
type balancer struct {
	*httptest.Server
	servers []*behind
	next    atomic.Int64
}

// behind is one server as the balancer knows it.
type behind struct {
	name  string
	url   atomic.Pointer[url.URL]
	ready atomic.Bool
	fails atomic.Int64 // in a row
}

// heldBy is the header that tells which server a request was sent to.
const heldBy = "X-Held-By"

func newBalancer(t *testing.T, names ...string) *balancer {
	t.Helper()
	b := &balancer{}
	for _, name := range names {
		b.servers = append(b.servers, &behind{name: name})
	}
	b.Server = httptest.NewServer(b)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); b.watch(ctx) }()
	t.Cleanup(func() { stop(); <-done; b.CloseClientConnections(); b.Close() })
	return b
}

// at says where a server is now.
func (b *balancer) at(i int, address string) {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	b.servers[i].url.Store(u)
}

func (b *balancer) watch(ctx context.Context) {
	client := &http.Client{Timeout: askWithin, Transport: &http.Transport{DisableKeepAlives: true}}
	for tick := time.NewTicker(askEvery); ; {
		for _, s := range b.servers {
			s.ask(ctx, client)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			tick.Stop()
			return
		}
	}
}

func (s *behind) ask(ctx context.Context, client *http.Client) {
	u := s.url.Load()
	if u == nil {
		return
	}
	well := false
	if req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String()+"/readyz", nil); err == nil {
		if resp, err := client.Do(req); err == nil {
			well = resp.StatusCode == http.StatusOK
			_ = resp.Body.Close()
		}
	}
	if well {
		s.fails.Store(0)
		s.ready.Store(true)
	} else if s.fails.Add(1) >= downAfter {
		s.ready.Store(false)
	}
}

// pick gives the next server that is ready; nil if none is.
func (b *balancer) pick() *behind {
	for range b.servers {
		if s := b.servers[int(b.next.Add(1))%len(b.servers)]; s.ready.Load() {
			return s
		}
	}
	return nil
}

// allReady waits until every server is in.
func (b *balancer) allReady(t *testing.T) {
	t.Helper()
	until(t, "every server is ready", func() bool {
		for _, s := range b.servers {
			if !s.ready.Load() {
				return false
			}
		}
		return true
	})
}

// until waits for what must come.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for begun := time.Now(); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Since(begun) > 30*time.Second {
			t.Fatalf("it does not come to it that %s", what)
		}
	}
}

// kept are the balancer's connections. Go's own transport would send a request again where a
// kept connection is found closed; without GetBody it does not for what has a body.
var kept = &http.Transport{MaxIdleConnsPerHost: 256, DialContext: (&net.Dialer{Timeout: askWithin}).DialContext}

// ServeHTTP hands a request on.
func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s := b.pick()
	if s == nil {
		http.Error(w, "no server is ready", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set(heldBy, s.name)
	u := s.url.Load()
	proxy := &httputil.ReverseProxy{
		Transport: kept, FlushInterval: -1,
		Rewrite: func(p *httputil.ProxyRequest) {
			p.SetXForwarded()
			p.Out.URL.Scheme, p.Out.URL.Host, p.Out.Host = u.Scheme, u.Host, p.In.Host
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			if errors.Is(err, context.Canceled) {
				return
			}
			w.WriteHeader(http.StatusBadGateway)
			_, _ = io.WriteString(w, "the server broke off: "+err.Error())
		},
	}
	proxy.ServeHTTP(w, r)
}
