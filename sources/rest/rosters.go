package rest

import (
	"context"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// Rosters is how team lists are read.
type Rosters struct {
	// List gives a row with kind (WARD, CLINIC or CASELOAD), id and name for each of them.
	List *Ask `yaml:"list"`
	// People gives who is on one now, by {roster} and {kind}, as rows of people. Where
	// people.by_local_id is there, subject is enough: who they are is asked there.
	People *Ask `yaml:"people"`
}

func (v *check) rosters(c *Config) {
	r := c.Rosters
	if r == nil {
		return
	}
	if c.People == nil {
		v.add("rosters", "needs people, whose columns say who is who")
	}
	for _, one := range []struct {
		path  string
		ask   *Ask
		needs needs
	}{
		{"rosters.list", r.List, needs{may: []string{"today"}, rows: true}},
		{"rosters.people", r.People, needs{oneOf: [][]string{{"roster"}}, may: []string{"kind", "today"}, rows: true}},
	} {
		if one.ask == nil {
			v.add(one.path, "is missing")
			continue
		}
		v.ask(one.path, one.ask, one.needs)
	}
}

// rostering is a source that offers rosters.
type rostering struct {
	*finder
	list *asking
	on   *view
}

var _ sources.Rosters = (*rostering)(nil)

// Rosters implements sources.Rosters.
func (s *rostering) Rosters(ctx context.Context) ([]sources.Roster, error) {
	all, err := s.listed(ctx)
	if err != nil {
		return nil, err
	}
	return all.Rosters, nil
}

func (s *rostering) listed(ctx context.Context) (*columns.RosterList, error) {
	var all columns.RosterList
	t, gaps, _, err := s.table(ctx, s.list, params{"today": s.today()}, false)
	if err == nil && len(gaps) > 0 {
		err = cut(gaps[0], sources.TooManyRosters())
	}
	if err != nil {
		return nil, err
	}
	return &all, t.each(func(header []string) (func([]string) error, error) {
		at, err := columns.Positions(header, "kind", "id", "name")
		return func(cells []string) error {
			_, err := all.Add(cells[at[0]], cells[at[1]], cells[at[2]])
			return err
		}, err
	})
}

// cut is the error of a list that something is missing from: a shorter list would read as
// "not there" (hazard H-02).
func cut(g sources.Gap, tooMany *sources.Error) error {
	if g.Code == "row-cap" || g.Code == "page-cap" {
		return tooMany
	}
	return &sources.Error{Kind: sources.Malformed, Code: g.Code, Reason: g.Reason}
}

// Roster implements sources.Rosters. An API may answer about a list that is not there as
// about an empty one: so the lists are asked for too.
func (s *rostering) Roster(ctx context.Context, kind sources.RosterKind, id string) ([]record.Person, error) {
	all, err := s.listed(ctx)
	if err != nil {
		return nil, err
	}
	if !all.Has(kind, id) {
		return nil, sources.NoSuchRoster()
	}
	t, gaps, unknown, err := s.table(ctx, s.on.asking, params{"roster": {id}, "kind": {string(kind)}, "today": s.today()}, true)
	switch {
	case err != nil:
		return nil, err
	case unknown:
		return nil, sources.NoSuchRoster()
	case len(gaps) > 0:
		return nil, cut(gaps[0], sources.RosterTooLong())
	}
	var on columns.Members
	if err := s.persons(s.on, t, on.Add); err != nil {
		return nil, err
	}
	return s.known(ctx, on.People)
}

// known says who the people of a list are: by their local ids, where they can be asked
// for, so that a list that pairs one person's id with another's name shows (hazard H-01).
func (s *rostering) known(ctx context.Context, on []record.Person) ([]record.Person, error) {
	if s.byLocalID == nil {
		for i := range on {
			if on[i].Name.IsZero() || on[i].BirthDate == "" {
				return nil, missing("no-details", "It lists people there without their names or birth dates")
			}
		}
		return on, nil
	}
	ids, who := make([]string, len(on)), map[string]record.Person{}
	for i := range on {
		ids[i] = on[i].Subject
	}
	if err := s.by(ctx, s.byLocalID, "id", ids, func(p record.Person) { who[p.Subject] = p }); err != nil {
		return nil, err
	}
	people := make([]record.Person, len(on))
	for i, listed := range on {
		p, ok := who[listed.Subject]
		switch {
		case !ok:
			return nil, missing("person-missing", "It lists somebody there of whom it says nothing else")
		case listed.BirthDate != "" && listed.BirthDate != p.BirthDate, listed.NHSNumber != "" && listed.NHSNumber != p.NHSNumber:
			return nil, columns.WrongPatient()
		}
		people[i] = p
	}
	return people, nil
}

func missing(code, reason string) error {
	return &sources.Error{Kind: sources.Malformed, Code: code, Reason: reason}
}
