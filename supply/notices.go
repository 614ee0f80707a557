package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// part is a library of others in what is released, and the folder that its own files are in.
type part struct{ name, version, dir string }

// Notices writes the licences and notices of everything of others that the program and the
// viewer inside it have, in their own words: most licences ask that they go with it. root is
// the checkout, whose web/node_modules is there.
func Notices(root string, to io.Writer) error {
	parts, err := goParts(root)
	if err != nil {
		return err
	}
	viewers, err := viewerParts(root)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprint(to, "Patchwork contains works of others. Each follows with its licence, in its own words.\n"); err != nil {
		return err
	}
	for _, p := range append(parts, viewers...) {
		texts, err := noticesIn(p.dir)
		if err != nil {
			return err
		}
		if len(texts) == 0 {
			return fmt.Errorf("%s %s has no licence or notice in %s", p.name, p.version, p.dir)
		}
		if _, err := fmt.Fprintf(to, "\n%s\n%s %s\n\n%s\n", strings.Repeat("=", 80), p.name, p.version, strings.Join(texts, "\n\n")); err != nil {
			return err
		}
	}
	return nil
}

// goParts are the modules that are linked into the program, and Go itself.
func goParts(root string) ([]part, error) {
	lines, err := goList(root, "-deps", "-f", "{{with .Module}}{{if .Version}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", ".")
	if err != nil {
		return nil, err
	}
	env, err := exec.Command("go", "env", "GOROOT", "GOVERSION").Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	of := strings.Fields(string(env))
	if len(of) != 2 {
		return nil, fmt.Errorf("go env says %q", env)
	}
	all := []part{{"Go", of[1], of[0]}}
	for _, line := range lines {
		if of := strings.Split(line, "\t"); len(of) == 3 {
			all = append(all, part{of[0], of[1], of[2]})
		}
	}
	return all, nil
}

// viewerParts are the packages that a build of the viewer may take in: all but those that
// only build or test it.
func viewerParts(root string) ([]part, error) {
	text, err := os.ReadFile(filepath.Join(root, "web", "package-lock.json"))
	if err != nil {
		return nil, err
	}
	var lock struct {
		Packages map[string]struct {
			Version  string
			Dev      bool
			Optional bool
		}
	}
	if err := json.Unmarshal(text, &lock); err != nil {
		return nil, fmt.Errorf("web/package-lock.json: %w", err)
	}
	var all []part
	for path, p := range lock.Packages {
		dir := filepath.Join(root, "web", filepath.FromSlash(path))
		if path == "" || p.Dev {
			continue
		}
		if _, err := os.Stat(dir); err != nil && p.Optional { // of another kind of machine
			continue
		}
		all = append(all, part{path[strings.LastIndex(path, "node_modules/")+len("node_modules/"):], p.Version, dir})
	}
	slices.SortFunc(all, func(a, b part) int { return strings.Compare(a.name+" "+a.version, b.name+" "+b.version) })
	return slices.CompactFunc(all, func(a, b part) bool { return a.name == b.name && a.version == b.version }), nil
}

// noticesIn are the texts of a folder's licence and notice files; of a package without one,
// what its package.json or README says of the licence.
func noticesIn(dir string) (texts []string, err error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		name := strings.ToUpper(f.Name())
		if f.IsDir() || !slices.ContainsFunc([]string{"LICEN", "COPYING", "NOTICE"}, func(start string) bool { return strings.HasPrefix(name, start) }) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			return nil, err
		}
		texts = append(texts, strings.TrimSpace(string(text)))
	}
	if len(texts) > 0 {
		return texts, nil
	}
	return statedIn(dir)
}

func statedIn(dir string) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil {
		return nil, nil //nolint:nilerr // it says nothing, which the caller reports
	}
	var said struct {
		License string
		Author  any
	}
	if err := json.Unmarshal(text, &said); err != nil {
		return nil, fmt.Errorf("%s/package.json: %w", dir, err)
	}
	if said.License == "" {
		return nil, nil
	}
	by, err := json.Marshal(said.Author)
	return []string{fmt.Sprintf("Licence: %s. Author: %s.", said.License, by)}, err
}
