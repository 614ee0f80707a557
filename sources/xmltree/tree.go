package xmltree

import (
	"strings"
)

// Node is one element.
type Node struct {
	// Space is the namespace, or the prefix where none is declared for it; Name the
	// local name.
	Space, Name string
	Attrs       []Attr
	Children    []*Node
	// Text is the character data directly within the element, of all its pieces.
	Text string
	// parts are text and children in their order, for elements that have both.
	parts []part
}

// Attr is one attribute. Declarations of namespaces are none.
type Attr struct{ Space, Name, Value string }

// part is a piece of mixed content: text, or a child.
type part struct {
	text  string
	child *Node
}

// Attr gives the value of the attribute without namespace that is called name; "" if
// there is none, as for every question to a nil Node.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	for i := range n.Attrs {
		if n.Attrs[i].Name == name && n.Attrs[i].Space == "" {
			return n.Attrs[i].Value
		}
	}
	return ""
}

// AttrIn gives the value of an attribute that has a namespace, for example xsi:type.
func (n *Node) AttrIn(space, name string) string {
	if n == nil {
		return ""
	}
	for i := range n.Attrs {
		if a := &n.Attrs[i]; a.Name == name && a.Space == space {
			return a.Value
		}
	}
	return ""
}

// Child is the first element of the path; nil if there is none.
func (n *Node) Child(path ...string) *Node {
	for _, name := range path {
		n = n.first(name)
	}
	return n
}

func (n *Node) first(name string) *Node {
	if n == nil {
		return nil
	}
	for _, c := range n.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// All are the elements called name.
func (n *Node) All(name string) (all []*Node) {
	if n == nil {
		return nil
	}
	for _, c := range n.Children {
		if c.Name == name {
			all = append(all, c)
		}
	}
	return all
}

// Walk visits the element and everything below it, in order, until visit says false
// about an element, whose inside is then left out.
func (n *Node) Walk(visit func(*Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	for _, c := range n.Children {
		c.Walk(visit)
	}
}

// Words are the text of the element and of everything in it, as one line.
func (n *Node) Words() string {
	var b strings.Builder
	n.words(&b)
	return strings.Join(strings.Fields(b.String()), " ")
}

func (n *Node) words(b *strings.Builder) {
	if n == nil {
		return
	}
	for _, p := range n.parts {
		if p.child == nil {
			b.WriteString(p.text)
			continue
		}
		// The cells of a row are words apart, whether a blank stands between them or not.
		b.WriteByte(' ')
		p.child.words(b)
		b.WriteByte(' ')
	}
}
