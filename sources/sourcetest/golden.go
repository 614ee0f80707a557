package sourcetest

import (
	"flag"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
)

// update makes the golden cases be what the connector answers now. Read the diff.
var update = flag.Bool("update", false, "write the second half of the golden cases")

// separator parts a case's input from its entries.
const separator = "\n----------\n"

func goldenCases(t *testing.T, c *Case) {
	files, err := filepath.Glob(filepath.Join(c.GoldenDir, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("not applicable: no cases in " + c.GoldenDir)
	}
	if c.Golden == nil {
		t.Fatal("there are cases, and the case has no Golden")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { c.golden(t, file) })
	}
}

func (c *Case) golden(t *testing.T, file string) {
	name, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".txt"), "-")
	section, ok := record.SectionNamed(name)
	if !ok {
		t.Fatalf("the file's name must begin with a section's configuration name, not %q", name)
	}
	compare(t, file, func(input []byte) string { return Render(c.Golden(t, section, input)) })
}
