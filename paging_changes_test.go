package main

import (
	"fmt"
	"slices"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// People are added, taken off and moved between two pages: who stays where they are is
// shown once, in order, and nobody of them is skipped.
func TestAListChangesBetweenPages(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 40}, nil)
	numbers := r.numbered(26)
	for seed := range uint64(6) {
		list := r.keepList(t, auth.RoleGP, fmt.Sprint("Pages ", seed), numbers[:20]...)
		p, chance := peoplePages(list), chanceOf(t, seed)
		before, added, touched := r.whole(t, p, 50), 20, map[string]bool{}
		got := r.walk(t, p, chance, func(read []string) {
			last, unread := read[len(read)-1], slices.DeleteFunc(slices.Clone(before), func(id string) bool { return slices.Contains(read, id) || touched[id] })
			end := r.whole(t, p, 50)
			switch what := chance.IntN(5); {
			case what == 0 && added < len(numbers):
				r.ask(t, auth.RoleGP, `mutation($l: ID!, $n: [NHSNumber!]) { addToList(id: $l, nhsNumbers: $n) { added } }`, map[string]any{"l": list, "n": numbers[added : added+1]})
				added++
			case what == 1 && len(unread) > 0:
				touched[unread[0]] = true
				r.ask(t, auth.RoleGP, `mutation($l: ID!, $p: [ID!]!) { removeFromList(id: $l, patients: $p) { size } }`, map[string]any{"l": list, "p": unread[:1]})
			case what == 2:
				touched[last] = true
				r.ask(t, auth.RoleGP, `mutation($l: ID!, $p: [ID!]!) { removeFromList(id: $l, patients: $p) { size } }`, map[string]any{"l": list, "p": []string{last}})
			case end[len(end)-1] != last: // whom the page ended with goes to the end: nobody goes with them
				touched[last] = true
				if moved := r.ask(t, auth.RoleGP, `mutation($l: ID!, $p: ID!, $a: ID) { moveOnList(id: $l, patient: $p, after: $a) { version } }`,
					map[string]any{"l": list, "p": last, "a": end[len(end)-1]}); moved.code() != "" {
					t.Fatal(moved)
				}
			}
		})
		stayed := func(id string) bool { return !touched[id] && slices.Contains(before, id) }
		var want, have []string
		for _, id := range before {
			if stayed(id) {
				want = append(want, id)
			}
		}
		for _, id := range got {
			if stayed(id) {
				have = append(have, id)
			}
		}
		if !slices.Equal(have, want) {
			t.Errorf("who stayed is shown as\n%v, not\n%v", have, want)
		}
	}
}
