package cda

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

const samples = "../../../shared/data/cda"

// TestSamples reads the published documents and parts of documents, and says what was
// understood of them and what was not.
func TestSamples(t *testing.T) {
	files, _ := filepath.Glob(samples + "/*/*")
	if len(files) == 0 {
		t.Skip("skipped: ../shared/data is absent")
	}
	documents, parts, nobody, other, entries, asserted := 0, 0, 0, 0, 0, 0
	gaps, unread := map[string]int{}, map[string]int{}
	for _, file := range files {
		name := filepath.Base(file)
		raw, err := sample(file)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Read(bytes.NewReader(raw), time.UTC)
		if err != nil {
			if d = fragment(raw); d == nil {
				other++
				t.Logf("%s: no document and no section: %v", name, err)
				continue
			}
			parts++
			if sources.AsError(err).Code == "record-target" {
				nobody++
			}
		} else {
			documents++
		}
		for _, s := range d.Unread() {
			unread[s]++
		}
		n, a, missing := 0, 0, []string{}
		for _, section := range Sections() {
			r := d.Section(section, "somebody")
			n, a = n+len(r.Entries), a+len(r.Asserted)
			for _, g := range r.Gaps {
				if g.Code != "no-section" {
					gaps[g.Code]++
					missing = append(missing, section.Name()+" "+g.Code)
				}
			}
			for _, e := range r.Entries {
				b := e.Common()
				if b.Subject != "somebody" || b.Provenance.LocalID == "" || b.Code.Label() == "" {
					t.Errorf("%s: %s: an incomplete entry: %+v", name, section.Name(), b)
				}
				if !sources.Fits(section, e) {
					t.Errorf("%s: %s: a %T", name, section.Name(), e)
				}
			}
		}
		entries, asserted = entries+n, asserted+a
		t.Logf("%s: %d entries, %d statements of none; missing %v; sections not read %q", name, n, a, missing, d.Unread())
	}
	t.Logf("samples cda: %d files (%d documents, %d parts, %d of these documents without a person; %d are neither), %d entries and %d statements of none understood; named as not understood: %s; sections that are not read: %d kinds",
		len(files), documents, parts, nobody, other, entries, asserted, counted(gaps), len(unread))
	if documents < 15 || parts < 60 || entries < 300 || asserted < 2 {
		t.Error("less was understood than there is")
	}
}

func counted(m map[string]int) string {
	var all []string
	for k, n := range m {
		all = append(all, fmt.Sprintf("%s %d", k, n))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func sample(file string) ([]byte, error) {
	raw, err := os.ReadFile(file)
	if err != nil || !strings.HasSuffix(file, ".gz") {
		return raw, err
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// fragment reads a section, or something around one or within one, as a document with
// nothing else in it; nil if it is neither.
func fragment(raw []byte) *Document {
	if i := bytes.Index(raw, []byte("?>")); bytes.HasPrefix(bytes.TrimSpace(raw), []byte("<?xml")) && i > 0 {
		raw = raw[i+2:]
	}
	n, err := xmltree.Read(io.MultiReader(strings.NewReader(`<all xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sdtc="urn:hl7-org:sdtc">`),
		bytes.NewReader(raw), strings.NewReader("</all>")), limits)
	if errors.Is(err, xmltree.ErrDoctype) {
		return nil
	}
	d := &Document{zone: time.UTC, ID: ID{Root: "sample"}, Written: "2026-01-01"}
	n.Walk(func(n *xmltree.Node) bool {
		if n.Name == "section" {
			d.collect(&xmltree.Node{Children: []*xmltree.Node{{Name: "component", Children: []*xmltree.Node{n}}}}, context{})
			return false
		}
		return true
	})
	if len(d.sections) == 0 {
		return nil
	}
	return d
}
