package check

import (
	"net"
	"slices"
	"testing"
	"time"
)

// line is a connection without encryption to an address.
type line struct {
	net.Conn
	to net.IP
}

func (l line) RemoteAddr() net.Addr { return &net.TCPAddr{IP: l.to, Port: 80} }

func TestPlainConnections(t *testing.T) {
	t.Parallel()
	for to, want := range map[string][]string{"192.0.2.7": {"tls-none"}, "127.0.0.1": nil, "::1": nil, "2001:db8::1": {"tls-none"}} {
		var c calls
		c.connected(line{to: net.ParseIP(to)})
		f := newFinds()
		c.judge(f, time.Now(), time.Second)
		if !slices.Equal(f.of(tlsCheck), want) {
			t.Errorf("%s: %v", to, f.of(tlsCheck))
		}
	}
}

func TestLatencies(t *testing.T) {
	t.Parallel()
	var c calls
	for i := range 100 {
		c.ended(time.Duration(100-i)*time.Millisecond, nil)
	}
	if l := c.latencies(); l != (Latencies{100, 50 * time.Millisecond, 95 * time.Millisecond, 100 * time.Millisecond}) {
		t.Errorf("%+v", l)
	}
	for wait, want := range map[int][]string{100: nil, 99: {"slow-tail"}, 95: {"slow-tail"}, 94: {"slow"}} {
		f := newFinds()
		c.judge(f, time.Now(), time.Duration(wait)*time.Millisecond)
		if !slices.Equal(f.of(latency), want) {
			t.Errorf("%d ms: %v", wait, f.of(latency))
		}
	}
	var none calls
	f := newFinds()
	none.judge(f, time.Now(), time.Second)
	if !f.skipped[latency] {
		t.Error("no calls are well timed")
	}
}
