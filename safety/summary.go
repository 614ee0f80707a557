package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// partNames are the parts of a run, as readers know them.
var partNames = map[string]string{
	"go":            "Go, with the race detector, on SQLite, PostgreSQL and MariaDB",
	"go-exhaustive": "Go, every combination, without the race detector",
	"web":           "The viewer's units",
	"e2e":           "A real browser walks the demo region",
}

// testSummary is what the last run came to.
func (c *Case) testSummary() string {
	var b strings.Builder
	b.WriteString("# Test summary\n\n")
	fmt.Fprintf(&b, "Of commit `%s`. A test with parts counts once for itself and once for each part.\n\n", c.Tree.Commit)
	b.WriteString("| part | ended | took | passed | skipped | failed |\n|---|---|---|---|---|---|\n")
	for _, p := range c.Results.Parts {
		fmt.Fprintf(&b, "| %s | %s | %s | %d | %d | %d |\n", partNames[p.Name], p.Ended.UTC().Format("2 January 2006 15:04 UTC"),
			p.Ended.Sub(p.Began).Round(time.Second), p.Passed, p.Skipped, p.Failed)
	}
	folders := map[string][4]int{}
	for key, results := range c.Results.goTests {
		folder, _, _ := strings.Cut(key, ".")
		n := folders[folder]
		n[worst(results)]++
		folders[folder] = n
	}
	b.WriteString("\n## By room\n\n| room | passed | skipped | failed |\n|---|---|---|---|\n")
	for _, folder := range sorted(folders) {
		n := folders[folder]
		fmt.Fprintf(&b, "| `%s` | %d | %d | %d |\n", cmp.Or(folder, rootPackage), n[Passed], n[Skipped], n[Failed])
	}
	c.listed(&b, Failed, "Failed", "No control rests on one of these.")
	c.listed(&b, Skipped, "Skipped", "No control rests on one of these. Most need what others publish, a program of somebody else's, or to be asked for.")
	return b.String()
}

// listed names the tests that ended so.
func (c *Case) listed(b *strings.Builder, result Result, title, about string) {
	var names []string
	for key, results := range c.Results.goTests {
		if worst(results) == result {
			names = append(names, strings.TrimPrefix(key, "."))
		}
	}
	for file, tests := range c.Results.web {
		for _, t := range tests {
			if t.result == result {
				names = append(names, file+" > "+strings.Join(t.titles, " > "))
			}
		}
	}
	if len(names) == 0 {
		return
	}
	slices.Sort(names)
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n", title, about)
	for _, n := range names {
		fmt.Fprintf(b, "* `%s`\n", n)
	}
}

func sorted[T any](m map[string]T) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
