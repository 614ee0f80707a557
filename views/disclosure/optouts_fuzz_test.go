package disclosure

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// FuzzOptOuts: of a list that is taken every line is somebody who is found again, and there
// is nobody only where the first line says so: no line is passed over without a word.
func FuzzOptOuts(f *testing.F) {
	for _, s := range []string{
		"9434765919\n", "943 476 5919,\r\n987-654-3210\n# count 2", "", "\n\n", "NHS_NUMBER\n9434765919", "9434765919,9876543210", "\ufeff# none\n",
		"# none\n9434765919", "#NONE", "9434765918\n", strings.Repeat("9434765919\n", 100), "9434765919\x00", "# count 99999999999999999999\n9434765919",
	} {
		f.Add([]byte(s))
	}
	cipher, err := newBlinder()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		people, err := readOptOuts(bytes.NewReader(text), int64(len(text)), cipher)
		if err != nil {
			if people != nil {
				t.Fatal("refused, and given")
			}
			return
		}
		numbers := 0
		for line := range bytes.SplitSeq(bytes.TrimPrefix(text, []byte("\ufeff")), []byte("\n")) {
			line = bytes.TrimSpace(line)
			if len(line) == 0 || line[0] == '#' {
				continue
			}
			numbers++
			number, ok := numberOf(bytes.TrimSuffix(line, []byte(",")))
			if _, found := slices.BinarySearch(people, cipher.blind(number)); !ok || !found {
				t.Fatalf("a line is passed over: %q", line)
			}
		}
		if numbers == 0 && !strings.HasPrefix(strings.ToLower(strings.TrimLeft(strings.TrimPrefix(string(text), "\ufeff"), " \t\r\v\f\u0085\u00a0")), "#") {
			t.Fatalf("it is taken for a list of nobody: %q", text)
		}
	})
}
