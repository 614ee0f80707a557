package sourcetest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/sources"
)

// Render writes a Result so that a nurse can read it and a diff is small: indented
// JSON in the order of the record's fields, without anything empty.
func Render(r sources.Result) string {
	var b strings.Builder
	b.WriteString("{")
	w := writer{&b, 1}
	first := true
	w.list(&first, "entries", reflect.ValueOf(r.Entries))
	w.list(&first, "asserted", reflect.ValueOf(r.Asserted))
	w.list(&first, "gaps", reflect.ValueOf(r.Gaps))
	if !r.AsOf.IsZero() {
		w.field(&first, "asOf", reflect.ValueOf(r.AsOf))
	}
	if e := sources.AsError(r.Err); e != nil {
		w.field(&first, "error", reflect.ValueOf(fmt.Sprintf("%s: %v", e.Kind, e)))
	}
	if !first {
		b.WriteString("\n")
	}
	b.WriteString("}\n")
	return b.String()
}

// writer writes values at a depth of indentation.
type writer struct {
	*strings.Builder
	depth int
}

func (w writer) deeper() writer { return writer{w.Builder, w.depth + 1} }

func (w writer) line() { w.WriteString("\n" + strings.Repeat("  ", w.depth)) }

func (w writer) list(first *bool, name string, v reflect.Value) {
	if v.Len() > 0 {
		w.field(first, name, v)
	}
}

func (w writer) field(first *bool, name string, v reflect.Value) {
	if !*first {
		w.WriteString(",")
	}
	*first = false
	w.line()
	w.WriteString(quote(name) + ": ")
	w.value(v)
}

func (w writer) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			w.WriteString("null")
			return
		}
		w.value(v.Elem())
	case reflect.Slice:
		w.slice(v)
	case reflect.Struct:
		if t, ok := v.Interface().(time.Time); ok {
			w.WriteString(quote(t.UTC().Format(time.RFC3339Nano)))
			return
		}
		w.structure(v)
	case reflect.String:
		w.WriteString(quote(v.String()))
	default:
		fmt.Fprintf(w, "%v", v.Interface())
	}
}

func (w writer) slice(v reflect.Value) {
	w.WriteString("[")
	inner := w.deeper()
	for i := range v.Len() {
		if i > 0 {
			w.WriteString(",")
		}
		inner.line()
		inner.value(v.Index(i))
	}
	if v.Len() > 0 {
		w.line()
	}
	w.WriteString("]")
}

func (w writer) structure(v reflect.Value) {
	w.WriteString("{")
	first := true
	w.deeper().fields(&first, v)
	if !first {
		w.line()
	}
	w.WriteString("}")
}

// fields writes a struct's fields, those of an embedded one as its own.
func (w writer) fields(first *bool, v reflect.Value) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		switch {
		case !f.IsExported(), empty(v.Field(i)):
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			w.fields(first, v.Field(i))
		default:
			w.field(first, f.Name, v.Field(i))
		}
	}
}

func empty(v reflect.Value) bool {
	return v.IsZero() || (v.Kind() == reflect.Slice && v.Len() == 0)
}

func quote(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string cannot fail
	return strings.TrimSuffix(b.String(), "\n")
}
