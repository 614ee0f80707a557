package resolvers

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/patchworkcare/patchwork/record"
)

// wordings say where the words of each type of entry stand. They are read from the schema,
// so that nothing is found by what no reader can ever be shown, and a section that is
// added is searched too. Made once for each type.
type wordings struct {
	schema *access // set by NewExecutor
	kept   sync.Map
}

// wording is one type's: its fields that hold words, and where its status stands.
type wording struct {
	fields []wordedField
	status []int // index of the Go field; nil if it has none
}

type wordedField struct {
	name  string // as policy and the schema call it
	words wordsOf
}

// wordsOf appends what v says to page, in lower case, a line for each string.
type wordsOf func(page []byte, v reflect.Value) []byte

// unworded are strings that are no words of the source's, or stand for whole systems.
var unworded = map[coordinate]bool{
	{"Coding", "system"}: true, {"Quantity", "code"}: true, {"Identifier", "system"}: true,
	{"Provenance", "link"}: true, {"Provenance", "localId"}: true, {"Origin", "kind"}: true, {"Origin", "careSetting"}: true,
}

// reads reports whether each word that is looked for stands in what may be seen of the entry.
func (f *lineFilter) reads(e *placed, see func(string) bool) bool {
	if len(f.words) == 0 {
		return true
	}
	v := reflect.ValueOf(e.entry).Elem()
	f.page = f.page[:0]
	for _, field := range f.wordings.of(v.Type()).fields {
		if see(field.name) {
			f.page = field.words(f.page, v)
		}
	}
	for _, word := range f.words {
		if !bytes.Contains(f.page, []byte(word)) {
			return false
		}
	}
	return true
}

// status is the source's word of how an entry stands; "" if its type has none.
func (w *wordings) status(e record.Entry) string {
	v := reflect.ValueOf(e).Elem()
	if at := w.of(v.Type()).status; at != nil {
		return v.FieldByIndex(at).String()
	}
	return ""
}

// fields are the names of a section's fields that hold words.
func (w *wordings) fields(s record.Section) []string {
	class := sectionClass(s)
	var names []string
	for c, rule := range w.schema.rules {
		if rule.class == class && slices.Contains(w.schema.implements[c.object], "Entry") && !slices.Contains(names, c.field) && w.worded(c.object, c.field) {
			names = append(names, c.field)
		}
	}
	return names
}

func (w *wordings) of(t reflect.Type) *wording {
	if known, ok := w.kept.Load(t); ok {
		return known.(*wording)
	}
	made := &wording{}
	// An entry's Go type is called as its GraphQL type.
	for _, f := range w.schema.types[t.Name()].Fields {
		if words := w.field(t.Name(), f, t); words != nil {
			made.fields = append(made.fields, wordedField{f.Name, words})
		}
		if f.Name == "status" {
			if at, ok := goField(t, f.Name); ok && at.Type.Kind() == reflect.String {
				made.status = at.Index
			}
		}
	}
	known, _ := w.kept.LoadOrStore(t, made)
	return known.(*wording)
}

// worded reports whether a field of the schema holds words, itself or further down.
func (w *wordings) worded(object, field string) bool {
	def := w.schema.types[object]
	if def == nil || unworded[coordinate{object, field}] {
		return false
	}
	f := def.Fields.ForName(field)
	if f == nil {
		return false
	}
	if f.Type.Name() == "String" {
		return true
	}
	below := w.schema.types[f.Type.Name()]
	return below.IsCompositeType() && slices.ContainsFunc(below.Fields, func(f *ast.FieldDefinition) bool { return w.worded(below.Name, f.Name) })
}

// field makes the reader of one field; nil if it holds no words.
func (w *wordings) field(object string, f *ast.FieldDefinition, t reflect.Type) wordsOf {
	at, ok := goField(t, f.Name)
	if !ok || !w.worded(object, f.Name) {
		return nil // computed from what is read elsewhere, or no words
	}
	read := w.value(f.Type.Name(), at.Type)
	if read == nil {
		return nil
	}
	return func(page []byte, v reflect.Value) []byte { return read(page, v.FieldByIndex(at.Index)) }
}

func (w *wordings) value(name string, t reflect.Type) wordsOf {
	switch t.Kind() {
	case reflect.String:
		return func(page []byte, v reflect.Value) []byte { return appendLower(page, v.String()) }
	case reflect.Pointer:
		read := w.value(name, t.Elem())
		if read == nil {
			return nil
		}
		return func(page []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return page
			}
			return read(page, v.Elem())
		}
	case reflect.Slice:
		read := w.value(name, t.Elem())
		if read == nil {
			return nil
		}
		return func(page []byte, v reflect.Value) []byte {
			for i := range v.Len() {
				page = read(page, v.Index(i))
			}
			return page
		}
	case reflect.Struct:
		return w.object(name, t)
	}
	return nil
}

func (w *wordings) object(name string, t reflect.Type) wordsOf {
	var parts []wordsOf
	for _, f := range w.schema.types[name].Fields {
		if part := w.field(name, f, t); part != nil {
			parts = append(parts, part)
		}
	}
	return func(page []byte, v reflect.Value) []byte {
		for _, part := range parts {
			page = part(page, v)
		}
		return page
	}
}

// goField finds the Go field behind one of GraphQL, as plan.go does.
func goField(t reflect.Type, name string) (reflect.StructField, bool) {
	return t.FieldByNameFunc(func(n string) bool { return strings.EqualFold(n, name) })
}

// appendLower appends s in lower case, and an end to it, so that no word reaches over two
// strings.
func appendLower(page []byte, s string) []byte {
	if s == "" {
		return page
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			page = utf8.AppendRune(page, unicode.ToLower(r))
			i += n - 1
		case 'A' <= c && c <= 'Z':
			page = append(page, c+'a'-'A')
		default:
			page = append(page, c)
		}
	}
	return append(page, '\n')
}
