package xmltree

import (
	"errors"
	"io"
)

// guard counts bytes, and the length of each tag: the decoder holds a tag with all its
// attributes in memory many times over before anybody can look at it.
type guard struct {
	from   io.Reader
	left   int64
	tag    int
	inside int  // bytes since the tag began; 0 outside
	quote  byte // the quote that a value within a tag stands in; 0 outside
	// aside is what ends a comment, an instruction or a section of plain text, twice or
	// before its end; 0 where none is open.
	aside        byte
	last, before byte
	failed       error
}

// Read implements io.Reader.
func (g *guard) Read(p []byte) (int, error) {
	if g.failed != nil {
		return 0, g.failed
	}
	n, err := g.from.Read(p)
	if g.left -= int64(n); g.left < 0 {
		g.failed = ErrTooLarge
		return 0, g.failed
	}
	for _, c := range p[:n] {
		if g.watch(c); g.inside > g.tag {
			g.failed = ErrLongTag
			return 0, g.failed
		}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		g.failed = err
	}
	return n, err
}

// watch follows one byte. Comments, instructions and sections of plain text are no tags:
// they hold no attributes, and a quote in them is none.
func (g *guard) watch(c byte) {
	last, before := g.last, g.before
	g.last, g.before = c, last
	switch {
	case g.aside != 0:
		if c == '>' && last == g.aside && (before == g.aside || g.aside == '?') {
			g.aside = 0
		}
	case g.inside == 0 && c == '<':
		g.inside = 1
	case g.inside == 0:
	case g.inside == 1 && c == '?':
		g.inside, g.aside = 0, '?'
	case g.inside == 2 && last == '!' && c == '-':
		g.inside, g.aside, g.last = 0, '-', 0
	case g.inside == 2 && last == '!' && c == '[':
		g.inside, g.aside = 0, ']'
	case g.quote != 0:
		g.inside++
		if c == g.quote {
			g.quote = 0
		}
	case c == '"' || c == '\'':
		g.inside++
		g.quote = c
	case c == '>':
		g.inside = 0
	default:
		g.inside++
	}
}

// explain is the error of a document that could not be read to its end.
func (g *guard) explain(err error) error {
	switch {
	case g.failed != nil:
		return g.failed
	case errors.Is(err, ErrEncoding):
		return ErrEncoding
	}
	return ErrNotXML
}
