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

// maxReleases bounds the work of one comparison, in different cohorts that have to do with
// each other; beyond it, only cohorts from before are allowed.
const maxReleases = 1024

// Differs says whether a run over this cohort may be released beside the earlier ones of
// the same view. It is refused
//
//   - if the cohort has fewer than k people;
//   - if 1 to k-1 people came or went since an earlier run, or are in no earlier run that
//     has to do with it: what is counted now and was not counted then, be it one more of
//     something, is theirs;
//   - if the released counts, of however many runs, could be added and subtracted so that
//     only 1 to k-1 people are left: a union of two runs less one person (old + old - new),
//     and chains of any length.
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
	if runs = related(runs); len(runs) > maxReleases {
		return ErrIsolates
	}
	if comeOrGone(runs, k) || isolates(groupsOf(runs), len(runs), k) {
		return ErrIsolates
	}
	return nil
}

// comeOrGone says whether few people were in the first run and not in another, or the
// other way round, or in none of the others.
func comeOrGone(runs []Release, k int) bool {
	few := func(people int) bool { return people > 0 && people < k }
	now := runs[0].people
	known := now[:0:0] // who is in some other run
	for _, r := range runs[1:] {
		common := both(now, r.people)
		if few(len(now)-len(common)) || few(len(r.people)-len(common)) {
			return true
		}
		known = append(known, common...)
	}
	slices.Sort(known)
	return len(runs) > 1 && few(len(now)-len(slices.Compact(known)))
}

// both are those who are in two cohorts.
func both(a, b []uint64) []uint64 {
	var common []uint64
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			common, a, b = append(common, a[0]), a[1:], b[1:]
		}
	}
	return common
}

// related leaves out the runs that have nobody in common with the first, not even by way
// of others: they cannot help to single out somebody in it.
func related(runs []Release) []Release {
	people := runs[0].people
	near, far := runs[:1:1], runs[1:]
	for {
		var left []Release
		for _, r := range far {
			if !overlap(r.people, people) {
				left = append(left, r)
				continue
			}
			near = append(near, r)
			people = slices.Concat(people, r.people)
			slices.Sort(people)
			people = slices.Compact(people)
		}
		if len(left) == len(far) {
			return near
		}
		far = left
	}
}

// overlap says whether somebody is in both.
func overlap(few, many []uint64) bool {
	for _, person := range few {
		i, found := slices.BinarySearch(many, person)
		if found {
			return true
		}
		many = many[i:]
	}
	return false
}

// A group is the people who were in exactly the same runs: no sum of counts tells them
// apart.
type group struct {
	in     [maxReleases / 64]uint64 // a bit a run
	people int
}

// groupsOf divides all people by the runs that they were in, run after run: those of a
// group who are in the run become a group of their own.
func groupsOf(runs []Release) []group {
	var all []uint64
	for _, r := range runs {
		all = append(all, r.people...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	of := make([]int, len(all)) // each person's group, at first one for all
	groups := []group{{people: len(all)}}
	for run, r := range runs {
		split := map[int]int{}
		rest := 0
		for _, person := range r.people {
			at, _ := slices.BinarySearch(all[rest:], person)
			rest += at
			from := of[rest]
			to, known := split[from]
			if !known {
				to = len(groups)
				split[from] = to
				groups = append(groups, group{in: groups[from].in})
				groups[to].in[run/64] |= 1 << (run % 64)
			}
			groups[from].people--
			groups[to].people++
			of[rest] = to
		}
		if len(groups) > 2*len(all) {
			groups = occupied(groups, of)
		}
	}
	return occupied(groups, of)
}

// occupied leaves out the groups that everybody has left.
func occupied(groups []group, of []int) []group {
	place := make([]int, len(groups))
	var kept []group
	for i, g := range groups {
		place[i] = len(kept)
		if g.people > 0 {
			kept = append(kept, g)
		}
	}
	for i, g := range of {
		of[i] = place[g]
	}
	return kept
}
