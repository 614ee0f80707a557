package disclosure

import (
	"iter"
	"slices"
)

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

// maxWork bounds the work of each step, in numbers looked at: some seconds at the worst.
// What is not decided by then is refused. maxTried bounds the search, and maxSearched its
// memory.
const (
	maxWork     = 1_000_000_000
	maxTried    = 100_000_000
	maxSearched = 8_000_000
)

// A vector has one number a run. people is the size of the group that it stands for.
type vector struct {
	at     []uint64
	people int
}

// pivot is the first place that is not zero; -1 if all are.
func (v vector) pivot() int {
	return slices.IndexFunc(v.at, func(x uint64) bool { return x != 0 })
}

// take takes away as much of by as makes v zero where by begins, with a 1.
func (v vector) take(by vector, pivot int) {
	factor := v.at[pivot]
	if factor == 0 {
		return
	}
	for i := pivot; i < len(v.at); i++ {
		v.at[i] = subtract(v.at[i], multiply(factor, by.at[i]))
	}
}

// A basis holds independent vectors, each beginning with a 1 where no later one has
// anything, and nothing before it.
type basis struct {
	vectors []vector
	pivots  []int
	scratch []uint64
}

// reduce leaves of v what is not of the basis; work counts the numbers looked at.
func (b *basis) reduce(v vector, work *int) {
	for i, by := range b.vectors {
		v.take(by, b.pivots[i])
	}
	*work += len(v.at) * (1 + len(b.vectors))
}

// add takes v in, if it is independent of what is there. v stays as it is.
func (b *basis) add(v vector, work *int) bool {
	b.scratch = append(b.scratch[:0], v.at...)
	rest := vector{b.scratch, v.people}
	b.reduce(rest, work)
	pivot := rest.pivot()
	if pivot < 0 {
		return false
	}
	one, factor := vector{make([]uint64, len(v.at)), v.people}, inverse(rest.at[pivot])
	for i, x := range rest.at {
		one.at[i] = multiply(x, factor)
	}
	b.vectors, b.pivots = append(b.vectors, one), append(b.pivots, pivot)
	return true
}

// isolates reports whether some sum of so many runs speaks of 1 to k-1 people only.
func isolates(groups []group, runs, k int) bool {
	var large basis
	work := 0
	for _, g := range groups {
		if g.people >= k && len(large.vectors) < runs {
			large.add(g.vector(runs), &work)
		}
		if work > maxWork {
			return true
		}
	}
	small := func(yield func(vector) bool) {
		if len(large.vectors) == runs {
			return // every sum speaks of a large group
		}
		for _, g := range groups {
			if g.people >= k {
				continue
			}
			v := g.vector(runs)
			if large.reduce(v, &work); v.pivot() >= 0 && !yield(v) {
				return
			}
		}
	}
	work = 0
	if packs(small, runs-len(large.vectors), k, &work) {
		return false
	}
	var left []vector
	for v := range small {
		if left = append(left, v); len(left)*runs > maxSearched || work > maxWork {
			return true
		}
	}
	work = 0
	return search(left, k, &work)
}

func (g group) vector(runs int) vector {
	v := vector{make([]uint64, runs), g.people}
	for run := range v.at {
		v.at[run] = g.in[run/64] >> (run % 64) & 1
	}
	return v
}

// packs reports whether k bases of all that the vectors span can be made of the people,
// each person in one; dimensions is how many there are at most. Each person goes into the
// first basis that has a use for them, so that the first spans everything; this may miss a
// way that there is.
func packs(vectors iter.Seq[vector], dimensions, k int, work *int) bool {
	bases := make([]basis, k)
	for v := range vectors {
		for i := range bases {
			if v.people > 0 && len(bases[i].vectors) < dimensions && bases[i].add(v, work) {
				v.people--
			}
		}
		if len(bases[k-1].vectors) == dimensions {
			return true
		}
		if *work > maxWork {
			return false
		}
	}
	return len(bases[k-1].vectors) == len(bases[0].vectors)
}

// project looks at vectors modulo a basis; those that vanish go.
func project(vectors []vector, by *basis, work *int) []vector {
	var rest []vector
	for _, v := range vectors {
		v = vector{slices.Clone(v.at), v.people}
		if by.reduce(v, work); v.pivot() >= 0 {
			rest = append(rest, v)
		}
	}
	return rest
}

// search finds out whether the groups can be brought to 1 to k-1 people. With one
// dimension left, all that is left over weighs something. With more, one group after the
// other is made to weigh nothing.
func search(vectors []vector, k int, work *int) bool {
	people := 0
	for _, v := range vectors {
		people += v.people
	}
	if people < k || *work > maxTried {
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
