package main

import (
	"fmt"
	"strings"
	"testing"
)

// TestWhatIsWrongWithALogIsSaidByItsLine, all of it at once.
func TestWhatIsWrongWithALogIsSaidByItsLine(t *testing.T) {
	t.Parallel()
	change := func(from, to string) string { return strings.Replace(oneHazard, from, to, 1) }
	for name, c := range map[string]struct{ text, want string }{
		"well":                {oneHazard, ""},
		"no YAML":             {"hazards: [", ":2: "},
		"an unknown key":      {change("affects:", "afects:"), ":7: "},
		"a wrong shape":       {change("causes: [a fault]", "causes: {a: b}"), ":5: "},
		"no hazards":          {"introduction: x\nhazards: []\n", ":1: there are no hazards"},
		"an id":               {change("H-01", "1"), `:3: a hazard's id is H- and two digits, not "1"`},
		"no effect":           {change("effect: harm", "effect: ''"), ":3: H-01 has no effect"},
		"no cause":            {change("[a fault]", "[]"), ":3: H-01 has no cause"},
		"no control":          {oneHazard[:strings.Index(oneHazard, "    controls:")] + "    controls: []\n" + oneHazard[strings.Index(oneHazard, "    residual:"):], ":3: H-01 has no control"},
		"no test":             {change(`tests: [patchwork.TestLie, "patchwork.TestLie/loudly", "web/src/lie.test.ts > lies > are %s"]`, "tests: []"), ":10: H-01, control 1 has no test"},
		"no test at all":      {change("\n        tests: ["+`patchwork.TestLie, "patchwork.TestLie/loudly", "web/src/lie.test.ts > lies > are %s"]`, ""), ":10: H-01, control 1 has no test"},
		"what is no test":     {change("patchwork.TestLie,", "by hand,"), `:12: H-01, control 1: "by hand" names no test`},
		"a test twice":        {change(`"patchwork.TestLie/loudly"`, "patchwork.TestLie"), ":12: H-01, control 1 names patchwork.TestLie twice"},
		"nowhere":             {change("[lie.go]", "[]"), ":10: H-01, control 1 is nowhere"},
		"a file that is gone": {change("[lie.go]", "[gone.go]"), ":11: H-01, control 1: there is no gone.go"},
		"no severity":         {change("severity: major, likelihood: very low", "severity: bad, likelihood: very low"), ":13: H-01: the residual risk is one of"},
		"more than before":    {change("likelihood: very low}", "likelihood: very high}"), ":13: H-01: what remains is more than there was"},
		"a status":            {change("status: controlled", "status: fine"), `:16: H-01: "fine" is no status`},
		"twice":               {oneHazard + strings.SplitAfter(oneHazard, "hazards:\n")[1], ":17: H-01 is there twice"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			put(t, root, "lie.go", "package main\n")
			put(t, root, hazardLog, c.text)
			_, problems := ReadLog(root)
			if c.want == "" && len(problems) > 0 || c.want != "" && (len(problems) != 1 || !strings.Contains(fmt.Sprint(problems), hazardLog+c.want)) {
				t.Errorf("%v", problems)
			}
		})
	}
}

// TestMatrix holds the matrix to the guidance's: more severe and more likely is never less.
func TestMatrix(t *testing.T) {
	t.Parallel()
	for l := range likelihoods {
		for s := range severities {
			if s > 0 && matrix[l][s] < matrix[l][s-1] || l > 0 && matrix[l][s] < matrix[l-1][s] {
				t.Errorf("%s × %s", severities[s], likelihoods[l])
			}
		}
	}
	for _, c := range []struct {
		risk Risk
		want int
	}{
		{Risk{"minor", "very low"}, 1}, {Risk{"catastrophic", "very low"}, 3}, {Risk{"catastrophic", "high"}, 5}, {Risk{"major", "very high"}, 5},
		{Risk{"minor", "very high"}, 3}, {Risk{"considerable", "medium"}, 3}, {Risk{"significant", "low"}, 2}, {Risk{"Major", "high"}, 0}, {Risk{}, 0},
	} {
		if got := c.risk.Score(); got != c.want {
			t.Errorf("%s, want %d", c.risk, c.want)
		}
	}
}

func TestFits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		title, run string
		want       bool
	}{
		{"are told", "are told", true}, {"are told", "are told twice", false}, {"are %s", "are told", true}, {"are %s", "were told", false},
		{"%s: nothing (runs)", "a: nothing (runs)", true}, {"%s: nothing (runs)", "a: nothing runs", false}, {"$name is drawn", "a bar is drawn", true},
		{"100 %", "100 %", true}, {"%i px", "360 px", true}, {"%s with %s", "KNOWN with PENDING", true},
	} {
		if fits(c.title, c.run) != c.want {
			t.Errorf("%q, %q", c.title, c.run)
		}
	}
}
