package disclosure

import (
	"cmp"
	"errors"
	"maps"
	"slices"
)

// Why there is no table. None of them says whom it is about, or how many.
var (
	// ErrTable is the answer both where small numbers cannot be hidden and where everybody
	// shares one value: which of them it is would tell.
	ErrTable    = errors.New("this table cannot be published without telling of a few people: take a larger cohort, fewer dimensions or coarser values")
	ErrTooFine  = errors.New("the table has too many cells: take coarser values")
	errTally    = errors.New("a tally has one or two dimensions with different names")
	errValues   = errors.New("somebody was counted with another number of values than there are dimensions, or without an id")
	errRounding = errors.New("counts are rounded to a positive number")
)

// maxCells bounds the work of protecting a table, to some seconds at the worst.
const maxCells = 5_000

// A Tally counts people, not rows: who is added many times with the same values is counted
// once, and who is added with several values stands in several cells and once in each
// total. It is for one caller at a time.
//
// What is not known of somebody needs a value of its own ("not recorded", "not
// answered"): whoever is left out is missing from the totals, and reads as not there.
type Tally struct {
	dimensions int
	values     [2]map[string]uint32 // of each dimension, in order of appearance
	people     map[string]uint32
	rows       []tallied
	fault      error // found while adding, told by Table
}

type tallied struct{ person, row, column uint32 }

// NewTally counts by one or two dimensions. A mistake is told by Table.
func NewTally(dimensions []string) *Tally {
	t := &Tally{dimensions: len(dimensions), people: map[string]uint32{}, values: [2]map[string]uint32{{}, {}}}
	if len(dimensions) < 1 || len(dimensions) > 2 || len(dimensions) == 2 && dimensions[0] == dimensions[1] {
		t.fault = errTally
	}
	return t
}

// Add counts a person with one value for each dimension. Any stable id will do; it is not
// published.
func (t *Tally) Add(person string, values []string) {
	if t.fault != nil {
		return
	}
	if len(values) != t.dimensions || person == "" {
		t.fault = errValues
		return
	}
	row := tallied{person: intern(t.people, person), row: intern(t.values[0], values[0])}
	if t.dimensions == 2 {
		row.column = intern(t.values[1], values[1])
	}
	if len(t.rows) == cap(t.rows) {
		t.compact() // the same row again and again does not make it grow
	}
	t.rows = append(t.rows, row)
}

func intern(known map[string]uint32, text string) uint32 {
	number, ok := known[text]
	if !ok {
		number = uint32(len(known))
		known[text] = number
	}
	return number
}

// compact leaves every row once, in order of people.
func (t *Tally) compact() {
	slices.SortFunc(t.rows, func(a, b tallied) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.row, b.row), cmp.Compare(a.column, b.column))
	})
	full := cap(t.rows)
	if t.rows = slices.Compact(t.rows); len(t.rows) > full/2 {
		t.rows = slices.Grow(t.rows, full)
	}
}

// A Cell is one count of a table.
type Cell struct {
	// Values has one value for each dimension; "*" where Totals says that it stands for all.
	Values []string
	Totals []bool
	// Count is the number of people, rounded; 0 for nobody, and where it is suppressed.
	Count int
	// Suppressed says that the count is not published. It may be small, large or nobody.
	Suppressed bool
}

// Table publishes the counts with their totals, values in order of their text, such that no
// suppressed count can be worked out from the others (protect.go says what that means). k
// is the least number of people that may be told of together, at least MinK; counts are
// rounded to a multiple of round: 0 stands for DefaultRound, and 1 does not round. The same
// counts always give the same table.
func (t *Tally) Table(k, round int) ([]Cell, error) {
	switch {
	case t.fault != nil:
		return nil, t.fault
	case k < MinK:
		return nil, errSmallK
	case round < 0:
		return nil, errRounding
	case round == 0:
		round = DefaultRound
	}
	if len(t.people) < k {
		return nil, ErrSmallCohort
	}
	if len(t.values[0])*max(1, len(t.values[1])) > maxCells {
		return nil, ErrTooFine
	}
	g := t.grid()
	if err := g.protect(k, rounding{to: round, least: k}); err != nil {
		return nil, err
	}
	return g.cells(rounding{to: round, least: k}), nil
}

// sorted gives a dimension's values in order, and each one's place by its number.
func sorted(known map[string]uint32) (values []string, place []int) {
	values = slices.Sorted(maps.Keys(known))
	place = make([]int, len(values))
	for i, value := range values {
		place[known[value]] = i
	}
	return values, place
}
