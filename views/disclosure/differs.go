package disclosure

import (
	"errors"
	"slices"
)

// Why a run is refused. Neither says whom it is about, or how many: the exact number would
// be what an attacker is after.
var (
	ErrSmallCohort = errors.New("the cohort is too small for this purpose")
	ErrIsolates    = errors.New("with earlier runs of this view, this one could tell of a few people: run it over the same cohort as before, or over one that differs by more people")
)

// maxReleases bounds the work of one comparison; a view that was run over more different
// cohorts needs a new approval.
const maxReleases = 256

// Differs says whether a run over this cohort may be released beside the earlier ones of
// the same view. It is refused
//
//   - if the cohort has fewer than k people;
//   - if the released counts, of however many runs, could be added and subtracted so that
//     only 1 to k-1 people are left. Two runs that differ by one person are the simplest
//     case (new - old); a union of two runs less one person (old + old - new) and chains of
//     any length are found alike.
//
// A cohort that was released before is always allowed again: it adds nothing. Where the
// question is too big to be answered exactly, the answer is no.
//
// It is about who was counted, not about what is true of them: if somebody's record
// changes between two runs of the same cohort, counts change too, and only their rounding
// hides it.
func Differs(cohort Release, earlier []Release, k int) error {
	if k < MinK {
		return errSmallK
	}
	if len(cohort.people) < k {
		return ErrSmallCohort
	}
	runs := []Release{cohort}
	for _, e := range earlier {
		if slices.Equal(e.people, cohort.people) {
			return nil
		}
		if !slices.ContainsFunc(runs[1:], func(r Release) bool { return slices.Equal(r.people, e.people) }) {
			runs = append(runs, e)
		}
	}
	if len(runs) > maxReleases {
		return ErrIsolates
	}
	if isolates(groupsOf(runs), len(runs), k) {
		return ErrIsolates
	}
	return nil
}

// A group is the people who were in exactly the same runs: no sum of counts tells them
// apart.
type group struct {
	in     [maxReleases / 64]uint64 // a bit a run
	people int
}

// groupsOf divides all people by the runs that they were in, run after run.
func groupsOf(runs []Release) []group {
	var all []uint64
	for _, r := range runs {
		all = append(all, r.people...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	of := make([]int, len(all)) // each person's group, at first one for all
	groups := []group{{}}
	for run, r := range runs {
		type step struct {
			from int
			in   bool
		}
		var next []group
		to := map[step]int{}
		rest := r.people
		for i, person := range all {
			s := step{from: of[i], in: len(rest) > 0 && rest[0] == person}
			if s.in {
				rest = rest[1:]
			}
			g, known := to[s]
			if !known {
				g = len(next)
				to[s] = g
				next = append(next, group{in: groups[s.from].in})
				if s.in {
					next[g].in[run/64] |= 1 << (run % 64)
				}
			}
			next[g].people++
			of[i] = g
		}
		groups = next
	}
	return groups
}
