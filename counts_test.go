package main

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/resolvers"
)

// Two servers tell each other what they have counted, however much it is, and hear nothing of
// what they have said themselves.
func TestCountsAreToldToOtherServers(t *testing.T) {
	t.Parallel()
	dsn := dbtest.Postgres(t)
	one, two := dbtest.Open(t, dsn), dbtest.Open(t, dsn)
	said, heard := newCounts(one, []byte("secret")), newCounts(two, []byte("secret"))
	ctx, stop := context.WithCancel(context.Background())
	begun, done := make(chan struct{}, 2), make(chan struct{})
	got := map[string]int{}
	all := make(chan struct{})
	go func() {
		defer close(done)
		two.Hear(ctx, func() { begun <- struct{}{} }, func(notice string) {
			said.heard(notice, func(resolvers.Counted) { t.Error("a server hears itself") })
			heard.heard(notice, func(c resolvers.Counted) {
				if got[c.User] += c.N; len(got) == 250 {
					close(all)
				}
			})
		})
	}()
	t.Cleanup(func() { stop(); <-done })
	<-begun
	for i := range 250 {
		for range 3 {
			said.add(resolvers.Counted{What: "searches", User: fmt.Sprintf("%016d", i), N: 1})
		}
	}
	said.say(ctx)
	said.say(ctx) // there is nothing more to be told
	select {
	case <-all:
	case <-time.After(30 * time.Second):
		t.Fatal("not all is heard")
	}
	stop()
	<-done
	for user, n := range got {
		if n != 3 {
			t.Errorf("%s: %d", user, n)
		}
	}
	heard.heard(countsHead+"{", func(resolvers.Counted) { t.Error("what cannot be read counts") })
	if c := newCounts(dbtest.Open(t, dbtest.SQLite(t)), nil); c.sharing.Tell != nil {
		t.Error("a server that is alone tells")
	}
}
