package sources

import (
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

const pendingReason = "It has been asked and has not answered yet"

// OutcomeOf puts an answer into the completeness contract, as seen at now. A fault is
// never an empty list, and an answer that something is missing from is never
// complete, whatever else it says (hazard H-02).
func OutcomeOf(a Answer, now time.Time) record.Outcome {
	o := record.Outcome{Source: a.Source, Took: a.Took}
	if a.Err != nil {
		e := AsError(a.Err)
		o.Status, o.Code, o.Since = failureStatus(e), e.Code, e.Since
		o.Reason = reasonOr(e.Reason, o.Status)
		return o
	}
	o.Count = len(a.Entries)
	o.Asserted = a.Asserted
	o.AsOf = a.AsOf
	if o.AsOf.IsZero() && !a.Retrieved.IsZero() {
		o.AsOf = a.Retrieved.Add(-a.Took)
	}
	if !o.AsOf.IsZero() {
		o.Age = max(0, now.Sub(o.AsOf))
	}
	if len(a.Gaps) > 0 {
		o.Status, o.Code, o.Reason = gapOutcome(a.Gaps, o.Count)
		return o
	}
	switch {
	case o.Count > 0:
		o.Status = record.Answered
	case len(o.Asserted) > 0:
		o.Status = record.AssertedNone
	default:
		o.Status = record.Empty
	}
	return o
}

// PendingOutcome is the outcome of a read that the reader no longer waits for:
// PENDING, or that of its answer if it is there after all.
func PendingOutcome(r *Read, now time.Time) record.Outcome {
	select {
	case <-r.Done():
		return OutcomeOf(r.Answer(), now)
	default:
	}
	return record.Outcome{
		Source: r.flight.batch.system.Origin(), Status: record.Pending, Reason: pendingReason,
		Took: max(0, now.Sub(r.Asked())),
	}
}

func failureStatus(e *Error) record.Status {
	switch {
	case e.Kind == Timeout:
		return record.TimedOut
	case e.Kind == WrongPatient:
		return record.Mismatched
	case e.Kind == Refused && e.Code == "consent":
		return record.Withheld
	}
	return record.Unavailable
}

// gapOutcome reads the gaps together. Something withheld and nothing shown is
// WITHHELD; all else is PARTIAL. The code is that of the gap that decided.
func gapOutcome(gaps []Gap, count int) (record.Status, string, string) {
	status, first := record.Partial, gaps[0]
	if i := slices.IndexFunc(gaps, func(g Gap) bool { return g.Status == record.Withheld }); i >= 0 && count == 0 {
		status, first = record.Withheld, gaps[i]
	}
	var reasons []string
	for _, g := range append([]Gap{first}, gaps...) {
		if g.Reason != "" && !slices.Contains(reasons, g.Reason) {
			reasons = append(reasons, g.Reason)
		}
	}
	return status, first.Code, reasonOr(strings.Join(reasons, "; "), status)
}

// reasonOr gives a sentence where a connector gave none.
func reasonOr(reason string, s record.Status) string {
	if reason != "" {
		return reason
	}
	switch s {
	case record.TimedOut:
		return "It did not answer in time"
	case record.Mismatched:
		return "It answered about another person"
	case record.Withheld:
		return "It holds something back"
	case record.Partial:
		return "Something is missing from its answer"
	}
	return "It could not be read"
}
