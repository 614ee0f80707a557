package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"strings"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/resolvers"
)

const (
	// tellEvery is how often the other servers are told what was counted: a user's bounds are
	// those of one server, and what they can do within this time.
	tellEvery = 250 * time.Millisecond
	// toldAtOnce is how many users stand in one notice, which has 7,999 bytes.
	toldAtOnce = 100
	// mostUntold is how many wait to be told; beyond that they count on this server only.
	mostUntold = 10_000
	countsHead = "counts "
)

// counts tells the other servers of one database how often users did what is bounded.
type counts struct {
	db      *migrations.DB
	sharing resolvers.Sharing
	name    string // of this server among them

	mu     sync.Mutex
	untold map[resolvers.Counted]int // with N 0 → how often
}

// countsNotice is a notice's text after countsHead.
type countsNotice struct {
	Server string              `json:"s"`
	Counts []resolvers.Counted `json:"c"`
}

func newCounts(db *migrations.DB, secret []byte) *counts {
	c := &counts{db: db, name: rand.Text(), untold: map[resolvers.Counted]int{}}
	c.sharing.Secret = secret
	if db.Dialect == migrations.Postgres {
		c.sharing.Tell = c.add
	}
	return c
}

func (c *counts) add(one resolvers.Counted) {
	n := one.N
	one.N = 0
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, there := c.untold[one]; there || len(c.untold) < mostUntold {
		c.untold[one] += n
	}
}

// say tells what was counted since the last time. What cannot be told is not told later: by
// then it is over.
func (c *counts) say(ctx context.Context) {
	c.mu.Lock()
	untold := c.untold
	c.untold = map[resolvers.Counted]int{}
	c.mu.Unlock()
	next := countsNotice{Server: c.name}
	flush := func() {
		if text, err := json.Marshal(next); err == nil && len(next.Counts) > 0 {
			_ = c.db.Say(ctx, countsHead+string(text))
		}
		next.Counts = nil
	}
	for one, n := range untold {
		one.N = n
		if next.Counts = append(next.Counts, one); len(next.Counts) == toldAtOnce {
			flush()
		}
	}
	flush()
}

// heard takes in what another server has counted.
func (c *counts) heard(notice string, count func(resolvers.Counted)) {
	text, ours := strings.CutPrefix(notice, countsHead)
	var t countsNotice
	if !ours || json.Unmarshal([]byte(text), &t) != nil || t.Server == c.name {
		return
	}
	for _, one := range t.Counts {
		count(one)
	}
}
