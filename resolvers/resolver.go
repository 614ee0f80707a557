package resolvers

import (
	"context"
	"log/slog"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/review"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/smart"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/check"
	"github.com/patchworkcare/patchwork/stages"
	"github.com/patchworkcare/patchwork/switches"
	adoption "github.com/patchworkcare/patchwork/usage" // probing.go has a usage of its own
	"github.com/patchworkcare/patchwork/viewer"
	"github.com/patchworkcare/patchwork/views"
)

// Resolver is what every resolver needs. All fields are set before the first request
// and not changed after.
type Resolver struct {
	// Systems are the sources in the configuration's order, which is the order of
	// outcomes and of preference for a person's demographics.
	Systems []*sources.System
	// About is what systems are for, in the region's words, by source; nil says nothing of any.
	About map[string]string
	// Switches are how the systems were switched off and on.
	Switches *switches.Store
	// Stages are in which stage of its life each system is; Trials try those that are not
	// live, nil tries none.
	Stages *stages.Store
	Trials *stages.Trials
	Index  *patient.Index
	// Policies decide; the Guard is theirs.
	Policies *policy.Store
	// Relations are what stands between callers and patients.
	Relations *relationship.Store
	Ledger    *audit.Ledger
	// Reviews is the privacy officer's queue, Staff the register by which looks at
	// oneself, family and colleagues are flagged.
	Reviews *review.Queue
	Staff   *review.Staff
	// Accounts are who signed in and what is switched off, Sessions who is signed in now,
	// Logins the ways of signing in; nil Logins are none but Patchwork's own accounts.
	Accounts *accounts.Accounts
	Sessions *auth.Sessions
	Logins   Logins
	// Lists are those of patients that people keep.
	Lists *lists.Store
	// Views are analysts' and care teams' custom views, and their runs.
	Views *views.Store
	// Viewer keeps what users keep of the viewer; Summaries are how the summary is arranged
	// for who has not arranged it.
	Viewer    *viewer.Store
	Summaries viewer.Summaries
	// Usage counts how much the record is used.
	Usage *adoption.Counter
	// Clients are the apps, services and EPRs that are registered.
	Clients *smart.Clients
	// SelfTest tries what an EPR has registered and sends; TestLauncher the connection of one
	// that is a SMART server itself, known if the configuration has it.
	SelfTest     func(ctx context.Context, t smart.Trial) ([]smart.Check, error)
	TestLauncher func(ctx context.Context, id string) (steps []auth.Step, known bool, err error)
	// CheckSource probes one source of the configuration within the CheckLimits; nothing of its
	// report tells of anybody.
	CheckSource func(ctx context.Context, id string) (*check.Report, error)
	// Probes counts what users search for; nil is NewProbes with its defaults.
	Probes *Probes
	Now    func() time.Time
	// Zone is the region's, for words about time; nil is UTC.
	Zone *time.Location
	Log  *slog.Logger

	// Wait is how long a reader waits for slow sources if it does not say; MaxWait is
	// the most it may say.
	Wait, MaxWait time.Duration
	// FieldByField turns the straight-line encoder off, so that the executor writes
	// every field: for the test that both roads give the same bytes.
	FieldByField bool

	schema   *access // set by NewExecutor
	reads    begun
	shapes   shapes
	wordings wordings
	checking checking
}

// defaults for Wait and MaxWait: the other systems' data within a second of asking,
// and no answer later than 2.5 s (assurance.md §3).
const (
	DefaultWait    = 800 * time.Millisecond
	DefaultMaxWait = 2 * time.Second
)

// waitFor turns the argument `wait` (milliseconds; nil is the default) into a moment.
func (r *Resolver) waitFor(ctx context.Context, wait *int) time.Time {
	d := r.Wait
	if wait != nil {
		d = min(time.Duration(max(*wait, 0))*time.Millisecond, r.MaxWait)
	}
	return requestFrom(ctx).started.Add(d)
}
