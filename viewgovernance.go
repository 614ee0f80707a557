package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/views"
	"github.com/patchworkcare/patchwork/views/disclosure"
)

// SecondaryConfig is what views for other purposes than care need: nil allows none.
// docs/views-governance.md.
type SecondaryConfig struct {
	// OptOuts is a file of the NHS numbers that have opted out, one a line; OptOutsAge how old
	// it may be, default 7 days.
	OptOuts    string        `yaml:"opt_outs"`
	OptOutsAge time.Duration `yaml:"opt_outs_age"`
	// Smallest is the least number of people that may be told of together, default 8; counts
	// are rounded to a multiple of Rounding, default 5.
	Smallest int `yaml:"smallest"`
	Rounding int `yaml:"rounding"`
	// Remember is how long it is known over whom runs were, default 90 days.
	Remember time.Duration `yaml:"remember"`
}

const (
	defaultOptOutsAge = 7 * 24 * time.Hour
	// defaultSmallest is that of NHS England's hospital statistics, which give out no count
	// from 1 to 7.
	defaultSmallest = 8
)

// governance holds views to what other purposes than care need.
type governance struct {
	optOuts           *disclosure.OptOuts
	index             *patient.Index
	secret            []byte
	cohorts           *disclosure.Pseudonyms
	smallest, rounded int
}

// openGovernance opens the file of opt-outs.
func openGovernance(c *SecondaryConfig, secret []byte, index *patient.Index, now func() time.Time) (views.Governance, error) {
	age := c.OptOutsAge
	if age == 0 {
		age = defaultOptOutsAge
	}
	optOuts, err := disclosure.OpenOptOuts(c.OptOuts, age, now)
	if err != nil {
		return nil, fmt.Errorf("views.secondary.opt_outs: %w", err)
	}
	g := &governance{optOuts: optOuts, index: index, secret: secret, smallest: c.Smallest, rounded: c.Rounding}
	if g.smallest == 0 {
		g.smallest = defaultSmallest
	}
	g.cohorts, err = disclosure.NewPseudonyms(secret, "cohorts of all views")
	return g, err
}

// OptedOut reports whether somebody has opted out. Whoever is known without an NHS number, or
// with one that cannot be, counts as if they had: it cannot be told.
func (g *governance) OptedOut(ctx context.Context, id string) (bool, error) {
	p, err := g.index.Get(ctx, id)
	if err != nil {
		return false, err
	}
	for _, n := range append([]record.NHSNumber{p.NHSNumber}, p.FormerNHSNumbers...) {
		out, err := g.optOuts.Has(string(n))
		switch {
		case errors.Is(err, disclosure.ErrNotANumber):
			return true, nil
		case err != nil || out:
			return out, err
		}
	}
	return false, nil
}

// Pseudonym is a patient's, for one view.
func (g *governance) Pseudonym(view, id string) (string, error) {
	p, err := disclosure.NewPseudonyms(g.secret, view)
	if err != nil {
		return "", err
	}
	return p.Of("patient", id), nil
}

// Cohort is what a patient is compared by among all runs.
func (g *governance) Cohort(id string) string { return g.cohorts.Of("patient", id) }

// Generalise makes a value fit for other purposes.
func (g *governance) Generalise(coordinate, value string) (string, bool) {
	return disclosure.Generalise(coordinate, value)
}

// Allows reports whether a field may be in such views.
func (g *governance) Allows(coordinate string) bool {
	return disclosure.Permits("HRESCH", coordinate)
}

// Few refuses cohorts that tell of few people.
func (g *governance) Few(people []string, earlier [][]byte) ([]byte, error) {
	cohort := g.cohorts.Release(people)
	releases := make([]disclosure.Release, len(earlier))
	for i, text := range earlier {
		if err := releases[i].UnmarshalBinary(text); err != nil {
			return nil, err
		}
	}
	err := disclosure.Differs(cohort, releases, g.smallest)
	if errors.Is(err, disclosure.ErrSmallCohort) || errors.Is(err, disclosure.ErrIsolates) {
		return nil, views.ErrFew
	}
	if err != nil {
		return nil, err
	}
	return cohort.MarshalBinary()
}

// Counts counts people with small numbers suppressed.
func (g *governance) Counts(columns []string, add func(func(person string, values []string)) error) ([]views.Cell, error) {
	tally := disclosure.NewTally(columns)
	if err := add(tally.Add); err != nil {
		return nil, err
	}
	table, err := tally.Table(g.smallest, g.rounded)
	switch {
	case errors.Is(err, disclosure.ErrTable), errors.Is(err, disclosure.ErrTooFine), errors.Is(err, disclosure.ErrSmallCohort):
		return nil, views.Wrong("These columns have too many different values to count by without telling of single people: choose coarser ones.")
	case err != nil:
		return nil, err
	}
	cells := make([]views.Cell, len(table))
	for i, c := range table {
		cells[i] = views.Cell{Values: c.Values, Totals: c.Totals, People: int64(c.Count), Suppressed: c.Suppressed}
	}
	return cells, nil
}
