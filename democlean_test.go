package main

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/check"
)

// Nothing in the demo is dated or written as nobody's record could be: what a check of one of
// its systems finds must be worth finding. The person whose texts are hostile is left out.
func TestTheDemoHasNoDefectsOfItsOwn(t *testing.T) {
	exhausts(t)
	t.Parallel()
	impossible := map[string]bool{"date-swapped": true, "date-before-born": true, "replacement-character": true, "mojibake": true, "control-characters": true, "date-future": true, "date-unreadable": true}
	dir := t.TempDir()
	region, err := demo.Start(t.Context(), demo.Options{Seed: 1, Patients: 180, Dir: dir, PDS: true, GPConnect: true, Archive: true, HomeCare: true, OpenEHR: true})
	if err != nil {
		t.Fatal(err)
	}
	config, err := demoConfig(region, filepath.Join(dir, "p.db"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range config.Sources {
		s := &config.Sources[i]
		var people []string
		for _, p := range region.Patients {
			if id := p.LocalIDs[s.ID]; id != "" && p.Scenario != "hostile-text" {
				people = append(people, id)
			}
		}
		r, err := check.Run(t.Context(), s.connector, s.settings(), sources.Env{ID: s.ID, Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: config.zone},
			check.Options{People: people, Most: len(people), Wait: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range r.Checks {
			for _, f := range c.Findings {
				if impossible[f.Code] {
					t.Errorf("%s: %s: %v", s.ID, f.Code, f.Where)
				} else {
					t.Logf("%s: %s (%s): %v", s.ID, f.Code, f.Verdict, f.Where)
				}
			}
		}
	}
}
