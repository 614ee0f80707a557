package columns

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Positions finds columns in a header by their names, as Bind does: one that is missing
// or there twice is an error that names it. The position of "" is -1.
func Positions(header []string, names ...string) ([]int, error) {
	h := heading{names: header, used: make([]bool, len(header))}
	at := make([]int, len(names))
	for i, name := range names {
		at[i] = -1
		if name != "" {
			at[i] = h.find(name)
		}
	}
	return at, h.err
}

// RosterList gathers the rosters that rows name, each once, in the order of the rows.
type RosterList struct {
	Rosters []sources.Roster
	seen    map[sources.Roster]bool
}

// Add takes the roster of a row and gives its kind and id. The kind is WARD, CLINIC or
// CASELOAD, in any case; a row of another kind, or without an id or name, is a list that
// cannot be understood.
func (l *RosterList) Add(kind, id, name string) (key sources.Roster, err error) {
	r := sources.Roster{Kind: sources.RosterKind(strings.ToUpper(strings.TrimSpace(kind))), ID: strings.TrimSpace(id), Name: strings.TrimSpace(name)}
	if !r.Kind.Known() || r.ID == "" || r.Name == "" || len(kind)+len(id)+len(name) > maxRosterText {
		return key, &sources.Error{Kind: sources.Malformed, Code: "bad-roster", Reason: "A row of its wards, clinics and caseloads has no kind, id or name that is known"}
	}
	key = sources.Roster{Kind: r.Kind, ID: r.ID}
	switch {
	case l.seen[key]:
		return key, nil
	case len(l.Rosters) == sources.MostRosters:
		return key, sources.TooManyRosters()
	case l.seen == nil:
		l.seen = map[sources.Roster]bool{}
	}
	l.seen[key] = true
	l.Rosters = append(l.Rosters, r)
	return key, nil
}

// maxRosterText bounds what a row says of its roster, in bytes.
const maxRosterText = 1000

// Has reports whether there is such a roster.
func (l *RosterList) Has(kind sources.RosterKind, id string) bool {
	return l.seen[sources.Roster{Kind: kind, ID: id}]
}

// Members gathers who is on a roster, each once, in the order they come.
type Members struct {
	People []record.Person
	place  map[string]int
}

// Add takes a person. One without a local id cannot be listed, and leaving them out
// would say that they are not there; two people under one id are nobody's (hazard H-01).
func (m *Members) Add(p record.Person) error {
	if p.Subject == "" {
		return NoLocalID()
	}
	if at, twice := m.place[p.Subject]; twice {
		if was := &m.People[at]; was.BirthDate != p.BirthDate || was.NHSNumber != p.NHSNumber {
			return WrongPatient()
		}
		return nil
	}
	if len(m.People) == sources.MostOnRoster {
		return sources.RosterTooLong()
	}
	if m.place == nil {
		m.place = map[string]int{}
	}
	m.place[p.Subject] = len(m.People)
	m.People = append(m.People, p)
	return nil
}

// NoLocalID is the error of a roster that lists somebody without saying who.
func NoLocalID() error {
	return &sources.Error{Kind: sources.Malformed, Code: "no-local-id", Reason: "It lists people there without saying who they are"}
}
