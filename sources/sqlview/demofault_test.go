package sqlview

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/sources"
)

func misbehave(t *testing.T, r *demo.Region, fault string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, r.System("mental-health").Control, strings.NewReader(`{"fault": "`+fault+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode >= 300 {
		t.Fatalf("%s: %s", fault, answer.Status)
	}
	http.DefaultClient.CloseIdleConnections()
}

// No fault of the database reads as "nothing recorded", and duplicates are shown once.
func TestDemoPASFaults(t *testing.T) {
	r := region(t)
	s := open(t, demoStanza(t, "testdata/demo-pas.yaml", r.System("mental-health").URL))
	id := r.Scenario("everything").LocalIDs["mental-health"]
	var keys []sources.Key
	for _, section := range s.Offers() {
		keys = append(keys, sources.Key{Section: section, LocalID: id})
	}
	healthy := read(t, s, keys...)
	for _, fault := range []string{"refused", "reset", "hang", "drip", "status-500", "status-503", "status-429", "status-401", "bad-json", "html", "outcome-in-200", "wrong-patient"} {
		misbehave(t, r, fault)
		ctx, cancel := context.WithTimeout(t.Context(), 700*time.Millisecond)
		answers := make(chan struct {
			k sources.Key
			r sources.Result
		}, len(keys))
		s.Fetch(ctx, keys, func(k sources.Key, r sources.Result) {
			answers <- struct {
				k sources.Key
				r sources.Result
			}{k, r}
		})
		cancel()
		close(answers)
		for a := range answers {
			if a.r.Err == nil && (fault != "wrong-patient" || len(a.r.Entries)+len(a.r.Asserted) > 0) {
				t.Errorf("%s: %s: no error, %d entries", fault, a.k.Section.Name(), len(a.r.Entries))
			}
		}
	}
	for _, fault := range []string{"duplicates", "huge"} {
		misbehave(t, r, fault)
		for k, got := range read(t, s, keys...) {
			switch {
			case fault == "duplicates" && (got.Err != nil || len(got.Entries) != len(healthy[k].Entries)):
				t.Errorf("duplicates: %s: %v, %d entries, want %d", k.Section.Name(), got.Err, len(got.Entries), len(healthy[k].Entries))
			case fault == "huge" && got.Err == nil && len(got.Gaps) == 0:
				t.Errorf("huge: %s: read as if it were all", k.Section.Name())
			}
		}
	}
}
