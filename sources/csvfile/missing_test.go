package csvfile

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// A file that is missing is named as in the stanza, and fails its own section only, however
// often it is asked for; without the people file it is the whole source.
func TestAMissingFileFailsItsSectionOnly(t *testing.T) {
	t.Parallel()
	for name, place := range map[string]func(t *testing.T) (location string, remove func(string)){
		"a folder": func(t *testing.T) (string, func(string)) {
			dir := write(t, files())
			return dir, func(file string) {
				if err := os.Remove(filepath.Join(dir, file)); err != nil {
					t.Fatal(err)
				}
			}
		},
		"a share": func(t *testing.T) (string, func(string)) {
			s := serve(t, files())
			return s.url(), func(file string) {
				s.mu.Lock()
				defer s.mu.Unlock()
				delete(s.files, file)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			location, remove := place(t)
			remove("alerts.csv")
			remove("lists.csv")
			c := stanza(t, "location: "+location+council)
			system, err := sources.Open(t.Context(), c, sources.Settings{Origin: record.Origin{ID: "council"}, RememberLate: -1}, sources.Env{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer system.Close()
			asked := 0
			ask := func(section record.Section) *sources.Error {
				asked++ // a failure is remembered for a second: each call is about somebody else
				r := system.Begin([]sources.Key{{Section: section, LocalID: "SC-" + strconv.Itoa(asked)}})[0]
				<-r.Done()
				return sources.AsError(r.Answer().Err)
			}
			for range 30 { // more than the breaker bears
				if e := ask(record.Alerts); e == nil || e.Code != "file-missing" || !strings.Contains(e.Reason, `"alerts.csv"`) || strings.Contains(e.Reason, location) {
					t.Fatalf("alerts: %v", e)
				}
			}
			for range 30 {
				if _, err := system.Rosters(t.Context()); sources.AsError(err) == nil || sources.AsError(err).Code != "file-missing" {
					t.Fatalf("rosters: %v", err)
				}
			}
			if e := ask(record.Contacts); e != nil {
				t.Errorf("contacts: %v", e)
			}
			if err := system.Probe(t.Context()); err != nil {
				t.Errorf("it counts as down: %v", err)
			}
			remove("people.csv")
			down := false
			for range 300 {
				e := ask(record.Alerts)
				down = down || e != nil && e.Code == "breaker-open"
			}
			if !down {
				t.Error("without the people file it is not down")
			}
		})
	}
}
