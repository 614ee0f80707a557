package epr

import (
	"crypto/rand"
	"sync"
	"time"
)

// How long things live. SMART App Launch wants a code used within a minute.
const (
	launchLife = 5 * time.Minute
	codeLife   = time.Minute
	tokenLife  = 5 * time.Minute
)

// grant is what the EPR lets an app have: a launch becomes a code, and a code a token.
type grant struct {
	clinician *Clinician
	patient   *Patient
	expires   time.Time
	// from the authorization request
	client, redirectURI, challenge, nonce string
	scopes                                []string
}

// issued is everything that the EPR has given out as a SMART server. It is in memory: an
// EPR of the demo forgets when it ends.
type issued struct {
	now      func() time.Time
	mu       sync.Mutex
	launches map[string]grant
	codes    map[string]grant
	tokens   map[string]grant
	jtis     map[string]time.Time
	clients  map[string]Client
}

func newIssued(now func() time.Time, clients []Client) *issued {
	i := &issued{now: now, launches: map[string]grant{}, codes: map[string]grant{}, tokens: map[string]grant{}, jtis: map[string]time.Time{}, clients: map[string]Client{}}
	for _, c := range clients {
		i.register(c)
	}
	return i
}

func (i *issued) register(c Client) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.clients[c.ID] = c
}

func (i *issued) client(id string) (Client, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	c, ok := i.clients[id]
	return c, ok
}

// give keeps a grant under a new secret.
func (i *issued) give(in map[string]grant, g grant, life time.Duration) string {
	secret := rand.Text()
	i.mu.Lock()
	defer i.mu.Unlock()
	g.expires = i.now().Add(life)
	in[secret] = g
	return secret
}

// take gives what a secret stands for, once.
func (i *issued) take(from map[string]grant, secret string) (grant, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	g, ok := from[secret]
	delete(from, secret)
	return g, ok && i.now().Before(g.expires)
}

func (i *issued) token(secret string) (grant, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	g, ok := i.tokens[secret]
	return g, ok && i.now().Before(g.expires)
}

// once reports whether a client says a jti for the first time.
func (i *issued) once(client, jti string, until time.Time) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	for said, expires := range i.jtis {
		if i.now().After(expires) {
			delete(i.jtis, said)
		}
	}
	key := client + "\n" + jti
	_, said := i.jtis[key]
	i.jtis[key] = until
	return !said
}
