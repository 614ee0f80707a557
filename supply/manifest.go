package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// Manifest is a file that names direct dependencies.
type Manifest struct {
	// File from the repository's root.
	File string
	// Versions of what it names, by name.
	Versions map[string]string
}

var (
	exact = regexp.MustCompile(`^v?\d+\.\d+\.\d+[-+.0-9A-Za-z]*$`)
	// A tool is run by `go run` at a version.
	goTool = regexp.MustCompile(`([a-z][a-zA-Z0-9.-]*\.[a-z]+/[a-zA-Z0-9./_-]+)@(v[0-9][0-9A-Za-z.+-]*)`)
)

// Manifests finds them below root: go.mod, every package.json that is ours, and the tools of
// the Makefile.
func Manifests(root string) ([]*Manifest, error) {
	gomod, err := goManifest(root)
	if err != nil {
		return nil, err
	}
	tools, err := toolManifest(root)
	if err != nil {
		return nil, err
	}
	all := []*Manifest{gomod, tools}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == "dist") {
			return filepath.SkipDir
		}
		if d.Name() != "package.json" {
			return nil
		}
		m, err := npmManifest(root, path)
		all = append(all, m)
		return err
	})
	return all, err
}

func goManifest(root string) (*Manifest, error) {
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil, err
	}
	parsed, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		return nil, err
	}
	m := &Manifest{"go.mod", map[string]string{}}
	for _, r := range parsed.Require {
		if !r.Indirect {
			m.Versions[r.Mod.Path] = r.Mod.Version
		}
	}
	return m, nil
}

func toolManifest(root string) (*Manifest, error) {
	text, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		return nil, err
	}
	m := &Manifest{"Makefile", map[string]string{}}
	for _, found := range goTool.FindAllStringSubmatch(string(text), -1) {
		m.Versions[found[1]] = found[2]
	}
	return m, nil
}

func npmManifest(root, path string) (*Manifest, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var p struct{ Dependencies, DevDependencies, OptionalDependencies map[string]string }
	if err := json.Unmarshal(text, &p); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	rel, err := filepath.Rel(root, path)
	m := &Manifest{filepath.ToSlash(rel), map[string]string{}}
	for _, some := range []map[string]string{p.Dependencies, p.DevDependencies, p.OptionalDependencies} {
		for name, version := range some {
			m.Versions[name] = version
		}
	}
	return m, err
}

// Loose are those that are not pinned to one version.
func (m *Manifest) Loose() []string {
	var loose []string
	for name, version := range m.Versions {
		if !exact.MatchString(version) {
			loose = append(loose, name+" "+version)
		}
	}
	slices.Sort(loose)
	return loose
}

// isNPM says whether its packages have a lock file beside it.
func (m *Manifest) isNPM() bool { return strings.HasSuffix(m.File, "package.json") }
