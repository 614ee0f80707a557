package fhirr4_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"

	_ "modernc.org/sqlite" // the demo region keeps one of its systems in it
)

// TestDemoRegion reads everybody of the demo region's FHIR servers, which share no
// code with this package, and counts the calls.
func TestDemoRegion(t *testing.T) {
	region, err := demo.Start(t.Context(), demo.Options{Patients: 50})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = region.Close(context.Background()) })
	for _, system := range region.Systems {
		if system.Kind != "fhirr4" {
			continue
		}
		t.Run(system.ID, func(t *testing.T) {
			for _, batch := range []bool{false, true} {
				demoSystem(t, region, system, batch)
			}
		})
	}
}

func demoSystem(t *testing.T, region *demo.Region, system *demo.System, batch bool) {
	s := open(t, &fhirr4.Config{URL: system.URL, Batch: batch})
	var ids []string
	for _, p := range region.Patients {
		if id := p.LocalIDs[system.ID]; id != "" {
			ids = append(ids, id)
		}
	}
	ids = ids[:min(len(ids), 50)]
	counts(t, system, http.MethodDelete)
	var keys []sources.Key
	for _, section := range s.Offers() {
		keys = append(keys, sources.Key{Section: section, LocalID: ids[0]})
	}
	for k, r := range fetch(t, s, keys...) {
		check(t, k, r)
	}
	// One call for each of 18 resource types, or one batch.
	calls := counts(t, system, http.MethodDelete)
	if sum(calls) != map[bool]int{false: 18, true: 1}[batch] {
		t.Errorf("batch %v: a full record took %v", batch, calls)
	}
	keys = nil
	for _, id := range ids {
		for _, section := range s.Offers() {
			keys = append(keys, sources.Key{Section: section, LocalID: id})
		}
	}
	total := map[string]int{}
	for k, r := range fetch(t, s, keys...) {
		check(t, k, r)
		total[k.Section.Name()] += len(r.Entries) + len(r.Asserted)
	}
	// At most two calls for each type, but for observations, of which this server
	// gives 200 a page.
	for path, n := range counts(t, system, http.MethodDelete) {
		if n > 2 && path != "/Observation" {
			t.Errorf("batch %v: %d people took %d calls of %s", batch, len(ids), n, path)
		}
	}
	for _, section := range []string{"demographics", "practice", "allergies", "alerts", "medications", "problems",
		"appointments", "contacts", "personalContacts", "results", "observations", "procedures", "documents", "carePlans", "endOfLife"} {
		if total[section] == 0 {
			t.Errorf("%s: nobody has any", section)
		}
	}
}

func sum(m map[string]int) (n int) {
	for _, v := range m {
		n += v
	}
	return n
}

func check(t *testing.T, k sources.Key, r sources.Result) {
	t.Helper()
	if r.Err != nil {
		t.Errorf("%s: %v", k.Section.Name(), r.Err)
	}
	for _, g := range r.Gaps {
		t.Errorf("%s: gap %s", k.Section.Name(), g.Code)
	}
	for _, e := range r.Entries {
		b := e.Common()
		if b.Subject != k.LocalID || b.Provenance.LocalID == "" {
			t.Errorf("%s: an entry without its subject or id", k.Section.Name())
		}
		if k.Section != record.Demographics && k.Section != record.PersonalContacts && b.Code.Label() == "" {
			t.Errorf("%s: an entry without a code: %s", k.Section.Name(), strings.SplitN(b.Provenance.LocalID, "/", 2)[0])
		}
		if x, ok := e.(*record.Result); ok {
			for _, m := range x.Measurements {
				if m.Code.Label() == "" || (m.Value.IsZero() && m.Absent.IsZero()) {
					t.Errorf("a measurement without code or value")
				}
			}
		}
	}
}

// counts tells the requests by path since the last time.
func counts(t *testing.T, s *demo.System, method string) map[string]int {
	t.Helper()
	resp, err := http.Get(s.Control)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var state struct{ Counts map[string]int }
	if err := json.NewDecoder(resp.Body).Decode(&state); err != nil {
		t.Fatal(err)
	}
	req, _ := http.NewRequest(method, s.Control+"/counts", nil)
	if done, err := http.DefaultClient.Do(req); err == nil {
		done.Body.Close()
	}
	return state.Counts
}

// TestDemoFaults: whatever the server does wrong, no section that has something reads
// as having nothing (hazard H-02), nobody else's statement is taken for the person's
// (H-01), and no trap is walked into.
func TestDemoFaults(t *testing.T) {
	region, err := demo.Start(t.Context(), demo.Options{Patients: 20})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = region.Close(context.Background()) })
	system, id := region.System("gp"), region.Scenario("everything").LocalIDs["gp"]
	for _, fault := range demo.FaultNames() {
		for _, batch := range []bool{false, true} {
			if batch && (fault == "huge" || fault == "gzip-bomb") {
				continue // the same again, and slow
			}
			t.Run(fmt.Sprintf("%s/batch=%v", fault, batch), func(t *testing.T) { demoFault(t, system, id, fault, batch) })
		}
	}
}

func demoFault(t *testing.T, system *demo.System, id, fault string, batch bool) {
	s := open(t, &fhirr4.Config{URL: system.URL, Batch: batch, MaxPages: 5})
	var keys []sources.Key
	for _, section := range s.Offers() {
		keys = append(keys, sources.Key{Section: section, LocalID: id})
	}
	well := fetch(t, s, keys...)
	control(t, http.MethodPut, system.Control, `{"fault":"`+fault+`","delay":"0s"}`)
	defer control(t, http.MethodDelete, system.Control, "")
	ctx, cancel := context.WithTimeout(t.Context(), 700*time.Millisecond)
	defer cancel()
	if fault == "huge" || fault == "gzip-bomb" {
		ctx = t.Context()
	}
	for k, r := range fetchUntil(ctx, s, keys...) {
		name := k.Section.Name()
		wrong := 0
		for _, e := range r.Entries {
			if e.Common().Subject != id {
				wrong++
			}
		}
		if fault == "wrong-patient" && n1(well[k]) && len(r.Entries) == 0 {
			continue // nobody else has any: the server's answer about that person is empty
		}
		if n := len(well[k].Entries); r.Err == nil && n > 0 && wrong == 0 && len(r.Entries) < n && len(r.Gaps) == 0 {
			t.Errorf("%s: %d entries of %d, and nothing says that some are missing", name, len(r.Entries), n)
		}
		if n := len(well[k].Entries); r.Err == nil && wrong == 0 && len(r.Entries) > n && len(r.Gaps) == 0 {
			t.Errorf("%s: %d entries, without the fault %d", name, len(r.Entries), n)
		}
	}
	for path := range counts(t, system, http.MethodGet) {
		if strings.HasPrefix(path, "/trap") {
			t.Error("walked into a trap")
		}
	}
}

// n1 reports whether there is one entry: the sections of which only one person of
// the region has anything.
func n1(r sources.Result) bool { return len(r.Entries) == 1 }

func control(t *testing.T, method, url, body string) {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		t.Skipf("not applicable: HTTP %d", resp.StatusCode)
	}
}
