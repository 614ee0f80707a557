package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"
)

// inTurn hands each request to the next server, so that no two of one road in, of a launch or
// of a code are answered by the same one.
type inTurn struct {
	servers []http.Handler
	next    atomic.Int64
	stay    atomic.Bool // all go to the first now
}

// ServeHTTP implements http.Handler.
func (i *inTurn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n := int(i.next.Add(1)) % len(i.servers)
	if i.stay.Load() {
		n = 0
	}
	i.servers[n].ServeHTTP(w, r)
}

// threefold gives the address of a region that will be three servers, and what makes it so
// once the first is there.
func threefold(t *testing.T) (address string, begin func(r *region) *inTurn) {
	t.Helper()
	front := httptest.NewUnstartedServer(nil)
	t.Cleanup(front.Close)
	return "http://" + front.Listener.Addr().String(), func(r *region) *inTurn {
		turns := &inTurn{servers: []http.Handler{r.server.handler()}}
		for n := range 2 {
			config := *r.server.config
			config.Audit.Witness = filepath.Join(t.TempDir(), fmt.Sprint("witness-", n))
			s, err := open(context.WithoutCancel(t.Context()), &config, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := s.close(); err != nil {
					t.Error(err)
				}
			})
			turns.servers = append(turns.servers, s.handler())
		}
		front.Config.Handler = turns
		front.Start()
		r.http = front
		return turns
	}
}
