package demo

import (
	"net/http"
	"strconv"
	"time"
)

// stall promises the whole answer and sends half; the rest comes when the system heals.
func (s *wire) stall(w http.ResponseWriter, r *http.Request, v visit) {
	rec := s.answer(r, v)
	copyHeader(w, rec)
	body := rec.Body.Bytes()
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(rec.Code)
	half := len(body) / 2
	_, err := w.Write(body[:half])
	if err != nil || http.NewResponseController(w).Flush() != nil || !v.hold(r.Context()) {
		panic(http.ErrAbortHandler)
	}
	_, _ = w.Write(body[half:])
}

// skewed is by how much a wrong clock is wrong: more than any day's end.
const skewed = 26 * time.Hour

// skew is the right answer, dated by a clock that is ahead and behind in turn. What it is
// of was changed by the same clock.
func (s *wire) skew(w http.ResponseWriter, r *http.Request, v visit) {
	by := skewed
	if v.turn%2 == 1 {
		by = -skewed
	}
	rec := s.answer(r, v)
	copyHeader(w, rec)
	w.Header().Set("Date", time.Now().Add(by).UTC().Format(http.TimeFormat))
	if at, err := http.ParseTime(w.Header().Get("Last-Modified")); err == nil {
		w.Header().Set("Last-Modified", at.Add(by).UTC().Format(http.TimeFormat))
	}
	w.WriteHeader(rec.Code)
	_, _ = w.Write(rec.Body.Bytes())
}
