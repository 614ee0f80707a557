package fhir

import (
	"encoding/json"
	"strings"
)

// object is a FHIR resource or element being rendered. What is "" or empty is left out by
// set, so that nothing is blanked: a field that policy holds back is absent.
type object map[string]any

// set puts a value in, unless there is none.
func (o object) set(name string, value any) object {
	switch v := value.(type) {
	case nil:
		return o
	case string:
		if v == "" {
			return o
		}
	case object:
		if len(v) == 0 {
			return o
		}
	case []object:
		if len(v) == 0 {
			return o
		}
	case []string:
		if len(v) == 0 {
			return o
		}
	}
	o[name] = value
	return o
}

// node is an object of a GraphQL answer. Every getter takes a path of names joined by dots
// and gives the zero value for what is null or not there.
type node map[string]any

func (n node) at(path string) any {
	var v any = map[string]any(n)
	for name := range strings.SplitSeq(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[name]
	}
	return v
}

// text gives a string, or a number in its own digits.
func (n node) text(path string) string {
	switch v := n.at(path).(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// flag gives a boolean; known is false for null.
func (n node) flag(path string) (value, known bool) {
	value, known = n.at(path).(bool)
	return value, known
}

// one gives an object; nil for null.
func (n node) one(path string) node {
	m, _ := n.at(path).(map[string]any)
	return m
}

// list gives the objects of a list.
func (n node) list(path string) []node {
	values, _ := n.at(path).([]any)
	list := make([]node, 0, len(values))
	for _, v := range values {
		if m, ok := v.(map[string]any); ok {
			list = append(list, m)
		}
	}
	return list
}

// texts gives the strings of a list.
func (n node) texts(path string) []string {
	values, _ := n.at(path).([]any)
	list := make([]string, 0, len(values))
	for _, v := range values {
		if s, ok := v.(string); ok {
			list = append(list, s)
		}
	}
	return list
}

// each renders the objects of a list.
func each(list []node, render func(node) object) []object {
	out := make([]object, 0, len(list))
	for _, n := range list {
		if o := render(n); len(o) > 0 {
			out = append(out, o)
		}
	}
	return out
}
