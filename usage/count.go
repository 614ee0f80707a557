package usage

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

const (
	// flushEvery is how often counts go to the database; a server that is killed loses so much.
	flushEvery = 10 * time.Second
	// sameLook is within which the same person by the same user is opened once.
	sameLook = 30 * time.Minute
	// mostLooks bounds what is remembered of that.
	mostLooks = 100_000
	// keptFor is how long counts are kept.
	keptFor = 400 * 24 * time.Hour
)

// Door is how users come in.
type Door string

// The doors, as the graph calls them.
const (
	SignIn Door = "SIGN_IN"
	Launch Door = "LAUNCH"
	App    Door = "APP"
	API    Door = "API"
)

// Counter counts. Safe for concurrent use; nothing that counts waits for the database.
type Counter struct {
	// Viewer is the client id of our own pages; Painted is told of each first paint, nil of none.
	// Zone is the region's. Set them before the Counter is shared.
	Viewer  string
	Painted func(door Door, took time.Duration)
	Zone    *time.Location
	Log     *slog.Logger

	write, read *sql.DB
	secret      []byte
	now         func() time.Time

	mu     sync.Mutex
	days   map[place]*counts
	paints map[paint]int
	looks  map[[sha256.Size]byte]time.Time
	told   map[string]int // first paints of sessions in this minute
	minute int64
}

// place is a row of the table.
type place struct {
	day, organisation, role string
	door                    Door
}

type counts struct {
	name             string
	opened, searches int
	users            map[string]bool
}

// New keeps counts in the database; secret is the server's, the same on every server.
func New(write, read *bun.DB, secret []byte, now func() time.Time) *Counter {
	return &Counter{write: write.DB, read: read.DB, secret: secret, now: now, Zone: time.UTC, Log: slog.New(slog.DiscardHandler),
		days: map[place]*counts{}, paints: map[paint]int{}, looks: map[[sha256.Size]byte]time.Time{}, told: map[string]int{}}
}

// DoorOf is how a session's user came in.
func (c *Counter) DoorOf(s *auth.Session) Door {
	switch {
	case s.App != "" && s.App != c.Viewer:
		if s.Login == "" {
			return API
		}
		return App
	case s.Launch.Opened():
		return Launch
	case s.Login == "":
		return API
	}
	return SignIn
}

// Count takes in what a session did, as the ledger has it. A list of people is no opening of each, and
// a run of a view is nobody's look.
func (c *Counter) Count(s *auth.Session, events []audit.Event) {
	if s == nil || s.View != nil || s.Role == "" {
		return
	}
	opened, searches, patient := 0, 0, ""
	for i := range events {
		switch e := &events[i]; {
		case e.Action == audit.ActionRead && e.Patient != "" && e.Decision != audit.Deny:
			opened++
			patient = e.Patient
		case e.Action == audit.ActionSearch && e.Patient == "" && e.Decision == audit.Permit && len(e.Flags) == 0:
			searches++
		}
	}
	if opened > 1 {
		opened = 0
	}
	if opened+searches == 0 {
		return
	}
	now := c.now()
	day := now.In(c.Zone).Format(time.DateOnly)
	who := c.who(day, s)
	c.mu.Lock()
	defer c.mu.Unlock()
	if opened > 0 && !c.first(who, patient, now) {
		opened = 0
	}
	p := place{day, s.Organisation.ODS, string(s.Role), c.DoorOf(s)}
	n := c.days[p]
	if n == nil {
		n = &counts{users: map[string]bool{}}
		c.days[p] = n
	}
	n.name, n.opened, n.searches = s.Organisation.Name, n.opened+opened, n.searches+searches
	n.users[who] = true
}

// who is a digest of the user that leads nowhere without the secret, and is another tomorrow.
func (c *Counter) who(day string, s *auth.Session) string {
	m := hmac.New(sha256.New, c.secret)
	_, _ = fmt.Fprintf(m, "usage %q %q %q", day, s.Issuer, s.Subject)
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:12])
}

// first reports whether the user has not opened the person a moment ago.
func (c *Counter) first(who, patient string, now time.Time) bool {
	key := sha256.Sum256([]byte(who + " " + patient))
	at, seen := c.looks[key]
	if len(c.looks) >= mostLooks {
		clear(c.looks)
	}
	if seen && now.Sub(at) < sameLook {
		return false
	}
	c.looks[key] = now
	return true
}

// Run writes counts to the database until ctx ends, and then what is left.
func (c *Counter) Run(ctx context.Context) {
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for failing := false; ; {
		last := false
		select {
		case <-tick.C:
		case <-ctx.Done():
			last = true
		}
		flushing, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushEvery/2)
		err := c.Flush(flushing)
		cancel()
		if err != nil && !failing {
			c.Log.Warn("usage cannot be counted; it is kept until it can", "kind", fmt.Sprintf("%T", err))
		}
		failing = err != nil
		if last {
			return
		}
	}
}
