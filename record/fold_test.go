package record

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The folding rule as a table: what sources answered, how many entries are shown, and
// what a reader may conclude. domain rule: the completeness contract; hazard H-02.
func TestFold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		statuses string
		entries  int
		want     Verdict
		missing  int
	}{
		// Entries are shown, with what is missing named.
		{"ANSWERED", 2, Known, 0},
		{"ANSWERED EMPTY NOT_REGISTERED NOT_OFFERED", 2, Known, 0},
		{"ANSWERED PENDING", 2, KnownIncomplete, 1},
		{"ANSWERED TIMED_OUT UNAVAILABLE", 2, KnownIncomplete, 2},
		{"ANSWERED WITHHELD", 2, KnownIncomplete, 1},
		{"PARTIAL", 2, KnownIncomplete, 1},
		{"ANSWERED MISMATCHED", 2, KnownIncomplete, 1},
		// One says there are none, another has some: a conflict, and shown as one.
		{"ASSERTED_NONE ANSWERED", 1, Conflict, 0},
		{"ASSERTED_NONE ANSWERED UNAVAILABLE", 1, Conflict, 1},
		// None needs every source's answer.
		{"ASSERTED_NONE", 0, NoneKnown, 0},
		{"ASSERTED_NONE EMPTY NOT_OFFERED NOT_REGISTERED", 0, NoneKnown, 0},
		{"ASSERTED_NONE UNAVAILABLE", 0, NotAvailable, 1},
		{"ASSERTED_NONE TIMED_OUT", 0, NotAvailable, 1},
		{"ASSERTED_NONE PENDING", 0, Waiting, 1},
		{"ASSERTED_NONE WITHHELD", 0, WithheldFromYou, 1},
		{"ASSERTED_NONE PARTIAL", 0, NotAvailable, 1},
		{"EMPTY", 0, NotRecorded, 0},
		{"EMPTY EMPTY NOT_OFFERED", 0, NotRecorded, 0},
		{"EMPTY UNAVAILABLE", 0, NotAvailable, 1},
		{"EMPTY MISMATCHED", 0, NotAvailable, 1},
		{"EMPTY UNKNOWN", 0, NotAvailable, 1},
		{"EMPTY PENDING", 0, Waiting, 1},
		{"PENDING UNAVAILABLE", 0, NotAvailable, 2},
		{"EMPTY WITHHELD", 0, WithheldFromYou, 1},
		{"WITHHELD PENDING", 0, Waiting, 2},
		// Nobody could be asked: that is not none.
		{"", 0, NotAvailable, 0},
		{"NOT_OFFERED NOT_OFFERED", 0, NotAvailable, 0},
		{"NOT_REGISTERED", 0, NotAvailable, 0},
	} {
		f := Fold(c.entries, outcomes(c.statuses))
		if f.Verdict != c.want || len(f.Missing) != c.missing {
			t.Errorf("%q with %d entries: %s missing %d, want %s missing %d", c.statuses, c.entries, f.Verdict, len(f.Missing), c.want, c.missing)
		}
	}
}

func outcomes(statuses string) []Outcome {
	var all []Outcome
	for s := range strings.FieldsSeq(statuses) {
		all = append(all, Outcome{Status: Status(s)})
	}
	return all
}

// Whatever the outcomes: "none" is said only if every source is complete, and one
// more source that did not answer never makes a verdict more certain.
func TestFoldNeverFakesAbsence(t *testing.T) {
	t.Parallel()
	every := []Status{"", Answered, AssertedNone, Empty, Pending, TimedOut, Unavailable, Partial, Withheld, Mismatched, NotRegistered, NotOffered, "SOMETHING_NEW"}
	rapid.Check(t, func(t *rapid.T) {
		statuses := rapid.SliceOfN(rapid.SampledFrom(every), 0, 6).Draw(t, "statuses")
		var all []Outcome
		complete := true
		for _, s := range statuses {
			all = append(all, Outcome{Status: s})
			complete = complete && s.Complete()
		}
		f := Fold(0, all)
		if slices.Contains([]Verdict{NoneKnown, NotRecorded, Known}, f.Verdict) && !complete {
			t.Fatalf("%v folds to %s", statuses, f.Verdict)
		}
		if more := Fold(0, append(all, Outcome{Status: Unavailable})); more.Verdict != NotAvailable {
			t.Fatalf("%v and one down folds to %s", statuses, more.Verdict)
		}
		if g := Fold(3, all); g.Verdict == NoneKnown || g.Verdict == NotRecorded || (g.Verdict == Known && !complete) {
			t.Fatalf("%v with entries folds to %s", statuses, g.Verdict)
		}
	})
}

func TestZeroValuesAreSafe(t *testing.T) {
	t.Parallel()
	var s Status
	var v Verdict
	var b strings.Builder
	s.MarshalGQL(&b)
	v.MarshalGQL(&b)
	if s.Complete() || b.String() != `"UNKNOWN""UNAVAILABLE"` {
		t.Errorf("zero status complete %v, written %s", s.Complete(), b.String())
	}
}
