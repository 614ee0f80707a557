package floor

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
)

// Ready is what Serve writes when it answers.
type Ready struct {
	// URL takes a Plan at /plan and a Question at /ask, by POST.
	URL string
}

// Question asks for a plan's work with values.
type Question struct {
	Plan   string
	Values []string
}

// server is the floor.
type server struct {
	client  http.Client
	plans   sync.Map // name → []call
	buffers sync.Pool
}

// Serve runs the floor on loopback until in ends. It writes one Ready as JSON to out.
func Serve(in io.Reader, out io.Writer) error {
	s := &server{client: http.Client{Transport: &http.Transport{
		MaxIdleConns: 1024, MaxIdleConnsPerHost: 256, DisableCompression: true, ReadBufferSize: 32 << 10,
	}}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /plan", s.plan)
	mux.HandleFunc("POST /ask", s.ask)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go func() { _ = http.Serve(l, mux) }() // #nosec G114 -- loopback, for as long as a benchmark
	text, err := json.Marshal(Ready{URL: "http://" + l.Addr().String()})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(out, "%s\n", text); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, in)
	return err
}

func (s *server) plan(w http.ResponseWriter, r *http.Request) {
	var p Plan
	if err := json.NewDecoder(r.Body).Decode(&p); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	var calls []call
	for _, c := range p.Calls {
		ready, err := newCall(c)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		calls = append(calls, ready)
	}
	s.plans.Store(p.Name, calls)
}

// ask does the work: all calls at once, each answer scanned as it arrives.
func (s *server) ask(w http.ResponseWriter, r *http.Request) {
	var q Question
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	v, ok := s.plans.Load(q.Plan)
	if !ok {
		http.Error(w, "there is no such plan", http.StatusNotFound)
		return
	}
	calls, _ := v.([]call)
	parts := make([][]byte, len(calls))
	errs := make([]error, len(calls))
	var all sync.WaitGroup
	for i, c := range calls {
		all.Go(func() { parts[i], errs[i] = s.part(c, q.Values) })
	}
	all.Wait()
	answer := []byte(`{"resources":[`)
	for i, part := range parts {
		if errs[i] != nil {
			http.Error(w, errs[i].Error(), http.StatusBadGateway)
			return
		}
		if len(part) > 1 {
			answer = append(append(answer, part[1:]...), ',')
		}
	}
	answer = append(bytes.TrimSuffix(answer, []byte(",")), "]}"...)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
	_, _ = w.Write(answer)
}

// part makes one call and scans its answer; the part begins with a bracket.
func (s *server) part(c call, values []string) ([]byte, error) {
	req, err := c.request(values)
	if err != nil {
		return nil, err
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("a source answered %d", resp.StatusCode)
	}
	buf, _ := s.buffers.Get().(*bytes.Buffer)
	if buf == nil {
		buf = new(bytes.Buffer)
	}
	buf.Reset()
	defer s.buffers.Put(buf)
	buf.Grow(int(max(0, resp.ContentLength)) + bytes.MinRead)
	if _, err := buf.ReadFrom(resp.Body); err != nil {
		return nil, err
	}
	return scan(append(make([]byte, 0, 4<<10), '['), buf.Bytes()), nil
}
