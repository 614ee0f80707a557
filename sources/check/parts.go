package check

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// parts are what an entry is made of, by the path of its fields.
type parts struct {
	concepts   []part[record.Concept]
	codings    []part[record.Coding] // those of concepts too
	dates      []part[record.Date]
	periods    []part[record.Period]
	quantities []part[record.Quantity]
	texts      []part[string]
	// whole is everything that the statement says, without its ids, to compare.
	whole strings.Builder
}

type part[T any] struct {
	// path names fields, "Measurements.Value.Quantity"; the place in a list is left out.
	path  string
	value T
}

// unsaid are fields that are no part of what the statement says.
var unsaid = []string{"ID", "Subject", "Provenance", "Withheld", "LocalID", "Reference", "Content", "Labels"}

// partsOf takes an entry apart, whatever its type: a section that is added is looked at
// too.
func partsOf(e record.Entry) *parts {
	p := &parts{}
	p.walk("", reflect.ValueOf(e).Elem())
	return p
}

func (p *parts) walk(path string, v reflect.Value) {
	switch x := v.Interface().(type) {
	case record.Concept:
		p.concepts = append(p.concepts, part[record.Concept]{path, x})
	case record.Coding:
		p.codings = append(p.codings, part[record.Coding]{path, x})
	case record.Period:
		p.periods = append(p.periods, part[record.Period]{path, x})
	case record.Quantity:
		p.quantities = append(p.quantities, part[record.Quantity]{path, x})
	case record.Date:
		p.dates = append(p.dates, part[record.Date]{path, x})
		fmt.Fprintf(&p.whole, "%s=%s\x00", path, x)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		p.fields(path, v)
	case reflect.Pointer:
		if !v.IsNil() {
			p.walk(path, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			p.walk(path, v.Index(i))
		}
	case reflect.String:
		if s := v.String(); s != "" {
			p.texts = append(p.texts, part[string]{path, s})
			fmt.Fprintf(&p.whole, "%s=%s\x00", path, s)
		}
	default:
		fmt.Fprintf(&p.whole, "%s=%v\x00", path, v.Interface())
	}
}

func (p *parts) fields(path string, v reflect.Value) {
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		switch {
		case slices.Contains(unsaid, name):
		case name == "Base":
			p.walk(path, v.Field(i))
		case path == "":
			p.walk(name, v.Field(i))
		default:
			p.walk(path+"."+name, v.Field(i))
		}
	}
}

// last is the field that a path ends with.
func last(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }
