package snippets

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// spoken is what pages name between backticks.
var spoken = regexp.MustCompile("`([^`\n]+)`")

// codePlace is a file and what is in it: `resolvers/run.go:RunText`, `smart/mint.go:Server.mint`.
var codePlace = regexp.MustCompile(`^([\w./-]+\.(?:go|ts|tsx|graphqls|yaml)):([A-Za-z][\w.]*)$`)

// filePlace is a path with a folder or a known ending.
var filePlace = regexp.MustCompile(`^[\w.-]+(?:/[\w.*<>-]+)*/?$`)

// TestNamesOfCode: a place in the code that a page names is there, file and function.
func TestNamesOfCode(t *testing.T) {
	t.Parallel()
	named := 0
	for _, file := range pageFiles(t) {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range prose(string(text)) {
			for _, m := range spoken.FindAllStringSubmatch(line, -1) {
				place := codePlace.FindStringSubmatch(m[1])
				if place == nil {
					continue
				}
				named++
				if why := notInCode(place[1], place[2]); why != "" {
					t.Errorf("%s:%d: %s", file, i+1, why)
				}
			}
		}
	}
	if named == 0 {
		t.Error("no page names a place in the code")
	}
}

// notInCode says what is missing of a file and a function, type, method or name in it.
func notInCode(file, name string) string {
	text, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		return "there is no " + file
	}
	owner, member, method := strings.Cut(name, ".")
	pattern := fmt.Sprintf(`(?m)^(func|type|export (async )?function|export const|const|var|function|export interface|export type) %s\b|^func \(\w+ \*?\w+(\[\w+\])?\) %s\(|^\t%s\b`, name, name, name)
	if method {
		pattern = fmt.Sprintf(`(?m)^func \((\w+ )?\*?%s(\[\w+\])?\) %s\(|^type %s `, owner, member, owner)
		if !regexp.MustCompile(fmt.Sprintf(`\b%s\b`, member)).Match(text) {
			return fmt.Sprintf("%s has no %s", file, member)
		}
	}
	if !regexp.MustCompile(pattern).Match(text) {
		return fmt.Sprintf("%s has no %s", file, name)
	}
	return ""
}

// TestPathsThatContributorsRead: every path that CONTRIBUTING.md and the architecture name is there.
func TestPathsThatContributorsRead(t *testing.T) {
	t.Parallel()
	files := []string{"CONTRIBUTING.md", "docs/architecture.md"}
	for _, file := range pageFiles(t) {
		if strings.HasPrefix(file, "docs/walkthroughs/") {
			files = append(files, file)
		}
	}
	known := everyPath(t)
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range prose(string(text)) {
			for _, m := range spoken.FindAllStringSubmatch(line, -1) {
				path, isPath := pathOf(m[1])
				if isPath && !known[path] {
					t.Errorf("%s:%d: there is no %s", file, i+1, m[1])
				}
			}
		}
	}
}

// pathOf is what a page names, if it is the path of a file or folder: it ends as files of
// ours do, or with a slash. `<x>` and `*` stand for any name, and end what is looked for.
func pathOf(name string) (string, bool) {
	if !filePlace.MatchString(name) || strings.HasPrefix(name, "/") {
		return "", false
	}
	ending := strings.TrimPrefix(filepath.Ext(name), ".")
	switch ending {
	case "go", "md", "graphqls", "ts", "tsx", "yml", "sh", "mjs", "test":
	default:
		if !strings.HasSuffix(name, "/") {
			return "", false
		}
	}
	if i := strings.IndexAny(name, "<*"); i >= 0 {
		name = name[:strings.LastIndex(name[:i], "/")+1]
	}
	name = strings.TrimSuffix(name, "/")
	return name, name != ""
}

// everyPath are all files and folders, by their whole paths and, for files that are spoken
// of in their room, by their names.
func everyPath(t *testing.T) map[string]bool {
	t.Helper()
	known := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		name, err := filepath.Rel(root, path)
		known[filepath.ToSlash(name)] = true
		if !d.IsDir() {
			known[d.Name()] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return known
}

// TestNamesThatAreNotThere: what is not there is noticed.
func TestNamesThatAreNotThere(t *testing.T) {
	t.Parallel()
	for place, missing := range map[string]bool{
		"resolvers/section.go:section": false, "auth/policy/edition.go:Edition.Check": false, "web/src/api/record.ts:follow": false, "main.go:run": false,
		"resolvers/section.go:sektion": true, "auth/policy/edition.go:Edition.Chek": true, "resolvers/nowhere.go:section": true, "auth/policy/edition.go:Addition.Check": true,
	} {
		m := codePlace.FindStringSubmatch(place)
		if why := notInCode(m[1], m[2]); (why != "") != missing {
			t.Errorf("%s: %q", place, why)
		}
	}
	for name, is := range map[string]bool{"record/": true, "arch_test.go": true, "sources/<type>/": true, "GET": false, "yaml": false, "/graphql": false, "patient.Index": false} {
		if _, path := pathOf(name); path != is {
			t.Errorf("%s is taken for a path: %v", name, path)
		}
	}
}
