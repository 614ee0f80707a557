package disclosure

// A flow sends people from one node of the network to another, past one arc: by how much
// that arc's count may change.
type flow struct {
	n            *network
	source, sink int
	past         int   // the arc that is not used
	count        []int // of each arc, as changed
	sent         int
}

func (n *network) flow(source, sink, past int) *flow {
	f := &flow{n: n, source: source, sink: sink, past: past, count: make([]int, len(n.arcs))}
	for i, a := range n.arcs {
		f.count[i] = a.count
	}
	return f
}

// room is how much more can be sent over an arc, starting at one of its ends.
func (f *flow) room(i, node int) int {
	if i == f.past {
		return 0
	}
	if a := f.n.arcs[i]; a.from == node {
		return a.high - f.count[i]
	}
	return f.count[i] - f.n.arcs[i].low
}

func (n *network) otherEnd(i, node int) int {
	if n.arcs[i].from == node {
		return n.arcs[i].to
	}
	return n.arcs[i].from
}

// send sends up to so many, by shortest ways, and says how many.
func (f *flow) send(wanted int) int {
	before := f.sent
	for f.sent-before < wanted {
		by := f.way()
		if by == nil {
			break
		}
		amount := wanted - (f.sent - before)
		f.walk(by, func(i, node int) { amount = min(amount, f.room(i, node)) })
		f.walk(by, func(i, node int) {
			if f.n.arcs[i].from == node {
				f.count[i] += amount
			} else {
				f.count[i] -= amount
			}
		})
		f.sent += amount
	}
	return f.sent - before
}

// way finds a shortest way with room; by has the arc over which each node was reached.
func (f *flow) way() (by []int) {
	by = make([]int, f.n.nodes)
	for i := range by {
		by[i] = -1
	}
	queue := []int{f.source}
	for len(queue) > 0 {
		node := queue[0]
		queue = queue[1:]
		for _, i := range f.n.at[node] {
			next := f.n.otherEnd(i, node)
			if next == f.source || by[next] >= 0 || f.room(i, node) <= 0 {
				continue
			}
			if by[next] = i; next == f.sink {
				return by
			}
			queue = append(queue, next)
		}
	}
	return nil
}

// walk visits the arcs of a way from its end, each with the node where it is entered.
func (f *flow) walk(by []int, visit func(i, node int)) {
	for node := f.sink; node != f.source; {
		i := by[node]
		node = f.n.otherEnd(i, node)
		visit(i, node)
	}
}

// cheapest finds the entries that have to be hidden for one more to be sent: those with
// the fewest people. The cost is -1 if there is no way.
func (f *flow) cheapest() (entries []int, cost int) {
	const far = int(^uint(0) >> 1)
	distance, by := make([]int, f.n.nodes), make([]int, f.n.nodes)
	done := make([]bool, f.n.nodes)
	for i := range distance {
		distance[i] = far
	}
	distance[f.source] = 0
	for {
		node := -1
		for i, d := range distance {
			if !done[i] && d < far && (node < 0 || d < distance[node]) {
				node = i
			}
		}
		if node < 0 {
			return nil, -1
		}
		if node == f.sink {
			break
		}
		done[node] = true
		for _, i := range f.n.at[node] {
			next := f.n.otherEnd(i, node)
			if c := f.price(i, node); c >= 0 && distance[node]+c < distance[next] {
				distance[next], by[next] = distance[node]+c, i
			}
		}
	}
	f.walk(by, func(i, node int) {
		if f.room(i, node) <= 0 {
			entries = append(entries, i)
		}
	})
	return entries, distance[f.sink]
}

// price is what it costs to use an arc: nothing where there is room, the people who are
// no longer told of where it has to be hidden for that, and -1 if that does not help.
func (f *flow) price(i, node int) int {
	if i == f.past {
		return -1
	}
	if f.room(i, node) > 0 {
		return 0
	}
	a := f.n.arcs[i]
	if a.fixed || a.hidden || a.from == node && f.count[i] >= a.most || a.from != node && f.count[i] <= a.least {
		return -1
	}
	return 1 + a.count
}
