package fhirversion

import (
	"errors"

	"github.com/patchworkcare/patchwork/sources/jsonscan"
)

// Node is a JSON object with its members in the order of the document. The zero
// Node has none.
type Node struct {
	members []member
}

type member struct {
	name string
	// value is a *Node, []any, string, Number, bool or nil.
	value any
}

// Number is a JSON number as it was written: 7.10 stays 7.10.
type Number string

// MaxValues is how many values one document may have: a tree takes more room than its
// text, and a hostile document can be all values.
const MaxValues = 500_000

// ErrTooMany is the error for a document with more than MaxValues values.
var ErrTooMany = errors.New("it has more values than are read")

// Decode reads a document that is one object. It is as strict as jsonscan, and no
// error quotes the document.
func Decode(data []byte) (*Node, error) {
	d := decoder{}
	d.Reset(data)
	o, _ := d.value().(*Node)
	if err := d.End(); err != nil {
		return nil, err
	}
	switch {
	case d.values > MaxValues:
		return nil, ErrTooMany
	case o == nil:
		return nil, jsonscan.ErrSyntax
	}
	return o, nil
}

type decoder struct {
	jsonscan.Scanner
	values int
}

func (d *decoder) value() any {
	if d.values++; d.values > MaxValues {
		d.Skip()
		return nil
	}
	switch d.Peek() {
	case '{':
		o := &Node{}
		if d.Object() {
			for d.Next() {
				name := string(d.Name())
				o.members = append(o.members, member{name, d.value()})
			}
		}
		return o
	case '[':
		all := []any{}
		if d.Array() {
			for d.More() {
				all = append(all, d.value())
			}
		}
		return all
	case '"':
		return string(d.Text())
	case 't', 'f':
		return d.Bool()
	case 'n':
		d.Skip()
		return nil
	}
	return Number(d.Number())
}

// Get returns the member called name; nil if there is none. It is safe on a nil Node.
func (o *Node) Get(name string) any {
	if at := o.index(name); at >= 0 {
		return o.members[at].value
	}
	return nil
}

func (o *Node) index(name string) int {
	if o == nil {
		return -1
	}
	for i := range o.members {
		if o.members[i].name == name {
			return i
		}
	}
	return -1
}

// Has reports whether there is a member called name that is not null.
func (o *Node) Has(name string) bool { return o.Get(name) != nil }

// Text returns a text member; "" if there is none of that type.
func (o *Node) Text(name string) string {
	s, _ := o.Get(name).(string)
	return s
}

// Object returns an object member; nil, which is safe to ask, if there is none.
func (o *Node) Object(name string) *Node {
	v, _ := o.Get(name).(*Node)
	return v
}

// Objects returns the objects of an array member, or the one object that stands in the
// array's place.
func (o *Node) Objects(name string) []*Node {
	return objects(o.Get(name))
}

func objects(v any) (all []*Node) {
	switch v := v.(type) {
	case *Node:
		return []*Node{v}
	case []any:
		for _, one := range v {
			if x, ok := one.(*Node); ok {
				all = append(all, x)
			}
		}
	}
	return all
}

// Set gives the member called name a value, in its place or at the end. The value must
// be of the types that a tree has; nil removes it.
func (o *Node) Set(name string, value any) {
	at := o.index(name)
	switch {
	case value == nil && at >= 0:
		o.members = append(o.members[:at], o.members[at+1:]...)
	case value == nil:
	case at >= 0:
		o.members[at].value = value
	default:
		o.members = append(o.members, member{name, value})
	}
}

// With adds a member and returns o, for writing objects down in one expression.
func (o *Node) With(name string, value any) *Node {
	o.Set(name, value)
	return o
}
