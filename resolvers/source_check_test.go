package resolvers

import (
	"testing"

	"github.com/patchworkcare/patchwork/sources/check"
)

// The viewer's report says what the connector said, and what was agreed and until when: an
// accepted finding without its reason would look like one that nobody minds.
func TestAFindingSaysWhatWasSaidAndAgreed(t *testing.T) {
	t.Parallel()
	f := check.Finding{Code: "author-missing", Verdict: check.Warn, Text: "No author", Accepted: true, Where: []check.Where{
		{Section: "alerts", Accepted: &check.Acceptance{Finding: "author-missing", Reason: "Agreed", Until: "2027-03-31"}}, {Section: "problems"}}}
	if got := *findingOf(f).Text; got != "No author (accepted in alerts until 2027-03-31: Agreed)" {
		t.Error(got)
	}
	f = check.Finding{Text: "It refuses", Said: []string{"sqlstate-28P01: The password", "b"}}
	if got := *findingOf(f).Text; got != "It refuses (sqlstate-28P01: The password; b)" {
		t.Error(got)
	}
	f.Said = nil
	if got := *findingOf(f).Text; got != "It refuses" {
		t.Error(got)
	}
}
