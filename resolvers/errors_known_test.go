package resolvers

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/errcode"
)

// codesOf reads the constants Code… of a package from its text, so that none is forgotten.
func codesOf(t *testing.T, dir string) map[string]bool {
	t.Helper()
	codes := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal(dir, err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || !strings.HasPrefix(spec.Names[0].Name, "Code") || len(spec.Values) == 0 {
				return true
			}
			if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
				if code, err := strconv.Unquote(lit.Value); err == nil && screaming.MatchString(code) {
					codes[code] = true
				}
			}
			return true
		})
	}
	return codes
}

// screaming are codes of errors; those of outcomes are written otherwise.
var screaming = regexp.MustCompile(`^[A-Z_]+$`)

var documented = regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\| (yes|no) \\|")

// TestEveryCodeIsDocumented: a program goes by codes, so each is told, with whether to ask
// again, and none is told that is never sent.
func TestEveryCodeIsDocumented(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../docs/api/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]string{}
	for _, m := range documented.FindAllStringSubmatch(string(text), -1) {
		told[m[1]] = m[2]
	}
	codes := codesOf(t, ".")
	for code := range codesOf(t, "../documents") {
		codes[code] = true
	}
	codes[errcode.ParseFailed], codes[errcode.ValidationFailed] = true, true
	for code := range codes {
		want := map[bool]string{true: "yes", false: "no"}[Retryable(code)]
		if told[code] != want {
			t.Errorf("docs/api/errors.md says %q of %s, and it is %q", told[code], code, want)
		}
	}
	for code := range told {
		if !codes[code] {
			t.Errorf("docs/api/errors.md tells of %s, which is never sent", code)
		}
	}
}

// TestCodesAreConstants: what is written by hand where it is used escapes the test above.
func TestCodesAreConstants(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("*.go")
	byHand := regexp.MustCompile(`(?:refuse|refuseOf|fail|notOpened|Extensions\["code"\]|"code":).*"[A-Z]+_[A-Z_]+"`)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(text), "\n") {
			if byHand.MatchString(line) {
				t.Errorf("%s: %s", name, strings.TrimSpace(line))
			}
		}
	}
}
