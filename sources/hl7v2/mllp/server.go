package mllp

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Received is one frame, or the beginning of one that is too large.
type Received struct {
	Body []byte
	// Cut: it is too large, and Body is its beginning. The connection ends after the answer.
	Cut bool
}

// Handler takes one frame in. It is called for the frames of a connection in their
// order and must not wait for more than its turn; the function that it returns is
// called in the same order, waits until all is done and gives the answers. No answer is
// none; an error ends the connection without one.
type Handler func(ctx context.Context, r Received) (answers func() ([][]byte, error))

// Counts is what has happened since the server began.
type Counts struct {
	Connections, Refused, Frames, TooLarge, Noise, Cut, Busy, Handshakes atomic.Int64
}

// Server listens for connections.
type Server struct {
	limits   Limits
	listener net.Listener
	tls      *tls.Config
	handle   Handler

	// Counts may be read at any time.
	Counts Counts

	memory  atomic.Int64
	life    context.Context
	end     context.CancelFunc
	running sync.WaitGroup
	mu      sync.Mutex
	open    map[net.Conn]bool
	closed  bool
}

// Serve listens at address until Close; secure is nil for plain TCP.
func Serve(address string, secure *tls.Config, l Limits, handle Handler) (*Server, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	s := &Server{limits: l.withDefaults(), listener: listener, tls: secure, handle: handle, open: map[net.Conn]bool{}}
	s.life, s.end = context.WithCancel(context.Background())
	s.running.Go(s.accept)
	return s, nil
}

// Addr is where it listens.
func (s *Server) Addr() net.Addr { return s.listener.Addr() }

// Close listens no longer, lets what was received be answered, and ends all connections.
func (s *Server) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	for conn := range s.open {
		_ = conn.SetReadDeadline(time.Unix(1, 0))
		_ = conn.SetWriteDeadline(time.Now().Add(time.Second))
	}
	s.mu.Unlock()
	err := s.listener.Close()
	s.end()
	s.running.Wait()
	return err
}

// pause is how long the server waits when it cannot accept, for example because there
// are no more descriptors.
const pause = 50 * time.Millisecond

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			if s.life.Err() != nil || errors.Is(err, net.ErrClosed) {
				return
			}
			select {
			case <-s.life.Done():
				return
			case <-time.After(pause):
			}
			continue
		}
		if !s.admit(conn) {
			s.Counts.Refused.Add(1)
			_ = conn.Close()
			continue
		}
		s.Counts.Connections.Add(1)
		s.running.Go(func() {
			defer s.leave(conn)
			s.serve(conn)
		})
	}
}

func (s *Server) admit(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || len(s.open) >= s.limits.Connections {
		return false
	}
	s.open[conn] = true
	return true
}

func (s *Server) leave(conn net.Conn) {
	_ = conn.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, conn)
}

// Open is how many connections there are now.
func (s *Server) Open() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.open)
}

// ahead is how many frames of one connection may wait for their answers.
const ahead = 16

// waiting is a frame that was taken in, and what its memory was.
type waiting struct {
	answers func() ([][]byte, error)
	bytes   int64
}

// serve reads frames while what came before is being answered, so that a sender who does
// not wait for each answer is not slowed down.
func (s *Server) serve(raw net.Conn) {
	conn, err := s.secure(raw)
	if err != nil {
		s.Counts.Handshakes.Add(1)
		return
	}
	queue := make(chan waiting, ahead)
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		broken := false
		for w := range queue {
			if err := s.answer(conn, w, broken); err != nil && !broken {
				broken = true
				_ = raw.Close() // nobody takes the answers: it is to send again
			}
		}
	}()
	s.read(conn, raw, queue)
	close(queue)
	<-answered
	_ = conn.Close()
}

func (s *Server) secure(conn net.Conn) (net.Conn, error) {
	if s.tls == nil {
		return conn, nil
	}
	secure := tls.Server(conn, s.tls)
	ctx, cancel := context.WithTimeout(s.life, s.limits.Frame)
	defer cancel()
	return secure, secure.HandshakeContext(ctx)
}

// answer waits for what is to be said about a frame and says it.
func (s *Server) answer(conn net.Conn, w waiting, broken bool) error {
	answers, err := w.answers()
	s.memory.Add(-w.bytes)
	if err != nil || broken {
		return err
	}
	for _, a := range answers {
		if s.life.Err() == nil {
			_ = conn.SetWriteDeadline(time.Now().Add(s.limits.Frame))
		}
		if _, err := conn.Write(Frame(a)); err != nil {
			return err
		}
	}
	return nil
}

// read takes frames until the connection ends or is cut.
func (s *Server) read(conn, raw net.Conn, queue chan<- waiting) {
	var held int64
	frames := &reader{from: bufio.NewReaderSize(conn, 16<<10), most: s.limits.Bytes,
		began: func() { s.deadline(raw, s.limits.Frame) },
		grow: func(n int) bool {
			if s.memory.Add(int64(n)) > s.limits.Memory {
				s.memory.Add(-int64(n))
				return false
			}
			held += int64(n)
			return true
		}}
	for {
		held = 0
		s.deadline(raw, s.limits.Idle)
		body, err := frames.next()
		if err != nil && !errors.Is(err, ErrTooLarge) {
			s.memory.Add(-held)
			s.count(err)
			return
		}
		s.Counts.Frames.Add(1)
		cut := err != nil
		queue <- waiting{s.handle(s.life, Received{Body: body, Cut: cut}), held}
		if cut {
			s.Counts.TooLarge.Add(1)
			return
		}
	}
}

// deadline gives the other side so long from now; not after Close has.
func (s *Server) deadline(conn net.Conn, d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		_ = conn.SetReadDeadline(time.Now().Add(d))
	}
}

func (s *Server) count(err error) {
	switch {
	case errors.Is(err, ErrNoise):
		s.Counts.Noise.Add(1)
	case errors.Is(err, ErrBusy):
		s.Counts.Busy.Add(1)
	case errors.Is(err, ErrCut):
		s.Counts.Cut.Add(1)
	case errors.Is(err, io.EOF):
	}
}
