package resolvers

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/auth"
)

// TestAReaderWhoTakesNothingIsCut: nobody keeps our memory by not reading.
func TestAReaderWhoTakesNothingIsCut(t *testing.T) {
	t.Parallel()
	ended := make(chan int, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		s := openSSE(w)
		s.patience = 300 * time.Millisecond
		big := &graphql.Response{Data: []byte(`"` + strings.Repeat("x", 1<<20) + `"`)}
		sent := 0
		for s.next(big) == nil {
			sent++
		}
		ended <- sent
	}))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		t.Fatal(line, err)
	}
	select {
	case sent := <-ended:
		t.Logf("cut after %d MB", sent)
	case <-time.After(20 * time.Second):
		t.Fatal("it is still being written to")
	}
}

// TestTheServersDeadlinesDoNotCutStreams: they are for requests.
func TestTheServersDeadlinesDoNotCutStreams(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.ReadAll(r.Body) // from its end on the server listens whether the reader goes
		s := openSSE(w)
		for range 8 {
			wait := time.NewTimer(100 * time.Millisecond)
			select {
			case <-wait.C:
			case <-r.Context().Done():
				return
			}
			if s.beat() != nil {
				return
			}
		}
		s.complete()
	}))
	server.Config.ReadTimeout, server.Config.WriteTimeout = 200*time.Millisecond, 200*time.Millisecond
	server.Start()
	defer server.Close()
	resp, err := http.Post(server.URL, "application/json", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	last, beats := "", 0
	for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
		if lines.Text() == ":" {
			beats++
		}
		if lines.Text() != "" {
			last = lines.Text()
		}
	}
	if !resp.Close {
		t.Error("the connection goes on with the stream's deadlines")
	}
	if beats != 8 || last != "data:" {
		t.Errorf("cut after %d beats: %q", beats, last)
	}
}

func TestStreamsAreCounted(t *testing.T) {
	t.Parallel()
	s := newStreams()
	var leave []func()
	for i := range mostStreams {
		done, err := s.begin(&auth.Session{Issuer: "i", Subject: fmt.Sprint(i / mostStreamsEach)})
		if err != nil {
			t.Fatal(i, err)
		}
		leave = append(leave, done)
	}
	if _, err := s.begin(&auth.Session{Issuer: "i", Subject: "another"}); err != errStreams {
		t.Error(err)
	}
	leave[0]()
	if _, err := s.begin(&auth.Session{Issuer: "i", Subject: "0"}); err != nil {
		t.Error(err)
	}
	if _, err := s.begin(&auth.Session{Issuer: "i", Subject: "1"}); err != errStreamsEach {
		t.Error(err)
	}
	if _, err := s.begin(&auth.Session{Issuer: "another", Subject: "1"}); err != errStreams {
		t.Error(err)
	}
}

// TestWhatIsStreamed: by what the caller takes, and whether one answer would do.
func TestWhatIsStreamed(t *testing.T) {
	t.Parallel()
	x, err := NewExecutor(&Resolver{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	const query, subscription = `{ me { name } }`, `subscription { listsChanged { id } }`
	for _, c := range []struct {
		accept, operation string
		want              bool
	}{
		{"", query, false}, {"application/json", subscription, false}, {"*/*", subscription, false},
		{"text/event-stream", query, true}, {"text/event-stream", subscription, true}, {"text/event-stream;charset=utf-8", query, true},
		{"application/json, text/event-stream", query, false}, {"application/json, text/event-stream", subscription, true},
		{"text/event-stream, */*", `{ nonsense`, false}, {"text/event", subscription, false},
	} {
		r := httptest.NewRequest(http.MethodPost, "/graphql", nil)
		if c.accept != "" {
			r.Header.Set("Accept", c.accept)
		}
		if got := streamed(r, subscribes(x, c.operation)); got != c.want {
			t.Errorf("%q of %s: %v", c.accept, c.operation, got)
		}
	}
}

func subscribes(x *Executor, operation string) bool {
	_, ready := x.prepare(context.Background(), &graphql.RawParams{Query: operation})
	return ready.subscribes()
}
