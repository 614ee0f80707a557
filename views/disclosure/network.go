package disclosure

import "slices"

// A table whose counts add up is a circulation of people: from the hub of the rows' totals
// through each row's total to the row, through each cell to its column, through the
// column's total to the hub of the columns' totals, and through the grand total back.
// Whatever the attacker holds possible is a circulation within bounds, and to change one
// count is to send people around a circle. By how much one count may change is therefore a
// maximal flow, and all whole numbers up to that are possible.
//
// Where people have several values, a row's cells add up to more than its total; what is
// over flows in from outside and out again. That no cell exceeds its total has no place in
// a network, so that the attacker is held to know the total exactly there.
type network struct {
	arcs  []arc
	nodes int
	at    [][]int // arcs by node, those that leave and those that arrive
	grand int     // the greatest count there can be
}

// An arc is a count with what the attacker knows of it. The arcs of the entries come
// first, in their order; the others are what is over.
type arc struct {
	from, to  int
	count     int
	low, high int
	hidden    bool
	fixed     bool // the grand total, zeros and what is over: nothing can be hidden there
	// least and most bound what is possible once it is hidden.
	least, most int
}

// network builds the circulation with what is hidden by now.
func (g *grid) network(r rounding) *network {
	grand := len(g.entries) - 1
	n := &network{nodes: len(g.lines) + 1, grand: g.entries[grand].count}
	outside := len(g.lines)
	from, to := make([]int, len(g.entries)), make([]int, len(g.entries))
	if g.columns == 0 {
		for i := range g.rows {
			from[i], to[i] = 0, outside
		}
		from[grand], to[grand] = outside, 0
	} else {
		rowHub, columnHub := len(g.lines)-2, len(g.lines)-1
		for row := range g.rows {
			for column := range g.columns {
				from[row*g.columns+column], to[row*g.columns+column] = row, g.rows+column
			}
			from[g.rowTotal(row)], to[g.rowTotal(row)] = rowHub, row
		}
		for column := range g.columns {
			from[g.columnTotal(column)], to[g.columnTotal(column)] = g.rows+column, columnHub
		}
		from[grand], to[grand] = columnHub, rowHub
	}
	for i, e := range g.entries {
		a := arc{from: from[i], to: to[i], count: e.count, hidden: e.suppressed, least: 1, most: n.grand}
		a.low, a.high = r.bounds(e.count)
		if i == grand {
			a.low, a.high = e.count, e.count
		}
		a.fixed = i == grand || e.count == 0
		n.arcs = append(n.arcs, a)
	}
	n.overlaps(g, outside)
	for i := range g.entries {
		if a := &n.arcs[i]; a.hidden && !a.fixed {
			a.open()
		}
		n.arcs[i].low, n.arcs[i].high = max(n.arcs[i].low, min(n.arcs[i].least, n.arcs[i].count)), min(n.arcs[i].high, n.arcs[i].most)
	}
	n.at = make([][]int, n.nodes)
	for i, a := range n.arcs {
		n.at[a.from] = append(n.at[a.from], i)
		n.at[a.to] = append(n.at[a.to], i)
	}
	return n
}

// overlaps adds what is over in lines that do not add up, and bounds their entries.
func (n *network) overlaps(g *grid, outside int) {
	for node, l := range g.lines {
		if l.adds {
			continue
		}
		over := -g.entries[l.total].count
		for _, i := range l.parts {
			over += g.entries[i].count
			n.arcs[i].most = min(n.arcs[i].most, g.entries[l.total].count)
		}
		n.arcs[l.total].least = max(n.arcs[l.total].least, g.entries[l.total].count)
		// Parts leave the nodes of rows and of their hub, and arrive at those of columns.
		a := arc{from: outside, to: node, count: over, high: over + n.grand, fixed: true}
		if n.arcs[l.parts[0]].to == node {
			a.from, a.to = node, outside
		}
		n.arcs = append(n.arcs, a)
	}
}

// open hides an entry: all counts of somebody are possible.
func (a *arc) open() { a.hidden, a.low, a.high = true, a.least, a.most }

// hide makes sure that a hidden entry cannot be worked out. What has to be hidden besides
// is returned, and hidden in the network; if that is nothing, the entry is safe.
func (n *network) hide(entry, k int) (more []int, ok bool) {
	target := n.arcs[entry]
	// What may be added and taken away, and how much of both together is enough.
	up, down, wanted := target.most-target.count, target.count-target.least, k-1
	if target.count == 0 {
		down, wanted = 0, 1
	}
	upwards := n.flow(target.to, target.from, entry)
	if upwards.send(min(wanted, up)) >= wanted {
		return nil, true
	}
	downwards := n.flow(target.from, target.to, entry)
	if upwards.sent+downwards.send(min(wanted-upwards.sent, down)) >= wanted {
		return nil, true
	}
	var cheapest []int
	cost := -1
	if upwards.sent < up {
		cheapest, cost = upwards.cheapest()
	}
	if downwards.sent < down {
		if other, c := downwards.cheapest(); c >= 0 && (cost < 0 || c < cost) {
			cheapest, cost = other, c
		}
	}
	if cost < 0 {
		return nil, false
	}
	for _, i := range cheapest {
		n.arcs[i].open()
	}
	slices.Sort(cheapest)
	return cheapest, true
}
