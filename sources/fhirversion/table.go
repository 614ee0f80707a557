package fhirversion

import (
	"strings"

	"github.com/patchworkcare/patchwork/sources/jsonscan"
)

// Table says how the resources of one version become those of R4.
type Table struct {
	// rules are those of each resource type, in the order they are applied.
	rules map[string][]rule
	// types are the R4 names of resource types that are called otherwise.
	types map[string]string
	// everywhere is applied to every object of a resource, from the outside in.
	everywhere rule
}

// Resource brings a resource and what it contains into the shape of R4, in place.
func (t *Table) Resource(o *Node) {
	for _, in := range o.Objects("contained") {
		t.Resource(in)
	}
	walk(o, t.refer)
	if t.everywhere != nil {
		walk(o, t.everywhere)
	}
	kind := o.Text("resourceType")
	if kind == "Bundle" {
		for _, e := range o.Objects("entry") {
			if in := e.Object("resource"); in != nil {
				t.Resource(in)
			}
		}
		return
	}
	if r4, ok := t.types[kind]; ok {
		kind = r4
		o.Set("resourceType", kind)
	}
	for _, r := range t.rules[kind] {
		r(o)
	}
}

// refer brings a reference to a type that R4 calls otherwise into R4.
func (t *Table) refer(o *Node) {
	ref := o.Text("reference")
	kind, id, ok := strings.Cut(ref, "/")
	if name := t.types[kind]; ok && name != "" {
		o.Set("reference", name+"/"+id)
	}
}

func walk(o *Node, r rule) {
	r(o)
	for _, m := range o.members {
		for _, in := range objects(m.value) {
			walk(in, r)
		}
	}
}

// Bundle writes a Bundle of the version as a Bundle of R4. It decodes one resource at a
// time, so that a large answer takes little more room than its text. What is not a
// Bundle is written as a resource. A document that is not JSON is returned as it is, for
// the reader to refuse.
func (t *Table) Bundle(body []byte) ([]byte, error) {
	w := writer{table: t, out: make([]byte, 0, len(body)+len(body)/8)}
	w.Reset(body)
	w.resource()
	if err := w.End(); err != nil {
		return body, nil //nolint:nilerr // the reader finds the same, and words it
	}
	if w.err != nil {
		return nil, w.err
	}
	return w.out, nil
}

type writer struct {
	jsonscan.Scanner
	table *Table
	out   []byte
	err   error
}

// resource writes the waiting resource.
func (w *writer) resource() {
	if string(w.Find("resourceType")) != "Bundle" {
		w.out = w.one(w.Raw())
		return
	}
	w.members(func(name string) bool {
		if name != "entry" || w.Peek() != '[' {
			return false
		}
		w.entries()
		return true
	})
}

// members writes the waiting object; what special does not write itself is copied.
func (w *writer) members(special func(name string) bool) {
	if w.Peek() != '{' || !w.Object() {
		w.out = append(w.out, w.Raw()...)
		return
	}
	w.out = append(w.out, '{')
	for first := true; w.Next(); first = false {
		if !first {
			w.out = append(w.out, ',')
		}
		name := string(w.Name())
		w.out = append(quote(w.out, name), ':')
		if !special(name) {
			w.out = append(w.out, w.Raw()...)
		}
	}
	w.out = append(w.out, '}')
}

func (w *writer) entries() {
	w.out = append(w.out, '[')
	w.Array()
	for first := true; w.More(); first = false {
		if !first {
			w.out = append(w.out, ',')
		}
		w.members(func(name string) bool {
			if name != "resource" || w.Peek() != '{' {
				return false
			}
			w.resource()
			return true
		})
	}
	w.out = append(w.out, ']')
}

// one writes one resource.
func (w *writer) one(raw []byte) []byte {
	o, err := Decode(raw)
	if err != nil { // not this resource alone: the whole answer cannot be trusted
		if w.err == nil {
			w.err = err
		}
		return append(w.out, raw...)
	}
	w.table.Resource(o)
	return o.Append(w.out)
}

// unversioned takes the version from the end of an extension's URL, as the profiles of
// STU3 in the UK have it, so that it is known by the name that R4 profiles give it:
// …/Extension-CareConnect-EthnicCategory-1 ends in EthnicCategory.
func unversioned(o *Node) {
	for _, name := range []string{"extension", "modifierExtension"} {
		for _, e := range o.Objects(name) {
			url := e.Text("url")
			cut := strings.TrimRight(url, "0123456789")
			if len(cut) < len(url) && strings.HasSuffix(cut, "-") && strings.Contains(url, "/Extension-CareConnect-") {
				e.Set("url", cut[:len(cut)-1])
			}
		}
	}
}
