package hl7v2

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
	"github.com/patchworkcare/patchwork/sources/hl7v2/feed"
)

// TestSamples reads messages of other makers, where they are at hand, and says what was
// understood and what was not.
func TestSamples(t *testing.T) {
	const folder = "../../../shared/data"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("skipped: " + strings.TrimPrefix(folder, "../../") + " is absent")
	}
	for _, part := range []string{"hl7v2", "hostile/hl7v2"} {
		x := sampled{not: map[string]int{}, sections: map[string]int{}}
		err := filepath.WalkDir(filepath.Join(folder, part), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			x.files++
			for _, one := range messages(raw) {
				t.Logf("%s: %s", filepath.Base(path), x.read(t, one))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		var not []string
		for _, code := range slices.Sorted(maps.Keys(x.not)) {
			not = append(not, fmt.Sprintf("%s %d", code, x.not[code]))
		}
		var sections []string
		for _, name := range slices.Sorted(maps.Keys(x.sections)) {
			sections = append(sections, fmt.Sprintf("%s %d", name, x.sections[name]))
		}
		fmt.Printf("samples %s: %d files, %d messages understood with %d entries (%s), %d named as not understood (%s)\n", part, x.files, x.understood, x.entries,
			strings.Join(sections, ", "), x.messages-x.understood, strings.Join(not, ", "))
		if part == "hl7v2" && x.understood < 70 {
			t.Errorf("only %d messages are understood", x.understood)
		}
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
	files, messages, understood, entries int
	not, sections                        map[string]int
}

func (x *sampled) read(t *testing.T, raw []byte) string {
	x.messages++
	c := &Config{Processing: []string{"P", "T", "D"}, Charset: "8859/1", PatientID: PatientID{Authorities: []string{authorityIn(raw)}}}
	s := &source{config: c, env: env(t, io.Discard)}
	m := s.take(raw, false)
	if m.Dead != nil {
		what := m.Dead.Code
		if what == errKind.Code {
			what = m.Kind
			if what == "" || !strings.Contains(what, "^") {
				what = "no event"
			}
		}
		x.not[what]++
		return m.Kind + ": not understood: " + m.Dead.Error()
	}
	chart := newChart(s, m.Person)
	chart.take(feed.Kept{Seq: 1, Sender: m.Sender, Control: m.Control, Kind: m.Kind, Person: m.Person, Body: raw, Received: noon()})
	x.understood++
	var said []string
	for _, section := range offered() {
		r := chart.section(section)
		x.entries += len(r.Entries)
		if n := len(r.Entries) + len(r.Asserted); n > 0 {
			x.sections[section.Name()] += n
			said = append(said, fmt.Sprintf("%s %d", section.Name(), n))
		}
		for _, g := range r.Gaps {
			if section == record.Demographics || g.Code != "bad-date" {
				said = append(said, "("+g.Code+")")
			}
			if g.Code == "message-not-read" {
				t.Errorf("%s cannot be applied", m.Kind)
			}
		}
	}
	return m.Kind + ": " + strings.Join(said, ", ")
}

// authorityIn is the first assigning authority of PID-3.
func authorityIn(raw []byte) string {
	m, err := er7.Parse(raw, er7.Limits{Charset: "8859/1"})
	if err != nil {
		return ""
	}
	return authorities(m.First("PID").Field(3).First())[0]
}
