package resolvers

import (
	"bytes"
	"io"
	"reflect"
	"strconv"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/record"
)

// finished is JSON in a buffer that goes back to the pool once it is written.
type finished struct{ b *[]byte }

// MarshalGQL writes it, once.
func (f *finished) MarshalGQL(w io.Writer) {
	_, _ = w.Write(*f.b)
	if cap(*f.b) <= mostPooled {
		buffers.Put(f.b)
	}
	f.b = &nothing
}

// nothing is what a second writing would give: null, never another request's bytes.
var nothing = []byte("null")

// mostPooled keeps one huge section from staying in memory.
const mostPooled = 1 << 20

var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 16<<10); return &b }}

func constant(s string) writer {
	return func(b []byte, _ reflect.Value) []byte { return append(b, s...) }
}

func list(write writer, nonNull bool) writer {
	return func(b []byte, v reflect.Value) []byte {
		if !nonNull && v.IsNil() {
			return append(b, "null"...)
		}
		b = append(b, '[')
		for i, n := 0, v.Len(); i < n; i++ {
			if i > 0 {
				b = append(b, ',')
			}
			b = write(b, v.Index(i))
		}
		return append(b, ']')
	}
}

var (
	instant = reflect.TypeFor[time.Time]()
	date    = reflect.TypeFor[record.Date]()
	number  = reflect.TypeFor[record.NHSNumber]()
)

// scalar writes a leaf as the executor would: "" is null, and so is the zero time.
func scalar(t reflect.Type) writer {
	if t == instant {
		return func(b []byte, v reflect.Value) []byte {
			at := *(v.Addr().Interface().(*time.Time))
			if at.IsZero() {
				return append(b, "null"...)
			}
			return append(at.UTC().AppendFormat(append(b, '"'), time.RFC3339Nano), '"')
		}
	}
	switch t.Kind() {
	case reflect.Bool:
		return func(b []byte, v reflect.Value) []byte { return strconv.AppendBool(b, v.Bool()) }
	case reflect.Int:
		return func(b []byte, v reflect.Value) []byte { return strconv.AppendInt(b, v.Int(), 10) }
	}
	zero := "null"
	if m, ok := reflect.Zero(t).Interface().(graphql.Marshaler); ok && t != date && t != number {
		zero = enumZero(m) // an enum's zero value has a name
	}
	return func(b []byte, v reflect.Value) []byte { return appendText(b, v.String(), zero) }
}

func enumZero(m graphql.Marshaler) string {
	var w bytes.Buffer
	m.MarshalGQL(&w)
	return w.String()
}

func appendText(b []byte, s, zero string) []byte {
	if s == "" {
		return append(b, zero...)
	}
	return appendString(b, s)
}

const hexDigits = "0123456789ABCDEF"

// appendString quotes s byte for byte as gqlgen does.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '\\' && c != '"' {
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '\t':
			b = append(b, '\\', 't')
		case '\r':
			b = append(b, '\\', 'r')
		case '\n':
			b = append(b, '\\', 'n')
		case '\\', '"':
			b = append(b, '\\', c)
		default:
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&0xf])
		}
		start = i + 1
	}
	return append(append(b, s[start:]...), '"')
}

type methodKey struct {
	typ   reflect.Type
	field string
}

// methods are the fields that are computed, by the type that computes them.
var methods = map[methodKey]writer{
	{reflect.TypeFor[record.Concept](), "label"}: func(b []byte, v reflect.Value) []byte {
		return appendText(b, v.Addr().Interface().(*record.Concept).Label(), "null")
	},
	{reflect.TypeFor[record.HumanName](), "text"}: func(b []byte, v reflect.Value) []byte {
		return appendText(b, v.Addr().Interface().(*record.HumanName).Text(), "null")
	},
	{reflect.TypeFor[record.Outcome](), "ageSeconds"}: func(b []byte, v reflect.Value) []byte {
		if s := v.Addr().Interface().(*record.Outcome).AgeSeconds(); s != nil {
			return strconv.AppendInt(b, int64(*s), 10)
		}
		return append(b, "null"...)
	},
	{reflect.TypeFor[record.Outcome](), "tookMilliseconds"}: func(b []byte, v reflect.Value) []byte {
		return strconv.AppendInt(b, int64(v.Addr().Interface().(*record.Outcome).TookMilliseconds()), 10)
	},
}

// headed is what every Set has, whatever its entries.
type headed interface {
	Heading() string
	Title() string
}

var setMethods = map[string]writer{
	"heading": func(b []byte, v reflect.Value) []byte {
		return appendText(b, v.Addr().Interface().(headed).Heading(), "null")
	},
	"title": func(b []byte, v reflect.Value) []byte {
		return appendText(b, v.Addr().Interface().(headed).Title(), "null")
	},
}
