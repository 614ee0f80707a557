package world

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
)

// The same seed makes the same world, and what is in it is found again: as it is, in
// capitals, and inside of a cursor.
func TestScan(t *testing.T) {
	t.Parallel()
	w, again := New(Options{Seed: 5, People: 3}), New(Options{Seed: 5, People: 3})
	for i, p := range w.People {
		for j, r := range p.Records {
			for section, a := range r.Sections {
				for k, e := range a.Entries {
					e.Value.Common().Subject = "" // is not shown, and stands in every entry
					again.People[i].Records[j].Sections[section].Entries[k].Value.Common().Subject = ""
					text, _ := json.Marshal(e.Value)
					other, _ := json.Marshal(again.People[i].Records[j].Sections[section].Entries[k].Value)
					if string(text) != string(other) {
						t.Fatalf("two worlds of one seed differ in %s", section)
					}
					found := w.Scan(text)
					if len(found) == 0 || len(found) != len(w.Scan([]byte(strings.ToUpper(string(text))))) {
						t.Errorf("%s: %d canaries", section, len(found))
					}
					for _, f := range found {
						if f.Owners[0].Person != i || !slices.ContainsFunc(f.Owners, func(o Owner) bool { return o.Section == section }) {
							t.Errorf("%s is not of person %d, %s: %v", f.Text, i, section, f.Owners)
						}
					}
					cursor := base64.RawURLEncoding.EncodeToString([]byte("x." + e.Key()))
					if in := w.Scan([]byte(`"` + cursor + `"`)); len(in) != 1 || !in[0].Inside || in[0].Text != e.Key() {
						t.Errorf("inside of a cursor there is %v", in)
					}
				}
			}
		}
	}
}

// A twin differs in what is hidden and in nothing else.
func TestTwin(t *testing.T) {
	t.Parallel()
	w := New(Options{Seed: 6, People: 2})
	twin := w.Twin(1, func(o Owner) Sight {
		if o.Section == record.Allergies && o.Field == "" && o.Entry == nil || o.Field == "note" {
			return Unseen
		}
		return Seen
	})
	for i, p := range w.People {
		for j, r := range p.Records {
			for section, a := range r.Sections {
				if section == record.Allergies {
					continue
				}
				for k, e := range a.Entries {
					is, was := twin.People[i].Records[j].Sections[section].Entries[k].Value, Copy(e.Value)
					if is.Common().Note == was.Common().Note {
						t.Errorf("%s: the hidden note is the same", section)
					}
					is.Common().Note, was.Common().Note = "", ""
					a, _ := json.Marshal(is)
					b, _ := json.Marshal(was)
					if string(a) != string(b) {
						t.Errorf("%s: more than the note differs:\n%s\n%s", section, a, b)
					}
				}
			}
		}
	}
}
