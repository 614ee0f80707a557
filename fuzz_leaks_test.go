package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/fuzz/naive"
	"github.com/patchworkcare/patchwork/fuzz/operations"
	"github.com/patchworkcare/patchwork/fuzz/policies"
	"github.com/patchworkcare/patchwork/fuzz/world"
)

// triplesPerWorld share one server and world.
const triplesPerWorld = 100

// tally counts what was looked at.
type tally struct {
	triples, found, asked, leaks, drops atomic.Int64
	failed                              atomic.Bool
}

// TestNothingLeaks: of random policies, callers and questions, no answer holds what
// the naive reading of docs/policy.md hides, nor lacks what it shows (assurance.md §1;
// hazards H-04, H-07).
//
// PATCHWORK_FUZZ_TRIPLES runs more, PATCHWORK_FUZZ_SEED begins elsewhere, and
// PATCHWORK_FUZZ_ONLY=WORLD:NUMBER runs one triple alone; PATCHWORK_FUZZ_HURRY ends at
// the first finding, for those who expect one.
func TestNothingLeaks(t *testing.T) {
	t.Parallel()
	if only := os.Getenv("PATCHWORK_FUZZ_ONLY"); only != "" {
		seed, number, _ := strings.Cut(only, ":")
		r := openFuzz(t, worldOf(t, seed))
		n, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(err)
		}
		r.triple(t, &tally{}, n)
		return
	}
	var sum tally
	worlds := max(1, fromEnv(t, "PATCHWORK_FUZZ_TRIPLES", 2000)/triplesPerWorld)
	first := fromEnv(t, "PATCHWORK_FUZZ_SEED", 1)
	began, hurried := time.Now(), os.Getenv("PATCHWORK_FUZZ_HURRY") != ""
	t.Cleanup(func() {
		t.Logf("%d triples, %d canaries in answers judged, %d allowed ones looked for, %d leaks, %d silent drops; seed %d, %v",
			sum.triples.Load(), sum.found.Load(), sum.asked.Load(), sum.leaks.Load(), sum.drops.Load(), first, time.Since(began).Round(time.Second))
	})
	seeds := make(chan uint64, worlds)
	for i := range worlds {
		seed := uint64(first + i)
		if i == worlds-1 && worlds > 1 && !hurried { // the last world is another one every time
			seed = rand.Uint64N(1 << 40)
		}
		seeds <- seed
	}
	close(seeds)
	// A parallel test is kept, with its server, until the last of its parent's has ended: so
	// the worlds stand one after another inside a few parallel tests.
	for n := range runtime.GOMAXPROCS(0) {
		t.Run(fmt.Sprintf("road %d", n+1), func(t *testing.T) {
			t.Parallel()
			for seed := range seeds {
				t.Run(fmt.Sprintf("world %d", seed), func(t *testing.T) {
					openFuzz(t, world.Options{Seed: seed, People: 6}).triples(t, &sum, hurried)
				})
			}
		})
	}
}

// triples looks at those of one world, until the first finding if that is enough.
func (r *fuzzRegion) triples(t *testing.T, sum *tally, hurried bool) {
	for number := range triplesPerWorld {
		if r.triple(t, sum, number); t.Failed() || hurried && sum.failed.Load() {
			return
		}
	}
}

func worldOf(t *testing.T, seed string) world.Options {
	t.Helper()
	n, err := strconv.ParseUint(seed, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return world.Options{Seed: n, People: 6}
}

func fromEnv(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// triple is one (policy, question, caller), made of the world's seed and its number
// alone.
func (r *fuzzRegion) triple(t *testing.T, sum *tally, number int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(r.world.Seed, uint64(number)))
	c := r.caller(rng, number)
	if err := r.stand(rng, c); err != nil {
		t.Fatal(err)
	}
	defer r.leave(t, c)
	d := policies.Random(rng, r.vocabulary(c))
	if rng.IntN(8) == 0 {
		r.change(t, d, c, rng)
	}
	facts := r.facts(rng)
	if rng.IntN(6) == 0 && c.session.Role != auth.RolePatient { // they have no lists
		facts.Lists = []string{r.listOf(t, c)}
	}
	o := operations.Query(r.schema, rng, facts)
	findings, err := r.check(sum, d, c, o)
	if err != nil {
		t.Fatalf("PATCHWORK_FUZZ_ONLY=%d:%d: %v", r.world.Seed, number, err)
	}
	sum.triples.Add(1)
	if len(findings) == 0 {
		return
	}
	for _, p := range findings {
		if p.kind == "leak" {
			sum.leaks.Add(1)
		} else {
			sum.drops.Add(1)
		}
	}
	sum.failed.Store(true)
	d, findings = r.shrink(d, c, o, findings)
	text, _ := d.Write()
	variables, _ := json.Marshal(o.Variables)
	t.Errorf("run again: PATCHWORK_FUZZ_ONLY=%d:%d\n%s\ncaller: %+v, launch %+v, about %+v\noperation: %s\nvariables: %s\npolicies:\n%s",
		r.world.Seed, number, wordsOf(findings), c.naive, c.session.Launch, c.about, o.Text, variables, text)
}

func wordsOf(findings []finding) string {
	var b strings.Builder
	for i, p := range findings {
		if i == 12 {
			fmt.Fprintf(&b, "… and %d more\n", len(findings)-i)
			break
		}
		fmt.Fprintf(&b, "%s: %s\n", strings.ToUpper(p.kind), p.text)
	}
	return b.String()
}

// shrink drops policies one by one as long as something is still wrong.
func (r *fuzzRegion) shrink(d *naive.Document, c *fuzzCaller, o *operations.Operation, findings []finding) (*naive.Document, []finding) {
	for i := len(d.Policies) - 1; i > 0; i-- {
		less := d.Without(i)
		if p, err := r.check(&tally{}, less, c, o); err == nil && len(p) > 0 {
			d, findings = less, p
		}
	}
	return d, findings
}

func (r *fuzzRegion) vocabulary(c *fuzzCaller) policies.Vocabulary {
	now := time.Now().In(r.zone)
	v := policies.Vocabulary{
		Classes: map[string][]string{}, Names: recordClasses(), Caller: c.naive,
		Now: now.Format("15:04"), Weekday: lower(now.Weekday().String()),
	}
	for _, name := range v.Names {
		v.Classes[name] = r.classes[name]
	}
	for _, s := range r.world.Sources {
		v.Sources = append(v.Sources, naive.Source{ID: s.ID, Organisation: s.Organisation})
	}
	return v
}
