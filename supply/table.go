package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// reasonsFile has the reason for each direct dependency.
const reasonsFile = "docs/dependencies.md"

// Row is what is written of one dependency.
type Row struct {
	Line            int
	Reason, Licence string
}

var (
	heading = regexp.MustCompile("^## `([^`]+)`")
	row     = regexp.MustCompile("^\\| `([^`]+)` \\| (.*) \\| (.*) \\|$")
)

// ReadReasons reads the rows under each manifest's heading.
func ReadReasons(root string) (map[string]map[string]Row, error) {
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(reasonsFile)))
	if err != nil {
		return nil, err
	}
	all := map[string]map[string]Row{}
	file := ""
	for i, line := range strings.Split(string(text), "\n") {
		if m := heading.FindStringSubmatch(line); m != nil {
			file = m[1]
			all[file] = map[string]Row{}
			continue
		}
		m := row.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		if file == "" {
			return nil, fmt.Errorf("%s:%d: a row before any manifest's heading", reasonsFile, i+1)
		}
		if _, twice := all[file][m[1]]; twice {
			return nil, fmt.Errorf("%s:%d: %s is there twice", reasonsFile, i+1, m[1])
		}
		all[file][m[1]] = Row{i + 1, strings.TrimSpace(m[2]), strings.TrimSpace(m[3])}
	}
	return all, nil
}

// shortest is what a reason has at least, so that "needed" is none.
const shortest = 20

// Unwritten is everything that is wrong with the reasons for what manifests name.
func Unwritten(manifests []*Manifest, reasons map[string]map[string]Row) []string {
	var wrong []string
	known := map[string]bool{}
	for _, m := range manifests {
		known[m.File] = true
		rows := reasons[m.File]
		for name := range m.Versions {
			switch r, ok := rows[name]; {
			case !ok:
				wrong = append(wrong, fmt.Sprintf("%s: %s of %s has no row under its heading", reasonsFile, name, m.File))
			case len(r.Reason) < shortest:
				wrong = append(wrong, fmt.Sprintf("%s:%d: %s has no reason", reasonsFile, r.Line, name))
			}
		}
		for name, r := range rows {
			if _, ok := m.Versions[name]; !ok {
				wrong = append(wrong, fmt.Sprintf("%s:%d: %s is not in %s any more", reasonsFile, r.Line, name, m.File))
			}
		}
		for _, loose := range m.Loose() {
			wrong = append(wrong, fmt.Sprintf("%s: %s is no exact version", m.File, loose))
		}
	}
	for file := range reasons {
		if !known[file] {
			wrong = append(wrong, fmt.Sprintf("%s: there is no %s", reasonsFile, file))
		}
	}
	return wrong
}
