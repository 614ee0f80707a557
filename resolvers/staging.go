package resolvers

import (
	"slices"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

// A source that is not live is no part of the record: whoever does not test it reads it as one
// that does not offer the section; and for those who do, nothing may be concluded from it
// (docs/life-cycle.md; hazard H-02).

// CodeTested is the code of an outcome of a source in clinical safety testing.
const CodeTested = "clinical-safety"

const testedWords = "In clinical safety testing, not for care"

// tested marks the outcome of a source in clinical safety testing.
func tested(g policy.Grant, o record.Outcome) record.Outcome {
	if !g.Tested() {
		return o
	}
	o.Code = CodeTested
	if o.Reason != "" {
		o.Reason = testedWords + ". " + o.Reason
	} else {
		o.Reason = testedWords
	}
	return o
}

// ofTheRecord are the outcomes from which a reader may conclude something: what a tested
// source does not have, or says that there is none of, or does not answer, is of no weight.
// Its entries are shown all the same, and counted as they are.
func ofTheRecord(outcomes []record.Outcome) []record.Outcome {
	inTest := func(o record.Outcome) bool { return o.Code == CodeTested }
	if !slices.ContainsFunc(outcomes, inTest) {
		return outcomes
	}
	return slices.DeleteFunc(slices.Clone(outcomes), inTest)
}

// try has systems tried out that would be asked for these sections if they were live. Nothing
// of it comes back here: only numbers are kept of it.
func (q *request) try(patients []*patient.Patient, sections []record.Section) {
	if q.resolver.Trials == nil {
		return
	}
	for _, s := range q.resolver.Systems {
		for _, p := range patients {
			var awaited []record.Section
			for _, section := range sections {
				if s.Offers(section) && q.grant(p, sectionClass(section), s.Origin()).Awaited() {
					awaited = append(awaited, section)
				}
			}
			if len(awaited) > 0 {
				q.resolver.Trials.Try(s, p, awaited)
			}
		}
	}
}
