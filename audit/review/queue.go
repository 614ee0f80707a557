package review

import (
	"context"
	"database/sql"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
)

// Queue is the privacy officer's queue. Safe for concurrent use; several servers may
// share one database. Set the fields before it is shared.
type Queue struct {
	// Zone is the region's clock, for days and nights; New sets UTC.
	Zone *time.Location
	// Volume is how many different patients within an hour are still usual; New sets 60.
	Volume int
	// NightFrom and NightUntil are the hours (0–23, in Zone) at which the night begins
	// and is over; New sets 22 and 6.
	NightFrom, NightUntil int
	// DayRoles are the roles that do not work nights; New sets those of a usual region.
	DayRoles []string
	// Homes gives the organisations (ODS codes) where a patient is registered; nil if
	// an item is to belong to the actor's organisation only.
	Homes func(ctx context.Context, patient string) []string
	// Alert is called once for each glass that is broken, by one of the servers; again
	// only if that server was killed before Alert returned. nil is no alert.
	Alert func(Item)
	// Log says when the ledger cannot be followed; New sets one that says nothing.
	Log *slog.Logger

	write, read *sql.DB
	ledger      *audit.Ledger
	now         func() time.Time
	batch       int // the most events of one round
	lately      atomic.Pointer[lately]
}

// New keeps the queue in the database. It makes no item until it follows the ledger
// (Follow). now is the clock of the steps; items have the time of their events.
func New(write, read *bun.DB, ledger *audit.Ledger, now func() time.Time) *Queue {
	return &Queue{
		Zone: time.UTC, Volume: 60, NightFrom: 22, NightUntil: 6,
		DayRoles: []string{"receptionist", "gp", "practice-nurse", "pharmacist", "social-worker", "analyst"},
		Log:      slog.New(slog.DiscardHandler),
		write:    write.DB, read: read.DB, ledger: ledger, now: now, batch: roundEvents,
	}
}
