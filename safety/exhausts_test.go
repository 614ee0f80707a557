package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestWhatGoesThroughEveryCombinationRuns: a test that leaves the race detector's run to the
// next one (exhausts, beside main) is named there, or it would run nowhere and its control
// would stand on nothing.
func TestWhatGoesThroughEveryCombinationRuns(t *testing.T) {
	t.Parallel()
	makefile, err := os.ReadFile(filepath.Join("..", "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	run := regexp.MustCompile(`-run '\^\(([A-Za-z0-9_|]+)\)\$\$' \.\n`).FindSubmatch(makefile)
	if run == nil {
		t.Fatal("test-go has no second run any more")
	}
	named := strings.Split(string(run[1]), "|")
	files, _ := filepath.Glob(filepath.Join("..", "*_test.go"))
	leaves := 0
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !strings.HasPrefix(f.Name.Name, "Test") || !calls(f, "exhausts") {
				continue
			}
			leaves++
			if !slices.Contains(named, f.Name.Name) {
				t.Errorf("%s: %s leaves itself to the second run of `make test-go`, which does not name it", file, f.Name.Name)
			}
		}
	}
	if leaves == 0 {
		t.Error("none was found: has exhausts another name?")
	}
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
