package demo

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
)

// Sizes of the answers that are too large on purpose.
const (
	hugeBytes = 200 << 20
	bombBytes = 1 << 30
	bodyLimit = 10 << 20 // of a request
)

// wire is the HTTP front of a system: it counts, waits, and commits every
// fault that lies below the format of the answer. The faults of the format
// itself it leaves to the handler, which finds the visit as its argument.
type wire struct {
	gate  *gate
	count func(*http.Request) string // the path a request is counted under
	serve func(http.ResponseWriter, *http.Request, visit)
	// unwell writes an error status as this kind of system words it.
	unwell func(http.ResponseWriter, int)
	garble func(body []byte, turn int) []byte // bad-json, or what is as bad
	trap   string                             // where redirect-internal points
}

// ServeHTTP implements http.Handler.
func (s *wire) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// A body unread hides the client's going away from the server.
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyLimit))
	if err != nil {
		s.unwell(w, http.StatusRequestEntityTooLarge)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	v := s.gate.enter(s.count(r))
	defer v.leave()
	// Who waits in vain gets no answer: returning would send an empty 200.
	if !s.gate.pause(r.Context()) || (v.fault.Name != faultDrip && !v.wait(r.Context(), v.fault.Delay)) {
		panic(http.ErrAbortHandler)
	}
	s.commit(w, r, v)
}

// commit answers with the fault of the visit, or well.
func (s *wire) commit(w http.ResponseWriter, r *http.Request, v visit) {
	switch v.fault.Name {
	case faultHang:
		if !v.hold(r.Context()) {
			panic(http.ErrAbortHandler)
		}
		s.serve(w, r, v)
	case faultRefused, faultReset:
		s.reset(w, r, v)
	case faultDrip:
		s.drip(w, r, v)
	case fault500, fault401:
		s.refuse(w, v.fault.Name)
	case fault503, fault429, faultFlapping:
		w.Header().Set("Retry-After", "2")
		s.refuse(w, v.fault.Name)
	case faultBadJSON:
		s.breakBody(w, r, v)
	case faultHTML:
		s.html(w)
	case faultEmpty:
		s.empty(w, r, v)
	case faultHuge:
		s.huge(w, r, v)
	case faultGzipBomb:
		s.bomb(w, r, v)
	case faultStall:
		s.stall(w, r, v)
	case faultClockSkew:
		s.skew(w, r, v)
	case faultRedirectInternal:
		http.Redirect(w, r, s.trap+"/latest/meta-data/", http.StatusFound)
	default:
		s.serve(w, r, v)
	}
}

func (s *wire) refuse(w http.ResponseWriter, name string) {
	status := statusOf(name)
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="demo", error="invalid_token"`)
	}
	s.unwell(w, status)
}

// answer is the good answer, taken to be spoilt: uncompressed.
func (s *wire) answer(r *http.Request, v visit) *httptest.ResponseRecorder {
	plain := r.Clone(r.Context())
	plain.Header.Del("Accept-Encoding")
	plain.Header.Del("If-None-Match")
	rec := httptest.NewRecorder()
	s.serve(rec, plain, v)
	return rec
}

func copyHeader(w http.ResponseWriter, rec *httptest.ResponseRecorder) {
	for name, values := range rec.Header() {
		w.Header()[name] = values
	}
	w.Header().Del("Content-Length")
	w.Header().Del("ETag")
}

// reset promises the whole answer, sends half, and resets the connection.
func (s *wire) reset(w http.ResponseWriter, r *http.Request, v visit) {
	rec := s.answer(r, v)
	conn, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer func() { _ = conn.Close() }()
	body := rec.Body.Bytes()
	fmt.Fprintf(buffered, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n",
		rec.Header().Get("Content-Type"), len(body))
	_, _ = buffered.Write(body[:len(body)/2])
	_ = buffered.Flush()
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
}

// drip sends the right answer one byte at a time.
func (s *wire) drip(w http.ResponseWriter, r *http.Request, v visit) {
	rec := s.answer(r, v)
	copyHeader(w, rec)
	w.WriteHeader(rec.Code)
	flush := http.NewResponseController(w)
	for _, b := range rec.Body.Bytes() {
		if _, err := w.Write([]byte{b}); err != nil || flush.Flush() != nil || !v.wait(r.Context(), v.fault.Delay) {
			panic(http.ErrAbortHandler)
		}
	}
}

// breakBody sends what no parser of this format can read.
func (s *wire) breakBody(w http.ResponseWriter, r *http.Request, v visit) {
	rec := s.answer(r, v)
	copyHeader(w, rec)
	_, _ = w.Write(s.garble(bytes.TrimSpace(rec.Body.Bytes()), v.turn))
}

// garbleJSON takes turns: cut short, a NaN, nesting too deep to parse.
func garbleJSON(body []byte, turn int) []byte {
	inner := bytes.TrimPrefix(body, []byte("{"))
	switch turn % 3 {
	case 1:
		return append([]byte(`{"total":NaN,`), inner...)
	case 2:
		const depth = 20_000
		return append([]byte(`{"extension":`+strings.Repeat("[", depth)+strings.Repeat("]", depth)+","), inner...)
	}
	return body[:len(body)/2]
}

// html is what a proxy or a login page says in a system's place.
func (s *wire) html(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, "<!doctype html><html><head><title>Sign in</title></head><body><h1>Scheduled maintenance</h1>"+
		"<form action=\"/login\"><input name=\"user\"></form></body></html>\n")
}

// empty takes turns: 200 with no body at all, and 204.
func (s *wire) empty(w http.ResponseWriter, r *http.Request, v visit) {
	copyHeader(w, s.answer(r, v))
	if v.turn%2 == 1 {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Length", "0")
}

// huge sends 200 MB before the right answer ends: a long text inside JSON
// objects, a long last line elsewhere.
func (s *wire) huge(w http.ResponseWriter, r *http.Request, v visit) {
	rec := s.answer(r, v)
	copyHeader(w, rec)
	body, isJSON := bytes.CutPrefix(bytes.TrimSpace(rec.Body.Bytes()), []byte("{"))
	padding := bytes.Repeat([]byte("x"), 1<<20)
	before, after := body, []byte(nil)
	if isJSON {
		before, after = []byte(`{"implicitRules":"`), append([]byte(`",`), body...)
	}
	if _, err := w.Write(before); err != nil {
		return
	}
	for sent := 0; sent < hugeBytes; sent += len(padding) {
		if _, err := w.Write(padding); err != nil {
			return
		}
	}
	_, _ = w.Write(after)
}

// bomb sends one megabyte, which unpacks to a thousand times as much: gzip
// members of spaces one after another, then the right answer.
func (s *wire) bomb(w http.ResponseWriter, r *http.Request, v visit) {
	rec := s.answer(r, v)
	copyHeader(w, rec)
	const member = 1 << 20
	spaces := gzipped(bytes.Repeat([]byte(" "), member))
	end := gzipped(rec.Body.Bytes())
	w.Header().Set("Content-Encoding", "gzip")
	w.Header().Set("Content-Length", strconv.Itoa(len(spaces)*(bombBytes/member)+len(end)))
	for range bombBytes / member {
		if _, err := w.Write(spaces); err != nil {
			return
		}
	}
	_, _ = w.Write(end)
}

func gzipped(plain []byte) []byte {
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, _ = zip.Write(plain)
	_ = zip.Close()
	return packed.Bytes()
}
