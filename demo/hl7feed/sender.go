package hl7feed

import (
	"bufio"
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"time"
)

// Sender sends messages one after another to one listener, each until it is acknowledged.
type Sender struct {
	address string
	queue   chan string
	life    context.Context
	stop    context.CancelFunc
	running sync.WaitGroup

	mu       sync.Mutex
	taken    int // acknowledged as accepted
	refused  int // acknowledged as not
	waiting  int
	answered chan struct{} // closed and made anew with every answer
}

// NewSender sends to address, which need not listen yet.
func NewSender(address string) *Sender {
	s := &Sender{address: address, queue: make(chan string, 1<<16), answered: make(chan struct{})}
	s.life, s.stop = context.WithCancel(context.Background())
	s.running.Go(s.run)
	return s
}

// Send puts messages into the queue.
func (s *Sender) Send(messages ...string) {
	for _, m := range messages {
		s.mu.Lock()
		s.waiting++
		s.mu.Unlock()
		select {
		case s.queue <- m:
		case <-s.life.Done():
			return
		}
	}
}

// Counts are how many messages were accepted, were not, and still wait.
func (s *Sender) Counts() (taken, refused, waiting int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken, s.refused, s.waiting
}

// Sent waits until nothing waits.
func (s *Sender) Sent(ctx context.Context) error {
	for {
		s.mu.Lock()
		waiting, answered := s.waiting, s.answered
		s.mu.Unlock()
		if waiting == 0 {
			return nil
		}
		select {
		case <-answered:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Close ends it; what waits is not sent.
func (s *Sender) Close() {
	s.stop()
	s.running.Wait()
}

// again is how long it waits to connect again.
const again = 200 * time.Millisecond

func (s *Sender) run() {
	var pending []string // sent and not acknowledged
	for s.life.Err() == nil {
		pending = s.connection(pending)
		select {
		case <-s.life.Done():
		case <-time.After(again):
		}
	}
}

// ahead is how many messages are under way at once.
const ahead = 8

// connection sends over one connection until it breaks, and gives what was not acknowledged.
func (s *Sender) connection(pending []string) []string {
	conn, err := new(net.Dialer).DialContext(s.life, "tcp", s.address)
	if err != nil {
		return pending
	}
	defer context.AfterFunc(s.life, func() { _ = conn.Close() })()
	defer conn.Close()
	answers := bufio.NewReader(conn)
	for _, m := range pending {
		if frame(conn, m) != nil {
			return pending
		}
	}
	for {
		for len(pending) < ahead {
			var m string
			if len(pending) > 0 {
				select {
				case m = <-s.queue:
				default:
				}
			} else {
				select {
				case m = <-s.queue:
				case <-s.life.Done():
					return pending
				}
			}
			if m == "" {
				break
			}
			pending = append(pending, m)
			if frame(conn, m) != nil {
				return pending
			}
		}
		text, err := answers.ReadString(0x1C)
		if err != nil {
			return pending
		}
		s.count(strings.Contains(text, "MSA|AA|"))
		pending = pending[1:]
	}
}

func (s *Sender) count(taken bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting--
	if taken {
		s.taken++
	} else {
		s.refused++
	}
	close(s.answered)
	s.answered = make(chan struct{})
}

func frame(conn net.Conn, message string) error {
	n, err := conn.Write([]byte("\x0B" + message + "\x1C\r"))
	if err == nil && n == 0 {
		return errors.New("nothing was sent")
	}
	return err
}
