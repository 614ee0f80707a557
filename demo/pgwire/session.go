package pgwire

import (
	"bufio"
	"context"
	"errors"
	"net"
	"sync"
)

// session is one client connection. Its messages are read by one goroutine and
// answered by another, so that a client that goes away is noticed while a query
// of its runs.
type session struct {
	server  *Server
	conn    net.Conn
	r       *bufio.Reader
	process int
	secret  [4]byte

	ctx  context.Context // ends with the connection
	end  context.CancelFunc
	in   chan message
	bad  *sqlError // a message that cannot be read; set before in is closed
	out  output
	tx   byte // 'I' idle, 'T' in a transaction, 'E' in a failed one
	skip bool // after an error of the extended protocol: ignore all until Sync

	statements map[string]*statement
	portals    map[string]*portal

	mu   sync.Mutex
	stop context.CancelFunc // ends the running query; nil when there is none
}

func newSession(s *Server, conn net.Conn, r *bufio.Reader) *session {
	c := &session{server: s, conn: conn, r: r, tx: 'I', in: make(chan message, 64),
		statements: map[string]*statement{}, portals: map[string]*portal{}}
	c.ctx, c.end = context.WithCancel(s.ctx)
	return c
}

// run answers messages until the client leaves, the server stops or a fault
// drops the connection. It returns when both goroutines are done.
func (c *session) run() {
	var reader sync.WaitGroup
	reader.Go(c.read)
	defer reader.Wait()
	defer c.end()
	defer func() { _ = c.conn.Close() }()
	if c.flush() != nil {
		return
	}
	for m := range c.in {
		if m.kind == 'X' {
			return
		}
		if err := c.answer(m); err != nil {
			return
		}
	}
	if c.bad != nil {
		c.out.fail(c.bad)
		_ = c.flush()
	}
}

// read passes messages on, and ends the session's context when there are no more.
func (c *session) read() {
	defer close(c.in)
	defer c.end()
	for {
		m, err := readMessage(c.r)
		if err != nil {
			errors.As(err, &c.bad) // else the client went away, and hears nothing
			return
		}
		select {
		case c.in <- m:
		case <-c.ctx.Done():
			return
		}
	}
}

// answer handles one message. An error it returns ends the connection.
func (c *session) answer(m message) error {
	if c.skip && m.kind != 'S' {
		return nil
	}
	f := &fields{b: m.body}
	var err error
	switch m.kind {
	case 'Q':
		return c.simple(f)
	case 'P':
		err = c.parse(f)
	case 'B':
		err = c.bind(f)
	case 'D':
		err = c.describe(f)
	case 'E':
		err = c.execute(f)
	case 'C':
		err = c.close(f)
	case 'H':
		return c.flush()
	case 'S':
		c.skip = false
		if c.tx == 'I' { // portals live no longer than their transaction
			clear(c.portals)
		}
		c.out.ready(c.tx)
		return c.flush()
	case 'p', 'd', 'c', 'f': // a password nobody asked for, a copy nobody started
		return nil
	default:
		c.out.fail(&sqlError{code: "08P01", text: "invalid frontend message type", fatal: true})
		_ = c.flush()
		return errDrop
	}
	if err == nil {
		return nil
	}
	if err := c.failed(err); err != nil {
		return err
	}
	c.skip = true
	return c.flush()
}

// failed tells the client of err and marks its transaction. It returns an error
// when the connection is to end.
func (c *session) failed(err error) error {
	if errors.Is(err, errDrop) {
		return errDrop
	}
	e := asSQLError(c.ctx, err)
	c.out.fail(e)
	if c.tx == 'T' {
		c.tx = 'E'
	}
	if e.fatal {
		_ = c.flush()
		return errDrop
	}
	return nil
}

// flush sends what has been collected.
func (c *session) flush() error {
	_, err := c.conn.Write(c.out.b)
	c.out.b = c.out.b[:0]
	return err
}

// begin gives a query its own context, which a cancel request can end.
func (c *session) begin() (context.Context, func()) {
	ctx, stop := context.WithCancel(c.ctx)
	c.mu.Lock()
	c.stop = stop
	c.mu.Unlock()
	return ctx, func() {
		c.mu.Lock()
		c.stop = nil
		c.mu.Unlock()
		stop()
	}
}

// interrupt ends the running query, if there is one.
func (c *session) interrupt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stop != nil {
		c.stop()
	}
}
