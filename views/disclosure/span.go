package disclosure

import "slices"

// What can be worked out from many runs is a question of linear algebra. Each run's count
// is the sum over the groups of people who were in the same runs. Adding and subtracting
// runs gives each group a weight; the sum speaks of the groups whose weight is not zero.
// Is there a choice of factors for which these groups have 1 to k-1 people together?
//
// A large group must weigh zero. So everything is looked at modulo the large groups: if
// the small ones vanish then, no choice of factors isolates them, whatever it is. This is
// the usual case.
//
// Else: a sum that weighs zero on a whole basis is zero everywhere. So if the people can be
// put into k bases, each person in one, every sum speaks of one person of each, and so of
// k. This is how many runs over cohorts that overlap anyhow are found harmless.
//
// What is left is searched: the smallest set of groups that a choice of factors leaves over
// has as many independent small groups outside it as there are dimensions less one.

// maxWork bounds the search, in numbers looked at: less than a second. What is not decided
// by then is refused.
const maxWork = 50_000_000

// A vector has one number a run. people is the size of the group that it stands for.
type vector struct {
	at     []uint64
	people int
}

// pivot is the first place that is not zero; -1 if all are.
func (v vector) pivot() int {
	return slices.IndexFunc(v.at, func(x uint64) bool { return x != 0 })
}

// without takes away as much of by as makes v zero where by begins, with a 1.
func (v vector) without(by vector, pivot int) vector {
	factor := v.at[pivot]
	if factor == 0 {
		return v
	}
	rest := vector{make([]uint64, len(v.at)), v.people}
	for i := range rest.at {
		rest.at[i] = subtract(v.at[i], multiply(factor, by.at[i]))
	}
	return rest
}

// A basis holds independent vectors, each beginning with a 1 where no later one has
// anything.
type basis struct {
	vectors []vector
	pivots  []int
}

// reduce is what is left of v modulo the basis; work counts the numbers looked at.
func (b *basis) reduce(v vector, work *int) vector {
	for i, by := range b.vectors {
		v = v.without(by, b.pivots[i])
	}
	*work += len(v.at) * (1 + len(b.vectors))
	return v
}

// add takes v in, if it is independent of what is there.
func (b *basis) add(v vector, work *int) bool {
	v = b.reduce(v, work)
	pivot := v.pivot()
	if pivot < 0 {
		return false
	}
	one, factor := vector{make([]uint64, len(v.at)), v.people}, inverse(v.at[pivot])
	for i, x := range v.at {
		one.at[i] = multiply(x, factor)
	}
	b.vectors, b.pivots = append(b.vectors, one), append(b.pivots, pivot)
	return true
}

// isolates reports whether some sum of so many runs speaks of 1 to k-1 people only.
func isolates(groups []group, runs, k int) bool {
	var large basis
	var small []vector
	work := 0
	for _, g := range groups {
		if g.people < k {
			small = append(small, g.vector(runs))
		} else if len(large.vectors) < runs {
			large.add(g.vector(runs), &work)
		}
	}
	small = project(small, &large, &work)
	if len(small) == 0 || packs(small, runs-len(large.vectors), k) {
		return false
	}
	work = 0
	return search(small, k, &work)
}

func (g group) vector(runs int) vector {
	v := vector{make([]uint64, runs), g.people}
	for run := range v.at {
		v.at[run] = g.in[run/64] >> (run % 64) & 1
	}
	return v
}

// project looks at vectors modulo a basis; those that vanish go.
func project(vectors []vector, by *basis, work *int) []vector {
	var rest []vector
	for _, v := range vectors {
		if v = by.reduce(v, work); v.pivot() >= 0 {
			rest = append(rest, v)
		}
	}
	return rest
}

// packs reports whether k bases of all that the vectors span can be made of the people,
// each person in one; dimensions is how many there are at most. It takes the groups with
// most people left first, and may miss a way that there is.
func packs(vectors []vector, dimensions, k int) bool {
	work := 0
	left := slices.Clone(vectors)
	for round := range k {
		slices.SortStableFunc(left, func(a, b vector) int { return b.people - a.people })
		var b basis
		for i := range left {
			if len(b.vectors) == dimensions {
				break
			}
			if left[i].people > 0 && b.add(left[i], &work) {
				left[i].people--
			}
			if work > maxWork {
				return false
			}
		}
		if round == 0 {
			dimensions = len(b.vectors)
		}
		if len(b.vectors) < dimensions {
			return false
		}
	}
	return true
}

// search finds out whether the groups can be brought to 1 to k-1 people. With one
// dimension left, all that is left over weighs something. With more, one group after the
// other is made to weigh nothing.
func search(vectors []vector, k int, work *int) bool {
	people := 0
	for _, v := range vectors {
		people += v.people
	}
	if people < k || *work > maxWork {
		return true // all of them together are few; or it takes too long to know
	}
	for _, v := range vectors {
		var by basis
		by.add(v, work)
		rest := project(vectors, &by, work)
		if len(rest) == 0 {
			return false // one dimension: there is no other sum than that of all
		}
		if search(rest, k, work) {
			return true
		}
	}
	return false
}
