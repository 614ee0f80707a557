package sqlview

import (
	"context"
	"database/sql/driver"
	"errors"
	"net"
	"sync"
	"time"
)

// Some drivers do not look at their context while they sign in, and wait for a server's
// last word when a query is given up: a database that hangs would keep its reader and a
// goroutine for ever (hazard H-06). So the connection below is closed: at once while it is
// being made, and farewell after the end of a transaction's context.

// connectWithin is how long a connection may take to be made.
const connectWithin = 5 * time.Second

// watched is a connector whose connections end with their contexts.
type watched struct{ driver.Connector }

// line is the network connection below one of the driver's.
type line struct {
	mu     sync.Mutex
	conns  []net.Conn
	closed bool
}

func (l *line) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	for _, c := range l.conns {
		_ = c.Close()
	}
}

type lineOf struct{}

// dialer makes the connections that a line knows.
type dialer struct{ net.Dialer }

// DialContext implements the drivers' dialers.
func (d *dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := d.Dialer.DialContext(ctx, network, address)
	l, _ := ctx.Value(lineOf{}).(*line)
	if err != nil || l == nil {
		return c, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conns = append(l.conns, c)
	if l.closed {
		_ = c.Close()
	}
	return c, nil
}

// Connect implements driver.Connector.
func (w watched) Connect(ctx context.Context) (driver.Conn, error) {
	l := &line{}
	stop := context.AfterFunc(ctx, l.close)
	defer stop()
	c, err := w.Connector.Connect(context.WithValue(ctx, lineOf{}, l))
	if err != nil {
		l.close() // some leave it open when they fail
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return nil, err
	}
	return &watchedConn{c, l}, nil
}

// watchedConn passes on what database/sql finds by assertion, as far as it is used here:
// every query is made in a transaction.
type watchedConn struct {
	driver.Conn
	line *line
}

// BeginTx implements driver.ConnBeginTx.
func (c *watchedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	begin, ok := c.Conn.(driver.ConnBeginTx)
	if !ok {
		return nil, errors.New("the driver knows no transactions")
	}
	t := &watchedTx{}
	t.stop = context.AfterFunc(ctx, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if !t.ended {
			t.timer = time.AfterFunc(farewell, c.line.close)
		}
	})
	tx, err := begin.BeginTx(ctx, o)
	if err != nil {
		t.end()
		return nil, err
	}
	t.Tx = tx
	return t, nil
}

// PrepareContext implements driver.ConnPrepareContext.
func (c *watchedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	if p, ok := c.Conn.(driver.ConnPrepareContext); ok {
		return p.PrepareContext(ctx, query)
	}
	return c.Prepare(query)
}

// CheckNamedValue implements driver.NamedValueChecker.
func (c *watchedConn) CheckNamedValue(v *driver.NamedValue) error {
	if n, ok := c.Conn.(driver.NamedValueChecker); ok {
		return n.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

// ResetSession implements driver.SessionResetter.
func (c *watchedConn) ResetSession(ctx context.Context) error {
	c.line.mu.Lock()
	closed := c.line.closed
	c.line.mu.Unlock()
	if closed {
		return driver.ErrBadConn
	}
	if r, ok := c.Conn.(driver.SessionResetter); ok {
		return r.ResetSession(ctx)
	}
	return nil
}

// IsValid implements driver.Validator.
func (c *watchedConn) IsValid() bool {
	c.line.mu.Lock()
	defer c.line.mu.Unlock()
	v, ok := c.Conn.(driver.Validator)
	return !c.line.closed && (!ok || v.IsValid())
}

// Close implements driver.Conn.
func (c *watchedConn) Close() error {
	// A server that hangs is not waited for.
	timer := time.AfterFunc(farewell, c.line.close)
	defer timer.Stop()
	err := c.Conn.Close()
	c.line.close()
	return err
}

// watchedTx ends the watch with its transaction.
type watchedTx struct {
	driver.Tx
	stop  func() bool
	mu    sync.Mutex
	ended bool
	timer *time.Timer
}

func (t *watchedTx) end() {
	t.stop()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ended = true
	if t.timer != nil {
		t.timer.Stop()
	}
}

// Commit implements driver.Tx; nothing here is ever committed.
func (t *watchedTx) Commit() error { return t.Rollback() }

// Rollback implements driver.Tx.
func (t *watchedTx) Rollback() error {
	defer t.end()
	return t.Tx.Rollback()
}
