package sources

import (
	"context"
	"errors"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// RosterKind is what a roster lists. Its words are those of the GraphQL enum.
type RosterKind string

// The kinds of roster.
const (
	// Ward: who is in a ward now.
	Ward RosterKind = "WARD"
	// Clinic: who has an appointment in a clinic today.
	Clinic RosterKind = "CLINIC"
	// Caseload: whom a team looks after.
	Caseload RosterKind = "CASELOAD"
)

// Known reports whether k is one of the kinds.
func (k RosterKind) Known() bool { return k == Ward || k == Clinic || k == Caseload }

// Roster is a ward, clinic or caseload of one system.
type Roster struct {
	Kind RosterKind
	// ID is the system's own id of it, unique within the kind.
	ID string
	// Name is what its people call it.
	Name string
}

// Rosters is a Source that can say who is where. It is optional, found by assertion
// like Finder.
type Rosters interface {
	// Rosters lists the wards, clinics and caseloads that it has now.
	Rosters(ctx context.Context) ([]Roster, error)
	// Roster says who is on one of them now, in the system's order: each as the system
	// states them, with local id in Subject and in Provenance.LocalID, birth date, name
	// and what number it holds. A roster that nobody is on is an empty slice; one that
	// does not exist (any more) is NoSuchRoster, and one that cannot be read to its end
	// an error: a list that is cut is never given as a whole one (hazard H-02).
	Roster(ctx context.Context, kind RosterKind, id string) ([]record.Person, error)
}

const (
	// MostRosters is how many rosters one system may offer.
	MostRosters = 2000
	// MostOnRoster is how many people one roster may list.
	MostOnRoster = 1000
)

var (
	// ErrNoRosters is the Cause when a source offers no rosters.
	ErrNoRosters = errors.New("the source offers no rosters")
	// ErrNoSuchRoster is the Cause when a source does not have the roster asked for.
	ErrNoSuchRoster = errors.New("the source has no such roster")
)

// NoSuchRoster is what a source says of a roster that it does not have.
func NoSuchRoster() *Error {
	return &Error{Kind: Refused, Code: "no-such-roster", Reason: "It has no such ward, clinic or caseload (any more)", Cause: ErrNoSuchRoster}
}

// RosterTooLong is what is said of a roster with more people than MostOnRoster.
func RosterTooLong() *Error {
	return &Error{Kind: Malformed, Code: "roster-too-long", Reason: "It lists more than 1,000 people there, which are not read"}
}

// TooManyRosters is what is said of a system with more rosters than MostRosters.
func TooManyRosters() *Error {
	return &Error{Kind: Malformed, Code: "too-many-rosters", Reason: "It offers more than 2,000 wards, clinics and caseloads, which are not read"}
}

// CanRoster reports whether the source offers rosters.
func (s *System) CanRoster() bool {
	_, ok := s.source.(Rosters)
	return ok
}

// Rosters lists what the source offers; see Rosters. Every error is an *Error; where
// the source offers none its cause is ErrNoRosters.
func (s *System) Rosters(ctx context.Context) ([]Roster, error) {
	offering, ok := s.source.(Rosters)
	if !ok {
		return nil, noRosters()
	}
	var all []Roster
	err := s.ask(ctx, "rosters", func(ctx context.Context) (func(), error) {
		found, err := offering.Rosters(ctx)
		if err == nil {
			err = rostersFault(found)
		}
		return func() { all = found }, err
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// Roster says who is on a roster; see Rosters. Nobody is listed twice. Every error is
// an *Error; the cause of one about a roster that is not there is ErrNoSuchRoster,
// which says nothing against the source.
func (s *System) Roster(ctx context.Context, kind RosterKind, id string) ([]record.Person, error) {
	offering, ok := s.source.(Rosters)
	if !ok {
		return nil, noRosters()
	}
	if !kind.Known() || strings.TrimSpace(id) == "" {
		return nil, NoSuchRoster()
	}
	var people []record.Person
	var missing error
	err := s.ask(ctx, "roster", func(ctx context.Context) (func(), error) {
		found, err := offering.Roster(ctx, kind, id)
		if errors.Is(err, ErrNoSuchRoster) {
			return func() { missing = err }, nil
		}
		if err == nil {
			found, err = onRoster(found)
		}
		return func() { people = found }, err
	})
	if err == nil && missing != nil {
		err = AsError(missing)
	}
	if err != nil {
		return nil, err
	}
	return people, nil
}

func noRosters() *Error {
	return &Error{Kind: Refused, Code: "no-rosters", Reason: "It offers no wards, clinics or caseloads", Cause: ErrNoRosters}
}

// rostersFault is what is wrong with a list of rosters; nil if nothing is. Two of the
// same id could be told apart by nobody.
func rostersFault(all []Roster) error {
	if len(all) > MostRosters {
		return TooManyRosters()
	}
	seen := make(map[Roster]bool, len(all))
	for _, r := range all {
		key := Roster{Kind: r.Kind, ID: r.ID}
		if !r.Kind.Known() || r.ID == "" || r.Name == "" || seen[key] {
			return &Error{Kind: Malformed, Code: "bad-roster", Reason: "Its list of wards, clinics and caseloads could not be understood"}
		}
		seen[key] = true
	}
	return nil
}

// onRoster lets a roster through only if each of its people can be told from all
// others; who stands there twice, with two appointments say, is listed once.
func onRoster(found []record.Person) ([]record.Person, error) {
	people := make([]record.Person, 0, len(found))
	seen := make(map[string]bool, len(found))
	for i := range found {
		p := &found[i]
		if p.Subject == "" || p.Provenance.LocalID != p.Subject {
			return nil, &Error{Kind: Malformed, Code: "no-local-id", Reason: "It lists people there without saying who they are"}
		}
		if !seen[p.Subject] {
			seen[p.Subject] = true
			people = append(people, *p)
		}
	}
	if len(people) > MostOnRoster {
		return nil, RosterTooLong()
	}
	return people, nil
}
