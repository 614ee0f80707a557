package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestTheHazardLog: the log is whole, and every test that it names is in the source, so that
// renaming or deleting one fails at once and not only when the safety case is made.
func TestTheHazardLog(t *testing.T) {
	t.Parallel()
	log, problems := ReadLog("..")
	for _, p := range problems {
		t.Error(p)
	}
	if log == nil {
		t.FailNow()
	}
	sources := NewSources("..")
	for _, h := range log.Hazards {
		for i, c := range h.Controls {
			for _, ref := range c.references {
				if missing := sources.Missing(ref); missing != "" {
					t.Errorf("%s:%d: %s, control %d: %s", hazardLog, ref.Line, h.ID, i+1, missing)
				}
			}
		}
		if len(h.Controls) < 3 {
			t.Errorf("%s has %d controls", h.ID, len(h.Controls))
		}
	}
	page, err := os.ReadFile(filepath.Join("..", safetyPage))
	if err != nil || string(page) != log.page() {
		t.Errorf("%s is not what the log says: run `make safety-page` and commit (%v)", safetyPage, err)
	}
}
