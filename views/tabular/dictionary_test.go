package tabular

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/parquet-go/parquet-go"
)

const wantDictionary = `{
  "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
  "name": "small",
  "title": "Small",
  "version": "2",
  "created": "2026-11-28T06:00:00Z",
  "marking": "Identifiable: direct care only",
  "run": "run-1",
  "audit": "audit-1",
  "resources": [
    {
      "name": "small",
      "type": "table",
      "path": "small.ndjson",
      "format": "ndjson",
      "mediatype": "application/x-ndjson",
      "encoding": "utf-8",
      "notes": "One JSON object a line; null is NULL. Decimals are as they were written.",
      "schema": {
        "fields": [
          {
            "name": "name",
            "type": "string",
            "description": "<as the source states it>",
            "kind": "string",
            "personal": true
          },
          {
            "name": "weight",
            "type": "number",
            "title": "Weight",
            "kind": "decimal",
            "personal": false
          },
          {
            "name": "born",
            "type": "string",
            "kind": "date",
            "personal": false
          }
        ],
        "missingValues": [
          ""
        ]
      }
    }
  ]
}
`

func TestDictionary(t *testing.T) {
	t.Parallel()
	of := table()
	of.Name, of.Title, of.Version = "small", "Small", "2"
	of.Columns = []Column{{Name: "name", Kind: String, Description: "<as the source states it>", Personal: true},
		{Name: "weight", Kind: Decimal, Title: "Weight"}, {Name: "born", Kind: Date}}
	got, err := Dictionary(of, NDJSON)
	if err != nil || string(got) != wantDictionary {
		t.Errorf("got %s (%v)", got, err)
	}
	got, _ = Dictionary(of)
	var plain struct {
		Resources []struct {
			Path    string
			Dialect struct{ Delimiter string }
		}
	}
	if err := json.Unmarshal(got, &plain); err != nil || len(plain.Resources) != 1 || plain.Resources[0].Path != "small.csv" || plain.Resources[0].Dialect.Delimiter != "," {
		t.Errorf("by itself it is of CSV: %s", got)
	}
	got, _ = Dictionary(of, Formats()...)
	if err := json.Unmarshal(got, &plain); err != nil || len(plain.Resources) != 4 || plain.Resources[3].Path != "small.sqlite" {
		t.Errorf("of all formats: %s", got)
	}
}

// TestParquetTellsWhatItIs: marking, run and audit travel inside the file.
func TestParquetTellsWhatItIs(t *testing.T) {
	t.Parallel()
	file := written(t, Parquet, table(), [][]any{{"a", int64(1), nil, nil, nil, nil}})
	f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	dictionary, _ := Dictionary(table(), Parquet)
	for key, want := range map[string]string{"view": "bloods", "version": "3", "run": "run-1", "audit": "audit-1",
		"marking": "Identifiable: direct care only", "made": "2026-11-28T06:00:00Z", "dictionary": string(dictionary)} {
		if got, ok := f.Lookup("patchwork." + key); !ok || got != want {
			t.Errorf("%s: got %q", key, got)
		}
	}
}
