package resolvers

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// Counted is how often a user did something that is bounded, as the servers of one database
// tell each other, so that nobody has more of it where there are more of them.
type Counted struct {
	// What is searches, similar, nobody or operations.
	What string `json:"w"`
	// User is a keyed hash of who it was: notices name nobody.
	User string `json:"u"`
	N    int    `json:"n"`
}

// The kinds of Counted.
const (
	countedSearches   = "searches"
	countedSimilar    = "similar"
	countedNobody     = "nobody"
	countedOperations = "operations"
)

// Sharing tells other servers what is counted here. The zero Sharing tells nobody.
type Sharing struct {
	// Secret is the same on every server.
	Secret []byte
	// Tell is called with everything that is counted. It must not wait; nil tells nobody.
	Tell func(Counted)
}

// user names somebody to other servers; client is "" where it does not matter by which.
func (s Sharing) user(client, issuer, subject string) string {
	mac := hmac.New(sha256.New, s.Secret)
	for _, part := range []string{"patchwork counted", client, issuer, subject} {
		mac.Write([]byte(part))
		mac.Write([]byte{0})
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:12])
}

func (s Sharing) tell(what, user string, n int) {
	if s.Tell != nil && n > 0 {
		s.Tell(Counted{what, user, n})
	}
}

// Elsewhere counts what another server has counted.
func (x *Executor) Elsewhere(c Counted) {
	switch {
	case c.N <= 0:
	case c.What == countedOperations:
		x.pace.elsewhere(c)
	default:
		x.resolver.Probes.elsewhere(c)
	}
}

func (p *Probes) elsewhere(c Counted) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	u := p.named(c.User, now)
	var t *times
	switch c.What {
	case countedSearches:
		t = &u.searches
	case countedSimilar:
		t = &u.similar
	case countedNobody:
		t = &u.nobody
	default:
		return
	}
	t.since(now.Add(-max(time.Minute, p.limits.NobodyWithin)))
	for range min(c.N, max(p.limits.PerMinute, p.limits.SimilarPerMinute, p.limits.Nobody)) {
		*t = append(*t, now)
	}
}

func (p *pace) elsewhere(c Counted) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.minute(c.User, p.now()).n += c.N
}

// key is who asks, as it is counted.
func (p *Probes) key(s *auth.Session) string { return p.Sharing.user("", s.Issuer, s.Subject) }
