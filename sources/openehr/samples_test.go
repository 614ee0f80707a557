package openehr

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/sources/jsonapi"
)

// TestSamples reads the published compositions and result sets of ../shared/data, and says
// what of them is understood.
func TestSamples(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "data", "openehr")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("skipped: ../shared/data is absent")
	}
	all := samples{odd: map[string]int{}, not: map[string]int{}}
	files, err := filepath.Glob(filepath.Join(dir, "composition", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.composition(t, filepath.Base(file), body)
	}
	archive, err := os.Open(filepath.Join(dir, "aql", "ehrbase-query-testset.tar.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	all.archive(t, archive)
	t.Logf("samples openehr: %d files, %d values understood, %d named as not understood (%s); %d result sets with %d rows; not read: %s",
		all.files, all.understood, total(all.odd), listed(all.odd), all.sets, all.rows, listed(all.not))
	if all.understood < 3000 || all.sets < 50 {
		t.Errorf("%d values, %d result sets", all.understood, all.sets)
	}
}

type samples struct {
	files, understood, sets, rows int
	odd, not                      map[string]int
}

func total(m map[string]int) (n int) {
	for _, k := range m {
		n += k
	}
	return n
}

func listed(m map[string]int) string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, fmt.Sprintf("%s %d", k, m[k]))
	}
	return strings.Join(out, ", ")
}

// composition reads every data value in a canonical JSON composition. The other formats
// are how forms are sent, never how a query is answered.
func (s *samples) composition(t *testing.T, name string, body []byte) {
	s.files++
	if !strings.HasPrefix(name, "canonical_json") {
		kind, _, _ := strings.Cut(name, "__")
		s.not[kind]++
		return
	}
	tree, err := jsonapi.Parse(body)
	if err != nil {
		s.not["canonical_json: "+err.Error()]++
		t.Logf("%s: not JSON as it is read here", name)
		return
	}
	before, odd := s.understood, total(s.odd)
	s.values(tree)
	t.Logf("%s: %d values understood, %d not", name, s.understood-before, total(s.odd)-odd)
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
				s.odd[kind]++
			} else {
				s.understood++
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
	zip, err := gzip.NewReader(from)
	if err != nil {
		t.Fatal(err)
	}
	files := tar.NewReader(zip)
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
		s.files++
		body, err := io.ReadAll(io.LimitReader(files, 16<<20))
		if err != nil {
			t.Fatal(err)
		}
		tree, err := jsonapi.Parse(body)
		if err != nil {
			s.not["expected results: "+err.Error()]++
			continue
		}
		set, err := parse(tree)
		if err != nil {
			s.not["expected results without columns or with none of their number"]++
			continue
		}
		s.sets++
		s.rows += len(set.rows)
		for _, row := range set.rows {
			for _, v := range row {
				if c := read(v, depth); !c.odd {
					s.understood++
				} else if o, ok := v.(map[string]any); ok {
					s.odd[fmt.Sprint(o["_type"])]++
				} else {
					s.odd["list"]++
				}
			}
		}
	}
}
