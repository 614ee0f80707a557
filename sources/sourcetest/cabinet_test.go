package sourcetest_test

import (
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// contents is what the card cabinet holds.
func contents() map[string]string {
	return map[string]string{
		"/9990000018": `{"subject": "9990000018", "allergies": [
			{"id": "1", "text": "Penicillin", "date": "2019-04-02"}, {"id": "2", "text": "Latex", "date": "2021"}]}`,
		"/9990000026": `{"subject": "9990000026", "allergies": [{"id": "3", "text": "Peanut", "date": "2020-11"}]}`,
		"/9990000034": `{"subject": "9990000034", "none": "No known allergies"}`,
		"/ward-1": `{"allergies": [{"id": "9990000026", "text": "Bellamy", "date": "1971-11-30"},
			{"id": "9990000018", "text": "Ashworth", "date": "1956-03-12"}]}`,
	}
}

// cabinet is the system that cards reads: a real HTTP server that can misbehave, on an
// address that stays its own while it is down.
type cabinet struct {
	address string

	mu     sync.Mutex
	acts   sourcetest.Behaviour
	server *http.Server
	cards  map[string]string
}

func startCabinet(t *testing.T, cards map[string]string) *cabinet {
	t.Helper()
	c := &cabinet{address: "127.0.0.1:0", cards: cards}
	c.up(t)
	t.Cleanup(c.down)
	return c
}

func (c *cabinet) up(t *testing.T) {
	if c.server != nil {
		return
	}
	l, err := net.Listen("tcp", c.address)
	if err != nil {
		t.Fatal(err)
	}
	c.address = l.Addr().String()
	c.server = &http.Server{Handler: c}
	go func(s *http.Server) { _ = s.Serve(l) }(c.server)
}

func (c *cabinet) down() {
	if c.server != nil {
		_ = c.server.Close()
	}
	c.server = nil
}

func (c *cabinet) behave(t *testing.T, b sourcetest.Behaviour) (bool, string) {
	c.mu.Lock()
	c.acts = b
	c.mu.Unlock()
	if b == sourcetest.Down {
		c.down()
	} else {
		c.up(t)
	}
	return true, ""
}

func (c *cabinet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	acts := c.acts
	c.mu.Unlock()
	card, ok := c.cards[r.URL.Path]
	switch acts {
	case sourcetest.Slow:
		<-r.Context().Done()
	case sourcetest.Unauthorised:
		w.WriteHeader(http.StatusUnauthorized)
	case sourcetest.TooMany:
		w.Header().Set("Retry-After", "2")
		w.WriteHeader(http.StatusTooManyRequests)
	case sourcetest.Malformed:
		_, _ = w.Write([]byte("<html>Welcome</html>"))
	case sourcetest.Truncated:
		w.Header().Set("Content-Length", "4096")
		_, _ = w.Write([]byte(card[:len(card)/2]))
	case sourcetest.WrongPatient:
		other := "/9990000018"
		if strings.HasSuffix(r.URL.Path, other) {
			other = "/9990000026"
		}
		_, _ = w.Write([]byte(c.cards[other]))
	default:
		if !ok {
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = w.Write([]byte(card))
	}
}
