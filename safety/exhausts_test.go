package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestWhatGoesThroughEveryCombinationRuns: a test that the race detector's run leaves to the
// next one, by exhausts (beside main) or by the constraint of its file, is named there with
// its package, or it would run nowhere and its control would stand on nothing.
func TestWhatGoesThroughEveryCombinationRuns(t *testing.T) {
	t.Parallel()
	makefile, err := os.ReadFile(filepath.Join("..", "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	run := regexp.MustCompile(`-run '\^\(([A-Za-z0-9_|]+)\)\$\$' ([./a-z ]+)\n`).FindSubmatch(makefile)
	if run == nil {
		t.Fatal("test-go has no second run any more")
	}
	named, packages := strings.Split(string(run[1]), "|"), strings.Fields(string(run[2]))
	leaves := 0
	for _, file := range testFiles(t) {
		text, err := os.ReadFile(file) //nolint:gosec // a file of this repository
		if err != nil {
			t.Fatal(err)
		}
		constraint, _, _ := strings.Cut(string(text), "\npackage ")
		whole := regexp.MustCompile(`(?m)^//go:build .*!race`).MatchString(constraint)
		if !whole && !strings.Contains(string(text), "exhausts(") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		of := "./" + strings.TrimPrefix(filepath.ToSlash(filepath.Dir(file)), "../")
		if filepath.Dir(file) == ".." {
			of = "."
		}
		for _, d := range parsed.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !strings.HasPrefix(f.Name.Name, "Test") || f.Name.Name == "TestMain" || !whole && !calls(f, "exhausts") {
				continue
			}
			leaves++
			if !slices.Contains(named, f.Name.Name) || !slices.Contains(packages, of) {
				t.Errorf("%s: %s leaves itself to the second run of `make test-go`, which does not name it and its package", file, f.Name.Name)
			}
		}
	}
	if leaves < 3 {
		t.Errorf("only %d were found: has exhausts another name?", leaves)
	}
}

// testFiles are all files of Go tests.
func testFiles(t *testing.T) (all []string) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && path != "..") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, "_test.go") {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func calls(f *ast.FuncDecl, name string) bool {
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if id, ok := call.Fun.(*ast.Ident); ok && id.Name == name {
				found = true
			}
		}
		return true
	})
	return found
}
