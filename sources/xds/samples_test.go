package xds

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// TestSamples reads the published metadata, and whatever else of IHE there is, which is
// no answer of a registry and must be told as such.
func TestSamples(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/data/cda/ipf-ihe/*.xml")
	if len(files) == 0 {
		t.Skip("skipped: ../shared/data is absent")
	}
	s := &source{Config: Config{PatientAuthority: "1.3.6.1.4.1.21367.2005.3.7"}.withDefaults()}
	entries, understood, refused := 0, 0, 0
	for _, file := range files {
		raw, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		n, err := xmltree.Read(raw, xmltree.Limits{Bytes: 8 << 20, Elements: mostElements, Depth: mostDepth, Tag: longestTag})
		_ = raw.Close()
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(file), err)
			continue
		}
		if _, err := answered(n, "AdhocQueryResponse"); err == nil {
			t.Errorf("%s is taken for a registry's answer", filepath.Base(file))
		} else {
			refused++
		}
		n.Walk(func(o *xmltree.Node) bool {
			if o.Name != "ExtrinsicObject" {
				return true
			}
			entries++
			e, ok := s.entry(o)
			d := &e.document
			if ok {
				understood++
			}
			t.Logf("%s: %q understood %v: of %d labels, author %v, type %q, date %s, %s", filepath.Base(file), d.Title, ok, len(d.Labels), d.Author, d.Code.Label(), d.Date, d.ContentType)
			return false
		})
	}
	t.Logf("samples xds: %d files, %d document entries, %d understood; %d files are told to be no answer of a registry", len(files), entries, understood, refused)
	if understood < 1 {
		t.Error("less was understood than there is")
	}
}
