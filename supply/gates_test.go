package main

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestGates: each says how it ended; one that could not be asked is skipped and not well, and
// one that does not hold fails the whole.
func TestGates(t *testing.T) {
	t.Parallel()
	well := gate{"well enough", func() error { return nil }}
	away := gate{"out of reach", func() error { return fmt.Errorf("database not reachable: %w", errSkipped) }}
	bad := gate{"broken", func() error { return errors.New("main.go:3: it is broken") }}
	for _, c := range []struct {
		gates []gate
		want  []string
		fails bool
	}{
		{[]gate{well, away}, []string{"well     well enough", "skipped  out of reach", "database not reachable"}, false},
		{[]gate{bad, well}, []string{"FAILED   broken", "main.go:3: it is broken", "well     well enough"}, true},
	} {
		var out bytes.Buffer
		if err := pass(c.gates, time.Now, &out); (err != nil) != c.fails {
			t.Errorf("%v", err)
		}
		for _, want := range c.want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%q is not in\n%s", want, out.String())
			}
		}
	}
}

func TestUnanswered(t *testing.T) {
	t.Parallel()
	answers := []Answer{{"G304", "", "the operator's"}, {"G115", "a/b.go", "below 3"}, {"G404", "fuzz", "cases of tests"}}
	found := []Finding{{"G304", "x.go", "1", "inclusion"}, {"G115", "a/b.go", "2", "overflow"}, {"G404", "fuzz/world/w.go", "3", "weak"}}
	if wrong := unanswered(found, answers); len(wrong) != 0 {
		t.Errorf("%v", wrong)
	}
	for name, c := range map[string]struct {
		found   []Finding
		answers []Answer
		want    string
	}{
		"another file":   {append(found[:3:3], Finding{"G115", "a/c.go", "4", "overflow"}), answers, "a/c.go:4: G115: overflow"},
		"another folder": {append(found[:3:3], Finding{"G404", "fuzzy/w.go", "5", "weak"}), answers, "fuzzy/w.go:5: G404"},
		"another rule":   {append(found[:3:3], Finding{"G701", "a/b.go", "6", "injection"}), answers, "a/b.go:6: G701"},
		"a stale answer": {found[:2], answers, "G404 fuzz is not found any more"},
	} {
		if wrong := unanswered(c.found, c.answers); len(wrong) != 1 || !strings.Contains(wrong[0], c.want) {
			t.Errorf("%s: %v", name, wrong)
		}
	}
}

// TestTheAnswersAreWhole: each has a rule and a reason, and its file is there.
func TestTheAnswersAreWhole(t *testing.T) {
	t.Parallel()
	answers, err := readAnswers("weaknesses.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		if found, _ := filepath.Glob(filepath.Join("..", a.File)); len(found) != 1 {
			t.Errorf("%s: there is no %s", a.Rule, a.File)
		}
	}
}
