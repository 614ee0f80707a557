package er7

import (
	"iter"
	"strings"
)

// Segment is one line of a message. The zero Segment has no name and only absent fields.
type Segment struct {
	Name string

	line string
	d    *delimiters
}

// Raw is the segment as it was sent, decoded and otherwise untouched.
func (s Segment) Raw() string { return s.line }

// Field is the field at position n, as the standard counts: MSH-1 is the delimiter itself.
func (s Segment) Field(n int) Field {
	if s.d == nil || n < 1 {
		return Field{}
	}
	if strings.HasPrefix(s.line, "MSH") {
		if n == 1 {
			return Field{raw: string(s.d.field), d: s.d}
		}
		n--
	}
	return Field{raw: part(s.line, s.d.field, n), d: s.d}
}

// part is the n-th piece of text, counted from 0; "" where there are fewer.
func part(text string, by byte, n int) string {
	if by == 0 {
		if n == 0 {
			return text
		}
		return ""
	}
	for ; n > 0; n-- {
		i := strings.IndexByte(text, by)
		if i < 0 {
			return ""
		}
		text = text[i+1:]
	}
	if i := strings.IndexByte(text, by); i >= 0 {
		return text[:i]
	}
	return text
}

// Field is all of a field, with its repetitions.
type Field struct {
	raw string
	d   *delimiters
}

// Null is what a sender writes to say that what is held is to be deleted.
const Null = `""`

// Absent reports that the sender said nothing: what is held stays.
func (f Field) Absent() bool { return f.raw == "" }

// Null reports that the sender said that there is nothing.
func (f Field) Null() bool { return f.raw == Null }

// Text is the whole field as text, for fields that have no parts.
func (f Field) Text() string { return f.d.text(f.raw) }

// First is the first repetition.
func (f Field) First() Repetition {
	if f.d == nil {
		return Repetition{}
	}
	return Repetition{part(f.raw, f.d.repetition, 0), f.d}
}

// Component is a component of the first repetition.
func (f Field) Component(n int) Component { return f.First().Component(n) }

// Repetitions are those that say something.
func (f Field) Repetitions() iter.Seq[Repetition] {
	return func(yield func(Repetition) bool) {
		if f.d == nil || f.raw == "" {
			return
		}
		if f.d.repetition == 0 {
			yield(Repetition(f))
			return
		}
		for one := range strings.SplitSeq(f.raw, string(f.d.repetition)) {
			if one != "" && !yield(Repetition{one, f.d}) {
				return
			}
		}
	}
}

// Repetition is one of a field's values.
type Repetition struct {
	raw string
	d   *delimiters
}

// Text is the whole of it as text.
func (r Repetition) Text() string { return r.d.text(r.raw) }

// Absent reports that it says nothing.
func (r Repetition) Absent() bool { return r.raw == "" }

// Component is the component at position n, counted from 1.
func (r Repetition) Component(n int) Component {
	if r.d == nil || n < 1 {
		return Component{}
	}
	return Component{part(r.raw, r.d.component, n-1), r.d}
}

// Component is one part of a value.
type Component struct {
	raw string
	d   *delimiters
}

// Absent and Null are as those of Field.
func (c Component) Absent() bool { return c.raw == "" }

// Null reports that the sender said that there is nothing.
func (c Component) Null() bool { return c.raw == Null }

// Text is the whole component as text; "" if it is absent or null.
func (c Component) Text() string { return c.d.text(c.raw) }

// Sub is the subcomponent at position n, counted from 1, as text.
func (c Component) Sub(n int) string {
	if c.d == nil || n < 1 {
		return ""
	}
	return c.d.text(part(c.raw, c.d.sub, n-1))
}
