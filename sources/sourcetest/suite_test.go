package sourcetest_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// flawVariable names the rule that the connector under test breaks.
const flawVariable = "SOURCETEST_FLAW"

func TestConformance(t *testing.T) {
	flaw := os.Getenv(flawVariable)
	sourcetest.Run(t, sourcetest.Case{
		Start: func(t *testing.T) sourcetest.World {
			c := startCabinet(t, contents())
			return sourcetest.World{
				Connector: &cards{url: "http://" + c.address, flaw: flaw},
				Behave:    func(b sourcetest.Behaviour) (bool, string) { return c.behave(t, b) },
			}
		},
		Known:   []string{"9990000018", "9990000026", "9990000034"},
		Unknown: "9990000999",
		Nothing: sources.Key{Section: record.Problems, LocalID: "9990000018"},
		Secrets: []string{"Ashworth", "1956-03-12"},
		Rosters: []sourcetest.Rostered{{Roster: sources.Roster{Kind: sources.Ward, ID: "ward-1", Name: "The ward"},
			Want: []string{"9990000026", "9990000018"}}},
		NoRoster: "ward-999",
		Golden: func(t *testing.T, section record.Section, input []byte) sources.Result {
			c := startCabinet(t, map[string]string{"/9990000018": string(input)})
			opened, err := (&cards{url: "http://" + c.address}).Open(t.Context(), sources.Env{
				Call: func(ctx context.Context, do func(context.Context) error) error { return do(ctx) }})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = opened.Close() }()
			var got sources.Result
			opened.Fetch(t.Context(), []sources.Key{{Section: section, LocalID: "9990000018"}},
				func(_ sources.Key, r sources.Result) { got = r })
			return got
		},
	})
}

// TestTheSuiteSeesEveryFlaw runs the suite in a process of its own with a connector
// that breaks one rule, and looks for the part that must fail.
func TestTheSuiteSeesEveryFlaw(t *testing.T) {
	if os.Getenv(flawVariable) != "" {
		t.Skip("already inside")
	}
	for flaw, part := range map[string]string{
		"offers-twice":     "offers",
		"down-at-open":     "opens_while_the_system_is_down",
		"stays-open":       "nothing_is_left_running",
		"answers-twice":    "results_align_with_keys",
		"mixes-people":     "results_align_with_keys",
		"unknown-is-error": "an_unknown_person_is_empty_and_not_an_error",
		"past-call":        "every_call_goes_through_Env.Call",
		"fault-is-empty":   "faults_have_their_kind/malformed_later",
		"logs-numbers":     "results_align_with_keys",
		"quotes-the-url":   "faults_have_their_kind/down_later",
		"deaf":             "cancel_ends_a_fetch",
		"vouches":          "faults_have_their_kind/wrong_patient_later",
		"no-date":          "entries_are_whole",
		"gives-twice":      "entries_are_whole",

		"rosters-on-fault":      "reads_rosters/down",
		"roster-empty-on-fault": "reads_rosters/malformed",
		"no-roster-is-empty":    "reads_rosters",
		"roster-cuts":           "reads_rosters",
		"roster-quotes":         "reads_rosters/down",
	} {
		t.Run(flaw, func(t *testing.T) {
			t.Parallel()
			c := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestConformance$", "-test.timeout", "1m")
			c.Env = append(os.Environ(), flawVariable+"="+flaw)
			out, err := c.CombinedOutput()
			if err == nil {
				t.Fatal("the suite passes it")
			}
			if want := "--- FAIL: TestConformance/" + part + " "; !strings.Contains(string(out), want) {
				t.Errorf("want %q in\n%s", want, out)
			}
		})
	}
}
