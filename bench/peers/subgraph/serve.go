package subgraph

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
)

// Call is what a root field asks of its source: which types, by which parameter; by
// nothing for a search by family name and date of birth.
type Call struct{ Kinds, By string }

// Plan is what to serve.
type Plan struct {
	// Sources are the bases of the sources, by the path under which their part is served.
	Sources map[string]string
	// Calls are by the name of the root field after "x_".
	Calls map[string]Call
}

// Ready is what Serve writes when it answers.
type Ready struct{ URL string }

type server struct {
	plan    Plan
	client  http.Client
	parsed  sync.Map // query → []root
	buffers sync.Pool
}

// Serve runs the parts of all sources on loopback until in ends; plan is a Plan as JSON.
// It writes one Ready as JSON to out.
func Serve(plan string, in io.Reader, out io.Writer) error {
	s := &server{client: http.Client{Transport: &http.Transport{
		MaxIdleConns: 1024, MaxIdleConnsPerHost: 256, DisableCompression: true, ReadBufferSize: 32 << 10,
	}}}
	if err := json.Unmarshal([]byte(plan), &s.plan); err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go func() { _ = http.Serve(l, s) }() // #nosec G114 -- loopback, for as long as a benchmark
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

// ServeHTTP answers an operation: all its root fields at once.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var q struct {
		Query     string
		Variables map[string]any
	}
	err := json.NewDecoder(r.Body).Decode(&q)
	base := s.plan.Sources[strings.Trim(r.URL.Path, "/")]
	if err == nil && base == "" {
		err = errors.New("there is no such source")
	}
	var roots []root
	if err == nil {
		roots, err = s.read(q.Query)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	parts, errs := make([][]byte, len(roots)), make([]error, len(roots))
	var all sync.WaitGroup
	for i, root := range roots {
		all.Go(func() { parts[i], errs[i] = s.part(base, root, q.Variables) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	answer := []byte(`{"data":{`)
	for i, part := range parts {
		if i > 0 {
			answer = append(answer, ',')
		}
		answer = append(answer, part...)
	}
	answer = append(answer, "}}"...)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
	_, _ = w.Write(answer)
}

func (s *server) read(query string) ([]root, error) {
	if v, ok := s.parsed.Load(query); ok {
		roots, _ := v.([]root)
		return roots, nil
	}
	roots, err := parse(query)
	if err == nil {
		s.parsed.Store(query, roots)
	}
	return roots, err
}

// part is one root field with its answer.
func (s *server) part(base string, r root, variables map[string]any) ([]byte, error) {
	if r.name == "__typename" {
		return []byte(`"` + r.alias + `":"Query"`), nil
	}
	_, name, _ := strings.Cut(r.name, "_")
	call, ok := s.plan.Calls[name]
	if !ok {
		return nil, fmt.Errorf("there is no field %s", r.name)
	}
	asked := call.By + "=" + r.argument("ids", variables)
	if call.By == "" {
		asked = url.Values{"family": {r.argument("family", variables)}, "birthdate": {r.argument("birthdate", variables)}}.Encode()
	}
	resp, err := s.client.Get(base + "/" + call.Kinds + "?" + asked)
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
	b := append(make([]byte, 0, 16<<10), `"`+r.alias+`":`...)
	b, _ = project(b, buf.Bytes(), 0, r.under)
	return b, nil
}
