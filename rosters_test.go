package main

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/sources"
)

// system is an opened source of the region's server.
func (r *region) source(t *testing.T, id string) *sources.System {
	t.Helper()
	for _, s := range r.server.systems {
		if s.Origin().ID == id {
			return s
		}
	}
	t.Fatalf("no source %s", id)
	return nil
}

// on is who is on a roster, as the demo tells it: sorted local ids.
func (r *region) on(t *testing.T, roster demo.Roster) ([]string, error) {
	t.Helper()
	people, err := r.source(t, roster.System).Roster(t.Context(), sources.RosterKind(roster.Kind), roster.ID)
	var ids []string
	for _, p := range people {
		ids = append(ids, p.Subject)
	}
	slices.Sort(ids)
	return ids, err
}

// Every ward, clinic and caseload of the region lists whom the demo's people say is
// there, with their own names.
func TestRostersAreWhatTheRegionSays(t *testing.T) {
	r := startRegion(t, demo.Options{Patients: 120}, nil)
	named := map[string]string{}
	for _, p := range r.Patients {
		for system, id := range p.LocalIDs {
			named[system+id] = p.BirthDate
		}
	}
	listed := map[string]int{}
	for _, want := range r.Rosters {
		s := r.source(t, want.System)
		all, err := s.Rosters(t.Context())
		if err != nil || !slices.Contains(all, sources.Roster{Kind: sources.RosterKind(want.Kind), ID: want.ID, Name: want.Name}) {
			t.Errorf("%s %s: %s is not offered: %v", want.System, want.Kind, want.Name, err)
		}
		got, err := r.on(t, want)
		if err != nil || !slices.Equal(got, want.LocalIDs) {
			t.Errorf("%s %s: %q, %v, want %q", want.System, want.Name, got, err, want.LocalIDs)
		}
		listed[want.System+" "+want.Kind] += len(got)
		people, _ := s.Roster(t.Context(), sources.RosterKind(want.Kind), want.ID)
		for _, p := range people {
			if p.BirthDate == "" || p.Name.IsZero() || named[want.System+p.Subject] == "" {
				t.Errorf("%s: somebody without name or birth date", want.Name)
			}
		}
		if _, err := s.Roster(t.Context(), sources.RosterKind(want.Kind), "no-such"); !errors.Is(err, sources.ErrNoSuchRoster) {
			t.Errorf("%s: %v", want.System, err)
		}
	}
	t.Logf("listed: %v", listed)
	for _, kind := range []string{"hospital WARD", "hospital CLINIC", "mental-health WARD", "mental-health CASELOAD", "social-care CASELOAD"} {
		if listed[kind] == 0 {
			t.Errorf("nobody is on any %s", kind)
		}
	}
	if r.source(t, "gp").CanRoster() {
		t.Error("the GP system is not configured for rosters, and offers them")
	}
}

// No fault of a system makes a list shorter, empty or somebody else's (hazards H-01,
// H-02).
func TestFaultsNeverShortenARoster(t *testing.T) {
	exhausts(t)
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 60}, func(c *Config) {
		for i := range c.Sources {
			c.Sources[i].Timeout = time.Second
		}
	})
	for _, system := range []string{"hospital", "mental-health", "social-care"} {
		t.Run(system, func(t *testing.T) {
			t.Parallel() // each has a system of its own
			r.faultsOfRosters(t, system)
		})
	}
}

func (r *region) faultsOfRosters(t *testing.T, system string) {
	var longest demo.Roster
	for _, roster := range r.Rosters {
		if roster.System == system && len(roster.LocalIDs) > len(longest.LocalIDs) {
			longest = roster
		}
	}
	if len(longest.LocalIDs) == 0 {
		t.Fatal("nobody is on any roster")
	}
	failed := 0
	for _, fault := range demo.FaultNames() {
		if !r.misbehave(t, system, fault) {
			continue
		}
		var all []sources.Roster
		var listing error
		var both sync.WaitGroup
		both.Go(func() { all, listing = r.source(t, system).Rosters(t.Context()) })
		got, err := r.on(t, longest)
		both.Wait()
		if err != nil && got != nil || err == nil && !slices.Equal(got, longest.LocalIDs) {
			t.Errorf("%s: %q, %v, want %q", fault, got, err, longest.LocalIDs)
		}
		if listing == nil && len(all) == 0 {
			t.Errorf("%s: no rosters at all, and no error", fault)
		}
		if err != nil {
			failed++
		}
		r.control(t, "DELETE", system, "", "")
		r.listsAgain(t, longest)
	}
	if failed < 8 {
		t.Errorf("only %d faults were seen", failed)
	}
}

// listsAgain waits until a healed system's roster is read again.
func (r *region) listsAgain(t *testing.T, want demo.Roster) {
	t.Helper()
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); {
		if got, err := r.on(t, want); err == nil && slices.Equal(got, want.LocalIDs) {
			return
		}
	}
	t.Fatalf("%s has not recovered within 15 s", want.System)
}
