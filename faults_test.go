package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// Every fault of every system × every section: what the system holds and does not give
// never reads as none, nobody else's data is shown, and the other systems' answers are
// as before (hazards H-01, H-02, H-06).
func TestNothingReadsAsNone(t *testing.T) {
	exhausts(t)
	t.Parallel()
	for _, system := range []string{"gp", "hospital", "mental-health", "social-care", "gp-connect", "archive"} {
		t.Run(system, func(t *testing.T) {
			r := startRegion(t, demo.Options{Patients: 60, GPConnect: system == "gp-connect", Archive: system == "archive"}, func(c *Config) {
				remember(c, 0)
				for i := range c.Sources {
					if c.Sources[i].ID == system { // the others keep theirs
						c.Sources[i].Timeout = 1500 * time.Millisecond
					}
				}
			})
			number := r.Scenario("everything").NHSNumber
			before := r.record(t, auth.RoleGP, number)
			for _, fault := range demo.FaultNames() {
				if !r.misbehave(t, system, fault) {
					continue
				}
				r.compare(t, system, fault, before, r.record(t, auth.RoleGP, number))
				r.control(t, "DELETE", system, "", "")
				r.recovered(t, system, number, before)
			}
			if log := r.log.String(); strings.Contains(log, number) || strings.Contains(log, r.Scenario("everything").FamilyName) {
				t.Error("the log names the patient")
			}
		})
	}
}

// misbehave sets a fault; false if it makes no sense on the system.
func (r *region) misbehave(t *testing.T, system, fault string) bool {
	t.Helper()
	status := r.tryControl(t, system, `{"fault":"`+fault+`"}`)
	if status == 422 {
		return false
	}
	if status >= 300 {
		t.Fatalf("%s %s: %d", system, fault, status)
	}
	return true
}

// recovered waits until a system's part of the record is as before.
func (r *region) recovered(t *testing.T, system, number string, before object) {
	t.Helper()
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); {
		after, same := r.record(t, auth.RoleGP, number), true
		for _, name := range sections {
			was, is := object(before[name].(map[string]any)), object(after[name].(map[string]any))
			same = same && slices.Equal(idsOf(was, system), idsOf(is, system)) &&
				outcome(was, system).text("status") == outcome(is, system).text("status")
		}
		if same {
			return
		}
	}
	t.Fatalf("%s has not recovered within 15 s", system)
}

func (r *region) compare(t *testing.T, system, fault string, before, after object) {
	t.Helper()
	for _, name := range sections {
		was, is := object(before[name].(map[string]any)), object(after[name].(map[string]any))
		had, has := idsOf(was, system), idsOf(is, system)
		status := outcome(is, system).text("status")
		if len(had) > 0 {
			switch status {
			case "EMPTY", "ASSERTED_NONE", "NOT_REGISTERED", "NOT_OFFERED", "UNKNOWN", "":
				t.Errorf("%s %s: %s reads %s though it holds %d", system, fault, name, status, len(had))
			case "ANSWERED":
				if !slices.Equal(had, has) {
					t.Errorf("%s %s: %s reads ANSWERED with %d of %d", system, fault, name, len(has), len(had))
				}
			}
			if v := is.text("verdict"); status != "ANSWERED" && (v == "KNOWN" || v == "NONE_KNOWN" || v == "NOT_RECORDED") {
				t.Errorf("%s %s: %s folds to %s with %s", system, fault, name, v, status)
			}
		}
		for _, id := range has {
			if fault != "endless-paging" && !slices.Contains(had, id) { // that fault invents entries
				t.Errorf("%s %s: %s shows an entry that was not there", system, fault, name)
			}
		}
		for _, o := range was.list("outcomes") {
			if other := o.text("source.id"); other != system && !slices.Equal(idsOf(was, other), idsOf(is, other)) {
				t.Errorf("%s %s: %s of %s changed: %s", system, fault, name, other, outcome(is, other))
			}
		}
	}
}

// idsOf are the ids of one source's entries, sorted, each once.
func idsOf(section object, source string) []string {
	var ids []string
	for _, e := range section.list("entries") {
		if e.text("provenance.source.id") == source {
			ids = append(ids, e.text("id"))
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
