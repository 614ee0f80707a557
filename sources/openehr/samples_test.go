package openehr

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/sources/jsonapi"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// TestSamples reads the published compositions and result sets of ../shared/data, and says
// what of them is understood.
func TestSamples(t *testing.T) {
	all := samples{Tally: sourcetest.Tally{Connector: "openehr"}}
	for _, s := range sourcetest.Samples(t, all.Connector, "openehr/composition/*") {
		all.composition(s.File, s.Body)
	}
	for _, s := range sourcetest.Samples(t, all.Connector, "openehr/aql/*.tar.gz") {
		all.archive(t, bytes.NewReader(s.Body))
	}
	all.Report(t)
	t.Logf("samples %s: %d result sets with %d rows", all.Connector, all.sets, all.rows)
	if all.Entries() < 3000 || all.sets < 50 {
		t.Errorf("%d values, %d result sets", all.Entries(), all.sets)
	}
}

type samples struct {
	sourcetest.Tally
	sets, rows int
}

// composition reads every data value in a canonical JSON composition. The other formats
// are how forms are sent, never how a query is answered.
func (s *samples) composition(name string, body []byte) {
	s.Files++
	if !strings.HasPrefix(name, "canonical_json") {
		kind, _, _ := strings.Cut(name, "__")
		s.Not("file as a form is sent: " + kind)
		return
	}
	tree, err := jsonapi.Parse(body)
	if err != nil {
		s.Not("file that is not JSON as it is read here")
		return
	}
	s.values(tree)
}

func (s *samples) values(v any) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			s.values(x)
		}
	case map[string]any:
		if kind, _ := v["_type"].(string); kind == "ELEMENT" || strings.HasPrefix(kind, "DV_") || strings.HasPrefix(kind, "PARTY_") || kind == "CODE_PHRASE" {
			if c := read(v, depth); c.odd {
				inner, _ := v["value"].(map[string]any)
				if of, ok := inner["_type"].(string); ok && kind == "ELEMENT" {
					kind += " of " + of
				}
				s.Not("value: " + kind)
			} else {
				s.Understood("composition values", 1)
			}
			return
		}
		for _, x := range v {
			s.values(x)
		}
	}
}

// archive reads the expected results of published queries.
func (s *samples) archive(t *testing.T, from io.Reader) {
	t.Helper()
	files := tar.NewReader(from)
	for {
		h, err := files.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(h.Name, "expected_results") || !strings.HasSuffix(h.Name, ".json") {
			continue
		}
		s.Files++
		body, err := io.ReadAll(io.LimitReader(files, 16<<20))
		if err != nil {
			t.Fatal(err)
		}
		tree, err := jsonapi.Parse(body)
		if err != nil {
			s.Not("expected results that are not JSON as it is read here")
			continue
		}
		set, err := parse(tree)
		if err != nil {
			s.Not("expected results without columns or with none of their number")
			continue
		}
		s.sets++
		s.rows += len(set.rows)
		for _, row := range set.rows {
			for _, v := range row {
				if c := read(v, depth); !c.odd {
					s.Understood("result values", 1)
				} else if o, ok := v.(map[string]any); ok {
					s.Not("value: " + fmt.Sprint(o["_type"]))
				} else {
					s.Not("value: list")
				}
			}
		}
	}
}
