// Package world makes up people for the leak tests (assurance.md §1): for a few made-up
// sources, everything that each holds about each person, in which every leaf is a
// canary: a text, number or date that stands nowhere else. A canary that is found in an
// answer so says whose it is, which source and section it came from, under which labels
// and through which field of the entry.
//
// What types force to be one of a few values (enums, Booleans, security labels) cannot
// be a canary and is left as it is. The package decides nothing and imports only
// record: it is as far from the enforcement as the systems of a region are.
package world
