package docfolder

import (
	"bytes"
	"encoding/csv"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// FuzzIndex: whatever an index holds, a document is the asked person's alone, lies within
// the folder, and is as confidential as it says.
func FuzzIndex(f *testing.F) {
	files, _ := filepath.Glob("testdata/cases/*.txt")
	for _, file := range files {
		if raw, err := os.ReadFile(file); err == nil {
			in, _, _ := strings.Cut(string(raw), "\n----------\n")
			f.Add([]byte(in + "\n"))
		}
	}
	s := &source{Config: Config{Index: &Index{File: "i", Columns: map[string]string{"patient": "patient", "file": "file", "date": "date", "type": "type", "title": "title",
		"confidentiality": "level"}}}.withDefaults()}
	f.Fuzz(func(t *testing.T, data []byte) {
		g := &gathering{source: s, asked: map[string][]row{"1": {}}, owners: map[string]string{}, places: map[string]int{}}
		others := map[string]bool{}
		err := s.rows(csv.NewReader(bytes.NewReader(data)), func(r row) {
			if r.patient != "1" && r.patient != "" {
				others[r.file] = true
			}
			g.take(r)
		}, func(string, string) {})
		if err != nil {
			if e, ok := err.(*sources.Error); !ok || e.Code == "" { //nolint:errorlint // the very type
				t.Errorf("%T %v", err, err)
			}
			return
		}
		for _, e := range g.result("1", g.asked["1"]).Entries {
			d := e.(*record.Document)
			if d.Subject != "1" || others[d.Reference] || !plain(d.Reference) || d.Code.Label() == "" {
				t.Errorf("%+v", d)
			}
			if _, err := record.ParseDate(string(d.Date)); err != nil {
				t.Error(err)
			}
		}
	})
}

// FuzzShare: whatever a share lists of a folder lies right within it.
func FuzzShare(f *testing.F) {
	for _, href := range []string{"/letters/RZH-1/a.pdf", "/letters/RZH-1/", "http://127.0.0.1:1/letters/RZH-1/x", "/letters/RZH-1/../x", "/letters/RZH-1/%2e%2e/x", "RZH-1/a", "//x/letters/RZH-1/a"} {
		f.Add(`<multistatus xmlns="DAV:"><response><href>` + href + `</href><propstat><prop><resourcetype><collection/></resourcetype></prop></propstat></response></multistatus>`)
	}
	base, err := url.Parse("https://share.example/letters/")
	if err != nil {
		f.Fatal(err)
	}
	s := &share{base: base}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := xmltree.Read(strings.NewReader(text), xmltree.Limits{Bytes: 1 << 20, Elements: 1000, Depth: 20, Tag: 16 << 10})
		if err != nil {
			return
		}
		entries, err := s.entries(n, "RZH-1")
		if err != nil {
			return
		}
		for _, e := range entries {
			if inner, ok := strings.CutPrefix(e.name, "RZH-1/"); !ok || inner == "" || strings.Contains(inner, "/") {
				t.Errorf("%q", e.name)
			}
		}
	})
}
