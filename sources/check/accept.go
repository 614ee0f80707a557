package check

import (
	"slices"
	"time"
)

// Acceptance is a finding that was agreed with the supplier: it is still told, and does not
// fail until its time is over.
type Acceptance struct {
	// Finding is its code; one of Acceptable.
	Finding string `json:"finding"`
	// Sections are the names of those in which it is accepted; none is all.
	Sections []string `json:"sections,omitempty"`
	// Reason is what was agreed, with whom.
	Reason string `json:"reason"`
	// Until is the last day on which it is accepted, YYYY-MM-DD.
	Until string `json:"until"`
}

// acceptable are the findings that are about how good the data is and that often only a
// supplier can mend. What can show somebody else's data, show nothing where there is
// something, or say another thing than was meant is none of them, nor is what keeps a system
// from being read (hazards H-01, H-02): a rule that is added is not acceptable until it
// stands here.
var acceptable = []string{"author-missing", "code-system-form", "code-system-local", "code-without-system", "control-characters", "date-missing",
	"html-entities", "id-missing", "local-id-spaced", "mojibake", "nhs-number-invalid", "nhs-number-missing", "slow", "slow-tail",
	"unit-missing", "unit-not-ucum", "unit-uncoded"}

// Acceptable are the codes that a stanza may accept.
func Acceptable() []string { return slices.Clone(acceptable) }

// Known reports whether there is a finding of that code.
func Known(code string) bool {
	_, ok := rules[code]
	return ok
}

// holds reports whether it is accepted on that day.
func (a *Acceptance) holds(now time.Time) bool { return now.Format(time.DateOnly) <= a.Until }

func (a *Acceptance) covers(section string) bool {
	return len(a.Sections) == 0 || slices.Contains(a.Sections, section)
}

// accept marks what the stanza accepts, and tells what of that has run out or is gone. It
// comes before the findings are settled: what is left of a finding is judged by itself.
func (r *run) accept() {
	if len(r.Accepted) == 0 {
		return
	}
	r.finds.say(agreed, "what the stanza accepts is marked where it was found")
	for i := range r.Accepted {
		a := &r.Accepted[i]
		if !slices.Contains(acceptable, a.Finding) {
			continue // the configuration refuses it
		}
		hit := r.mark(a)
		if hit && !a.holds(r.now) {
			r.finds.add("accepted-expired", "", "")
			r.finds.note("accepted-expired", a.Finding+", until "+a.Until)
		}
		for _, gone := range r.gone(a, hit) {
			r.finds.add("accepted-gone", "", "")
			r.finds.note("accepted-gone", gone)
		}
	}
}

// mark marks the places that it covers, and reports whether there are any.
func (r *run) mark(a *Acceptance) (hit bool) {
	f := r.finds.all[a.Finding]
	if f == nil {
		return false
	}
	if len(f.Where) == 0 { // about no section
		if hit = len(a.Sections) == 0; hit && a.holds(r.now) {
			f.Accepted = true
			r.finds.note(a.Finding, "accepted until "+a.Until+": "+a.Reason)
		}
		return hit
	}
	for i := range f.Where {
		if w := &f.Where[i]; a.covers(w.Section) {
			hit = true
			if a.holds(r.now) {
				w.Accepted = a
			}
		}
	}
	return hit
}

// gone is what it accepts and was not found where there was something to find it in: what
// was not looked at is not gone (hazard H-02).
func (r *run) gone(a *Acceptance, hit bool) (all []string) {
	switch {
	case len(a.Sections) == 0 && rules[a.Finding].check == latency:
		if !hit && r.calls.latencies().Calls > 0 {
			all = []string{a.Finding}
		}
		return all
	case len(a.Sections) == 0:
		if !hit && r.entries(nil) > 0 {
			all = []string{a.Finding}
		}
		return all
	}
	f := r.finds.all[a.Finding]
	for _, section := range a.Sections {
		found := f != nil && slices.ContainsFunc(f.Where, func(w Where) bool { return w.Section == section })
		if !found && r.entries([]string{section}) > 0 {
			all = append(all, a.Finding+" in "+section)
		}
	}
	return all
}

// entries are how many were read of some sections; of all without any.
func (r *run) entries(of []string) (n int) {
	for section, t := range r.scores {
		if len(of) == 0 || slices.Contains(of, section.Name()) {
			n += t.entries
		}
	}
	return n
}
