package disclosure

import "slices"

// What is hidden at first ("primary suppression"):
//
//   - a count of 1 to k-1 people;
//   - a count that is its whole row, column or table (group disclosure: whoever is known to
//     be in the row is known to have the value), however large;
//   - where people have several values: a count that leaves 1 to k-1 people of its row or
//     column outside, because they are a small count without a cell;
//   - nobody (0), in a row or column of fewer than k people, or where another count is the
//     whole row or column: there, the zeros say where the others are. Elsewhere a zero says
//     nothing of anybody who is in the table, and is shown.
//
// Then more is hidden ("complementary suppression") until an attacker cannot work it out.
// The attacker whom this is held against knows the grand total exactly, because cohorts
// have a size that is known elsewhere; knows how counts are rounded, and from which count
// on they are shown; knows which of the hidden counts are zero; and knows where people
// have one value only, so that counts add up. The criterion: **for each hidden count of
// somebody, this attacker is left with at least k different counts, which all could be
// it.** One of them is k or more: not even that the count is small can be known. For a
// hidden zero, an attacker who does not know the zeros must hold possible that it is not
// one.
//
// The possible counts are found by flows in a network (network.go), which is exact where
// counts add up and errs on the side of hiding more where they do not. A zero is never
// used to hide something else: that nobody is there may be known (there are no pregnant
// men).
//
// Not part of it: an attacker who tries for every thinkable table which counts this
// algorithm would hide in it.
func (g *grid) protect(k int, r rounding) error {
	g.hideSmall(k)
	g.hideZeros(k)
	n := g.network(r)
	var hidden []int
	for i, e := range g.entries {
		if e.suppressed {
			hidden = append(hidden, i)
		}
	}
	// Hiding more leaves the attacker with more that is possible, so that what is well
	// hidden once stays so.
	for len(hidden) > 0 {
		more, ok := n.hide(hidden[0], k)
		if !ok {
			return ErrTable
		}
		for _, i := range more {
			g.entries[i].suppressed = true
			hidden = append(hidden, i)
		}
		if len(more) == 0 {
			hidden = hidden[1:]
		}
	}
	return nil
}

func (g *grid) hideSmall(k int) {
	grand := len(g.entries) - 1
	for i, e := range g.entries[:grand] {
		if e.count > 0 && e.count < k {
			g.entries[i].suppressed = true
		}
	}
	for _, l := range g.lines {
		total := g.entries[l.total].count
		for _, i := range l.parts {
			outside := total - g.entries[i].count
			if outside == 0 || !l.adds && outside < k {
				g.entries[i].suppressed = true
			}
		}
	}
}

func (g *grid) hideZeros(k int) {
	for _, l := range g.lines {
		total := g.entries[l.total].count
		whole := slices.ContainsFunc(l.parts, func(i int) bool { return g.entries[i].count == total })
		if total >= k && !whole {
			continue
		}
		for _, i := range l.parts {
			if g.entries[i].count == 0 {
				g.entries[i].suppressed = true
			}
		}
	}
}
