package sourcetest

import (
	"bytes"
	"flag"
	"os"
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
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	input, want, _ := bytes.Cut(whole, []byte(separator))
	got := Render(c.Golden(t, section, input))
	if *update {
		updated := append(append(bytes.TrimSuffix(input, []byte("\n")), separator...), got...)
		if err := os.WriteFile(file, updated, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(want) != got {
		t.Errorf("it answers\n%s\nwant\n%s\n(-update writes what it answers)", got, want)
	}
}
