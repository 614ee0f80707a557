package disclosure

import (
	"fmt"
	"strings"
)

// The attacker of the tests, written apart from the code under test: no network, no
// bounds. It tries every population that there can be, of a known number of people, and
// keeps those whose table looks like the published one. What a hidden count is in these is
// what it may be.

// A population says how many people there are of each kind; a kind is the cells that
// somebody stands in.
type population struct {
	rows, columns int     // columns is 0 for one dimension
	kinds         [][]int // cells, row by row
}

// kinds of people: of each dimension everybody has one value, or any number of them.
func kindsOf(rows, columns int, severalRows, severalColumns bool) population {
	p := population{rows: rows, columns: columns}
	cells := rows * max(1, columns)
	width := max(1, columns)
	for set := 1; set < 1<<cells; set++ {
		var kind []int
		inRows, inColumns := map[int]bool{}, map[int]bool{}
		for cell := range cells {
			if set>>cell&1 == 1 {
				kind = append(kind, cell)
				inRows[cell/width], inColumns[cell%width] = true, true
			}
		}
		if (severalRows || len(inRows) == 1) && (severalColumns || len(inColumns) == 1) {
			p.kinds = append(p.kinds, kind)
		}
	}
	return p
}

// counts are the true counts in the order of a table's cells.
func (p population) counts(people []int) []int {
	width := max(1, p.columns)
	inner := p.rows * width
	size := inner + 1
	if p.columns > 0 {
		size += p.rows + p.columns
	}
	counts := make([]int, size)
	for k, many := range people {
		if many == 0 {
			continue
		}
		var seen [64]bool
		for _, cell := range p.kinds[k] {
			counts[cell] += many
			for _, total := range []int{inner + cell/width, inner + p.rows + cell%width} {
				if p.columns > 0 && !seen[total] {
					seen[total] = true
					counts[total] += many
				}
			}
		}
		counts[size-1] += many
	}
	return counts
}

// each tries all ways to be so many people.
func (p population) each(people int, try func(counts []int)) {
	of := make([]int, len(p.kinds))
	var spread func(kind, left int)
	spread = func(kind, left int) {
		if kind == len(of)-1 {
			of[kind] = left
			try(p.counts(of))
			return
		}
		for of[kind] = 0; of[kind] <= left; of[kind]++ {
			spread(kind+1, left-of[kind])
		}
	}
	spread(0, people)
}

// looksLike says whether counts would be published as they were: hidden ones may be
// anything, the others at least k or nobody, and the same when rounded.
func looksLike(table []Cell, counts []int, k, round int) bool {
	for i, cell := range table {
		if cell.Suppressed || i == len(table)-1 {
			continue // and the grand total is known exactly
		}
		switch count := counts[i]; {
		case (count == 0) != (cell.Count == 0), count > 0 && count < k:
			return false
		case count > 0 && nearest(count, round) != cell.Count:
			return false
		}
	}
	return true
}

// nearest rounds half up, and nobody away.
func nearest(count, to int) int {
	for distance := 0; ; distance++ {
		if (count+distance)%to == 0 && 2*distance <= to {
			return count + distance
		}
		if (count-distance)%to == 0 && count-distance > 0 {
			return count - distance
		}
		if count < to {
			return to
		}
	}
}

// A margin is a row, a column or the totals, as places in a table.
type margin struct {
	total int
	parts []int
}

func (p population) margins() []margin {
	if p.columns == 0 {
		m := margin{total: p.rows}
		for row := range p.rows {
			m.parts = append(m.parts, row)
		}
		return []margin{m}
	}
	inner := p.rows * p.columns
	margins := make([]margin, p.rows+p.columns+2)
	ofRows, ofColumns := &margins[p.rows+p.columns], &margins[p.rows+p.columns+1]
	ofRows.total, ofColumns.total = inner+p.rows+p.columns, inner+p.rows+p.columns
	for row := range p.rows {
		margins[row].total = inner + row
		ofRows.parts = append(ofRows.parts, inner+row)
		for column := range p.columns {
			margins[row].parts = append(margins[row].parts, row*p.columns+column)
			margins[p.rows+column].parts = append(margins[p.rows+column].parts, row*p.columns+column)
		}
	}
	for column := range p.columns {
		margins[p.rows+column].total = inner + p.rows + column
		ofColumns.parts = append(ofColumns.parts, inner+p.rows+column)
	}
	return margins
}

// A finding is what the attacker may know of one count: what it can be.
type finding struct {
	counts map[int]bool // for who knows which counts are zero
	some   bool         // a hidden zero may be somebody, for who does not know
}

// attack returns what the attacker finds out that it should not, "" for nothing:
//   - a hidden count of somebody with fewer than k possibilities, for an attacker who knows
//     which counts are zero;
//   - a hidden zero that must be one, for an attacker who does not;
//   - a row, column or table of which everybody has one value, for an attacker who does not;
//   - that 1 to k-1 people of a row, column or table do not have a value.
func (p population) attack(table []Cell, truth []int, k, round int) string {
	findings := make([]finding, len(table))
	for i := range findings {
		findings[i].counts = map[int]bool{}
	}
	margins := p.margins()
	everybody, few := map[[2]int]bool{}, map[[2]int]bool{}
	for _, m := range margins {
		for _, part := range m.parts {
			everybody[[2]int{m.total, part}], few[[2]int{m.total, part}] = true, true
		}
	}
	p.each(truth[len(truth)-1], func(counts []int) {
		if !looksLike(table, counts, k, round) {
			return
		}
		knowing := true
		for i, count := range counts {
			knowing = knowing && (count == 0) == (truth[i] == 0)
			findings[i].some = findings[i].some || count > 0
		}
		for i, count := range counts {
			if knowing {
				findings[i].counts[count] = true
			}
		}
		for _, m := range margins {
			for _, part := range m.parts {
				place, outside := [2]int{m.total, part}, counts[m.total]-counts[part]
				everybody[place] = everybody[place] && outside == 0
				if knowing {
					few[place] = few[place] && outside > 0 && outside < k
				}
			}
		}
	})
	var found []string
	for i, cell := range table {
		switch f := findings[i]; {
		case !cell.Suppressed:
		case truth[i] > 0 && len(f.counts) < k:
			found = append(found, fmt.Sprintf("%v, really %d, is one of %d counts", cell.Values, truth[i], len(f.counts)))
		case truth[i] == 0 && !f.some:
			found = append(found, fmt.Sprintf("%v is nobody", cell.Values))
		}
	}
	for place, known := range everybody {
		if known {
			found = append(found, fmt.Sprintf("everybody in %v is in %v", table[place[0]].Values, table[place[1]].Values))
		}
		if few[place] {
			found = append(found, fmt.Sprintf("few in %v are not in %v", table[place[0]].Values, table[place[1]].Values))
		}
	}
	return strings.Join(found, "; ")
}

// tallyOf adds the people to a tally.
func (p population) tallyOf(people []int) *Tally {
	dimensions := []string{"row", "column"}[:1+min(1, p.columns)]
	t := NewTally(dimensions)
	person := 0
	for k, many := range people {
		for range many {
			person++
			for range 2 { // rows are not people
				for _, cell := range p.kinds[k] {
					t.Add(fmt.Sprint("person ", person), []string{fmt.Sprint(cell / max(1, p.columns)), fmt.Sprint(cell % max(1, p.columns))}[:len(dimensions)])
				}
			}
		}
	}
	return t
}
