package ldap

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"sync/atomic"
	"time"

	"github.com/go-ldap/ldap/v3"

	"github.com/patchworkcare/patchwork/auth"
)

// mostAnswer is how many bytes of one answer are read: a person and their groups are some
// kilobytes.
const mostAnswer = 1 << 20

// link is one connection.
type link struct {
	conn *ldap.Conn
	wire *wire
	tls  tls.ConnectionState
	used time.Time
}

// dial connects and encrypts. Whatever is wrong is a *auth.Refusal, and nothing secret has
// been sent.
func (p *provider) dial(ctx context.Context) (*link, error) {
	raw, err := (&net.Dialer{}).DialContext(ctx, "tcp", p.address)
	if err != nil {
		return nil, auth.Refuse(auth.RefusedUnavailable, "the directory cannot be reached")
	}
	w := newWire(raw)
	l, err := p.encrypt(ctx, w)
	if err != nil {
		_ = raw.Close()
		return nil, err
	}
	return l, nil
}

// encrypt is ldaps:// (TLS first), ldap:// with StartTLS (RFC 4511 §4.14), or nothing where
// Validate allows that.
func (p *provider) encrypt(ctx context.Context, w *wire) (*link, error) {
	if p.ldaps {
		t := tls.Client(w, p.tls)
		if err := t.HandshakeContext(ctx); err != nil {
			return nil, auth.Refuse(auth.RefusedUnavailable, tlsCause(err))
		}
		conn := ldap.NewConn(t, true)
		conn.Start()
		return &link{conn: conn, wire: w, tls: t.ConnectionState()}, nil
	}
	conn := ldap.NewConn(w, false)
	conn.Start()
	l := &link{conn: conn, wire: w}
	if !p.startTLS {
		return l, nil
	}
	err := l.run(ctx, func(c *ldap.Conn) error { return c.StartTLS(p.tls) })
	state, encrypted := conn.TLSConnectionState()
	if err == nil && encrypted {
		l.tls = state
		return l, nil
	}
	l.close()
	if code, answered := resultCode(err); answered && code != 0 {
		return nil, auth.Refuse(auth.RefusedUnavailable, "the directory does not offer StartTLS")
	}
	return nil, auth.Refuse(auth.RefusedUnavailable, tlsCause(err))
}

// run does one operation within the context's time and mostAnswer.
func (l *link) run(ctx context.Context, do func(*ldap.Conn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	l.wire.left.Store(mostAnswer)
	stop := context.AfterFunc(ctx, func() { _ = l.wire.Conn.Close() })
	defer stop()
	return do(l.conn)
}

func (l *link) close() {
	_ = l.wire.Conn.Close() // first: the library would wait for a writer
	_ = l.conn.Close()
}

// wire is a connection of which only so much more is read.
type wire struct {
	net.Conn
	left atomic.Int64
}

// newWire may be read from at once: the library's reader begins before the first run.
func newWire(raw net.Conn) *wire {
	w := &wire{Conn: raw}
	w.left.Store(mostAnswer)
	return w
}

var errTooMuch = errors.New("the answer is too long")

func (w *wire) Read(b []byte) (int, error) {
	if w.left.Load() <= 0 {
		return 0, errTooMuch
	}
	n, err := w.Conn.Read(b)
	w.left.Add(-int64(n))
	return n, err
}
