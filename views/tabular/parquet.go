package tabular

import (
	"encoding/json"
	"io"
	"iter"

	"github.com/parquet-go/parquet-go"
)

// The bounds on what is held in memory: the writer keeps a row group until it is whole.
const (
	groupBytes     = 16 << 20 // about, before it is compressed
	batchRows      = 128
	dictionarySize = 256 << 10 // of a column; behind it values are written out
)

// metadataPrefix stands before what Table.about says, among what others may add to a file.
const metadataPrefix = "patchwork."

func writeParquet(w io.Writer, t Table, rows iter.Seq2[[]any, error]) error {
	dictionary, err := Dictionary(t, Parquet)
	if err != nil {
		return err
	}
	options := []parquet.WriterOption{schemaOf(t), parquet.Compression(&parquet.Zstd), parquet.DictionaryMaxBytes(dictionarySize),
		parquet.PageBufferSize(64 << 10), parquet.KeyValueMetadata(metadataPrefix+"dictionary", string(dictionary))}
	for _, fact := range t.about() {
		options = append(options, parquet.KeyValueMetadata(metadataPrefix+fact.name, fact.value))
	}
	g := &groups{out: parquet.NewGenericWriter[any](w, options...)}
	for row, err := range rows {
		if err == nil {
			err = g.add(row)
		}
		if err != nil {
			return err // without a footer no reader opens it
		}
	}
	if err := g.flush(); err != nil {
		return err
	}
	return g.out.Close()
}

// groups writes rows in batches, and ends a row group when it is large enough.
type groups struct {
	out   *parquet.GenericWriter[any]
	batch []parquet.Row
	used  int // of batch
	size  int // of the group
}

func (g *groups) add(row []any) error {
	if g.batch == nil {
		g.batch = make([]parquet.Row, batchRows)
	}
	to := g.batch[g.used][:0]
	for i, value := range row {
		v, size := parquetValue(value)
		defined := 1
		if v.IsNull() {
			defined = 0
		}
		to = append(to, v.Level(0, defined, i))
		g.size += size
	}
	g.batch[g.used] = to
	g.used++
	switch {
	case g.size >= groupBytes:
		if err := g.flush(); err != nil {
			return err
		}
		g.size = 0
		return g.out.Flush()
	case g.used == batchRows:
		return g.flush()
	}
	return nil
}

func (g *groups) flush() error {
	_, err := g.out.WriteRows(g.batch[:g.used])
	g.used = 0
	return err
}

// parquetValue is a value and about how much memory it takes.
func parquetValue(value any) (parquet.Value, int) {
	switch v := value.(type) {
	case bool:
		return parquet.BooleanValue(v), 8
	case int64:
		return parquet.Int64Value(v), 16
	case json.Number:
		f, _ := v.Float64() // it was checked to be one
		return parquet.DoubleValue(f), 16
	case string:
		return parquet.ByteArrayValue([]byte(v)), 16 + len(v)
	}
	return parquet.NullValue(), 8
}

// schemaOf keeps the columns in their order, which parquet.Group alone would not.
func schemaOf(t Table) *parquet.Schema {
	g := ordered{Group: parquet.Group{}}
	for _, c := range t.Columns {
		var node parquet.Node
		switch c.Kind {
		case Boolean:
			node = parquet.Leaf(parquet.BooleanType)
		case Integer:
			node = parquet.Int(64)
		case Decimal:
			node = parquet.Leaf(parquet.DoubleType)
		default:
			node = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
		}
		node = parquet.Optional(node)
		g.Group[c.Name] = node
		g.fields = append(g.fields, field{Node: node, name: c.Name})
	}
	return parquet.NewSchema(t.Name, g)
}

type ordered struct {
	parquet.Group
	fields []parquet.Field
}

func (o ordered) Fields() []parquet.Field { return o.fields }
