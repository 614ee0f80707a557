package sourcetest

import (
	"context"
	"errors"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Case describes one connector to the suite.
type Case struct {
	// Start starts the system on the other side with its normal data; it is called
	// anew for every part of the suite. It stops by t.Cleanup and leaves no goroutine.
	Start func(t *testing.T) World
	// Known are local ids of people with something recorded in at least one section;
	// at least two, so that answers could be mixed up.
	Known []string
	// Unknown is a well-formed local id that the system does not know.
	Unknown string
	// Nothing is a key of a known person with nothing recorded; zero if there is none.
	Nothing sources.Key
	// Secrets are names, identifiers and birth dates of the normal data that must not
	// stand in any error or log line. Known and Unknown are added by the suite; what is
	// shorter than four characters is not looked for.
	Secrets []string
	// Lookups are tried if the source is a Finder; none is a failure then.
	Lookups []Lookup
	// Rosters are read if the source offers rosters; none is a failure then. NoRoster is
	// a well-formed id that no roster has.
	Rosters  []Rostered
	NoRoster string
	// Undated and Uncoded say, by section, why entries there need no date (Date or
	// Recorded) or no Code. Demographics, practice, personal and professional contacts
	// need neither in any case.
	Undated, Uncoded map[record.Section]string
	// NoCalls is why the source answers without Env.Call; "" if every Fetch calls.
	NoCalls string
	// Golden reads one golden case: it serves input as the system's answer, fetches
	// the section and returns what came. Nil only if there are no cases.
	Golden func(t *testing.T, section record.Section, input []byte) sources.Result
	// GoldenDir is where the cases are; default "testdata/cases".
	GoldenDir string
	// GoldenRoster reads one golden case of rosters: it serves input as the system's
	// answer, lists the rosters and reads the one with the id r1. Nil only if there are
	// no cases.
	GoldenRoster func(t *testing.T, kind sources.RosterKind, input []byte) RosterAnswer
	// RosterDir is where those cases are; default "testdata/rosters".
	RosterDir string
}

// World is the system on the other side and a connector configured to read it.
type World struct {
	Connector sources.Connector
	// Behave makes the system behave so from now on, for connections that exist as
	// well as for new ones. If it cannot, applies is false and why says the reason in
	// one sentence, which the suite writes to the test's log.
	Behave func(Behaviour) (applies bool, why string)
}

// Lookup is a search for people and the local ids it must find, in any order; none
// for nobody.
type Lookup struct {
	Query record.PersonQuery
	Want  []string
}

// Behaviour is how the system on the other side behaves.
type Behaviour string

// The behaviours, and the kind of error each must become.
const (
	// Normal: it answers with its normal data.
	Normal Behaviour = "normal"
	// Down: connections are refused, the folder is gone. Unavailable.
	Down Behaviour = "down"
	// Slow: it takes the request and sends nothing until its client gives up (ten
	// seconds at least). Timeout.
	Slow Behaviour = "slow"
	// Unauthorised: it does not accept who we are: HTTP 401, a wrong password,
	// permission denied. Refused.
	Unauthorised Behaviour = "unauthorised"
	// TooMany: HTTP 429 with Retry-After: 2, too many connections. Refused, and
	// RetryAfter is set where the system can say so.
	TooMany Behaviour = "too many"
	// Malformed: it answers something that is not its format. Malformed.
	Malformed Behaviour = "malformed"
	// Truncated: its answer ends in the middle. Malformed or Unavailable.
	Truncated Behaviour = "truncated"
	// WrongPatient: asked for one person, it answers with another's records, which
	// carry that other person's id. Mismatched through System.
	WrongPatient Behaviour = "wrong patient"
)

// faults are the behaviours that must become an error, and which.
var faults = []struct {
	behaviour Behaviour
	kinds     []sources.Kind
	status    record.Status
}{
	{Down, []sources.Kind{sources.Unavailable}, record.Unavailable},
	{Slow, []sources.Kind{sources.Timeout}, record.TimedOut},
	{Unauthorised, []sources.Kind{sources.Refused}, record.Unavailable},
	{TooMany, []sources.Kind{sources.Refused}, record.Unavailable},
	{Malformed, []sources.Kind{sources.Malformed}, record.Unavailable},
	{Truncated, []sources.Kind{sources.Malformed, sources.Unavailable}, record.Unavailable},
	{WrongPatient, []sources.Kind{sources.WrongPatient}, record.Mismatched},
}

// exempt sections need neither date nor code in any connector: a name or address is
// not a statement at a time.
func exempt(s record.Section) bool {
	switch s {
	case record.Demographics, record.GPPractice, record.PersonalContacts, record.ProfessionalContacts:
		return true
	}
	return false
}

// validate ends the test if the case cannot be run.
func (c *Case) validate(t *testing.T) {
	t.Helper()
	var problems []error
	if c.Start == nil {
		problems = append(problems, errors.New("the case: Start is nil"))
	}
	if len(c.Known) < 2 {
		problems = append(problems, errors.New("the case: Known needs at least two people"))
	}
	if c.Unknown == "" {
		problems = append(problems, errors.New("the case: Unknown is empty"))
	}
	if len(c.Secrets) == 0 {
		problems = append(problems, errors.New("the case: Secrets is empty"))
	}
	if len(problems) > 0 {
		t.Fatal(errors.Join(problems...))
	}
	if c.GoldenDir == "" {
		c.GoldenDir = "testdata/cases"
	}
	if c.RosterDir == "" {
		c.RosterDir = "testdata/rosters"
	}
}

// start starts a world and makes it behave; the part is skipped where that does not
// apply.
func (c *Case) start(t *testing.T, b Behaviour) World {
	t.Helper()
	w := c.Start(t)
	behave(t, w, b)
	return w
}

func behave(t *testing.T, w World, b Behaviour) {
	t.Helper()
	if applies, why := w.Behave(b); !applies {
		if b == Normal {
			t.Fatal("Normal must apply")
		}
		if why == "" {
			t.Fatalf("%s: not applicable, and no reason given", b)
		}
		t.Skipf("not applicable: %s: %s", b, why)
	}
}

// direct is an Env.Call that only runs the call.
func direct(ctx context.Context, do func(context.Context) error) error { return do(ctx) }
