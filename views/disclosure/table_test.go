package disclosure

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// shapes are the tables that the attacker can try all populations of.
var shapes = []struct {
	name           string
	rows, columns  int
	severalRows    bool
	severalColumns bool
	people         int // at most
}{
	{"one dimension", 4, 0, false, false, 30},
	{"one dimension, several values", 3, 0, true, true, 11},
	{"2×2", 2, 2, false, false, 36},
	{"2×3", 2, 3, false, false, 18},
	{"3×3", 3, 3, false, false, 11},
	{"2×2, several columns", 2, 2, false, true, 16},
	{"2×2, several rows", 2, 2, true, false, 16},
	{"2×2, several of both", 2, 2, true, true, 7},
}

// TestTablesAgainstAnAttacker: over random tables, the attacker who tries every population
// finds nothing out.
func TestTablesAgainstAnAttacker(t *testing.T) {
	t.Parallel()
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			p := kindsOf(s.rows, s.columns, s.severalRows, s.severalColumns)
			published, hidden, refused := 0, 0, 0
			rapid.Check(t, func(t *rapid.T) {
				k := rapid.IntRange(3, 4).Draw(t, "k")
				round := rapid.SampledFrom([]int{1, 1, 2, 3, 5}).Draw(t, "round")
				people := drawPeople(t, p, s.people)
				truth := p.counts(people)
				table, err := p.tallyOf(people).Table(k, round)
				if err != nil {
					refused++
					return
				}
				// Values that nobody has are no rows of the table, and no kinds of people.
				of, truth := p.without(truth)
				checkTable(t, of, table, truth, k, round)
				if found := of.attack(table, truth, k, round); found != "" {
					t.Fatalf("k %d, rounded to %d, people %v: %s\n%s", k, round, people, found, written(table, truth))
				}
				published++
				if slices.ContainsFunc(table, func(c Cell) bool { return c.Suppressed }) {
					hidden++
				}
			})
			t.Logf("%d tables published, %d of them with something hidden, %d refused", published, hidden, refused)
			if published == 0 || hidden == 0 {
				t.Error("nothing was tested")
			}
		})
	}
}

// TestTablesThatGaveThingsAway: what the attacker found with one rule of protect.go left
// out, and random tables rarely show.
func TestTablesThatGaveThingsAway(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		rows, columns int
		people        []int // by cell
		k, round      int
	}{
		"published counts are known to be k at least": {4, 0, []int{9, 4, 2, 2}, 4, 2},
		"hidden zeros that could only be zeros":       {3, 3, []int{2, 3, 0, 0, 0, 1, 0, 0, 3}, 3, 1},
	} {
		p := kindsOf(test.rows, test.columns, false, false)
		people := make([]int, len(p.kinds))
		for kind, cells := range p.kinds {
			people[kind] = test.people[cells[0]]
		}
		truth := p.counts(people)
		table, err := p.tallyOf(people).Table(test.k, test.round)
		if err != nil {
			continue // nothing is told
		}
		if found := p.attack(table, truth, test.k, test.round); found != "" {
			t.Errorf("%s: %s\n%s", name, found, written(table, truth))
		}
	}
}

// drawPeople gives some kinds of people few, others many.
func drawPeople(t *rapid.T, p population, most int) []int {
	people := make([]int, len(p.kinds))
	left := rapid.IntRange(3, most).Draw(t, "people")
	for left > 0 {
		kind := rapid.IntRange(0, len(people)-1).Draw(t, "kind")
		many := min(left, rapid.SampledFrom([]int{1, 1, 2, 3, 5, 8, 12}).Draw(t, "many"))
		people[kind] += many
		left -= many
	}
	return people
}

// without leaves out rows and columns that nobody stands in.
func (p population) without(truth []int) (population, []int) {
	width := max(1, p.columns)
	var rows, columns []int
	for row := range p.rows {
		if slices.Max(truth[row*width:(row+1)*width]) > 0 {
			rows = append(rows, row)
		}
	}
	for column := range width {
		for row := range p.rows {
			if truth[row*width+column] > 0 {
				columns = append(columns, column)
				break
			}
		}
	}
	of := population{rows: len(rows), columns: min(p.columns, len(columns))}
	place := map[int]int{}
	var counts []int
	for i, row := range rows {
		for j, column := range columns {
			place[row*width+column] = i*len(columns) + j
			counts = append(counts, truth[row*width+column])
		}
	}
	inner := p.rows * width
	if p.columns > 0 {
		for _, row := range rows {
			counts = append(counts, truth[inner+row])
		}
		for _, column := range columns {
			counts = append(counts, truth[inner+p.rows+column])
		}
	}
	for _, kind := range p.kinds {
		var cells []int
		for _, cell := range kind {
			if at, ok := place[cell]; ok {
				cells = append(cells, at)
			}
		}
		if len(cells) == len(kind) {
			of.kinds = append(of.kinds, cells)
		}
	}
	return of, append(counts, truth[len(truth)-1])
}

// checkTable holds what is shown to the truth.
func checkTable(t *rapid.T, p population, table []Cell, truth []int, k, round int) {
	if len(table) != len(truth) {
		t.Fatalf("%d cells, want %d", len(table), len(truth))
	}
	for i, cell := range table {
		switch count := truth[i]; {
		case cell.Suppressed:
			if cell.Count != 0 {
				t.Fatalf("%v is suppressed and reads %d", cell.Values, cell.Count)
			}
		case count > 0 && count < k:
			t.Fatalf("%v has %d people and is shown", cell.Values, count)
		case count == 0 && cell.Count != 0, count > 0 && cell.Count != nearest(count, round):
			t.Fatalf("%v has %d people and reads %d", cell.Values, count, cell.Count)
		}
	}
	for _, m := range p.margins() {
		for _, part := range m.parts {
			if truth[m.total] < k && !table[part].Suppressed {
				t.Fatalf("%v is shown, of a row or column of few people", table[part].Values)
			}
		}
	}
}

// written shows a table with the truth beside it, for a failing test.
func written(table []Cell, truth []int) string {
	var text strings.Builder
	for i, cell := range table {
		shown := fmt.Sprint(cell.Count)
		if cell.Suppressed {
			shown = "hidden"
		}
		fmt.Fprintf(&text, "%v: %s (%d)\n", cell.Values, shown, truth[i])
	}
	return text.String()
}

// TestTheAttackerCanWin: against the same tables without complementary suppression it
// does, so that the test above can fail.
func TestTheAttackerCanWin(t *testing.T) {
	t.Parallel()
	p := kindsOf(2, 2, false, false)
	people := []int{2, 9, 8, 10}
	truth := p.counts(people)
	g := p.tallyOf(people).grid()
	g.hideSmall(3)
	g.hideZeros(3)
	if found := p.attack(g.cells(rounding{to: 1, least: 3}), truth, 3, 1); !strings.Contains(found, "[0 0], really 2, is one of 1 counts") {
		t.Errorf("found %q", found)
	}
}

// TestTables: what is hidden, in examples. A table is written row by row, each with its
// total at the end, and the totals of the columns below; * is hidden.
func TestTables(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		counts   [][]int // rows of cells; a single row is a table of one dimension
		k, round int
		want     string
	}{
		"nothing to hide":                    {[][]int{{12, 33, 8}}, 5, 5, "10 35 10 55"},
		"not rounded":                        {[][]int{{12, 33, 8}}, 5, 1, "12 33 8 53"},
		"one small takes the next smallest":  {[][]int{{12, 33, 2}}, 5, 1, "* 33 * 47"},
		"one small, hidden by rounding":      {[][]int{{41, 33, 52, 22, 3}}, 8, 5, "40 35 50 20 * 150"},
		"one small and one just large":       {[][]int{{4, 50, 6}}, 7, 1, "* 50 * 60"},
		"two small, of three people":         {[][]int{{1, 50, 2}}, 5, 1, "* * * 53"},
		"one small in two dimensions":        {[][]int{{2, 40}, {50, 60}}, 5, 1, "* * 42 / * * 110 / 52 100 152"},
		"the same, rounded":                  {[][]int{{2, 40}, {50, 60}}, 5, 5, "* 40 * / * 60 110 / 50 100 150"},
		"the same, of many rows and columns": {[][]int{{120, 33, 2}, {110, 14, 31}, {40, 22, 19}}, 8, 5, "120 * * 155 / 110 15 30 155 / 40 20 * 80 / 270 70 50 390"},
		"zeros are shown":                    {[][]int{{0, 20, 30}, {30, 0, 40}, {30, 40, 50}}, 5, 5, "0 20 30 50 / 30 0 40 70 / 30 40 50 120 / 60 60 120 240"},
		"a row of one value hides its zeros": {[][]int{{0, 20, 0}, {30, 20, 30}, {40, 40, 40}}, 5, 5, "* * * 20 / 30 20 30 80 / 40 40 40 120 / 70 80 70 220"},
		"a row of few hides its zeros":       {[][]int{{3, 0, 0}, {30, 40, 50}, {60, 70, 80}}, 5, 5, "* * * * / 30 40 50 120 / 60 70 80 210 / 95 110 130 335"},
		"a row of few in two cells":          {[][]int{{1, 2, 0}, {30, 40, 50}, {60, 70, 80}}, 5, 5, "* * * * / 30 40 50 120 / 60 70 80 210 / 90 110 130 335"},
		"everybody has the same value":       {[][]int{{60}}, 5, 5, ""},
		"everybody is in the same row":       {[][]int{{20, 40}, {0, 0}}, 5, 5, ""},
		"nobody has much company":            {[][]int{{1, 1, 1, 1, 1, 1}}, 5, 5, ""},
	} {
		p := population{rows: len(test.counts), columns: len(test.counts[0])}
		if p.rows == 1 {
			p = population{rows: p.columns}
		}
		people := slices.Concat(test.counts...)
		for cell := range people {
			p.kinds = append(p.kinds, []int{cell})
		}
		table, err := p.tallyOf(people).Table(test.k, test.round)
		if test.want == "" {
			if !errors.Is(err, ErrTable) {
				t.Errorf("%s: got %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := p.drawn(table); got != test.want {
			t.Errorf("%s: got  %s\nwant %s", name, got, test.want)
		}
	}
}

// drawn writes a table as TestTables has it.
func (p population) drawn(table []Cell) string {
	var rows []string
	write := func(cells ...int) {
		var row []string
		for _, i := range cells {
			if table[i].Suppressed {
				row = append(row, "*")
			} else {
				row = append(row, fmt.Sprint(table[i].Count))
			}
		}
		rows = append(rows, strings.Join(row, " "))
	}
	margins := p.margins()
	for _, m := range slices.Concat(margins[:min(p.rows, len(margins)-1)], margins[len(margins)-1:]) {
		write(append(m.parts, m.total)...)
	}
	return strings.Join(rows, " / ")
}

// TestTallyRefuses: what makes no table.
func TestTallyRefuses(t *testing.T) {
	t.Parallel()
	people := func(n int, dimensions ...string) *Tally {
		tally := NewTally(dimensions)
		for i := range n {
			tally.Add(fmt.Sprint(i), []string{fmt.Sprint("row ", i%2), fmt.Sprint("column ", i%3)}[:max(1, min(2, len(dimensions)))])
		}
		return tally
	}
	spoilt := people(50, "a")
	spoilt.Add("", []string{"x"})
	short := people(50, "a", "b")
	short.Add("x", []string{"x"})
	fine := NewTally([]string{"a", "b"})
	for i := range 102 {
		for j := range 102 {
			fine.Add(fmt.Sprint(i, " ", j), []string{fmt.Sprint(i), fmt.Sprint(j)})
		}
	}
	for name, test := range map[string]struct {
		tally    *Tally
		k, round int
		want     error
	}{
		"well":                      {people(60, "a", "b"), 5, 5, nil},
		"rounded by default":        {people(60, "a", "b"), 5, 0, nil},
		"no dimension":              {people(60), 5, 5, errTally},
		"three dimensions":          {people(60, "a", "b", "c"), 5, 5, errTally},
		"a dimension twice":         {people(60, "a", "a"), 5, 5, errTally},
		"somebody without an id":    {spoilt, 5, 5, errValues},
		"somebody without a value":  {short, 5, 5, errValues},
		"k of two":                  {people(60, "a"), 2, 5, errSmallK},
		"k of none":                 {people(60, "a"), 0, 5, errSmallK},
		"rounded to less than none": {people(60, "a"), 5, -5, errRounding},
		"a cohort of one":           {people(1, "a"), 5, 5, ErrSmallCohort},
		"a cohort of fewer than k":  {people(4, "a"), 5, 5, ErrSmallCohort},
		"nobody":                    {people(0, "a"), 5, 5, ErrSmallCohort},
		"more cells than bearable":  {fine, 5, 5, ErrTooFine},
	} {
		if _, err := test.tally.Table(test.k, test.round); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", name, err, test.want)
		} else if err != nil && strings.ContainsAny(err.Error(), "0123456789") {
			t.Errorf("%s: %v says how many", name, err)
		}
	}
}

// TestTalliesPeople: people are counted, not rows, in any order, and the table is the same
// each time.
func TestTalliesPeople(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		type row struct{ person, a, b string }
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) row {
			return row{fmt.Sprint(rapid.IntRange(0, 40).Draw(t, "person")), rapid.SampledFrom([]string{"x", "y", "*"}).Draw(t, "a"), rapid.SampledFrom([]string{"p", "q"}).Draw(t, "b")}
		}), 1, 200).Draw(t, "rows")
		count := func(rows []row) *grid {
			tally := NewTally([]string{"a", "b"})
			for _, r := range rows {
				tally.Add(r.person, []string{r.a, r.b})
			}
			return tally.grid()
		}
		g := count(rows)
		for _, e := range g.entries {
			people := map[string]bool{}
			for _, r := range rows {
				if (e.totals[0] || r.a == e.values[0]) && (e.totals[1] || r.b == e.values[1]) {
					people[r.person] = true
				}
			}
			if len(people) != e.count {
				t.Fatalf("%v %v has %d people, want %d", e.values, e.totals, e.count, len(people))
			}
		}
		again := count(rapid.Permutation(rows).Draw(t, "again"))
		for i, e := range g.entries {
			if o := again.entries[i]; o.count != e.count || !slices.Equal(o.values, e.values) {
				t.Fatalf("in another order, %v has %d people and not %d", o.values, o.count, e.count)
			}
		}
	})
}
