package fhirr4

import (
	"slices"
	"strconv"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// dealing sorts statements into the results of the people asked for.
type dealing struct {
	results []sources.Result
	place   map[string]int
	// others are people whom the search asked about for another section.
	others []string
	stray  bool
}

// statement gives an entry to whom it is about; one about several people to each.
func (d *dealing) statement(x statement) {
	b := x.entry.Common()
	if len(x.others) > 0 {
		d.shared(x)
		return
	}
	if at := d.whose(b.Subject); at >= 0 {
		d.results[at].Entries = append(d.results[at].Entries, x.entry)
	}
}

// shared gives a group appointment to each person asked for who takes part; their
// copy carries their own id. If nobody does, it is a stray like any other.
func (d *dealing) shared(x statement) {
	found := false
	original, ok := x.entry.(*record.Appointment)
	for _, id := range append([]string{x.entry.Common().Subject}, x.others...) {
		at, asked := d.place[id]
		if !asked {
			continue
		}
		found = true
		if ok {
			mine := *original
			mine.Subject = id
			d.results[at].Entries = append(d.results[at].Entries, &mine)
		}
	}
	if !found {
		x.others = nil
		d.statement(x)
	}
}

// whose returns the place of the person called subject; -1 if it is nobody's here.
func (d *dealing) whose(subject string) int {
	if at, ok := d.place[subject]; ok {
		return at
	}
	if slices.Contains(d.others, subject) {
		return -1
	}
	if len(d.results) == 1 {
		return 0
	}
	d.stray = true
	return -1
}

// met notes whom a resource was about, whether it became a statement or not (it was
// entered in error, say): an answer about somebody else that leaves nothing must not
// read as "nothing recorded" (hazards H-01, H-02).
func (d *dealing) met(subject string) {
	if _, ok := d.place[subject]; !ok && !slices.Contains(d.others, subject) {
		d.stray = true
	}
}

// foreign reports whether the only person's answer holds somebody else's statement,
// which the wrong-patient guard then finds, counts and refuses itself.
func (d *dealing) foreign() bool {
	if len(d.results) != 1 {
		return false
	}
	for _, e := range d.results[0].Entries {
		if _, ok := d.place[e.Common().Subject]; !ok {
			return true
		}
	}
	return false
}

// add adds gaps that are not there yet.
func (d *dealing) add(at int, gaps ...sources.Gap) {
	for _, g := range gaps {
		if !slices.Contains(d.results[at].Gaps, g) {
			d.results[at].Gaps = append(d.results[at].Gaps, g)
		}
	}
}

// finish applies the limits and refuses all answers if there was a stray.
func (d *dealing) finish(most int) []sources.Result {
	refuse := d.stray && !d.foreign()
	for i := range d.results {
		if refuse {
			d.results[i] = sources.Result{Err: &sources.Error{Kind: sources.WrongPatient, Code: "wrong-patient",
				Reason: "It answered about a person who was not asked for; nothing of that answer is shown"}}
			continue
		}
		if x := &d.results[i]; len(x.Entries) > most {
			x.Entries = x.Entries[:most]
			d.add(i, sources.Gap{Status: record.Partial, Code: "page-cap",
				Reason: "Only the first " + strconv.Itoa(most) + " are shown; it holds more"})
		}
	}
	return d.results
}
