package tabular

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"time"
)

type Kind string
type Column struct {
	Name               string
	Kind               Kind
	Title, Description string
	Personal           bool
}
type Table struct {
	Name, Title, Description, Version string
	Columns                           []Column
	Marking                           string
	Run, Audit                        string
	Made                              time.Time
}
type Format string

func Formats() []Format              { return []Format{"csv", "ndjson", "parquet", "sqlite"} }
func (f Format) ContentType() string { return "text/csv" }
func (f Format) Extension() string   { return string(f) }
func Write(w io.Writer, f Format, t Table, rows iter.Seq2[[]any, error]) error {
	c := csv.NewWriter(w)
	for row, err := range rows {
		if err != nil {
			return err
		}
		var line []string
		for _, v := range row {
			line = append(line, fmt.Sprint(v))
		}
		_ = c.Write(line)
	}
	c.Flush()
	return c.Error()
}
func Dictionary(t Table) ([]byte, error) { return []byte("{}"), nil }
