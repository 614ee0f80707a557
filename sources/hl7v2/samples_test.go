package hl7v2

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
	"github.com/patchworkcare/patchwork/sources/hl7v2/feed"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// TestSamples reads messages of other makers, where they are at hand, and says what was
// understood and what was not.
func TestSamples(t *testing.T) {
	for _, c := range []struct {
		of, pattern string
		least       int
	}{{"ipf", "hl7v2/ipf/*", 25}, {"FHIR converter", "hl7v2/ms-fhir-converter/*", 60}, {"HAPI", "hl7v2/hapi/*", 2}, {"hostile", "hostile/hl7v2/*", 0}} {
		t.Run(c.of, func(t *testing.T) {
			x := sampled{Tally: sourcetest.Tally{Connector: "hl7v2, " + c.of}}
			for _, s := range sourcetest.Samples(t, x.Connector, c.pattern) {
				x.Files++
				for _, one := range messages(s.Body) {
					x.read(t, one)
				}
			}
			x.Report(t)
			t.Logf("samples %s: %d of %d messages understood", x.Connector, x.messages-x.dead, x.messages)
			if x.messages-x.dead < c.least {
				t.Errorf("only %d messages are understood", x.messages-x.dead)
			}
		})
	}
}

// messages are those in a file: some hold several.
func messages(raw []byte) [][]byte {
	var all [][]byte
	at := 0
	for i := range raw {
		if i > 0 && bytes.HasPrefix(raw[i:], []byte("MSH|")) && (raw[i-1] == '\n' || raw[i-1] == '\r') && len(bytes.TrimSpace(raw[at:i])) > 0 {
			all, at = append(all, raw[at:i]), i
		}
	}
	return append(all, raw[at:])
}

type sampled struct {
	sourcetest.Tally
	messages, dead int
}

func (x *sampled) read(t *testing.T, raw []byte) {
	t.Helper()
	x.messages++
	c := &Config{Processing: []string{"P", "T", "D"}, Charset: "8859/1", PatientID: PatientID{Authorities: []string{authorityIn(raw)}}}
	s := &source{config: c, env: env(t, io.Discard)}
	m := s.take(raw, false)
	if m.Dead != nil {
		what := m.Dead.Code
		if what == errKind.Code {
			what = "no section: " + m.Kind
			if m.Kind == "" || !strings.Contains(m.Kind, "^") {
				what = "no event"
			}
		}
		x.dead++
		x.Not("message: " + what)
		return
	}
	chart := newChart(s, m.Person)
	chart.take(feed.Kept{Seq: 1, Sender: m.Sender, Control: m.Control, Kind: m.Kind, Person: m.Person, Body: raw, Received: noon()})
	for _, section := range offered() {
		r := chart.section(section)
		x.Understood(section.Name(), len(r.Entries))
		x.None += len(r.Asserted)
		for _, g := range r.Gaps {
			if section == record.Demographics || g.Code != "bad-date" { // one date is read by several sections
				x.Not(section.Name() + ": " + g.Code)
			}
			if g.Code == "message-not-read" {
				t.Errorf("%s cannot be applied", m.Kind)
			}
		}
	}
}

// authorityIn is the first assigning authority of PID-3.
func authorityIn(raw []byte) string {
	m, err := er7.Parse(raw, er7.Limits{Charset: "8859/1"})
	if err != nil {
		return ""
	}
	return authorities(m.First("PID").Field(3).First())[0]
}
