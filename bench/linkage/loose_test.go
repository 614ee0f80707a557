package linkage_test

import (
	"slices"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/patient/match"
	"github.com/patchworkcare/patchwork/record"
)

// counts is what the model says of pairs: right ones are of one person.
type counts [match.Link + 1]struct{ right, wrong int }

func (c *counts) add(class match.Class, right bool) {
	if right {
		c[class].right++
	} else {
		c[class].wrong++
	}
}

// loose judges every record that no patient holds against all others that share a key.
func (w *world) loose(t *testing.T, holder map[place]string) {
	t.Helper()
	start := time.Now()
	blocks := map[string][]int{}
	for i, k := range w.records {
		for _, key := range match.Keys(&k.traits) {
			blocks[key] = append(blocks[key], i)
		}
	}
	model := match.Default()
	var pairs counts
	var records, linked, asked, judged int
	for i, k := range w.records {
		if holder[k.place(w)] != "" || k.doubted || !w.others(k) {
			continue
		}
		records++
		best := match.Never
		for _, other := range neighbours(blocks, &k.traits, i) {
			judged++
			j := model.Judge(&k.traits, &w.records[other].traits)
			right := w.records[other].who == k.who
			pairs.add(j.Class, right)
			if right {
				best = max(best, j.Class)
			}
			if !right && j.Class == match.Link {
				t.Errorf("%+v\n%+v\n%+v", k.Person, w.records[other].Person, j)
			}
		}
		if best == match.Link {
			linked++
		}
		if best >= match.Ask {
			asked++
		}
	}
	t.Logf("records that no patient holds and whose person has others: %d; the model links %d of them (%.1f %%), and links or asks %d (%.1f %%); %d pairs judged in %.1f s",
		records, linked, 100*share(linked, records), asked, 100*share(asked, records), judged, time.Since(start).Seconds())
	t.Logf("of these pairs: linked %d right, %d wrong; asked %d right, %d wrong",
		pairs[match.Link].right, pairs[match.Link].wrong, pairs[match.Ask].right, pairs[match.Ask].wrong)
}

// mostNeighbours bounds a block, as patient/match does.
const mostNeighbours = 400

func neighbours(blocks map[string][]int, t *match.Traits, self int) []int {
	var out []int
	for _, key := range match.Keys(t) {
		if b := blocks[key]; len(b) <= mostNeighbours {
			out = append(out, b...)
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.DeleteFunc(out, func(i int) bool { return i == self })
}

// others reports whether the person has another record.
func (w *world) others(k *keptRecord) bool { return w.written[k.who] > 1 }

// TestWithoutNumbers judges a region in which nobody has any number: the built-in model
// and one that is estimated from it without being told who is who. Never does it link two
// people.
func TestWithoutNumbers(t *testing.T) {
	t.Parallel()
	w := newWorld(2)
	w.grow(min(size(t), 8000))
	w.register()
	traits := make([]match.Traits, len(w.records))
	gold := map[int]int{}
	pairs := 0
	for i, k := range w.records {
		p := k.Person
		p.NHSNumber, p.NHSNumberStatus, p.FormerNHSNumbers, p.Identifiers = "", record.NumberUnknown, nil, nil
		traits[i] = match.TraitsOf(&p)
		pairs += gold[k.who]
		gold[k.who]++
	}
	estimated, _, err := match.Estimate(traits)
	if err != nil {
		t.Fatal(err)
	}
	for name, model := range map[string]*match.Model{"built-in": match.Default(), "estimated": estimated} {
		var c counts
		match.Candidates(traits, func(a, b int) {
			j := model.Judge(&traits[a], &traits[b])
			right := w.records[a].who == w.records[b].who
			c.add(j.Class, right)
			if !right && j.Class == match.Link {
				t.Errorf("%s: linked two people\n%+v\n%+v\n%+v", name, w.records[a].Person, w.records[b].Person, j)
			}
		})
		link, ask := c[match.Link], c[match.Ask]
		t.Logf("no numbers, %-9s: %d people, %d records, %d pairs; linked %d right, %d wrong (recall %.3f); asked %d right, %d wrong (recall with link %.3f)",
			name, len(w.people), len(w.records), pairs, link.right, link.wrong, share(link.right, pairs), ask.right, ask.wrong, share(link.right+ask.right, pairs))
	}
}
