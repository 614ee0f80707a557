package docref_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/docref"
)

// FuzzRead: whatever a search answers, it is a list or a typed error.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("../*/testdata/cases/documents-*.txt")
	for _, file := range files {
		if raw, err := os.ReadFile(file); err == nil && (strings.Contains(file, "mhd") || strings.Contains(file, "nrl")) {
			in, _, _ := strings.Cut(string(raw), "\n----------\n")
			f.Add([]byte(in))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := docref.Read(data)
		if err != nil {
			if e, ok := err.(*sources.Error); !ok || e.Code == "" { //nolint:errorlint // the very type
				t.Errorf("%T %v", err, err)
			}
			return
		}
		for i := range a.Pointers {
			p := &a.Pointers[i]
			d := p.Document()
			p.Identifiers(a)
			for _, x := range []record.Date{d.Date, d.Recorded} {
				if _, err := record.ParseDate(string(x)); err != nil {
					t.Error(err)
				}
			}
			if len(d.Labels) < len(p.Labels) {
				t.Error("a label is lost")
			}
		}
	})
}
