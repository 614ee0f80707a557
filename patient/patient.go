package patient

import (
	"context"
	"errors"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// Patient is one person across the systems.
type Patient struct {
	// ID is opaque, random (128 bits) and stable; it says nothing about the person.
	ID string
	// FormerIDs are the ids of patients that turned out to be this one.
	FormerIDs []string
	// NHSNumber is the current number; "" if the person is known only locally (LinkOwn).
	NHSNumber record.NHSNumber
	// FormerNHSNumbers are superseded numbers of the same person, sorted.
	FormerNHSNumbers []record.NHSNumber
	// BirthDate is the established one (YYYY-MM-DD); "" until a system with a verified
	// number has stated one.
	BirthDate record.Date
	// Links are the local ids that hold, of all configured systems, in configuration order.
	Links []Link
	// Registrations has one for every configured system, in configuration order.
	Registrations []Registration
	// Restricted: some system marks the person restricted (S-flag), so that they must
	// not be located through any system's data.
	Restricted bool
}

// Link says that a system knows the patient by a local id.
type Link struct {
	// Source is the system's id in the configuration.
	Source  string
	LocalID string
	Status  LinkStatus
	// Since is when it was linked, UTC.
	Since time.Time
	// Evidence says in plain words why it holds, without names, numbers or dates.
	Evidence string
}

// LinkStatus is how sure a link is.
type LinkStatus string

const (
	// LinkVerified: the verified NHS number and the birth date agree.
	LinkVerified LinkStatus = "VERIFIED"
	// LinkTraced: a superseded NHS number of the same person and the birth date agree.
	LinkTraced LinkStatus = "TRACED"
	// LinkPresumed: somebody said so by hand; nothing links so by itself.
	LinkPresumed LinkStatus = "PRESUMED"
	// LinkProbable: scored above the threshold, nothing speaks against it.
	LinkProbable LinkStatus = "PROBABLE"
	// LinkConfirmed: somebody confirmed it by hand.
	LinkConfirmed LinkStatus = "CONFIRMED"
	// LinkOwn: the record itself from which a person without a verified number is known.
	LinkOwn LinkStatus = "OWN"
)

// scored reports whether the link rests on something else than a verified number.
func (s LinkStatus) scored() bool {
	return s == LinkProbable || s == LinkConfirmed || s == LinkOwn
}

// Registration is what one system says about whether it knows the patient.
type Registration struct {
	Source string
	State  State
	// Code is machine-readable and Reason one plain sentence, without personal data;
	// both may be "" when LINKED.
	Code, Reason string
	// Checked is when the system last answered, UTC; zero if it never did.
	Checked time.Time
	// Links are the local ids that hold there; several if it has the person twice.
	Links []Link
	// Restricted: it marks the person restricted (S-flag).
	Restricted bool
	// Labels are the security labels that it puts on its demographics of the person.
	Labels []record.Coding

	traced time.Time // when it was last searched by name; zero if it never was
	trust  string    // System.Trust when it last answered
}

// State is a registration's state. The zero State is none and is never given.
type State string

const (
	// Linked: it knows the patient by Links.
	Linked State = "LINKED"
	// Absent: it answered and does not know the patient.
	Absent State = "ABSENT"
	// Conflict: it has the number with another birth date (not linked, hazard H-01).
	Conflict State = "CONFLICT"
	// Unverified: it has the number but did not verify it, or cannot confirm the birth
	// date (not linked).
	Unverified State = "UNVERIFIED"
	// Unanswered: it was asked and did not answer, or was never asked.
	Unanswered State = "UNANSWERED"
	// Pending: it is being asked; ask again.
	Pending State = "PENDING"
	// Unsearchable: it cannot be asked for people.
	Unsearchable State = "UNSEARCHABLE"
	// Withheld: policy holds back what it said; the index itself never says so.
	Withheld State = "WITHHELD"
)

// ErrNotFound: every system that can be asked answered, and none knows the person.
var ErrNotFound = errors.New("no system knows this person")

// NotAllAnswered: no system that answered knows the person, but some did not answer:
// the person may be known there.
type NotAllAnswered struct {
	// Sources are the ids of those that did not, in configuration order.
	Sources []string
}

// Error does not name the person.
func (e *NotAllAnswered) Error() string {
	return "no system that answered knows this person, and not all of them answered"
}

// Found is the answer for one NHS number.
type Found struct {
	// Patient is nil if Err is set.
	Patient *Patient
	// Err is ErrNotFound or a *NotAllAnswered.
	Err error
}

// Finder asks one system for people, many at once: the answer is aligned with the
// queries, empty where nobody matches. An error may say why through Failure.
type Finder interface {
	Find(ctx context.Context, queries []record.PersonQuery) ([][]record.Person, error)
}

// Failure may be implemented by a Finder's error to say why in the reader's words:
// a fixed code and one plain sentence, without personal data.
type Failure interface {
	error
	Failure() (code, reason string)
}

// System is one configured system.
type System struct {
	ID string
	// Finder is nil if the system cannot search.
	Finder Finder
	// Deadline bounds one question to it; 0 is 5 s.
	Deadline time.Duration
	// Trust is what the configuration says of its NHS numbers, in any words. What was decided
	// under another Trust is judged anew, before anybody waits for age to do it.
	Trust string
}
