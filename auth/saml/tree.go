package saml

import (
	"strings"
	"time"

	"github.com/beevik/etree"
)

// is reports whether el is the element tag of the namespace ns, whatever its prefix.
func is(el *etree.Element, ns, tag string) bool {
	return el != nil && el.Tag == tag && el.NamespaceURI() == ns
}

// children are the direct children of that name; none of a nil element.
func children(el *etree.Element, ns, tag string) (all []*etree.Element) {
	if el == nil {
		return nil
	}
	for _, c := range el.ChildElements() {
		if is(c, ns, tag) {
			all = append(all, c)
		}
	}
	return all
}

// only is the one child of that name; nil if there is none or more than one.
func only(el *etree.Element, ns, tag string) *etree.Element {
	if all := children(el, ns, tag); len(all) == 1 {
		return all[0]
	}
	return nil
}

// attr is an attribute without a prefix; "" if there is none. (etree's own SelectAttr
// takes an attribute of any namespace.)
func attr(el *etree.Element, name string) string {
	if el == nil {
		return ""
	}
	for _, a := range el.Attr {
		if a.Space == "" && a.Key == name {
			return a.Value
		}
	}
	return ""
}

// text is what an element holds if it holds nothing but text, as it stands; else "".
func text(el *etree.Element) string {
	if el == nil {
		return ""
	}
	var b strings.Builder
	for _, c := range el.Child {
		t, ok := c.(*etree.CharData)
		if !ok {
			return ""
		}
		b.WriteString(t.Data)
	}
	return b.String()
}

// trimmed is text without the white space of indentation around it: for URIs.
func trimmed(el *etree.Element) string { return strings.TrimSpace(text(el)) }

// instant reads a SAML time (core §1.3.3: UTC). ok is false if there is none or it cannot
// be read.
func instant(s string) (at time.Time, ok bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}
