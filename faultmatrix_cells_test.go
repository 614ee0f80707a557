package main

import (
	"fmt"
	"maps"
	"slices"
	"sync"
)

// place is what a surface shows of one system under one heading: a section, a type of
// resource, a chapter of a summary.
type place struct{ heading, system string }

// wholeOf stands for all systems together, where a surface shows a sum only.
const wholeOf = "all systems"

// sight is what stands there: the statements, and what says that some are missing.
type sight struct {
	ids []string // sorted, each once
	gap string   // "" where nothing says so
}

// seen is what a surface shows of one person.
type seen map[place]sight

func (s seen) add(heading, system, id string) {
	at := place{heading, system}
	v := s[at]
	v.ids = append(v.ids, id)
	s[at] = v
}

func (s seen) lacks(heading, system, gap string) {
	at := place{heading, system}
	v := s[at]
	v.gap = gap
	s[at] = v
}

// sorted brings the ids into an order in which they can be compared.
func (s seen) sorted() seen {
	for at, v := range s {
		slices.Sort(v.ids)
		v.ids = slices.Compact(v.ids)
		s[at] = v
	}
	return s
}

// cellCount counts the cells of one surface: faults × headings × systems.
type cellCount struct {
	cells int // a faulty system held something there
	whole int // all of it was shown
	told  int // not all of it, and that was said
	faked int // not all of it, and nothing said so; or what was never there

	healthy int // another system held something there
	late    int // not all of it came, and that was said
	changed int // not all of it came, and nothing said so
}

// cells collects what all surfaces showed.
type cells struct {
	mu  sync.Mutex
	all map[string]*cellCount // by surface
}

// judge holds what a surface shows while some systems are faulty against what it showed
// before. It gives what is wrong, one line each.
func (c *cells) judge(surface, fault string, faulty []string, before, now seen) (wrong []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all[surface] == nil {
		c.all[surface] = &cellCount{}
	}
	n := c.all[surface]
	for at, was := range before {
		if len(was.ids) == 0 || was.gap != "" {
			continue
		}
		is := now[at]
		same, unwell := slices.Equal(was.ids, is.ids), at.system == wholeOf || slices.Contains(faulty, at.system)
		switch {
		case unwell && same:
			n.cells, n.whole = n.cells+1, n.whole+1
		case unwell && is.gap != "":
			n.cells, n.told = n.cells+1, n.told+1
		case unwell:
			n.cells, n.faked = n.cells+1, n.faked+1
			wrong = append(wrong, fmt.Sprintf("%s, %s of %s: %s shows %d of %d, and nothing says that some are missing", surface, fault, at.system, at.heading, len(is.ids), len(was.ids)))
		case same:
			n.healthy++
		case is.gap != "":
			n.healthy, n.late = n.healthy+1, n.late+1
		default:
			n.healthy, n.changed = n.healthy+1, n.changed+1
			wrong = append(wrong, fmt.Sprintf("%s, %s of %v: %s of %s, which is well, shows %d of %d", surface, fault, faulty, at.heading, at.system, len(is.ids), len(was.ids)))
		}
	}
	if fault == "endless-paging" { // it invents entries: that is the fault
		return wrong
	}
	for at, is := range now {
		for _, id := range is.ids {
			if was := before[at]; was.gap == "" && (at.system != wholeOf || is.gap == "") && !slices.Contains(was.ids, id) {
				n.faked++
				wrong = append(wrong, fmt.Sprintf("%s, %s of %v: %s of %s shows what was not there", surface, fault, faulty, at.heading, at.system))
				break
			}
		}
	}
	return wrong
}

// rows are the lines of the report.
func (c *cells) rows() (rows []string, all cellCount) {
	for _, surface := range slices.Sorted(maps.Keys(c.all)) {
		n := c.all[surface]
		rows = append(rows, fmt.Sprintf("| %s | %d | %d | %d | **%d** | %d | %d | **%d** |", surface, n.cells, n.whole, n.told, n.faked, n.healthy, n.late, n.changed))
		all.cells, all.faked, all.healthy, all.late, all.changed = all.cells+n.cells, all.faked+n.faked, all.healthy+n.healthy, all.late+n.late, all.changed+n.changed
	}
	return rows, all
}
