package saml

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/beevik/etree"
	roundtrip "github.com/mattermost/xml-roundtrip-validator"

	"github.com/patchworkcare/patchwork/auth"
)

// Bounds of what is read at all. Real answers have some 100 elements, 12 deep, with two or
// three attributes each; goxmldsig follows 1000 elements at most.
const (
	mostBytes      = 256 << 10
	mostElements   = 1000
	mostDepth      = 32
	mostAttributes = 32 // of one element; of all, three times the elements
)

// invalid is what the operator has to look at.
func invalid(cause string) error { return auth.Refuse(auth.RefusedInvalid, cause) }

// gate reads one message: its parts share one set of ids.
type gate struct {
	elements, attrs int
	// comments are let pass in metadata only: there they are usual, and nothing of a user.
	comments bool
	ids      map[string]bool
}

func newGate() *gate {
	return &gate{elements: mostElements, attrs: 3 * mostElements, ids: map[string]bool{}}
}

// decode undoes base64 as strictly as RFC 4648 §3.5 allows.
func decode(s string) ([]byte, error) {
	if len(s) > mostBytes*3/2 {
		return nil, invalid("the message is larger than 256 KiB")
	}
	b, err := base64.StdEncoding.Strict().DecodeString(s)
	if err != nil {
		return nil, invalid("the message is not base64")
	}
	return b, nil
}

// read makes a tree of XML that means one thing only to every reader: it refuses what the
// standards do not need and attacks do (SAML security considerations §6).
func (g *gate) read(b []byte) (*etree.Element, error) {
	if len(b) > mostBytes {
		return nil, invalid("the message is larger than 256 KiB")
	}
	return g.tree(b)
}

func (g *gate) tree(b []byte) (*etree.Element, error) {
	b = bytes.TrimSpace(b)
	if err := g.glance(b); err != nil {
		return nil, err
	}
	if err := g.count(b); err != nil {
		return nil, err
	}
	if roundtrip.Validate(bytes.NewReader(b)) != nil {
		return nil, invalid("the XML changes when it is written again")
	}
	doc := etree.NewDocument()
	if doc.ReadFromBytes(b) != nil || doc.Root() == nil {
		return nil, invalid("the message is not XML")
	}
	return doc.Root(), nil
}

// glance looks at the bytes before any parser does. In well-formed XML "<!" begins only
// DTDs, CDATA and comments, and "<?" only instructions.
func (g *gate) glance(b []byte) error {
	if !utf8.Valid(b) || bytes.IndexByte(b, 0) >= 0 {
		return invalid("the message is not UTF-8")
	}
	if len(b) == 0 || b[0] != '<' {
		return invalid("the message is not XML")
	}
	for rest := b; ; {
		i := bytes.Index(rest, []byte("<!"))
		if i < 0 {
			break
		}
		rest = rest[i+2:]
		switch {
		case bytes.HasPrefix(rest, []byte("[")):
			return invalid("the message has a CDATA section")
		case !bytes.HasPrefix(rest, []byte("--")):
			return invalid("the message has a document type or entities")
		case !g.comments:
			return invalid("the message has a comment")
		}
	}
	if i := bytes.LastIndex(b, []byte("<?")); i > 0 {
		return invalid("the message has a processing instruction")
	}
	return nil
}

// count walks over the tokens within the bounds, and looks at what later readers pass
// over: repeated attributes and ids, text outside the root.
func (g *gate) count(b []byte) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // plainDeclaration refuses it
	for depth, roots := 0, 0; ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			if roots != 1 {
				return invalid("the message is not one XML document")
			}
			return nil
		}
		if err != nil {
			return invalid("the message is not well-formed XML")
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			depth++
			g.elements--
			g.attrs -= len(t.Attr)
			if g.elements < 0 || g.attrs < 0 || depth > mostDepth || len(t.Attr) > mostAttributes {
				return invalid("the message has too many elements or attributes, or nests too deeply")
			}
			if err := g.attributes(t); err != nil {
				return err
			}
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 0 && len(bytes.TrimSpace(t)) > 0 {
				return invalid("the message is not one XML document")
			}
		case xml.ProcInst:
			if !plainDeclaration(t) {
				return invalid("the message declares another encoding than UTF-8, or is no XML 1.0")
			}
		}
	}
}

// plainDeclaration: <?xml version="1.0" encoding="UTF-8" standalone="yes"?> in its forms.
func plainDeclaration(p xml.ProcInst) bool {
	if p.Target != "xml" {
		return false
	}
	for _, field := range strings.Fields(strings.ReplaceAll(string(p.Inst), `'`, `"`)) {
		switch strings.ToLower(field) {
		case `version="1.0"`, `encoding="utf-8"`, `standalone="yes"`, `standalone="no"`:
		default:
			return false
		}
	}
	return true
}

// plainName refuses a prefix that nothing declares, which the decoder leaves in place of a
// namespace's URI, and a colon at the edge of a name.
func plainName(n xml.Name) error {
	if strings.Contains(n.Local, ":") || (n.Space != "" && n.Space != "xmlns" && !strings.Contains(n.Space, ":")) {
		return invalid("the message has a name that is none, or a prefix that is not declared")
	}
	return nil
}

// attributes refuses names that are none, an attribute given twice, an id given twice
// anywhere, and those that change how others are read.
func (g *gate) attributes(el xml.StartElement) error {
	seen := make(map[xml.Name]bool, len(el.Attr))
	if err := plainName(el.Name); err != nil {
		return err
	}
	for _, a := range el.Attr {
		if err := plainName(a.Name); err != nil {
			return err
		}
		if seen[a.Name] {
			return invalid("an element has an attribute twice")
		}
		seen[a.Name] = true
		isID := strings.EqualFold(a.Name.Local, "id")
		switch {
		case a.Name.Space == "xmlns" && (a.Value == "" || isID || strings.HasPrefix(strings.ToLower(a.Name.Local), "xml")):
			return invalid("the message declares a reserved namespace prefix")
		case a.Name.Space == "xmlns":
		case isID && a.Name.Space != "":
			return invalid("the message has an id in another namespace")
		case a.Name.Local == "base" && a.Name.Space != "":
			return invalid("the message sets another base for its references")
		case isID && g.ids[a.Value]:
			return invalid("an id stands in the message twice")
		case isID:
			g.ids[a.Value] = true
		}
	}
	return nil
}
