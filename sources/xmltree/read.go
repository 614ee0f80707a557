package xmltree

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// Limits bound what is read. All are required.
type Limits struct {
	Bytes    int64
	Elements int
	Depth    int
	// Tag is how long one tag with all its attributes may be.
	Tag int
}

// What can be wrong. No text of them quotes the document.
var (
	ErrNotXML   = errors.New("not well-formed XML")
	ErrDoctype  = errors.New("a document type is declared")
	ErrTooLarge = errors.New("more than is read")
	ErrTooDeep  = errors.New("nested too deep")
	ErrLongTag  = errors.New("a tag is too long")
	ErrEncoding = errors.New("a character set that is not read")
)

// Read reads one document to its end. Errors of from itself are returned as they are.
func Read(from io.Reader, limits Limits) (*Node, error) {
	bounded := &guard{from: from, left: limits.Bytes, tag: limits.Tag}
	dec := xml.NewDecoder(bounded)
	dec.CharsetReader = charset
	b := &builder{limits: limits}
	for {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) && b.root != nil && len(b.open) == 0 {
			return b.root, nil
		}
		if err != nil {
			return nil, bounded.explain(err)
		}
		if err := b.take(t); err != nil {
			return nil, err
		}
	}
}

// builder puts the tree together without recursion.
type builder struct {
	limits Limits
	root   *Node
	open   []*Node
	seen   int
}

func (b *builder) take(t xml.Token) error {
	switch t := t.(type) {
	case xml.Directive:
		return ErrDoctype
	case xml.StartElement:
		return b.start(t)
	case xml.EndElement:
		n := b.open[len(b.open)-1]
		b.open = b.open[:len(b.open)-1]
		n.close()
	case xml.CharData:
		if len(b.open) == 0 {
			if strings.TrimSpace(strings.TrimPrefix(string(t), "\ufeff")) != "" {
				return ErrNotXML
			}
			return nil
		}
		n := b.open[len(b.open)-1]
		n.parts = append(n.parts, part{text: string(t)})
	}
	return nil
}

func (b *builder) start(t xml.StartElement) error {
	if b.seen++; b.seen > b.limits.Elements {
		return ErrTooLarge
	}
	if len(b.open) >= b.limits.Depth {
		return ErrTooDeep
	}
	n := &Node{Space: t.Name.Space, Name: t.Name.Local}
	for _, a := range t.Attr {
		if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
			n.Attrs = append(n.Attrs, Attr{a.Name.Space, a.Name.Local, a.Value})
		}
	}
	switch {
	case len(b.open) > 0:
		parent := b.open[len(b.open)-1]
		parent.Children = append(parent.Children, n)
		parent.parts = append(parent.parts, part{child: n})
	case b.root != nil:
		return ErrNotXML
	default:
		b.root = n
	}
	b.open = append(b.open, n)
	return nil
}

// close puts an element's own text together. Blanks between elements are not kept.
func (n *Node) close() {
	var all strings.Builder
	for _, p := range n.parts {
		all.WriteString(p.text)
	}
	n.Text = all.String()
}

// charset knows what clinical documents are written in besides UTF-8; what calls itself
// ISO-8859-1 is windows-1252 wherever the two differ.
func charset(name string, from io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "utf-8", "us-ascii", "ascii", "":
		return from, nil
	case "iso-8859-1", "latin1", "windows-1252":
		return &latin{from: from}, nil
	}
	return nil, ErrEncoding
}

// latin turns windows-1252 into UTF-8.
type latin struct {
	from io.Reader
	kept []byte
}

// high are the characters of windows-1252 from 0x80 to 0x9f; 0 where there is none.
var high = [32]rune{0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178}

// Read implements io.Reader.
func (l *latin) Read(p []byte) (int, error) {
	if len(l.kept) == 0 {
		var raw [512]byte
		n, err := l.from.Read(raw[:])
		for _, c := range raw[:n] {
			r := rune(c)
			if c >= 0x80 && c < 0xa0 {
				if r = high[c-0x80]; r == 0 {
					r = utf8.RuneError
				}
			}
			l.kept = utf8.AppendRune(l.kept, r)
		}
		if len(l.kept) == 0 {
			return 0, err
		}
	}
	n := copy(p, l.kept)
	l.kept = l.kept[n:]
	return n, nil
}
