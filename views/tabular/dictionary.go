package tabular

import (
	"bytes"
	"encoding/json"
	"time"
)

// The parts of a Data Package (https://datapackage.org/standard/data-package/) that are used,
// and what is ours among them: marking, version of the view, run, audit, kind, personal.
type dataPackage struct {
	Schema      string     `json:"$schema"`
	Name        string     `json:"name"`
	Title       string     `json:"title,omitempty"`
	Description string     `json:"description,omitempty"`
	Version     string     `json:"version,omitempty"`
	Created     string     `json:"created,omitempty"`
	Marking     string     `json:"marking,omitempty"`
	Run         string     `json:"run,omitempty"`
	Audit       string     `json:"audit,omitempty"`
	Resources   []resource `json:"resources"`
}

type resource struct {
	Name      string   `json:"name"`
	Type      string   `json:"type,omitempty"`
	Path      string   `json:"path"`
	Format    string   `json:"format"`
	MediaType string   `json:"mediatype"`
	Encoding  string   `json:"encoding,omitempty"`
	Dialect   *dialect `json:"dialect,omitempty"`
	Notes     string   `json:"notes"`
	Schema    schema   `json:"schema"`
}

type dialect struct {
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
	Header         bool   `json:"header"`
}

type schema struct {
	Fields        []dictionaryField `json:"fields"`
	MissingValues []string          `json:"missingValues"`
}

type dictionaryField struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	Kind        Kind   `json:"kind"`
	Personal    bool   `json:"personal"`
}

// notes are what a reader of the file must know and no standard has a word for.
var notes = map[Format]string{
	CSV: "Empty without quotes is NULL, \"\" is the empty text. Where a cell of a text column begins with an apostrophe, take that one away: " +
		"it stands there so that no spreadsheet runs the cell as a formula. Decimals are as they were written.",
	NDJSON:  "One JSON object a line; null is NULL. Decimals are as they were written.",
	Parquet: "Decimals are the nearest float of 64 bits. The metadata under patchwork.* tells the same as this dictionary.",
	SQLite:  "Decimals are the nearest float of 64 bits, booleans 1 and 0. The tables _about and _dictionary tell the same as this dictionary.",
}

// Dictionary says what a table's columns mean, as a Frictionless Data Package
// (datapackage.json). It names a file NAME.EXTENSION for each of the formats it is about;
// without any that is CSV.
//
// The type of a date is string, because Table Schema's date is a whole day and a record may
// know only a year; kind tells what it is.
func Dictionary(t Table, about ...Format) ([]byte, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	if len(about) == 0 {
		about = []Format{CSV}
	}
	p := dataPackage{Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Name: t.Name, Title: t.Title, Description: t.Description,
		Version: t.Version, Marking: t.Marking, Run: t.Run, Audit: t.Audit}
	if !t.Made.IsZero() {
		p.Created = t.Made.Format(time.RFC3339)
	}
	fields := schema{MissingValues: []string{""}}
	for _, c := range t.Columns {
		fields.Fields = append(fields.Fields, dictionaryField{Name: c.Name, Type: c.Kind.schemaType(), Title: c.Title,
			Description: c.Description, Kind: c.Kind, Personal: c.Personal})
	}
	for _, f := range about {
		r := resource{Name: t.Name, Path: t.Name + "." + f.Extension(), Format: f.Extension(), MediaType: f.ContentType(), Notes: notes[f], Schema: fields}
		if len(about) > 1 {
			r.Name += "-" + f.Extension()
		}
		if f == CSV || f == NDJSON {
			r.Type, r.Encoding = "table", "utf-8"
		}
		if f == CSV {
			r.Dialect = &dialect{Delimiter: ",", LineTerminator: "\r\n", QuoteChar: `"`, DoubleQuote: true, Header: true}
		}
		p.Resources = append(p.Resources, r)
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(p)
	return out.Bytes(), err
}

func (k Kind) schemaType() string {
	switch k {
	case Integer, Boolean:
		return string(k)
	case Decimal:
		return "number"
	}
	return "string"
}
