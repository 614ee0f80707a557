package cda

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// TestSamples reads the published documents and parts of documents, and says what was
// understood of them and what was not.
func TestSamples(t *testing.T) {
	documents, parts := 0, 0
	c := &sourcetest.Tally{Connector: "cda"}
	for _, s := range sourcetest.Samples(t, c.Connector, "cda/ccda-examples/*", "cda/ms/*", "cda/ipf-ihe/*") {
		c.Files++
		d, err := Read(bytes.NewReader(s.Body), time.UTC)
		switch {
		case err == nil:
			documents++
		case len(s.Body) == 0:
			c.Not("file that is empty")
			continue
		default:
			if d = fragment(s.Body); d == nil {
				c.Not("file that is no document and no section: " + sources.AsError(err).Code)
				continue
			}
			parts++
			if code := sources.AsError(err).Code; code == "record-target" {
				c.Not("document without a person")
			}
		}
		for range d.Unread() {
			c.Not("section that is not read")
		}
		understand(t, c, s.Name, d)
	}
	c.Report(t)
	t.Logf("samples %s: %d documents, and %d parts read as if they were one", c.Connector, documents, parts)
	if documents < 15 || parts < 60 || c.Entries() < 300 || c.None < 2 {
		t.Error("less was understood than there is")
	}
}

func understand(t *testing.T, c *sourcetest.Tally, name string, d *Document) {
	t.Helper()
	for _, section := range Sections() {
		r := d.Section(section, "somebody")
		c.Understood(section.Name(), len(r.Entries))
		c.None += len(r.Asserted)
		for _, g := range r.Gaps {
			if g.Code != "no-section" {
				c.Not(section.Name() + ": " + g.Code)
			}
		}
		for _, e := range r.Entries {
			b := e.Common()
			if b.Subject != "somebody" || b.Provenance.LocalID == "" || b.Code.Label() == "" {
				t.Errorf("%s: %s: an incomplete entry", name, section.Name())
			}
			if !sources.Fits(section, e) {
				t.Errorf("%s: %s: a %T", name, section.Name(), e)
			}
		}
	}
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
