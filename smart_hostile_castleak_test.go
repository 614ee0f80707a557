package main

import (
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// TestCastLeavesNothingBehind: whoever breaks off, says nothing or is cut leaves no goroutine
// and no subscription.
func TestCastLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	h := startHostile(t, dbtest.SQLite(t))
	k := newKey(t, "epr")
	app, epr := h.castClients(k)
	topics := make([]*castCase, 3)
	for i := range topics {
		topics[i] = h.castLaunch(app, epr, k)
	}
	h.refused("a guess", h.send(nil, "GET", "/smart/socket/guess", map[string]string{"Upgrade": "websocket"}, ""), want{status: 404})
	before := serving()
	for range 3 {
		for _, c := range topics {
			well, rude, silent := c.listen(c.app, nil), c.listen(c.app, nil), c.listen(c.app, url.Values{"hub.lease_seconds": {"1"}})
			well.event(c.event, 200)
			_ = well.ws.Close(1000, "")
			_ = rude.ws.CloseNow()
			silent.ends("who says nothing")
			_ = silent.ws.CloseNow()
		}
	}
	deadline := time.Now().Add(10 * time.Second)
	for serving() > before {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines of connections are left, %d before", serving(), before)
		}
		<-time.After(50 * time.Millisecond)
	}
	var left int
	if err := h.server.db.Read.DB.QueryRow(`SELECT COUNT(*) FROM cast_subscription`).Scan(&left); err != nil || left > 0 {
		t.Errorf("%d subscriptions are left, %v", left, err)
	}
	// A connection does not keep the server from going down.
	l := topics[0].listen(topics[0].app, nil)
	begun := time.Now()
	h.server.hub.Close()
	if took := time.Since(begun); took > 3*time.Second {
		t.Errorf("the hub closed after %v", took)
	}
	for {
		if _, err := l.read(); err != nil {
			break
		}
	}
}

// serving counts the goroutines of the hub's connections.
func serving() int {
	text := make([]byte, 8<<20)
	return strings.Count(string(text[:runtime.Stack(text, true)]), "smart/cast.(*conn).")
}
