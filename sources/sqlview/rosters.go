package sqlview

import (
	"context"
	"slices"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// Rosters is how team lists are read.
type Rosters struct {
	// Query lists them: the columns kind (WARD, CLINIC or CASELOAD), id and name.
	Query string `yaml:"query"`
	// People gives who is on one now, by :id and :kind, with the columns of the people
	// queries. :today is today's date as YYYY-MM-DD, where the source is.
	People string `yaml:"people"`
}

func (c *Config) rosters() []sources.Problem {
	r := c.Rosters
	if r == nil {
		return nil
	}
	var out []sources.Problem
	if c.People == nil {
		out = append(out, sources.Problem{Path: "rosters", Text: "needs people, whose columns say who is who"})
	}
	out = append(out, c.query("rosters.query", r.Query, nil, []string{"today"})...)
	return append(out, c.query("rosters.people", r.People, []string{"kind", "id"}, []string{"today"})...)
}

// rostering is a source that offers rosters.
type rostering struct {
	*finder
	list   statement
	people *view
}

var _ sources.Rosters = (*rostering)(nil)

func (f *finder) withRosters(r *Rosters, p *People, d columns.Defaults) sources.Source {
	if r == nil {
		return f
	}
	list, _ := parse(f.dialect, r.Query, nil, nil) // Validate has looked at it
	return &rostering{f, list, f.view(r.People, record.Demographics, p.Stanza, d)}
}

// Rosters implements sources.Rosters.
func (s *rostering) Rosters(ctx context.Context) ([]sources.Roster, error) {
	all, err := s.listed(ctx)
	if err != nil {
		return nil, err
	}
	return all.Rosters, nil
}

func (s *rostering) listed(ctx context.Context) (all columns.RosterList, err error) {
	err = s.env.Call(ctx, func(ctx context.Context) error {
		all = columns.RosterList{}
		var fault error
		gaps, err := s.rows(ctx, s.list, map[string][]string{"today": s.today()}, func(header []string) (take, error) {
			at, err := columns.Positions(header, "kind", "id", "name")
			return func(cells []string) {
				if fault == nil {
					_, fault = all.Add(cells[at[0]], cells[at[1]], cells[at[2]])
				}
			}, err
		})
		return firstOf(err, fault, whole(gaps, sources.TooManyRosters()))
	})
	return all, err
}

// Roster implements sources.Rosters. A query about a roster that is not there gives no
// rows, as one about an empty roster does: so the list is asked too.
func (s *rostering) Roster(ctx context.Context, kind sources.RosterKind, id string) ([]record.Person, error) {
	all, err := s.listed(ctx)
	if err != nil {
		return nil, err
	}
	if !all.Has(kind, id) {
		return nil, sources.NoSuchRoster()
	}
	var on columns.Members
	params := map[string][]string{"kind": {string(kind)}, "id": {id}, "today": s.today()}
	err = s.env.Call(ctx, func(ctx context.Context) error {
		on = columns.Members{}
		var fault error
		gaps, err := s.run(ctx, s.people, params, func(b *columns.Binding) take {
			return func(cells []string) {
				if fault == nil && !b.Left(cells) {
					fault = on.Add(b.Person(cells))
				}
			}
		})
		return firstOf(err, fault, whole(gaps, sources.RosterTooLong()))
	})
	if err != nil {
		return nil, err
	}
	if err := s.sure(ctx, on.People); err != nil {
		return nil, err
	}
	return on.People, nil
}

// sure asks who the people of a roster are by their local ids, where the configuration
// can: a query that joins them wrongly gives one person's id with another's name, which
// does not show by itself (hazard H-01).
func (s *rostering) sure(ctx context.Context, people []record.Person) error {
	if s.who == nil {
		return nil
	}
	for part := range slices.Chunk(people, maxIDs) {
		var ids []string
		expected := map[string]*record.Person{}
		for i := range part {
			ids = append(ids, part[i].Subject)
			expected[part[i].Subject] = &part[i]
		}
		met := map[string]bool{}
		same := true
		err := s.finder.people(ctx, s.who, map[string][]string{"ids": ids}, func(p record.Person) {
			was := expected[p.Subject]
			same = same && was != nil && was.BirthDate == p.BirthDate && was.NHSNumber == p.NHSNumber
			met[p.Subject] = true
		})
		if err != nil {
			return err
		}
		if !same || len(met) != len(part) {
			return columns.WrongPatient()
		}
	}
	return nil
}

func (s *source) today() []string { return []string{s.env.Now().In(s.env.Zone).Format("2006-01-02")} }

// whole is the error of an answer that something was left out of: a shorter list would
// read as "not there" (hazard H-02).
func whole(gaps []sources.Gap, e *sources.Error) error {
	if len(gaps) > 0 {
		return e
	}
	return nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
