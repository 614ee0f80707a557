package main

import "fmt"

// Verdict is what the last run says of one reference.
type Verdict struct {
	Reference
	Result Result
	// Parts are how many of its parts were skipped though it passed.
	Parts int
	// Why it does not show what it should; "" if it does.
	Why string
}

// Judge holds references against the source and the last run.
type Judge struct {
	Sources *Sources
	Results *Results
	// Stale says of a part why its results are none of this tree's; "" for those that are.
	Stale map[string]string
}

// Of judges one reference.
func (j *Judge) Of(ref Reference) Verdict {
	v := Verdict{Reference: ref}
	if missing := j.Sources.Missing(ref); missing != "" {
		v.Why = missing
		return v
	}
	if v.Why = j.Stale[ref.Part()]; v.Why != "" {
		return v
	}
	v.Result, v.Parts = j.Results.Of(ref)
	if v.Result != Passed {
		v.Why = fmt.Sprintf("it %s", v.Result)
	}
	return v
}

// Shown says whether every one of the references holds, with their verdicts.
func (j *Judge) Shown(refs []Reference) (bool, []Verdict) {
	all := true
	var verdicts []Verdict
	for _, ref := range refs {
		v := j.Of(ref)
		all = all && v.Why == ""
		verdicts = append(verdicts, v)
	}
	return all, verdicts
}
