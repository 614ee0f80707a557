package csvfile

import (
	"context"
	"slices"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// Roster implements sources.Rosters: who is on it by the roster file, and who they are
// by the people file.
func (s *rostering) Roster(ctx context.Context, kind sources.RosterKind, id string) ([]record.Person, error) {
	of := sources.Roster{Kind: kind, ID: id}
	b, err := s.read(ctx, of)
	if err != nil {
		return nil, err
	}
	if !b.list.Has(kind, id) {
		return nil, sources.NoSuchRoster()
	}
	if len(b.on) == 0 {
		return nil, nil
	}
	found, err := s.details(ctx, &b)
	if err != nil {
		return nil, err
	}
	people := make([]record.Person, 0, len(b.on))
	for _, local := range b.on {
		p, known := found[local]
		if !known {
			return nil, malformed("person-missing", "It lists somebody there of whom it gives no details")
		}
		if !s.agree(&p, b.numbers[local]) {
			return nil, columns.WrongPatient()
		}
		people = append(people, p)
	}
	for i := range people {
		s.given.add(&people[i])
	}
	return people, nil
}

// agree reports whether a row of the roster file with this number is about p: an
// extract joined on the wrong row keeps the number of the person it is really about.
func (s *rostering) agree(p *record.Person, number record.NHSNumber) bool {
	if number == "" {
		return true
	}
	if p.NHSNumber != "" && p.NHSNumber != number && !slices.Contains(p.FormerNHSNumbers, number) {
		return false
	}
	return s.given.agrees(p.Subject, number)
}

// details are the people of a roster, in one pass over the people file.
func (s *rostering) details(ctx context.Context, of *book) (found map[string]record.Person, err error) {
	m, err := s.manifest(ctx)
	if err != nil {
		return nil, err
	}
	err = s.env.Call(ctx, func(ctx context.Context) error {
		found = make(map[string]record.Person, len(of.on))
		var b *columns.Binding
		_, err := s.scan(ctx, m, []reader{{part: s.people,
			begin: func(header []string) (err error) {
				b, err = s.people.mapping.Bind(header)
				return err
			},
			each: func(cells []string) error {
				local := b.Subject(cells)
				if _, wanted := of.numbers[local]; !wanted || b.Left(cells) {
					return nil
				}
				p := b.Person(cells)
				if was, twice := found[local]; twice && (was.BirthDate != p.BirthDate || was.NHSNumber != p.NHSNumber) {
					return columns.WrongPatient()
				}
				found[local] = p
				return nil
			},
		}})
		return err
	})
	return found, err
}
