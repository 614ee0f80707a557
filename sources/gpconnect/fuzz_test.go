package gpconnect

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirversion"
)

// FuzzStructured: no answer, however broken, ends the program, is taken for a record
// without being one, or shows a statement of somebody else under this person's number.
func FuzzStructured(f *testing.F) {
	names, _ := filepath.Glob("testdata/cases/*.txt")
	for _, name := range names {
		if data, err := os.ReadFile(name); err == nil {
			f.Add(bytes.Split(data, []byte("\n----------\n"))[0])
		}
	}
	f.Add([]byte(`{"resourceType":"OperationOutcome","issue":[{"details":{"coding":[{"code":"NO_PATIENT_CONSENT"}]}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = (&response{status: 403, body: data, json: true}).usable()
		a, err := read(data)
		if err != nil {
			var typed *sources.Error
			if !errors.As(err, &typed) || typed.Code == "" {
				t.Fatalf("an error without a code: %v", err)
			}
			return
		}
		if !json.Valid(data) {
			t.Fatal("accepted what is not JSON")
		}
		o, _ := fhirversion.Decode(data)
		if o.Text("type") != "collection" {
			t.Fatal("accepted what is not a record")
		}
		for i := range areas {
			r := a.section(reading(), &areas[i])
			for _, e := range r.Entries {
				if e == nil || e.Common().Subject == a.id && a.id != string(a.number) {
					t.Fatal("a statement under the practice's own id")
				}
			}
			if len(areas[i].lists) > 0 && len(a.lists) == 0 && r.Err == nil && len(r.Gaps) == 0 {
				t.Fatal("a section without its list reads as whole")
			}
		}
	})
}
