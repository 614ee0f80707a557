package review

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
)

// Kind is why something is in the queue. The zero Kind is none. The kinds from
// SameSurname to SameAddress, but for Family, are also the words of audit.Event.Flags,
// and so are Probing and SearchVolume; Family may be one.
type Kind string

// The kinds.
const (
	// BreakGlass: somebody saw, in an emergency, what policy holds back.
	BreakGlass Kind = "break-glass"
	// SelfClaimed: somebody stated a legitimate relationship themselves.
	SelfClaimed Kind = "self-claimed"
	// SameSurname: user and patient share a surname.
	SameSurname Kind = "same-surname"
	// OwnRecord: the user opened their own record.
	OwnRecord Kind = "own-record"
	// Family: the same surname and the same address, or a registered relative.
	Family Kind = "family"
	// Colleague: the patient is another member of staff.
	Colleague Kind = "colleague"
	// SameAddress: user and patient live at one address.
	SameAddress Kind = "same-address"
	// UnusualVolume: far more different patients in an hour than is usual.
	UnusualVolume Kind = "unusual-volume"
	// UnusualTime: at night, in a role that does not work nights.
	UnusualTime Kind = "unusual-time"
	// Probing: looked up numbers in numeric order, or many that lead to nobody.
	Probing Kind = "probing"
	// SearchVolume: searched more often than is allowed.
	SearchVolume Kind = "search-volume"
)

// Kinds lists every kind, in the order above.
func Kinds() []Kind {
	return []Kind{BreakGlass, SelfClaimed, SameSurname, OwnRecord, Family, Colleague, SameAddress, UnusualVolume, UnusualTime, Probing, SearchVolume}
}

// State is where an item stands. The zero State is none.
type State string

// The states: an item is new until somebody begins its review, and may be put back.
const (
	StateNew      State = "new"
	StateInReview State = "in-review"
	StateClosed   State = "closed"
)

// States lists every state, in the order above.
func States() []State { return []State{StateNew, StateInReview, StateClosed} }

// Outcome is what a review found. The zero Outcome is none yet.
type Outcome string

// The outcomes.
const (
	Appropriate        Outcome = "appropriate"
	Inappropriate      Outcome = "inappropriate"
	NeedsInvestigation Outcome = "needs-investigation"
	Mistaken           Outcome = "mistaken"
)

// Outcomes lists every outcome, in the order above.
func Outcomes() []Outcome {
	return []Outcome{Appropriate, Inappropriate, NeedsInvestigation, Mistaken}
}

// Item is one thing that a privacy officer should look at.
type Item struct {
	// ID is opaque.
	ID   string
	Kind Kind
	// Patient is Patchwork's opaque id; "" if it is about many (from UnusualVolume on).
	Patient string
	// Actor is who did it, as at the first event.
	Actor audit.Actor
	// Reason is what the actor gave as a reason at the first event; "" if none.
	Reason string
	// Organisations are the ODS codes that the item belongs to, sorted: the actor's,
	// and where the patient was registered when the item was made.
	Organisations []string
	// Seq is the first event's place in the ledger.
	Seq int64
	// Events is how many events the item stands for; of UnusualVolume, the most
	// different patients within an hour.
	Events int64
	// Opened is when it happened, UTC.
	Opened time.Time
	State  State
	// Reviewer is who began the review; zero while it is new.
	Reviewer audit.Actor
	// Outcome, Note and Closed are zero until it is closed. Closed is UTC.
	Outcome Outcome
	Note    string
	Closed  time.Time
	// History is every step so far, oldest first; only Queue.Item and the steps fill it.
	History []Step

	steps int64 // how many; a step on an older number is refused
}

// In reports whether the item belongs to an organisation. It belongs to none of "".
func (i *Item) In(organisation string) bool {
	return organisation != "" && slices.Contains(i.Organisations, organisation)
}

// Step is one thing that was done with an item.
type Step struct {
	// At is when, UTC.
	At time.Time
	// Name is "begin", "close" or "reopen".
	Name  string
	Actor audit.Actor
	// Outcome is what a "close" found; Note is what was written.
	Outcome Outcome
	Note    string
}

// Sentence says in one plain line what happened. It names the user, never the patient.
func (i *Item) Sentence() string {
	who := i.Actor.Name
	if who == "" {
		who = "A user without a name"
	}
	return who + " " + i.what()
}

func (i *Item) what() string {
	switch i.Kind {
	case BreakGlass:
		return "broke the glass in an emergency."
	case SelfClaimed:
		return "claimed a relationship with the patient."
	case SameSurname:
		return "looked at somebody of the same surname."
	case OwnRecord:
		return "looked at their own record."
	case Family:
		return "looked at somebody who seems to be family."
	case Colleague:
		return "looked at a colleague's record."
	case SameAddress:
		return "looked at somebody of the same address."
	case UnusualVolume:
		return "opened " + strconv.FormatInt(i.Events, 10) + " different patients within an hour."
	case Probing:
		return "looked up numbers as if to try them out."
	case SearchVolume:
		return "searched more often than is allowed."
	case UnusualTime:
		return "opened records at night, as " + strings.ReplaceAll(i.Actor.Role, "-", " ") + "."
	}
	return "did something to look into."
}
