package demo

import (
	"context"
	"net/http"
	"testing"
	"time"
)

// Half an answer and then silence; the other half when it heals.
func TestHangMidBody(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	s := r.System("gp")
	url := s.URL + "/AllergyIntolerance?patient=" + r.Scenario("everything").LocalIDs["gp"]
	_, whole := get(t, url)
	set(t, s, `{"fault":"hang-mid-body"}`, 200)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := once().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	half := make([]byte, len(whole)/2+1)
	n := 0
	for n < len(half) {
		more, err := res.Body.Read(half[n:])
		if n += more; err != nil {
			break
		}
	}
	if ctx.Err() == nil || n != len(whole)/2 || int(res.ContentLength) != len(whole) {
		t.Errorf("%d of %d, promised %d: %v", n, len(whole), res.ContentLength, ctx.Err())
	}
	done := make(chan string, 1)
	go func() { _, body, _ := raw(t, url, once()); done <- string(body) }()
	for tallyOf(t, s).InFlight == 0 {
		continue
	}
	heal(t, s)
	if got := <-done; got != whole {
		t.Errorf("healed: %d of %d", len(got), len(whole))
	}
}

// An answer dated tomorrow, and one dated yesterday, with the same content.
func TestClockSkew(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	s := r.System("social-care")
	res, whole := get(t, s.URL+"/people.csv")
	set(t, s, `{"fault":"clock-skew"}`, 200)
	for turn, sign := range []time.Duration{1, -1} {
		res2, body := get(t, s.URL+"/people.csv")
		then, err := http.ParseTime(res2.Header.Get("Date"))
		if off := time.Until(then) * sign; err != nil || off < 20*time.Hour || body != whole || res2.Header.Get("Last-Modified") == res.Header.Get("Last-Modified") {
			t.Errorf("turn %d: %v, %v", turn, res2.Header, err)
		}
	}
}
