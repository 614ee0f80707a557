package world

import (
	"math/rand/v2"

	"github.com/patchworkcare/patchwork/record"
)

const (
	confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
	actCode         = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
)

// marking is a security label as a source writes it, and what docs/policy.md calls it;
// "" restricts nothing.
type marking struct {
	system, code, label string
}

var markings = []marking{
	{confidentiality, "R", "restricted"},
	{confidentiality, "V", "very-restricted"},
	{actCode, "STD", "sensitive"},
	{actCode, "HIV", "sensitive"},
	{actCode, "GDIS", "sensitive"},
	{actCode, "SDV", "safeguarding"},
	{actCode, "VIO", "safeguarding"},
	{confidentiality, "N", ""},
	{confidentiality, "L", ""},
	{confidentiality, "X-OWN", "very-restricted"}, // not known: taken for the worst
	{"urn:workflow", "FILED", ""},
}

// mark chooses the labels of an entry: mostly none, sometimes several.
func mark(rng *rand.Rand) []marking {
	var chosen []marking
	for rng.Float64() < 0.3 && len(chosen) < 3 {
		chosen = append(chosen, markings[rng.IntN(len(markings))])
	}
	return chosen
}

// labelsOf are the names of the markings, without those that restrict nothing.
func labelsOf(chosen []marking) []string {
	var names []string
	for _, c := range chosen {
		if c.label != "" {
			names = append(names, c.label)
		}
	}
	return names
}

// codings writes the markings with canaries for the displays.
func (f *filler) codings(chosen []marking) []record.Coding {
	var list []record.Coding
	for _, c := range chosen {
		list = append(list, record.Coding{System: c.system, Code: c.code, Display: f.text()})
	}
	return list
}
