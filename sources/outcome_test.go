package sources

import (
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

func TestOutcomeOf(t *testing.T) {
	now := time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)
	nightly := time.Date(2026, 3, 12, 3, 0, 0, 0, time.UTC)
	entries := []record.Entry{allergy("1")}
	none := []record.Assertion{{Subject: "1", Code: record.Text("No known allergy")}}
	partial := Gap{record.Partial, "page-cap", "Only the first 500 are shown"}
	withheld := Gap{record.Withheld, "confidential-items", "Confidential items are not sent"}
	failure := func(k Kind, code string) Result {
		return Result{Err: &Error{Kind: k, Code: code, Reason: "It failed", Since: nightly}}
	}

	for _, c := range []struct {
		what   string
		result Result
		status record.Status
		code   string
		reason string
	}{
		{"nothing", Result{}, record.Empty, "", ""},
		{"entries", Result{Entries: entries}, record.Answered, "", ""},
		{"none known", Result{Asserted: none}, record.AssertedNone, "", ""},
		{"entries and none known", Result{Entries: entries, Asserted: none}, record.Answered, "", ""},
		{"entries and a gap", Result{Entries: entries, Gaps: []Gap{partial}}, record.Partial, "page-cap", partial.Reason},
		{"a gap and nothing", Result{Gaps: []Gap{partial}}, record.Partial, "page-cap", partial.Reason},
		{"none known and a gap", Result{Asserted: none, Gaps: []Gap{partial}}, record.Partial, "page-cap", partial.Reason},
		{"withheld", Result{Gaps: []Gap{withheld}}, record.Withheld, "confidential-items", withheld.Reason},
		{"none known and withheld", Result{Asserted: none, Gaps: []Gap{withheld}}, record.Withheld, "confidential-items", withheld.Reason},
		{"entries and withheld", Result{Entries: entries, Gaps: []Gap{withheld}}, record.Partial, "confidential-items", withheld.Reason},
		{"two gaps, nothing", Result{Gaps: []Gap{partial, withheld}}, record.Withheld, "confidential-items", withheld.Reason + "; " + partial.Reason},
		{"two gaps, entries", Result{Entries: entries, Gaps: []Gap{partial, withheld}}, record.Partial, "page-cap", partial.Reason + "; " + withheld.Reason},
		{"a gap without a reason", Result{Gaps: []Gap{{Status: record.Withheld}}}, record.Withheld, "", "It holds something back"},
		{"a gap without a status", Result{Gaps: []Gap{{Code: "x"}}}, record.Partial, "x", "Something is missing from its answer"},
		{"timeout", failure(Timeout, "timeout"), record.TimedOut, "timeout", "It failed"},
		{"unavailable", failure(Unavailable, "http-503"), record.Unavailable, "http-503", "It failed"},
		{"malformed", failure(Malformed, "not-json"), record.Unavailable, "not-json", "It failed"},
		{"refused", failure(Refused, "http-403"), record.Unavailable, "http-403", "It failed"},
		{"refused for consent", failure(Refused, "consent"), record.Withheld, "consent", "It failed"},
		{"down, whatever the code", failure(Unavailable, "consent"), record.Unavailable, "consent", "It failed"},
		{"wrong patient", failure(WrongPatient, "wrong-patient"), record.Mismatched, "wrong-patient", "It failed"},
		{"an error without words", Result{Err: &Error{}}, record.Unavailable, "", "It could not be read"},
	} {
		origin := &record.Origin{ID: "clinic"}
		o := OutcomeOf(Answer{Result: c.result, Source: origin, Retrieved: now.Add(-time.Minute), Took: time.Second}, now)
		if o.Status != c.status || o.Code != c.code || o.Reason != c.reason {
			t.Errorf("%s: %s %q %q, want %s %q %q", c.what, o.Status, o.Code, o.Reason, c.status, c.code, c.reason)
		}
		if o.Source != origin || o.Took != time.Second {
			t.Errorf("%s: source or time taken is missing", c.what)
		}
		if c.result.Err != nil {
			if !o.AsOf.IsZero() || o.Age != 0 || o.Count != 0 {
				t.Errorf("%s: a failure has an age or a count: %+v", c.what, o)
			}
			if since := c.result.Err.(*Error).Since; !o.Since.Equal(since) {
				t.Errorf("%s: since %v, want %v", c.what, o.Since, since)
			}
			continue
		}
		if o.Count != len(c.result.Entries) || len(o.Asserted) != len(c.result.Asserted) {
			t.Errorf("%s: %+v", c.what, o)
		}
		if want := time.Minute + time.Second; o.Age != want {
			t.Errorf("%s: age %v, want %v: it was true when asked", c.what, o.Age, want)
		}
	}
	if o := OutcomeOf(Answer{Result: Result{AsOf: nightly}, Retrieved: now}, now); o.Age != 6*time.Hour || !o.AsOf.Equal(nightly) {
		t.Errorf("a nightly extract: %+v", o)
	}
	if o := OutcomeOf(Answer{Retrieved: now.Add(time.Hour)}, now); o.Age < 0 {
		t.Errorf("a clock that went back: %v", o.Age)
	}
}
