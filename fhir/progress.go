package fhir

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// progress is where a page begins: how many resources of each source stood on the pages before; ""
// is what no source has said by itself. A page reads all systems anew: by one count for all, a
// source that answers one page and not the next would move what the others hold from a page that
// is still to come to one that has been (hazard H-02).
type progress map[string]int

// mostCounted bounds what is read of a place: no region has so many sources.
const mostCounted = 500

// progressOf reads `_offset`; ok is false if it is none. A number alone is of everything together.
func progressOf(text string) (at progress, all int, ok bool) {
	if n, err := strconv.Atoi(text); err == nil {
		return nil, n, n >= 0
	}
	parts := strings.Split(text, ",")
	if len(parts) > mostCounted {
		return nil, 0, false
	}
	at = progress{}
	for _, part := range parts {
		source, count, _ := strings.Cut(part, ":")
		n, err := strconv.Atoi(count)
		if _, twice := at[source]; err != nil || n <= 0 || twice {
			return nil, 0, false
		}
		at[source] = n
	}
	return at, 0, true
}

// String is the place as `_offset` has it.
func (p progress) String() string {
	var parts []string
	for _, source := range slices.Sorted(maps.Keys(p)) {
		parts = append(parts, source+":"+strconv.Itoa(p[source]))
	}
	return strings.Join(parts, ",")
}

// from gives the next count resources from a place on, and the place after them; more says that
// there are others.
func (f *found) from(at progress, all, count int) (page []object, next progress, more bool) {
	passed := progress{}
	next = maps.Clone(at)
	if next == nil {
		next = progress{}
	}
	for i, o := range f.resources {
		source := f.sourceOf(o)
		switch {
		case i < all && len(at) == 0:
			next[source]++
		case passed[source] < at[source]:
			passed[source]++
		case len(page) == count:
			return page, next, true
		default:
			page = append(page, o)
			next[source]++
		}
	}
	return page, next, false
}

// sourceOf is the source whose statement a resource is; "" if it is nobody's alone.
func (f *found) sourceOf(o object) string {
	id, _ := o["id"].(string)
	return f.statements[id].entry.text("provenance.source.id")
}
