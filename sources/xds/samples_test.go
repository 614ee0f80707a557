package xds

import (
	"bytes"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// TestSamples reads the published metadata, and whatever else of IHE there is, which is
// no answer of a registry and must be told as such.
func TestSamples(t *testing.T) {
	c := &sourcetest.Tally{Connector: "xds"}
	s := &source{Config: Config{PatientAuthority: "1.3.6.1.4.1.21367.2005.3.7"}.withDefaults()}
	for _, sample := range sourcetest.Samples(t, c.Connector, "cda/ipf-ihe/*.xml") {
		c.Files++
		n, err := xmltree.Read(bytes.NewReader(sample.Body), xmltree.Limits{Bytes: 8 << 20, Elements: mostElements, Depth: mostDepth, Tag: longestTag})
		if err != nil {
			t.Errorf("%s: %v", sample.Name, err)
			continue
		}
		if _, err := answered(n, "AdhocQueryResponse"); err == nil {
			t.Errorf("%s is taken for a registry's answer", sample.Name)
		}
		entries := 0
		n.Walk(func(o *xmltree.Node) bool {
			if o.Name != "ExtrinsicObject" {
				return true
			}
			entries++
			if _, ok := s.entry(o); ok {
				c.Understood(record.Documents.Name(), 1)
			} else {
				c.Not("document entry without what it needs")
			}
			return false
		})
		if entries == 0 {
			c.Not("file that is no answer of a registry and no metadata")
		}
	}
	c.Report(t)
	if c.Entries() < 1 {
		t.Error("less was understood than there is")
	}
}
