package resolvers

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// CodeRateLimited: the app asks more often than it may; Retry-After says how long to wait.
const CodeRateLimited = "RATE_LIMITED"

// Rates are how many operations a user of a client may send in a minute; 0 is any number.
type Rates struct {
	// Default is for clients that are not named.
	Default int
	// Clients are by the ids of registered clients.
	Clients map[string]int
	// Free are the clients to which Default does not apply: the viewer.
	Free []string
}

// of is the rate of a client; "" is a session that no app uses.
func (r Rates) of(client string) int {
	if n, ok := r.Clients[client]; ok {
		return n
	}
	if client == "" || slices.Contains(r.Free, client) {
		return 0
	}
	return r.Default
}

// window is how long operations are counted for.
const window = time.Minute

// pace counts operations in memory, and tells the other servers.
type pace struct {
	rates   Rates
	sharing Sharing
	now     func() time.Time
	*paced
}

// paced is what was counted, under whichever rates.
type paced struct {
	mu   sync.Mutex
	used map[string]*minute // by client and user: no user of an app is held up by the others
}

type minute struct {
	began time.Time
	n     int
}

// mostPaced is how many are remembered before those whose minute is over are forgotten.
const mostPaced = 10_000

func newPace(rates Rates, sharing Sharing, now func() time.Time) *pace {
	if now == nil {
		now = time.Now
	}
	return &pace{rates: rates, sharing: sharing, now: now, paced: &paced{used: map[string]*minute{}}}
}

// goingOn takes the counts of another executor: new rates are no way to begin anew.
func (p *pace) goingOn(before *Executor) *pace {
	if before != nil {
		p.paced = before.pace.paced
	}
	return p
}

// take counts an operation: how many are left, and how long until the count begins anew.
// ok is false if there was none left.
func (p *pace) take(s *auth.Session, limit int) (left int, reset time.Duration, ok bool) {
	now, key := p.now(), p.sharing.user(s.App, s.Issuer, s.Subject)
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.minute(key, now)
	reset = window - now.Sub(m.began)
	if m.n >= limit {
		return 0, reset, false
	}
	m.n++
	p.sharing.tell(countedOperations, key, 1)
	return limit - m.n, reset, true
}

// minute is the one that runs for a key, begun now if none does. The caller holds mu.
func (p *pace) minute(key string, now time.Time) *minute {
	m := p.used[key]
	if m == nil || now.Sub(m.began) >= window {
		if m == nil && len(p.used) >= mostPaced {
			for k, old := range p.used {
				if now.Sub(old.began) >= window {
					delete(p.used, k)
				}
			}
		}
		m = &minute{began: now}
		p.used[key] = m
	}
	return m
}

// keepsPace tells the client its rate (draft-ietf-httpapi-ratelimit-headers-10), and reports
// whether it may go on.
func (x *Executor) keepsPace(w http.ResponseWriter, r *http.Request, s *auth.Session) bool {
	limit := x.pace.rates.of(s.App)
	if limit <= 0 {
		return true
	}
	left, reset, ok := x.pace.take(s, limit)
	seconds := int((reset + time.Second - 1) / time.Second)
	h := w.Header()
	h.Set("RateLimit-Policy", fmt.Sprintf(`"operations";q=%d;w=%d`, limit, int(window.Seconds())))
	h.Set("RateLimit", fmt.Sprintf(`"operations";r=%d;t=%d`, left, seconds))
	if !ok {
		h.Set("Retry-After", strconv.Itoa(seconds))
		x.fail(w, r, http.StatusTooManyRequests, CodeRateLimited, fmt.Sprintf("This app may send %d operations a minute. Try again in %d seconds", limit, seconds))
	}
	return ok
}
