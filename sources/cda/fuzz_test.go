package cda

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// FuzzRead: whatever a document holds, its entries are whole and about the person, what is
// denied is none, and an error is a typed one.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("../xds/testdata/cases/*.txt")
	for _, file := range files {
		if raw, err := os.ReadFile(file); err == nil && !strings.Contains(file, "documents-") {
			in, _, _ := strings.Cut(string(raw), "\n----------\n")
			f.Add([]byte(in))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(bytes.NewReader(data), time.UTC)
		if err != nil {
			if e, ok := err.(*sources.Error); !ok || e.Code == "" || e.Reason == "" { //nolint:errorlint // the very type
				t.Errorf("%T %v", err, err)
			}
			return
		}
		if len(d.Patients) > 0 {
			d.Subject(d.Patients[0].Root)
		}
		for _, section := range Sections() {
			r := d.Section(section, "somebody")
			ids := map[string]bool{}
			for _, e := range r.Entries {
				b := e.Common()
				if !sources.Fits(section, e) || b.Subject != "somebody" || b.Code.Label() == "" || ids[b.Provenance.LocalID] {
					t.Errorf("%s: %T %+v", section.Name(), e, b)
				}
				ids[b.Provenance.LocalID] = true
				for _, x := range []record.Date{b.Date, b.Recorded} {
					if _, err := record.ParseDate(string(x)); err != nil {
						t.Error(err)
					}
				}
			}
			for _, a := range r.Asserted {
				if a.Subject != "somebody" || a.Code.IsZero() {
					t.Errorf("%+v", a)
				}
			}
			if len(r.Entries)+len(r.Asserted)+len(r.Gaps) == 0 && len(d.sections) == 0 {
				t.Errorf("%s: a document without sections says nothing", section.Name())
			}
		}
	})
}

// Times are as exact as they are written, in their own offset or the source's zone.
func TestMoment(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	for s, want := range map[string]record.Date{"": "", "1956": "1956", "195603": "1956-03", "19560312": "1956-03-12", "1956031209": "1956-03-12", "202607010930": "2026-07-01T09:30:00+01:00",
		"20260101093015": "2026-01-01T09:30:15Z", "20260101093015.1234-0500": "2026-01-01T09:30:15-05:00", "20260101093015+01:00": "2026-01-01T09:30:15+01:00", "20260101093015Z": "2026-01-01T09:30:15Z",
		"20260230": "", "2026010": "", "20260101250000": "", "x": "", "00000000": "", "2026010109301": "", "20260101093015.x": "", "20260101093015+x": ""} {
		if got := Moment(s, london); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
