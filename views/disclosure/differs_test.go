package disclosure

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// cohort is people from..to-1, and whoever else is named.
func cohort(from, to int, more ...int) []string {
	var ids []string
	for i := from; i < to; i++ {
		ids = append(ids, fmt.Sprint("person ", i))
	}
	for _, i := range more {
		ids = append(ids, fmt.Sprint("person ", i))
	}
	return ids
}

func secretOf(view string) *Pseudonyms {
	p, err := NewPseudonyms(bytes.Repeat([]byte("s"), 32), view)
	if err != nil {
		panic(err)
	}
	return p
}

// TestDiffers: which runs may follow which, in words.
func TestDiffers(t *testing.T) {
	t.Parallel()
	type cohorts = [][]string
	for name, test := range map[string]struct {
		earlier cohorts
		now     []string
		want    error
	}{
		"the first run":                 {nil, cohort(0, 100), nil},
		"too few people":                {nil, cohort(0, 4), ErrSmallCohort},
		"just enough people":            {nil, cohort(0, 5), nil},
		"nobody":                        {nil, nil, ErrSmallCohort},
		"one person, named five times":  {nil, cohort(0, 1, 0, 0, 0, 0), ErrSmallCohort},
		"the same people again":         {cohorts{cohort(0, 100)}, cohort(0, 100), nil},
		"the same people, after others": {cohorts{cohort(0, 100), cohort(50, 200)}, cohort(0, 100), nil},
		"less one":                      {cohorts{cohort(0, 100)}, cohort(0, 99), ErrIsolates},
		"one more":                      {cohorts{cohort(0, 100)}, cohort(0, 101), ErrIsolates},
		"four more":                     {cohorts{cohort(0, 100)}, cohort(0, 104), ErrIsolates},
		"five more":                     {cohorts{cohort(0, 100)}, cohort(0, 105), nil},
		"five less":                     {cohorts{cohort(0, 100)}, cohort(0, 95), nil},
		"two exchanged for two":         {cohorts{cohort(0, 100)}, cohort(2, 102), ErrIsolates},
		"three exchanged for three":     {cohorts{cohort(0, 100)}, cohort(3, 103), ErrIsolates},
		"five exchanged for five":       {cohorts{cohort(0, 100)}, cohort(5, 105), nil},
		"one come, many gone":           {cohorts{cohort(0, 100)}, cohort(50, 101), ErrIsolates},
		"many come, one gone":           {cohorts{cohort(0, 100)}, cohort(1, 200), ErrIsolates},
		"one who was never counted":     {cohorts{cohort(0, 100), cohort(80, 200)}, cohort(50, 150, 999), ErrIsolates},
		"others":                        {cohorts{cohort(0, 100)}, cohort(100, 200), nil},
		"others, after a run that had to do with few": {cohorts{cohort(0, 1)}, cohort(100, 200), nil},
		"others but for one":                          {cohorts{cohort(0, 100)}, cohort(99, 200), nil},
		"a union":                                     {cohorts{cohort(0, 50), cohort(50, 100)}, cohort(0, 100), nil},
		"a union and one more":                        {cohorts{cohort(0, 50), cohort(50, 100)}, cohort(0, 101), ErrIsolates},
		"a union of two that share one":               {cohorts{cohort(0, 50), cohort(49, 100)}, cohort(0, 100), ErrIsolates},
		"a difference":                                {cohorts{cohort(0, 100), cohort(0, 50)}, cohort(50, 100), nil},
		"a difference less one":                       {cohorts{cohort(0, 100), cohort(0, 50)}, cohort(50, 99), ErrIsolates},
		"three parts of a whole, less one":            {cohorts{cohort(0, 30), cohort(30, 60), cohort(60, 90)}, cohort(0, 89), ErrIsolates},
		"two halves, cut anew by one":                 {cohorts{cohort(0, 50), cohort(50, 100), cohort(0, 51)}, cohort(51, 100), ErrIsolates},
		"a chain back to the first less one": {cohorts{cohort(0, 100), cohort(0, 110), cohort(20, 110), cohort(20, 120), cohort(0, 120)},
			cohort(0, 109), ErrIsolates},
	} {
		p := secretOf("view")
		var earlier []Release
		for _, ids := range test.earlier {
			earlier = append(earlier, p.Release(ids))
		}
		if err := Differs(p.Release(test.now), earlier, 5); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", name, err, test.want)
		}
	}
	if err := Differs(secretOf("v").Release(cohort(0, 100)), nil, 2); err == nil {
		t.Error("two people may be told of")
	}
	for _, err := range []error{ErrSmallCohort, ErrIsolates, errSmallK} {
		if strings.ContainsAny(err.Error(), "0123456789") {
			t.Errorf("%q says how many", err)
		}
	}
}

// TestDiffersAgainstAnAttacker: an attacker who adds and subtracts up to four runs, each
// up to three times, is left with 1 to k-1 people exactly where Differs refuses. So it
// lets no attack through, and refuses nothing that such an attacker cannot use, but where
// few came or went.
func TestDiffersAgainstAnAttacker(t *testing.T) {
	t.Parallel()
	outcomes := map[bool]int{}
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(3, 6).Draw(t, "k")
		runs := rapid.IntRange(1, 4).Draw(t, "runs")
		// People by the runs that they were in, a bit a run.
		sizes := rapid.SliceOfN(rapid.SampledFrom([]int{0, 0, 0, 1, 2, 3, 7, 8, 20}), 1<<runs, 1<<runs).Draw(t, "sizes")
		ids := make([][]string, runs)
		person := 0
		for in, size := range sizes {
			for range size {
				person++
				for run := range runs {
					if in>>run&1 == 1 {
						ids[run] = append(ids[run], fmt.Sprint(person))
					}
				}
			}
		}
		p := secretOf("view")
		var all []Release
		for _, c := range ids {
			all = append(all, p.Release(c))
		}
		now := all[runs-1]
		if now.Size() < k || slices.ContainsFunc(all[:runs-1], func(r Release) bool { return slices.Equal(r.people, now.people) }) {
			return
		}
		if attackable(sizes, runs, k, true) {
			return // the earlier runs alone are enough
		}
		err := Differs(now, all[:runs-1], k)
		attack := attackable(sizes, runs, k, false)
		if attack && err == nil {
			t.Fatal("an attack with the new run is let through")
		}
		if fewChange(ids, k) && err == nil {
			t.Fatal("few came or went, and the run is let through")
		}
		if !attack && !fewChange(ids, k) && err != nil {
			t.Fatal("no attack exists, and the run is refused")
		}
		outcomes[err == nil]++
	})
	if outcomes[true] == 0 || outcomes[false] == 0 {
		t.Errorf("only one answer was seen: %v", outcomes)
	}
}

// fewChange says whether few came or went between the last run and an earlier one, or are
// new in the last.
func fewChange(runs [][]string, k int) bool {
	few := func(people int) bool { return people > 0 && people < k }
	now, earlier := runs[len(runs)-1], runs[:len(runs)-1]
	related := map[string]bool{} // people of the runs that have to do with the last
	for _, person := range now {
		related[person] = true
	}
	for range earlier {
		for _, r := range earlier {
			if slices.ContainsFunc(r, func(p string) bool { return related[p] }) {
				for _, person := range r {
					related[person] = true
				}
			}
		}
	}
	seen, others := map[string]bool{}, false
	for _, r := range earlier {
		if !slices.ContainsFunc(r, func(p string) bool { return related[p] }) {
			continue
		}
		others = true
		gone := 0
		for _, person := range r {
			seen[person] = true
			if !slices.Contains(now, person) {
				gone++
			}
		}
		come := len(now) - len(r) + gone
		if few(gone) || few(come) {
			return true
		}
	}
	fresh := 0
	for _, person := range now {
		if !seen[person] {
			fresh++
		}
	}
	return others && few(fresh)
}

// attackable tries all sums of runs with small factors, all or all but the last. It is written apart from the code
// under test: plain counting, no algebra.
func attackable(sizes []int, runs, k int, butLast bool) bool {
	factors := make([]int, runs)
	var try func(run int) bool
	try = func(run int) bool {
		if run < runs {
			for factors[run] = -3; factors[run] <= 3; factors[run]++ {
				if try(run + 1) {
					return true
				}
			}
			return false
		}
		if butLast && factors[runs-1] != 0 {
			return false
		}
		people := 0
		for in, size := range sizes {
			weight := 0
			for r, f := range factors {
				weight += f * (in >> r & 1)
			}
			if weight != 0 {
				people += size
			}
		}
		return people > 0 && people < k
	}
	return try(0)
}

// TestDiffersOfYears: a list that grows and shrinks, run hundreds of times.
func TestDiffersOfYears(t *testing.T) {
	t.Parallel()
	p := secretOf("view")
	var earlier []Release
	for day := range 400 {
		earlier = append(earlier, p.Release(cohort(10*day, 10*day+1000)))
	}
	start := time.Now()
	if err := Differs(p.Release(cohort(4000, 5000)), earlier, 8); err != nil {
		t.Errorf("the next run: %v", err)
	}
	if err := Differs(p.Release(cohort(4000, 4991)), earlier, 8); !errors.Is(err, ErrIsolates) {
		t.Errorf("one more than the last run had: %v", err)
	}
	t.Logf("401 runs of 1,000 people in %v", (time.Since(start) / 2).Round(time.Millisecond))
}

// TestPrime: what is exact modulo the prime.
func TestPrime(t *testing.T) {
	t.Parallel()
	modulus := big.NewInt(prime)
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.OneOf(rapid.Uint64Range(0, prime-1), rapid.Uint64Range(prime-3, prime-1), rapid.Uint64Range(0, 3))
		a, b := number.Draw(t, "a"), number.Draw(t, "b")
		x, y := new(big.Int).SetUint64(a), new(big.Int).SetUint64(b)
		if got, want := multiply(a, b), new(big.Int).Mod(new(big.Int).Mul(x, y), modulus).Uint64(); got != want {
			t.Fatalf("%d*%d is %d, want %d", a, b, got, want)
		}
		if got, want := subtract(a, b), new(big.Int).Mod(new(big.Int).Sub(x, y), modulus).Uint64(); got != want {
			t.Fatalf("%d-%d is %d, want %d", a, b, got, want)
		}
		if a != 0 && multiply(a, inverse(a)) != 1 {
			t.Fatalf("the inverse of %d is wrong", a)
		}
	})
}

// TestReleases: compact bytes there and back; other bytes are refused; other views have
// other hashes.
func TestReleases(t *testing.T) {
	t.Parallel()
	p := secretOf("view")
	r := p.Release(append(cohort(0, 1000), cohort(0, 500, -1)...))
	text, err := r.MarshalBinary()
	if err != nil || r.Size() != 1001 || len(text) != 4+8*1001 {
		t.Fatalf("%d people in %d bytes: %v", r.Size(), len(text), err)
	}
	var back Release
	if err := back.UnmarshalBinary(text); err != nil || !slices.Equal(back.people, r.people) {
		t.Errorf("bytes do not come back: %v", err)
	}
	swapped := slices.Concat(text[:4], text[12:20], text[4:12], text[20:])
	twice := slices.Concat(text[:12], text[4:])
	for name, bad := range map[string][]byte{"nothing": nil, "cut": text[:len(text)-1], "another kind": append([]byte("pwr2"), text[4:]...), "out of order": swapped, "twice": twice} {
		if err := back.UnmarshalBinary(bad); err == nil {
			t.Errorf("%s is read as a cohort", name)
		}
	}
	other := secretOf("other view").Release(cohort(0, 1000))
	for _, person := range other.people {
		if _, found := slices.BinarySearch(r.people, person); found {
			t.Fatal("the same person has the same hash in two views")
		}
	}
	if (Release{}).Size() != 0 || p.Release([]string{"", ""}).Size() != 0 {
		t.Error("nobody is somebody")
	}
}

// TestDiffersOfMany: many large cohorts that overlap anyhow are harmless, and found so; one
// of them less one person is found too.
func TestDiffersOfMany(t *testing.T) {
	t.Parallel()
	p := secretOf("view")
	random := rand.New(rand.NewPCG(5, 6))
	sample := func(people, of int) Release {
		var ids []string
		for range people {
			ids = append(ids, fmt.Sprint(random.IntN(of)))
		}
		return p.Release(ids)
	}
	for name, of := range map[string]int{"large overlaps": 10_000, "fragments": 100_000} {
		var earlier []Release
		for range 20 {
			earlier = append(earlier, sample(5_000, of))
		}
		start := time.Now()
		err := Differs(sample(5_000, of), earlier, 8)
		t.Logf("%s: 21 runs of 5,000 people in %v: %v", name, time.Since(start).Round(time.Millisecond), err)
		if err != nil {
			t.Errorf("%s: harmless runs are refused", name)
		}
		start = time.Now()
		less := Release{earlier[7].people[1:]}
		if err := Differs(less, earlier, 8); !errors.Is(err, ErrIsolates) {
			t.Errorf("%s: less one: %v", name, err)
		}
		t.Logf("%s: less one in %v", name, time.Since(start).Round(time.Millisecond))
	}
}
