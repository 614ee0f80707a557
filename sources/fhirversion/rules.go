package fhirversion

import "strings"

// rule brings one element of a resource into its R4 name and shape. A rule whose
// element is not there, or not of the shape it expects, changes nothing.
type rule func(o *Node)

// rename gives an element its R4 name.
func rename(from, to string) rule {
	return func(o *Node) {
		if v := o.Get(from); v != nil && !o.Has(to) {
			o.Set(from, nil)
			o.Set(to, v)
		}
	}
}

// code makes a CodeableConcept of a code: what R4 codes with a system.
func code(name, system string) rule {
	return func(o *Node) {
		if s, ok := o.Get(name).(string); ok {
			o.Set(name, concept(system, s))
		}
	}
}

func concept(system, code string) *Node {
	coding := (&Node{}).With("system", system).With("code", code)
	return (&Node{}).With("coding", []any{coding})
}

// plain makes a code of a CodeableConcept: its first code.
func plain(name string) rule {
	return func(o *Node) {
		if c := codeOf(o.Object(name)); c != "" {
			o.Set(name, c)
		}
	}
}

// codeOf is the first code of a CodeableConcept; "" if it has none.
func codeOf(c *Node) string {
	for _, k := range c.Objects("coding") {
		if s := k.Text("code"); s != "" {
			return s
		}
	}
	return ""
}

// many makes a list of a single element.
func many(name string) rule {
	return func(o *Node) {
		if v := o.Object(name); v != nil {
			o.Set(name, []any{v})
		}
	}
}

// one makes a single element of a list: its first.
func one(name string) rule {
	return func(o *Node) {
		if all, ok := o.Get(name).([]any); ok && len(all) > 0 {
			o.Set(name, all[0])
		}
	}
}

// lift puts an inner element in the place of the one that holds it.
func lift(name, inner string) rule {
	return func(o *Node) {
		if v := o.Object(name).Get(inner); v != nil {
			o.Set(name, v)
		}
	}
}

// each lifts an inner element out of every element of a list.
func each(name, inner string) rule {
	return func(o *Node) {
		all, _ := o.Get(name).([]any)
		for i, v := range all {
			if x, ok := v.(*Node); ok {
				if in := x.Get(inner); in != nil {
					all[i] = in
				}
			}
		}
	}
}

// within applies rules to an inner element, or to each of a list of them.
func within(name string, rules ...rule) rule {
	return func(o *Node) {
		for _, x := range o.Objects(name) {
			for _, r := range rules {
				r(x)
			}
		}
	}
}

// into moves an element into an object, which is made if it is not there.
func into(from, holder, to string) rule {
	return func(o *Node) {
		v := o.Get(from)
		if v == nil || o.Has(holder) && o.Object(holder) == nil {
			return
		}
		h := o.Object(holder)
		if h == nil {
			h = &Node{}
		}
		if h.Has(to) {
			return
		}
		o.Set(from, nil)
		h.Set(to, v)
		o.Set(holder, h)
	}
}

// said sets a status where an element of its own turned the meaning of the resource
// around.
func said(name string, value any, status string) rule {
	return func(o *Node) {
		if o.Get(name) == value && o.Text("status") != "entered-in-error" {
			o.Set("status", status)
			o.Set(name, nil)
		}
	}
}

// words translates the codes of an element that R4 words otherwise.
func words(name string, to map[string]string) rule {
	return func(o *Node) {
		if w, ok := to[o.Text(name)]; ok {
			o.Set(name, w)
		}
	}
}

// note makes an Annotation of a text.
func note(name string) rule {
	return func(o *Node) {
		s := o.Text(name)
		if s == "" {
			return
		}
		var all []any
		for _, x := range o.Objects("note") {
			all = append(all, x)
		}
		o.Set(name, nil)
		o.Set("note", append(all, (&Node{}).With("text", s)))
	}
}

// choose makes of a CodeableReference (R5) the concept or the reference that R4 has.
func choose(name, coded, referred string) rule {
	return func(o *Node) {
		v := o.Object(name)
		if v == nil {
			return
		}
		o.Set(name, nil)
		if c := v.Get("concept"); c != nil {
			o.Set(coded, c)
		}
		if l := v.Get("reference"); l != nil {
			o.Set(referred, l)
		}
	}
}

// chooseMany is choose for lists.
func chooseMany(name, coded, referred string) rule {
	return func(o *Node) {
		var concepts, links []any
		for _, v := range o.Objects(name) {
			if c := v.Get("concept"); c != nil {
				concepts = append(concepts, c)
			}
			if l := v.Get("reference"); l != nil {
				links = append(links, l)
			}
		}
		if len(concepts)+len(links) == 0 {
			return
		}
		o.Set(name, nil)
		if len(concepts) > 0 {
			o.Set(coded, concepts)
		}
		if len(links) > 0 {
			o.Set(referred, links)
		}
	}
}

// named makes a Reference of each CodeableReference of a list, or of the one that is
// there: the words of a concept become its display.
func named(name string) rule {
	return func(o *Node) {
		v := o.Get(name)
		if x, ok := v.(*Node); ok {
			o.Set(name, asReference(x))
			return
		}
		all, _ := v.([]any)
		for i, one := range all {
			if x, ok := one.(*Node); ok {
				all[i] = asReference(x)
			}
		}
	}
}

func asReference(x *Node) *Node {
	l, c := x.Object("reference"), x.Object("concept")
	if l == nil && c == nil {
		return x
	}
	if l == nil {
		l = &Node{}
	}
	if label := labelOf(c); label != "" && !l.Has("display") {
		l.Set("display", label)
	}
	return l
}

// labelOf is what to show for a CodeableConcept: its text, else the first display, else
// the first code.
func labelOf(c *Node) string {
	if s := c.Text("text"); s != "" {
		return s
	}
	for _, k := range c.Objects("coding") {
		if s := k.Text("display"); s != "" {
			return s
		}
	}
	return codeOf(c)
}

// extensionNamed returns the first extension whose URL ends in name.
func extensionNamed(o *Node, name string) *Node {
	for _, e := range o.Objects("extension") {
		if strings.HasSuffix(e.Text("url"), name) {
			return e
		}
	}
	return nil
}
