package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// allowed are the licences that what we ship, test with or build with may have.
var allowed = map[string]string{
	"MIT": "", "MIT-0": "", "ISC": "", "0BSD": "", "BSD-2-Clause": "", "BSD-3-Clause": "", "Apache-2.0": "", "BlueOak-1.0.0": "", "Unlicense": "", "CC0-1.0": "",
	"MPL-2.0":    "the copyleft is of its own files, which we use unchanged",
	"Python-2.0": "permissive; a parser of arguments under it",
	"CC-BY-4.0":  "data about browsers, which the build reads and names",
	// Free to use in products with its notices (LICENSE.md of @lhncbc/ucum-lhc).
	"LicenseRef-UCUM": "units and their conversion, unchanged",
}

// stated are the licences of packages whose lock file does not say them as SPDX does, by what
// their own LICENSE says.
var stated = map[string]string{
	"@lhncbc/ucum-lhc": "LicenseRef-UCUM",
	"is-integer":       "ISC", // WTFPL OR ISC: we take the second
	"base-64":          "MIT",
	"utils-merge":      "MIT",
	"watch":            "Apache-2.0",
}

// Module is a module of Go that is built into the program or its tests.
type Module struct{ Path, Licence string }

// GoLicences are those of everything that is built into the program, its tools and tests.
func GoLicences(root string) ([]Module, error) {
	lines, err := goList(root, "-deps", "-test", "-f", "{{with .Module}}{{if .Version}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", "./...")
	if err != nil {
		return nil, err
	}
	var all []Module
	for _, line := range lines {
		path, dir, ok := strings.Cut(line, "\t")
		if !ok {
			continue
		}
		licence, err := scan(dir)
		if err != nil {
			return nil, err
		}
		all = append(all, Module{path, licence})
	}
	return all, nil
}

// goList is what `go list` says in root, each line once, sorted.
func goList(root string, args ...string) ([]string, error) {
	list := exec.Command("go", append([]string{"list"}, args...)...) //nolint:gosec // arguments of ours
	list.Dir = root
	var stderr bytes.Buffer
	list.Stderr = &stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, stderr.String())
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(lines)
	return slices.Compact(lines), nil
}

// scan says which licences a module's own files are, by SPDX; "" if none is known.
func scan(dir string) (string, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	var ids []string
	for _, f := range files {
		if name := strings.ToUpper(f.Name()); f.IsDir() || !strings.HasPrefix(name, "LICEN") && !strings.HasPrefix(name, "COPYING") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			return "", err
		}
		for _, m := range licensecheck.Scan(text).Match {
			ids = append(ids, m.ID)
		}
	}
	slices.Sort(ids)
	return strings.Join(slices.Compact(ids), ", "), nil
}

// NPMLicences are those of everything that a lock file has, by package.
func NPMLicences(root, manifest string) (map[string]string, error) {
	file := strings.TrimSuffix(manifest, "package.json") + "package-lock.json"
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	if err != nil {
		return nil, err
	}
	var lock struct {
		Packages map[string]struct{ License string }
	}
	if err := json.Unmarshal(text, &lock); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	all := map[string]string{}
	for path, p := range lock.Packages {
		if path == "" {
			continue
		}
		name := path[strings.LastIndex(path, "node_modules/")+len("node_modules/"):]
		all[name] = p.License
		if s, ok := stated[name]; ok {
			all[name] = s
		}
	}
	return all, nil
}

var operators = regexp.MustCompile(`[()]|\bAND\b|,`)

// permitted says whether all parts of an expression are allowed, or one where there is a choice.
func permitted(expression string) bool {
	if expression == "" {
		return false
	}
	return slices.ContainsFunc(strings.Split(strings.Trim(expression, "()"), " OR "), func(choice string) bool {
		parts := strings.Fields(operators.ReplaceAllString(choice, " "))
		return len(parts) > 0 && !slices.ContainsFunc(parts, func(id string) bool { _, ok := allowed[id]; return !ok })
	})
}
