package migrations

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
)

// What a program does that finds a database which newer programs have stepped further.
func TestAnOldProgramBesideANewerDatabase(t *testing.T) {
	t.Parallel()
	const (
		first  = "CREATE TABLE one (id BIGINT);"
		adds   = "-- a comment\n-- beside: 1\nALTER TABLE one ADD COLUMN more TEXT NOT NULL DEFAULT '';"
		takes  = "-- beside: 2\nALTER TABLE one DROP COLUMN id;"
		silent = "ALTER TABLE one ADD COLUMN silent TEXT;"
	)
	newer := map[string]string{"steps/0001_one.sql": first, "steps/0002_two.sql": adds, "steps/0003_three.sql": takes, "steps/0004_four.sql": "-- beside: 2\nSELECT 1;"}
	for name, c := range map[string]struct {
		newer map[string]string
		knows int
		goes  bool
	}{
		"a column was added":                         {map[string]string{"steps/0001_one.sql": first, "steps/0002_two.sql": adds}, 1, true},
		"a step says nothing":                        {map[string]string{"steps/0001_one.sql": first, "steps/0002_two.sql": silent}, 1, false},
		"what it uses was taken away":                {newer, 1, false},
		"what it no longer uses was taken away":      {newer, 2, true},
		"one says nothing, and a later one adds":     {map[string]string{"steps/0001_one.sql": first, "steps/0002_two.sql": silent, "steps/0003_x.sql": "-- beside: 1\nSELECT 1;"}, 1, false},
		"the line is not one of its own":             {map[string]string{"steps/0001_one.sql": first, "steps/0002_two.sql": "SELECT 1; -- beside: 1"}, 1, false},
		"as many, and all that were added are known": {newer, 4, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := open(t, "sqlite:"+filepath.Join(t.TempDir(), "p.db"))
			all := steps(t, c.newer)
			if err := apply(context.Background(), db, all); err != nil {
				t.Fatal(err)
			}
			for range 2 { // it may start again
				err := apply(context.Background(), db, all[:c.knows])
				if c.goes && err != nil || !c.goes && (err == nil || !strings.Contains(err.Error(), "newer than this program")) {
					t.Errorf("got %v", err)
				}
			}
			if err := apply(context.Background(), db, all); err != nil {
				t.Errorf("the newer program: %v", err)
			}
		})
	}
}

func TestAStepMayNotPromiseWhatItCannot(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"SELECT 1;": 7, "-- beside: 3\nSELECT 1;": 3, "-- beside: 7\n": 7} {
		if got, err := besideOf(7, text); err != nil || got != want {
			t.Errorf("%q: %d %v", text, got, err)
		}
	}
	for _, text := range []string{"-- beside: 8\n", "-- beside: 0\n", "-- beside: 99999999999999999999\n"} {
		if got, err := besideOf(7, text); err == nil {
			t.Errorf("%q: %d", text, got)
		}
	}
}

// From the first step that says it on every step says beside which programs it may be, so that
// nobody forgets to think of it.
func TestEveryStepSaysWhoMayGoOn(t *testing.T) {
	t.Parallel()
	all, err := load(stepFiles)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all[21:] {
		if !besideLine.MatchString(s.text) {
			t.Errorf(`%s does not say which programs may go on beside it: write "-- beside: %d" if it only adds, "-- beside: %d" if it is for nobody older`, s.name, s.number-1, s.number)
		}
	}
}
