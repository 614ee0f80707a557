package resolvers

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// TestClientsAreToldTheirRate: each user of each app has their own, told with every answer;
// what is beyond it is refused with how long to wait, and in the next minute it begins anew.
func TestClientsAreToldTheirRate(t *testing.T) {
	t.Parallel()
	clock := struct {
		sync.Mutex
		now time.Time
	}{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	now := func() time.Time { clock.Lock(); defer clock.Unlock(); return clock.now }
	pass := func(d time.Duration) { clock.Lock(); defer clock.Unlock(); clock.now = clock.now.Add(d) }
	x := &Executor{pace: newPace(Rates{Default: 3, Clients: map[string]int{"busy": 5, "trusted": 0}, Free: []string{"viewer"}}, Sharing{}, now)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := &auth.Session{Issuer: "i", Subject: r.Header.Get("User"), App: r.Header.Get("App")}
		x.ServeHTTP(w, r.WithContext(auth.WithSession(r.Context(), s)))
	}))
	defer server.Close()
	ask := func(app, user string) (int, http.Header, string) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("App", app)
		req.Header.Set("User", user)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		var body struct {
			Errors []struct {
				Extensions struct {
					Code      string
					Retryable bool
				}
			}
		}
		if err := json.NewDecoder(resp.Body).Decode(&body); err != nil || len(body.Errors) != 1 {
			t.Fatal(resp.Status, err)
		}
		if e := body.Errors[0].Extensions; e.Retryable != (e.Code == CodeRateLimited) {
			t.Errorf("%s is retryable: %v", e.Code, e.Retryable)
		}
		return resp.StatusCode, resp.Header, body.Errors[0].Extensions.Code
	}
	for i, left := range []string{`"operations";r=2;t=60`, `"operations";r=1;t=60`, `"operations";r=0;t=60`} {
		status, h, _ := ask("app", "a")
		if status == http.StatusTooManyRequests || h.Get("RateLimit") != left || h.Get("RateLimit-Policy") != `"operations";q=3;w=60` {
			t.Errorf("request %d: %d %v", i, status, h)
		}
	}
	pass(18500 * time.Millisecond)
	if status, h, code := ask("app", "a"); status != http.StatusTooManyRequests || code != CodeRateLimited || h.Get("Retry-After") != "42" || h.Get("RateLimit") != `"operations";r=0;t=42` {
		t.Errorf("one too many: %d %s %v", status, code, h)
	}
	for _, other := range [][2]string{{"app", "b"}, {"other", "a"}} {
		if status, _, _ := ask(other[0], other[1]); status == http.StatusTooManyRequests {
			t.Errorf("%v is held up", other)
		}
	}
	for _, free := range []string{"viewer", "trusted", ""} {
		for range 10 {
			if status, h, _ := ask(free, "a"); status == http.StatusTooManyRequests || h.Get("RateLimit") != "" {
				t.Fatalf("%q is held up: %v", free, h)
			}
		}
	}
	if _, h, _ := ask("busy", "a"); h.Get("RateLimit") != `"operations";r=4;t=60` {
		t.Errorf("a rate of its own: %v", h)
	}
	pass(41500 * time.Millisecond)
	if status, h, _ := ask("app", "a"); status == http.StatusTooManyRequests || h.Get("RateLimit") != `"operations";r=2;t=60` {
		t.Errorf("the next minute: %d %v", status, h)
	}
}
