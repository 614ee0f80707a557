package docref_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/docref"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// TestSamples reads every published DocumentReference as a search of mhd or nrl would be
// answered with it, and every published answer as it stands.
func TestSamples(t *testing.T) {
	c := &sourcetest.Tally{Connector: "mhd and nrl"}
	for _, s := range sourcetest.Samples(t, c.Connector, "fhir-r4-official/examples/documentreference*.json", "fhir-r4-uk/bars/*.json", "fhir-r4-uk/scr/*.json.gz") {
		var of struct {
			ResourceType, Type string
			Entry              []struct{ Resource json.RawMessage }
		}
		if json.Unmarshal(s.Body, &of) != nil || !bytes.Contains(s.Body, []byte("DocumentReference")) {
			continue // of other resources
		}
		switch {
		case of.ResourceType == "Bundle" && of.Type == "searchset":
			c.Files++
			pointers(t, c, s.Name, s.Body)
		case of.ResourceType == "DocumentReference":
			c.Files++
			pointers(t, c, s.Name, append(append([]byte(`{"resourceType":"Bundle","type":"searchset","entry":[{"resource":`), s.Body...), "}]}"...))
		}
	}
	c.Report(t)
	if c.Entries() < 2 {
		t.Error("less was understood than there is")
	}
}

func pointers(t *testing.T, c *sourcetest.Tally, name string, body []byte) {
	t.Helper()
	a, err := docref.Read(body)
	if err != nil {
		e := sources.AsError(err)
		if e.Code == "" {
			t.Errorf("%s: an error without a code", name)
		}
		c.Not("refused: " + e.Code)
		return
	}
	c.Understood(record.Documents.Name(), len(a.Pointers))
	for range a.Unread {
		c.Not("entry that is no pointer")
	}
	if a.BadDates {
		c.Not("bad-date")
	}
	if a.Warned {
		c.Not("the search says that something is missing")
	}
}
