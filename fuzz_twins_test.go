package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/fuzz/naive"
	"github.com/patchworkcare/patchwork/fuzz/operations"
	"github.com/patchworkcare/patchwork/fuzz/policies"
	"github.com/patchworkcare/patchwork/fuzz/world"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/resolvers"
	"github.com/patchworkcare/patchwork/sources"
)

// untimed are what a twin may differ in because it was asked at another moment.
var untimed = map[string]bool{"Outcome.tookMilliseconds": true, "Outcome.ageSeconds": true}

// thisMoment is an instant of the running test: no date of a world is so late.
var thisMoment = regexp.MustCompile(`20(2[3-9]|[3-9]\d)-\d\d-\d\dT[0-9:.]+(Z|[+-]\d\d:\d\d)`)

// TestTwoWorlds: two worlds that differ only in what the caller may not see answer byte
// for byte alike: counts, order, cursors, totals, verdicts, searches and filters by
// what is hidden (assurance.md §1: hidden data changes nothing observable; hazard H-04).
func TestTwoWorlds(t *testing.T) {
	t.Parallel()
	const worlds = 6
	pairs := fromEnv(t, "PATCHWORK_FUZZ_PAIRS", 360) / worlds
	first := fromEnv(t, "PATCHWORK_FUZZ_SEED", 1)
	var compared, different atomic.Int64
	var failed atomic.Bool
	t.Cleanup(func() {
		t.Logf("%d pairs of worlds, %d answers compared byte for byte", different.Load(), compared.Load())
	})
	if only := os.Getenv("PATCHWORK_FUZZ_ONLY"); only != "" {
		seed, number, _ := strings.Cut(only, ":")
		n, _ := strconv.Atoi(number)
		openFuzz(t, worldOf(t, seed)).pair(t, n, &compared, &different)
		return
	}
	for i := range worlds {
		seed := uint64(500 + first + i)
		t.Run(fmt.Sprintf("world %d", seed), func(t *testing.T) {
			t.Parallel()
			r := openFuzz(t, world.Options{Seed: seed, People: 3})
			for number := range pairs {
				if r.pair(t, number, &compared, &different); t.Failed() || os.Getenv("PATCHWORK_FUZZ_HURRY") != "" && failed.Load() {
					failed.Store(true)
					return
				}
			}
		})
	}
}

// pair asks one world and its twin the same questions.
func (r *fuzzRegion) pair(t *testing.T, number int, compared, different *atomic.Int64) {
	t.Helper()
	rng := rand.New(rand.NewPCG(r.world.Seed, uint64(number)+1<<20))
	c := r.caller(rng, number)
	for c.scoping.timid {
		c = r.caller(rng, number)
	}
	if err := r.stand(rng, c); err != nil {
		t.Fatal(err)
	}
	defer r.leave(t, c)
	d := policies.Hiding(rng, r.vocabulary(c))
	if err := r.use(d); err != nil {
		t.Fatal(err)
	}
	j := r.judge(d, c)
	twin := r.world.Twin(uint64(number), j.sight)
	different.Add(1)
	inA, inB := r.over(t, r.world), r.over(t, twin)
	for range 4 {
		f := r.facts(rng)
		for _, p := range twin.People { // also ask by what only the twin holds
			for _, rec := range p.Records {
				f.Searches = append(f.Searches, operations.Search{Family: rec.Person().Name.Family, BirthDate: string(p.BirthDate)})
				f.Codes = append(f.Codes, rec.Codes(record.Results)...)
				said(&f, rec)
			}
		}
		f.Without = untimed
		if rng.IntN(4) == 0 && c.session.Role != auth.RolePatient { // they have no lists
			f.Lists = []string{r.listOf(t, c)}
		}
		f.Roots = []string{"patient", "patientByNHSNumber", "patientsByNHSNumber", "searchPatients"}
		o := operations.Query(r.schema, rng, f)
		a, b := answerOf(t, inA, c, o), answerOf(t, inB, c, o)
		if r.judge(d, c).at.Minute() != j.at.Minute() {
			return // policies may look at the clock
		}
		compared.Add(1)
		if !bytes.Equal(a, b) {
			text, _ := d.Write()
			variables, _ := json.Marshal(o.Variables)
			t.Errorf("two worlds answer differently; run again: PATCHWORK_FUZZ_ONLY=%d:%d -run TestTwoWorlds\nat %s\ncaller: %+v about %+v\noperation: %s\nvariables: %s\npolicies:\n%s",
				r.world.Seed, number, difference(a, b), c.naive, c.about, o.Text, variables, text)
			return
		}
	}
}

// over is the server's executor over systems that hold a world: fresh ones, which
// remember nothing of another.
func (r *fuzzRegion) over(t *testing.T, w *world.World) *resolvers.Executor {
	t.Helper()
	resolver := r.server.resolver()
	resolver.Systems = nil
	for i := range r.config.Sources {
		stanza := &r.config.Sources[i]
		system, err := sources.Open(t.Context(), &made{w, w.Sources[i]}, stanza.settings(), sources.Env{ID: stanza.ID, Zone: r.zone}, nil)
		if err != nil {
			t.Fatal(err)
		}
		resolver.Systems = append(resolver.Systems, system)
	}
	t.Cleanup(func() {
		for _, s := range resolver.Systems {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	x, err := resolvers.NewExecutor(resolver, resolvers.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// answerOf is a whole answer, without what depends on the moment.
func answerOf(t *testing.T, x *resolvers.Executor, c *fuzzCaller, o *operations.Operation) []byte {
	t.Helper()
	resp, err := runOn(x, c.session, o.Text, o.Variables)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(resp.Errors, func(a, b *gqlerror.Error) int { return strings.Compare(a.Path.String(), b.Path.String()) }) // fields run at once
	whole, err := json.Marshal(resp)
	if err != nil {
		t.Fatal(err)
	}
	return thisMoment.ReplaceAll(reads(whole), []byte("(a moment)"))
}

// readHow is how a system was read, and readAll how often all were.
var (
	readHow = regexp.MustCompile(`"reads":(\d+),"joined":(\d+),"remembered":(\d+)`)
	readAll = regexp.MustCompile(`"reads":\d+,"sources":`)
)

// reads tells of each system how many sections were read, however they were: which of them was
// on its way already, or remembered, depends on the moment.
func reads(whole []byte) []byte {
	whole = readAll.ReplaceAll(whole, []byte(`"sources":`))
	return readHow.ReplaceAllFunc(whole, func(found []byte) []byte {
		sum := 0
		for _, digits := range readHow.FindSubmatch(found)[1:] {
			n, _ := strconv.Atoi(string(digits))
			sum += n
		}
		return fmt.Appendf(nil, `"reads":%d`, sum)
	})
}

// sight is what the caller may notice by any of the actions.
func (j *fuzzJudge) sight(o world.Owner) world.Sight {
	var labels []string
	if o.Entry != nil {
		labels = o.Entry.Labels
	}
	see := func(action, field string) naive.Answer {
		if action == "read" && !j.opens(o.Person, "read") && !j.opens(o.Person, "list") {
			return naive.Withheld
		}
		return j.entry(action, o.Person, o.Source, o.Section, field, labels)
	}
	answers := []naive.Answer{see("read", o.Field)}
	if o.Section == record.Demographics {
		answers = append(answers, see("search", o.Field))
		if o.Field == "addresses" {
			answers = append(answers, see("search", "postcode"))
		}
	}
	sight := world.Unseen
	if !j.left("read", o) {
		return world.Unseen
	}
	for _, a := range answers {
		switch {
		case a == naive.Shown:
			return world.Seen
		case a == naive.Withheld:
			sight = world.Told
		}
	}
	return sight
}
