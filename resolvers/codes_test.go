package resolvers

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every code that an error may carry stands in the guide of the graph.
func TestEveryCodeIsDocumented(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join("..", "docs", "graph.md"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`\bCode[A-Z]\w*\s*=\s*"([A-Z_]+)"|fail\([^"\n]*"([A-Z_]{5,})"`)
	seen := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range code.FindAllStringSubmatch(string(text), -1) {
			seen++
			if name := m[1] + m[2]; !strings.Contains(string(guide), "`"+name+"`") {
				t.Errorf("%s: %s is not in docs/graph.md", file, name)
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d codes were found", seen)
	}
}
