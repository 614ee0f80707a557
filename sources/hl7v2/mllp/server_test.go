package mllp

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// echo answers each frame with its length and beginning.
func echo(_ context.Context, r Received) func() ([][]byte, error) {
	return func() ([][]byte, error) {
		if string(r.Body) == "silence" {
			return nil, nil
		}
		if string(r.Body) == "fail" {
			return nil, errors.New("not kept")
		}
		return [][]byte{fmt.Appendf(nil, "%d %t %.10s", len(r.Body), r.Cut, r.Body)}, nil
	}
}

func serve(t *testing.T, l Limits, h Handler) *Server {
	t.Helper()
	s, err := Serve("127.0.0.1:0", nil, l, h)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func dial(t *testing.T, s *Server) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", s.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	return conn
}

// answers reads until the connection ends.
func answers(t *testing.T, conn net.Conn) []string {
	t.Helper()
	r := &reader{from: bufio.NewReader(conn), most: 1 << 20}
	var all []string
	for {
		body, err := r.next()
		if err != nil {
			return all
		}
		all = append(all, string(body))
	}
}

func TestFrames(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ sent, want string }{
		"one":                         {"\x0Bhello\x1C\r", "5 false hello"},
		"several at once":             {"\x0Ba\x1C\r\x0Bbb\x1C\r\x0Bccc\x1C\r", "1 false a, 2 false bb, 3 false ccc"},
		"lines between":               {"\r\n\x0Ba\x1C\r\r\n\n\x0Bb\x1C\r", "1 false a, 1 false b"},
		"the last byte is missing":    {"\x0Ba\x1C\x0Bb\x1C", "1 false a, 1 false b"},
		"one begins anew":             {"\x0Bhalf a mess\x0Bwhole\x1C\r", "5 false whole"},
		"one is cut off":              {"\x0Ba\x1C\r\x0Bhalf", "1 false a"},
		"an empty one":                {"\x0B\x1C\r", "0 false "},
		"too large":                   {"\x0B" + strings.Repeat("x", 70_000) + "\x1C\r\x0Bnext\x1C\r", "65536 true xxxxxxxxxx"},
		"as large as may be":          {"\x0B" + strings.Repeat("x", 65_536) + "\x1C\r\x0Bnext\x1C\r", "65536 false xxxxxxxxxx, 4 false next"},
		"noise":                       {strings.Repeat("noise ", 200) + "\x0Ba\x1C\r", ""},
		"none is answered":            {"\x0Bsilence\x1C\r\x0Bb\x1C\r", "1 false b"},
		"one that could not be kept":  {"\x0Ba\x1C\r\x0Bfail\x1C\r", "1 false a"},
		"a web browser":               {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", ""},
		"nothing":                     {"", ""},
		"only the beginning, and end": {"\x0B", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := dial(t, serve(t, Limits{Bytes: 65_536}, echo))
			go func() {
				_, _ = io.WriteString(conn, c.sent)
				_ = conn.(*net.TCPConn).CloseWrite()
			}()
			if got := strings.Join(answers(t, conn), ", "); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// A frame without end, one byte at a time or as fast as it comes, is cut; so is a
// connection that says nothing. Others go on.
func TestSlowAndEndless(t *testing.T) {
	t.Parallel()
	s := serve(t, Limits{Bytes: 1 << 20, Idle: time.Minute}, echo)
	patient := serve(t, Limits{Frame: 150 * time.Millisecond, Idle: time.Minute}, echo)
	slow, endless, silent := dial(t, patient), dial(t, s), dial(t, serve(t, Limits{Idle: 150 * time.Millisecond}, echo))
	var sending sync.WaitGroup
	sending.Go(func() {
		_, _ = slow.Write([]byte{begin})
		for tick := time.NewTicker(5 * time.Millisecond); ; <-tick.C {
			if _, err := slow.Write([]byte("x")); err != nil {
				return
			}
		}
	})
	var sent int
	sending.Go(func() {
		_, err := endless.Write([]byte{begin})
		for block := bytes.Repeat([]byte("A"), 64<<10); err == nil; {
			var n int
			n, err = endless.Write(block)
			sent += n
		}
	})
	good := dial(t, s)
	for range 3 {
		_, _ = io.WriteString(good, "\x0Bgood\x1C\r")
	}
	r := &reader{from: bufio.NewReader(good), most: 1 << 20}
	for range 3 {
		if body, err := r.next(); err != nil || string(body) != "4 false good" {
			t.Fatalf("%q %v", body, err)
		}
	}
	if got := answers(t, endless); len(got) > 1 {
		t.Error(got)
	}
	if answers(t, slow); patient.Counts.Cut.Load() != 1 {
		t.Error("one byte at a time goes on for ever")
	}
	answers(t, silent)
	sending.Wait()
	if sent > 64<<20 {
		t.Errorf("%d bytes were taken of a frame of at most 1 MiB", sent)
	}
}

func TestConnectionsAreCounted(t *testing.T) {
	t.Parallel()
	s := serve(t, Limits{Connections: 2}, echo)
	for range 2 {
		conn := dial(t, s)
		_, _ = io.WriteString(conn, "\x0Ba\x1C\r")
		if body, err := (&reader{from: bufio.NewReader(conn), most: 100}).next(); err != nil || string(body) != "1 false a" {
			t.Fatalf("%q %v", body, err)
		}
	}
	if got := answers(t, dial(t, s)); len(got) != 0 {
		t.Error(got)
	}
	if s.Counts.Refused.Load() != 1 {
		t.Error("the third is refused")
	}
}

// Large frames that are all under way at once do not use more memory than they may: one
// of them is cut.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	s := serve(t, Limits{Bytes: 8 << 20, Memory: 4 << 20}, echo)
	conns := []net.Conn{dial(t, s), dial(t, s), dial(t, s)}
	var all sync.WaitGroup
	for _, conn := range conns {
		all.Go(func() {
			_, _ = conn.Write(append([]byte{begin}, bytes.Repeat([]byte("x"), 3<<20)...))
		})
	}
	all.Wait()
	for tick := time.NewTicker(time.Millisecond); s.Counts.Busy.Load() < 2; <-tick.C {
		if t.Context().Err() != nil {
			t.Fatal("none is cut")
		}
	}
	for _, conn := range conns {
		_ = conn.Close()
	}
	for tick := time.NewTicker(time.Millisecond); s.memory.Load() != 0 || s.Open() > 0; <-tick.C {
		if t.Context().Err() != nil {
			t.Fatal("memory is not given back")
		}
	}
}

// What was received before Close is answered.
func TestCloseAnswers(t *testing.T) {
	t.Parallel()
	taken, let := make(chan struct{}), make(chan struct{})
	s := serve(t, Limits{}, func(ctx context.Context, r Received) func() ([][]byte, error) {
		close(taken)
		return func() ([][]byte, error) { <-let; return [][]byte{[]byte("kept")}, nil }
	})
	conn := dial(t, s)
	_, _ = io.WriteString(conn, "\x0Ba\x1C\r")
	<-taken
	closed := make(chan error)
	go func() { closed <- s.Close() }()
	<-s.life.Done()
	close(let)
	if got := answers(t, conn); len(got) != 1 || got[0] != "kept" {
		t.Error(got)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
}

// FuzzFrames: whatever comes, frames are within their bounds and hold no byte that frames
// are made of at their ends.
func FuzzFrames(f *testing.F) {
	for _, s := range []string{"\x0Ba\x1C\r", "\x0Ba\x1C\x0Bb\x1C\r", "\x0B\x0B\x1C", "noise\x0Bx", "\x0B" + strings.Repeat("x", 5000) + "\x1C\r"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		r := &reader{from: bufio.NewReaderSize(bytes.NewReader(raw), 16), most: 4096}
		for {
			body, err := r.next()
			if len(body) > 4096 || bytes.IndexByte(body, begin) >= 0 || bytes.IndexByte(body, end) >= 0 {
				t.Fatalf("%q", body)
			}
			if err != nil {
				return
			}
		}
	})
}
