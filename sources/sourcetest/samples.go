package sourcetest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Sample is a file that somebody else published.
type Sample struct {
	// File is its name, which may hold a person's name or number: look at it, never print it.
	File string
	// Name says which it is without naming anybody: its folder and its place there.
	Name string
	// Body is what is in it, unpacked.
	Body []byte
}

// Samples reads what is in ../shared/data beside the project, where it stands: nothing of it
// is ever copied here. A pattern is a glob below that folder. Where there is nothing, the test
// is skipped and says so.
func Samples(t testing.TB, connector string, patterns ...string) []Sample {
	t.Helper()
	var all []Sample
	for _, pattern := range patterns {
		files, err := filepath.Glob(filepath.Join(shared(t), pattern))
		if err != nil {
			t.Fatal(err)
		}
		for i, file := range files {
			if info, err := os.Stat(file); err != nil || info.IsDir() {
				continue
			}
			body, err := unpacked(file)
			if err != nil {
				t.Fatalf("%s: a sample cannot be read", connector)
			}
			all = append(all, Sample{File: filepath.Base(file), Name: fmt.Sprintf("%s, file %d", filepath.Dir(pattern), i+1), Body: body})
		}
	}
	if len(all) == 0 {
		t.Skipf("samples %s: skipped: absent: ../shared/data/%s", connector, strings.Join(patterns, ", "))
	}
	return all
}

// shared is the folder of samples, beside the project's own.
func shared(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil {
		if _, none := os.Stat(filepath.Join(dir, "go.mod")); none == nil {
			return filepath.Join(dir, "..", "shared", "data")
		}
		if dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	t.Fatal("the test does not run within the project")
	return ""
}

func unpacked(file string) ([]byte, error) {
	raw, err := os.ReadFile(file)
	if err != nil || !strings.HasSuffix(file, ".gz") {
		return raw, err
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// Tally counts what a connector understood of samples and what it did not, for `make samples`.
type Tally struct {
	// Connector is whose reader it was, and of what if there are several kinds of sample.
	Connector string
	// Files were read or refused; none is passed over.
	Files int
	// None are statements that there is nothing.
	None int

	understood, not map[string]int
}

// Understood counts n statements of a kind: a section, or what stands for one.
func (c *Tally) Understood(kind string, n int) {
	if c.understood == nil {
		c.understood = map[string]int{}
	}
	if n > 0 {
		c.understood[kind] += n
	}
}

// Not counts what was named as not understood, by its reason.
func (c *Tally) Not(reason string) {
	if c.not == nil {
		c.not = map[string]int{}
	}
	c.not[reason]++
}

// Entries is how many statements were understood.
func (c *Tally) Entries() int { return sum(c.understood) }

// Missed is how often something was named as not understood.
func (c *Tally) Missed() int { return sum(c.not) }

// Report logs the tally, as `make samples` prints it.
func (c *Tally) Report(t testing.TB) {
	t.Helper()
	none := ""
	if c.None > 0 {
		none = fmt.Sprintf(", %d statements of none", c.None)
	}
	t.Logf("samples %s: %d files, %d entries understood%s\n    understood: %s\n    not understood, %d: %s",
		c.Connector, c.Files, c.Entries(), none, listed(c.understood), c.Missed(), listed(c.not))
}

// mostListed is how many kinds are named one by one.
const mostListed = 16

// listed has the most frequent first.
func listed(m map[string]int) string {
	if len(m) == 0 {
		return "nothing"
	}
	kinds := slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		if m[a] != m[b] {
			return m[b] - m[a]
		}
		return strings.Compare(a, b)
	})
	var out []string
	rest := 0
	for i, kind := range kinds {
		if i < mostListed {
			out = append(out, fmt.Sprintf("%s %d", kind, m[kind]))
		} else {
			rest += m[kind]
		}
	}
	if rest > 0 {
		out = append(out, fmt.Sprintf("and %d of %d more kinds", rest, len(kinds)-mostListed))
	}
	return strings.Join(out, ", ")
}

func sum(m map[string]int) (n int) {
	for _, k := range m {
		n += k
	}
	return n
}
