package hl7v2

import (
	"io"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/hl7v2/feed"
)

// FuzzApply: whatever comes is taken or has a reason why not; nothing panics, what is
// taken is about whom it says, its dates are dates, and it is acknowledged once in
// original mode.
func FuzzApply(f *testing.F) {
	for _, text := range []string{admit, numbers, head("ADT^A40", "") + person + "MRG|H2^^^WMI", head("SIU^S12", "") + person + "SCH|A|B|||||F^Follow-up|||30|MIN|^^^20260401\nAIS|1||X",
		head("MDM^T02", "") + person + "TXA|1|DS|TX|2026||||||||D1\nOBX|1|ED|||^application^pdf^Base64^JVBERg==", head("ORU^R01", "") + person + "OBR|1||F\nOBX|1|SN|X||>^5\nOBX|2|CE|Y||a^b~c^d",
		head("ADT^A08", "||||AL|AL") + person + "AL1|1||\"\"", "BHS|^~\\&", ""} {
		f.Add([]byte((&sender{}).message(text)))
	}
	e := env(f, io.Discard)
	c := &Config{PatientID: PatientID{Authorities: []string{"WMI", ""}}, Codes: map[string]CodeTable{"WINPATH": {Map: map[string]Code{"K": {Code: "2823-3"}}}}}
	s := &source{config: c, env: e}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m := s.take(raw, false)
		if m.Dead != nil && m.Dead == errPanic {
			t.Fatal("a panic")
		}
		why := m.Dead
		if answers := acknowledgements(m.header, why, noon()); !m.enhanced() && len(answers) != 1 || len(answers) > 2 {
			t.Fatalf("%d answers", len(answers))
		} else if len(answers) > 0 && strings.Count(string(answers[0]), "\rMSA|") != 1 {
			t.Fatalf("%q", answers[0])
		}
		if m.Dead != nil || m.ignored || m.Person == "" {
			return
		}
		chart := newChart(s, m.Person)
		chart.became = []string{m.Person}
		for range 2 { // the second time it corrects itself
			chart.take(feed.Kept{Seq: 1, Sender: m.Sender, Control: m.Control, Kind: m.Kind, Person: m.Person, Body: raw, Received: noon()})
		}
		for _, section := range offered() {
			r := chart.section(section)
			for _, e := range r.Entries {
				b := e.Common()
				if b.Subject != m.Person || b.Provenance.LocalID == "" || !sources.Fits(section, e) {
					t.Fatalf("%T %+v", e, b)
				}
				for _, d := range []record.Date{b.Date, b.Recorded} {
					if _, err := record.ParseDate(string(d)); err != nil {
						t.Fatalf("%q", d)
					}
				}
			}
			for _, g := range r.Gaps {
				if g.Code == "message-not-read" {
					t.Fatal("what was taken cannot be applied")
				}
			}
		}
	})
}
