package main

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
)

// paged is a list that is read page by page.
type paged struct {
	role      auth.Role
	query     string // with $first and $after
	variables map[string]any
	items     string // the path of a page's items
	key       string // the path, in an item, of what tells it from the others
	next      string // the path of the cursor to go on after; "" where it is the last key
	most      int
}

// page reads one page: the items' keys, the answer, and what to go on after; nil at the end.
func (r *region) page(t *testing.T, p *paged, first int, after any) (keys []string, answer object, next any) {
	t.Helper()
	variables := map[string]any{"first": first, "after": after}
	for k, v := range p.variables {
		variables[k] = v
	}
	answer = r.ask(t, p.role, p.query, variables)
	if answer["errors"] != nil {
		t.Fatalf("a page of %d: %v", first, answer["errors"])
	}
	for _, item := range answer.list(p.items) {
		keys = append(keys, fmt.Sprint(item.at(p.key)))
	}
	if len(keys) > first {
		t.Errorf("a page of %d has %d", first, len(keys))
	}
	if p.next == "" && len(keys) == first {
		return keys, answer, answer.list(p.items)[first-1].at(p.key)
	}
	return keys, answer, answer.at(p.next)
}

// walk reads all pages, each of a size by chance, and gives the keys in the order they came.
// After each page but the last, between is called with what has been read.
func (r *region) walk(t *testing.T, p *paged, chance *rand.Rand, between func(read []string)) (all []string) {
	t.Helper()
	for after, n := any(nil), 0; ; n++ {
		keys, _, next := r.page(t, p, 1+chance.IntN(p.most), after)
		if all = append(all, keys...); next == nil {
			return all
		}
		if after = next; between != nil {
			between(all)
		}
		if n > 200 {
			t.Fatal("the pages do not end")
		}
	}
}

// whole is the list read in the largest pages.
func (r *region) whole(t *testing.T, p *paged, most int) (all []string) {
	t.Helper()
	for after := any(nil); ; {
		keys, _, next := r.page(t, p, most, after)
		if all = append(all, keys...); next == nil {
			return all
		}
		after = next
	}
}

func chanceOf(t *testing.T, seed uint64) *rand.Rand {
	t.Helper()
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 9))
}

func lineOf(number string) *paged {
	return &paged{
		role: auth.RoleGP, variables: map[string]any{"n": number}, most: 9,
		query: `query($n: NHSNumber!, $first: Int, $after: String) { patientByNHSNumber(nhsNumber: $n) { timeline(first: $first, after: $after) {
			edges { cursor section node { id provenance { source { id } } } } pageInfo { hasNextPage endCursor } totalCount missing { section outcome { source { id } status } } } } }`,
		items: "data.patientByNHSNumber.timeline.edges", key: "cursor", next: "data.patientByNHSNumber.timeline.pageInfo.endCursor",
	}
}

func peoplePages(list string) *paged {
	return &paged{
		role: auth.RoleGP, variables: map[string]any{"l": list}, most: 5,
		query: `query($l: ID!, $first: Int!, $after: String) { list(id: $l) { people(first: $first, after: $after) { hidden next
			people { patient { id contacts { verdict outcomes { source { id } status } } } } } } }`,
		items: "data.list.people.people", key: "patient.id", next: "data.list.people.next",
	}
}

// numbered are so many people of the region who have a number.
func (r *region) numbered(n int) (numbers []string) {
	for _, p := range r.Patients {
		if p.NHSNumber != "" && len(numbers) < n {
			numbers = append(numbers, p.NHSNumber)
		}
	}
	return numbers
}
