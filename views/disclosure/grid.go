package disclosure

// An entry is one count of a table: inside it, or a total.
type entry struct {
	count      int
	values     []string
	totals     []bool
	suppressed bool
}

// A line is a row or a column of the table with its total, or the totals of rows or
// columns with the grand total.
type line struct {
	total int // the entry
	parts []int
	// adds says that everybody stands in one part only, so that the parts add up to the
	// total; else they add up to more.
	adds bool
}

// A grid is a table with its true counts. The last entry is the grand total.
type grid struct {
	rows, columns int // columns is 0 if there is one dimension
	entries       []entry
	lines         []line
}

// all is how "all values" is written.
const all = "*"

// grid counts the people. The entries are the cells row by row, the totals of the rows,
// those of the columns, and the grand total; of one dimension, its cells and the total.
func (t *Tally) grid() *grid {
	t.compact()
	rows, rowAt := sorted(t.values[0])
	columns, columnAt := sorted(t.values[1])
	g := &grid{rows: len(rows), columns: len(columns)}
	if t.dimensions == 1 {
		for _, value := range rows {
			g.entries = append(g.entries, entry{values: []string{value}, totals: []bool{false}})
		}
		g.entries = append(g.entries, entry{values: []string{all}, totals: []bool{true}})
	} else {
		for _, row := range rows {
			for _, column := range columns {
				g.entries = append(g.entries, entry{values: []string{row, column}, totals: []bool{false, false}})
			}
		}
		for _, row := range rows {
			g.entries = append(g.entries, entry{values: []string{row, all}, totals: []bool{false, true}})
		}
		for _, column := range columns {
			g.entries = append(g.entries, entry{values: []string{all, column}, totals: []bool{true, false}})
		}
		g.entries = append(g.entries, entry{values: []string{all, all}, totals: []bool{true, true}})
	}
	g.count(t.rows, rowAt, columnAt)
	g.line()
	return g
}

// count counts rows in order of people.
func (g *grid) count(rows []tallied, rowAt, columnAt []int) {
	grand := len(g.entries) - 1
	inColumn := make([]int, g.columns) // 1 + the last person counted in a column's total
	for i, r := range rows {
		newPerson := i == 0 || rows[i-1].person != r.person
		if newPerson {
			g.entries[grand].count++
		}
		row := rowAt[r.row]
		if g.columns == 0 {
			g.entries[row].count++
			continue
		}
		column := columnAt[r.column]
		g.entries[row*g.columns+column].count++
		if newPerson || rows[i-1].row != r.row {
			g.entries[g.rowTotal(row)].count++
		}
		if inColumn[column] != int(r.person)+1 {
			inColumn[column] = int(r.person) + 1
			g.entries[g.columnTotal(column)].count++
		}
	}
}

func (g *grid) rowTotal(row int) int       { return g.rows*g.columns + row }
func (g *grid) columnTotal(column int) int { return g.rows*g.columns + g.rows + column }

// line finds the lines of the table: of each row, of each column, of the totals of rows,
// of the totals of columns.
func (g *grid) line() {
	grand := len(g.entries) - 1
	if g.columns == 0 {
		g.addLine(grand, 0, g.rows, 1)
		return
	}
	for row := range g.rows {
		g.addLine(g.rowTotal(row), row*g.columns, g.columns, 1)
	}
	for column := range g.columns {
		g.addLine(g.columnTotal(column), column, g.rows, g.columns)
	}
	g.addLine(grand, g.rowTotal(0), g.rows, 1)
	g.addLine(grand, g.columnTotal(0), g.columns, 1)
}

func (g *grid) addLine(total, from, parts, step int) {
	l := line{total: total}
	sum := 0
	for i := range parts {
		l.parts = append(l.parts, from+i*step)
		sum += g.entries[from+i*step].count
	}
	l.adds = sum == g.entries[total].count
	g.lines = append(g.lines, l)
}

// cells writes the table down.
func (g *grid) cells(r rounding) []Cell {
	cells := make([]Cell, len(g.entries))
	for i, e := range g.entries {
		cells[i] = Cell{Values: e.values, Totals: e.totals, Suppressed: e.suppressed}
		if !e.suppressed {
			cells[i].Count = r.of(e.count)
		}
	}
	return cells
}
