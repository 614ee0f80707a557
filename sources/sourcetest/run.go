package sourcetest

import (
	"testing"
)

// Run runs the suite against c.
func Run(t *testing.T, c Case) {
	c.validate(t)
	parts := []struct {
		name string
		run  func(*testing.T, *Case)
	}{
		{"offers", offers},
		{"results align with keys", aligned},
		{"an unknown person is empty and not an error", unknownPerson},
		{"answered with nothing is not a fault", answeredWithNothing},
		{"entries are whole", wholeEntries},
		{"every call goes through Env.Call", throughCall},
		{"opens while the system is down", opensWhileDown},
		{"faults have their kind", faultsHaveTheirKind},
		{"recovers", recovers},
		{"cancel ends a fetch", cancelEnds},
		{"nothing is left running", nothingLeft},
		{"finds people", findsPeople},
		{"reads rosters", readsRosters},
		{"probes", probes},
		{"golden cases", goldenCases},
		{"golden rosters", goldenRosters},
	}
	for _, p := range parts {
		t.Run(p.name, func(t *testing.T) { p.run(t, &c) })
	}
}
