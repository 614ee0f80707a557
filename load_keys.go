package main

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// keys reports every key that a stanza does not know, with the nearest that it does. The
// YAML library's own check knows no path and no other names.
func (l *loading) keys(prefix string, n *yaml.Node, into any, path string) {
	w := keyWalk{loading: l, prefix: prefix}
	w.walk(n, reflect.TypeOf(into), path)
}

type keyWalk struct {
	*loading
	prefix string
}

var nodeType = reflect.TypeFor[yaml.Node]()

func (w keyWalk) walk(n *yaml.Node, t reflect.Type, path string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if n == nil || t == nodeType {
		return
	}
	if _, own := reflect.PointerTo(t).MethodByName("UnmarshalYAML"); own {
		return // it says itself what it takes
	}
	switch {
	case n.Kind == yaml.AliasNode:
		// Its keys are looked at where they stand, if anything of the same form is there.
	case n.Kind == yaml.MappingNode && t.Kind() == reflect.Struct:
		w.mapping(n, t, path)
	case n.Kind == yaml.MappingNode && t.Kind() == reflect.Map:
		for i := 0; i+1 < len(n.Content); i += 2 {
			w.walk(n.Content[i+1], t.Elem(), keyPath(path, n.Content[i].Value))
		}
	case n.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice:
		for i, item := range n.Content {
			w.walk(item, t.Elem(), fmt.Sprintf("%s[%d]", path, i))
		}
	}
}

func (w keyWalk) mapping(n *yaml.Node, t reflect.Type, path string) {
	fields := map[string]reflect.Type{}
	open := keysOf(t, fields)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		field, known := fields[key.Value]
		switch {
		case known:
			w.walk(value, field, keyPath(path, key.Value))
		case key.Value == "<<":
			w.merged(value, t, path)
		case !open:
			w.unknown(key, fields, keyPath(path, key.Value))
		}
	}
}

// merged looks at what stands in place under `<<`.
func (w keyWalk) merged(value *yaml.Node, t reflect.Type, path string) {
	if value.Kind == yaml.SequenceNode {
		for _, item := range value.Content {
			w.walk(item, t, path)
		}
		return
	}
	w.walk(value, t, path)
}

func (w keyWalk) unknown(key *yaml.Node, fields map[string]reflect.Type, path string) {
	var names []string
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	say := w.prefix + "there is no key " + key.Value + " here"
	if path != key.Value {
		say += " (" + path + ")"
	}
	if near := nearestOf(key.Value, names); near != "" {
		say += fmt.Sprintf("; did you mean %q?", near)
	} else if len(names) <= mostNames {
		say += "; there are " + strings.Join(names, ", ")
	}
	w.say(key, "%s", say)
}

// mostNames is how many names are listed where none is near.
const mostNames = 20

// keysOf collects the keys of a struct, those of inlined ones too, and reports whether any
// other is taken as well.
func keysOf(t reflect.Type, into map[string]reflect.Type) (open bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case !f.IsExported() || name == "-":
		case strings.Contains(options, "inline"):
			inner := f.Type
			for inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			if inner.Kind() != reflect.Struct {
				open = true
				continue
			}
			open = keysOf(inner, into) || open
		case name == "":
			into[strings.ToLower(f.Name)] = f.Type
		default:
			into[name] = f.Type
		}
	}
	return open
}

func keyPath(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
