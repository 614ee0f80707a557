package tabular

import (
	"reflect"

	"github.com/parquet-go/parquet-go"
)

// A field is a column in the schema of a Parquet file.
type field struct {
	parquet.Node
	name string
}

func (f field) Name() string { return f.name }

// Value is asked only of rows that are Go structs; ours are written as values.
func (f field) Value(base reflect.Value) reflect.Value { return base.FieldByName(f.name) }
