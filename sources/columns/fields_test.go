package columns

import (
	"slices"
	"testing"

	"github.com/patchworkcare/patchwork/record"
)

// The table of fields and what is read of a row are written apart; here they meet.
func TestEveryFieldIsReadAndEveryReadIsAField(t *testing.T) {
	for _, h := range record.Headings() {
		t.Run(h.Name, func(t *testing.T) {
			var header, cells []string
			for _, f := range Fields(h.Section) {
				if slices.Contains(header, f.Name) {
					t.Errorf("field %s is in the table twice", f.Name)
				}
				header, cells = append(header, f.Name), append(cells, "")
			}
			b, err := New(h.Section, Stanza{}, Defaults{}, true).Bind(header)
			if err != nil {
				t.Fatal(err)
			}
			asked := map[string]bool{}
			asked["subject_nhs_number"] = true // Collector reads it
			b.asked = func(name string) { asked[name] = true }
			b.layout.build(b.row(cells, &gaps{}))
			for _, name := range header {
				if !asked[name] {
					t.Errorf("field %s is in the table and never read", name)
				}
			}
			for name := range asked {
				if !slices.Contains(header, name) {
					t.Errorf("field %s is read and not in the table", name)
				}
			}
		})
	}
}

func TestEverySectionCanBeRead(t *testing.T) {
	for _, h := range record.Headings() {
		if len(Fields(h.Section)) == 0 {
			t.Errorf("%s has no fields", h.Name)
		}
	}
	if Fields("nonsense") != nil {
		t.Error("an unknown section has fields")
	}
}
