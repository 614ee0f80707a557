package pgwire

import (
	"context"
	"database/sql"
	"net"
	"sync"
	"time"
)

// Server is one running front. Close it, or cancel the context it was started
// with, to stop it.
type Server struct {
	db   *sql.DB
	gate Gate
	addr string

	ctx  context.Context
	stop context.CancelFunc
	work sync.WaitGroup

	mu       sync.Mutex
	listener net.Listener // nil while refusing or closed
	sessions map[int]*session
	conns    map[net.Conn]bool
	last     int // process number of the last session
	closed   bool
}

// Start serves db on a free port of 127.0.0.1. gate is asked before every query
// that reads; nil lets all of them through. The caller keeps db and closes it
// after the server.
func Start(ctx context.Context, db *sql.DB, gate Gate) (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	if gate == nil {
		gate = func(context.Context, string) Fault { return Fault{} }
	}
	s := &Server{db: db, gate: gate, addr: listener.Addr().String(),
		sessions: map[int]*session{}, conns: map[net.Conn]bool{}}
	s.ctx, s.stop = context.WithCancel(ctx)
	s.listen(listener)
	// A cancelled parent stops the server even when nobody calls Close.
	context.AfterFunc(s.ctx, s.hangUp)
	return s, nil
}

// Addr is the host and port the server has for its whole life, also while it
// refuses connections.
func (s *Server) Addr() string { return s.addr }

// Close ends every connection and waits until nothing of the server runs.
func (s *Server) Close() error {
	s.stop()
	s.hangUp()
	s.work.Wait()
	return nil
}

// Refuse closes the port and cuts every connection, as a stopped database does,
// or opens the same port again. It fails only when the port cannot be had back.
func (s *Server) Refuse(refuse bool) error {
	if refuse {
		s.cut()
		return nil
	}
	s.mu.Lock()
	open := s.listener != nil || s.closed
	s.mu.Unlock()
	if open {
		return nil
	}
	listener, err := s.reopen()
	if err != nil {
		return err
	}
	s.listen(listener)
	return nil
}

// reopen tries for a second: an outgoing connection of this machine may be
// borrowing the port for a moment.
func (s *Server) reopen() (net.Listener, error) {
	deadline := time.Now().Add(time.Second)
	for {
		listener, err := net.Listen("tcp", s.addr)
		if err == nil || time.Now().After(deadline) {
			return listener, err
		}
		if wait(s.ctx, 20*time.Millisecond) != nil {
			return nil, err
		}
	}
}

func (s *Server) listen(listener net.Listener) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.listener != nil {
		_ = listener.Close()
		return
	}
	s.listener = listener
	s.work.Go(func() { s.accept(listener) })
}

func (s *Server) accept(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		if s.closed || s.listener != listener {
			s.mu.Unlock()
			_ = conn.Close()
			return
		}
		s.conns[conn] = true
		s.work.Go(func() {
			defer s.forget(conn)
			s.serve(conn)
		})
		s.mu.Unlock()
	}
}

func (s *Server) forget(conn net.Conn) {
	_ = conn.Close()
	s.mu.Lock()
	delete(s.conns, conn)
	s.mu.Unlock()
}

// cut closes the port and every connection.
func (s *Server) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener != nil {
		_ = s.listener.Close()
		s.listener = nil
	}
	for conn := range s.conns {
		_ = conn.Close()
	}
}

// hangUp is cut for good.
func (s *Server) hangUp() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.cut()
}

// wait returns after d, or at once with the context's error when it ends.
func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
