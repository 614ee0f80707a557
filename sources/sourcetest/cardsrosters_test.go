package sourcetest_test

import (
	"context"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// drawers are the cards' rosters: one ward, whose people stand on a card of its own.
const drawers = "ward-1"

func (c *cards) Rosters(ctx context.Context) ([]sources.Roster, error) {
	if _, err := c.drawer(ctx); err != nil {
		if c.flaw == "rosters-on-fault" {
			return nil, nil
		}
		return nil, err
	}
	return []sources.Roster{{Kind: sources.Ward, ID: drawers, Name: "The ward"}}, nil
}

func (c *cards) Roster(ctx context.Context, kind sources.RosterKind, id string) ([]record.Person, error) {
	if kind != sources.Ward || id != drawers {
		if c.flaw == "no-roster-is-empty" {
			return nil, nil
		}
		return nil, sources.NoSuchRoster()
	}
	found, err := c.drawer(ctx)
	switch {
	case err != nil && c.flaw == "roster-empty-on-fault":
		return nil, nil
	case err != nil && c.flaw == "roster-quotes":
		return nil, &sources.Error{Kind: sources.AsError(err).Kind, Code: "failed", Reason: "Ashworth could not be read"}
	case err != nil:
		return nil, err
	}
	var people []record.Person
	for _, a := range found.Allergies { // the ward's card keeps its people where others keep allergies
		people = append(people, record.Person{Base: record.Base{Subject: a.ID, Provenance: record.Provenance{LocalID: a.ID}},
			Name: record.HumanName{Family: a.Text}, BirthDate: record.Date(a.Date)})
	}
	if c.flaw == "roster-cuts" {
		people = people[:1]
	}
	return people, nil
}

func (c *cards) drawer(ctx context.Context) (found card, err error) {
	err = c.env.Call(ctx, func(ctx context.Context) (err error) {
		found, err = c.get(ctx, drawers)
		return err
	})
	return found, err
}
