package documents

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"github.com/patchworkcare/patchwork/record"
)

// The bounds of a CDA document.
const (
	cdaDepth  = 200
	cdaTokens = 1_000_000
	// mostWritten is how large the page may become.
	mostWritten = 4 * Largest
)

// nhsNumberRoots are the OIDs under which NHS numbers stand.
var nhsNumberRoots = map[string]bool{"2.16.840.1.113883.2.1.4.1": true, "2.16.840.1.113883.2.1.4.2": true}

// cda walks an HL7 CDA R2 document as a stream and writes its narrative as HTML
// (§4.3.5.2). What is coded is not read: the narrative is what its author attested.
type cda struct {
	dec   *xml.Decoder
	out   bytes.Buffer
	depth int
	seen  int

	title    string
	sections int // how deep in sections
	worded   int // how many have words
	packed   bool
	subjects []record.NHSNumber
}

// readCDA gives the narrative of a CDA document, and whom it says it is about.
func readCDA(title string, raw []byte) (*Safe, error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.CharsetReader = oldCharset
	c := &cda{dec: d}
	if err := c.document(); err != nil {
		return nil, err
	}
	if c.title != "" {
		title = c.title
	}
	switch {
	case c.packed && c.worded == 0:
		return nil, notShown("It is an envelope around a document of another kind, which is not shown here")
	case c.worded == 0:
		return nil, unreadable("It holds nothing that can be read")
	}
	// What is written here is safe by making; that it is cleaned all the same costs little.
	return &Safe{Body: page(title, policy.SanitizeBytes(c.out.Bytes())), Subjects: c.subjects}, nil
}

func oldCharset(name string, from io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "utf-8", "us-ascii", "ascii", "":
		return from, nil
	case "iso-8859-1", "windows-1252":
		return charmap.Windows1252.NewDecoder().Reader(from), nil
	}
	return nil, errors.New("character set")
}

// next gives the next token. A document type is refused: entities, its own and others',
// are how XML is made to read files and to grow without end.
func (c *cda) next() (xml.Token, error) {
	t, err := c.dec.Token()
	if errors.Is(err, io.EOF) {
		return nil, err
	}
	if err != nil {
		return nil, unreadable("It is not well-formed XML")
	}
	switch t.(type) {
	case xml.Directive:
		return nil, unreadable("It declares a document type, which no clinical document needs")
	case xml.StartElement:
		c.depth++
	case xml.EndElement:
		c.depth--
	}
	if c.seen++; c.seen > cdaTokens || c.depth > cdaDepth || c.out.Len() > mostWritten {
		return nil, tooLarge()
	}
	return t, nil
}

// document reads the root.
func (c *cda) document() error {
	for {
		t, err := c.next()
		switch {
		case errors.Is(err, io.EOF):
			return unreadable("It is not well-formed XML")
		case err != nil:
			return err
		}
		if start, ok := t.(xml.StartElement); ok {
			if start.Name.Local != "ClinicalDocument" {
				return notShown("It is XML of another kind than a clinical document")
			}
			break
		}
	}
	if err := c.children(c.header); err != nil {
		return err
	}
	for { // what follows the root: nothing, or it is none
		switch t, err := c.next(); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		default:
			if _, ok := t.(xml.StartElement); ok {
				return unreadable("It is not well-formed XML")
			}
		}
	}
}

// children gives each child of the element at hand to take, which reads it to its end.
func (c *cda) children(take func(xml.StartElement) error) error {
	for {
		t, err := c.next()
		switch {
		case errors.Is(err, io.EOF):
			return unreadable("It is not well-formed XML")
		case err != nil:
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := take(t); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// skip reads over the element at hand.
func (c *cda) skip(xml.StartElement) error {
	return c.children(c.skip)
}

// text is the text of the element at hand, whatever stands in it.
func (c *cda) text() (string, error) {
	var b strings.Builder
	for depth := 1; depth > 0; {
		t, err := c.next()
		switch {
		case errors.Is(err, io.EOF):
			return "", unreadable("It is not well-formed XML")
		case err != nil:
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			b.Write(t)
		}
	}
	return strings.Join(strings.Fields(b.String()), " "), nil
}

// header reads a child of ClinicalDocument.
func (c *cda) header(e xml.StartElement) (err error) {
	switch e.Name.Local {
	case "title":
		if c.title, err = c.text(); err == nil && c.title != "" {
			c.write("<h1>", c.title, "</h1>\n")
		}
		return err
	case "recordTarget":
		return c.children(c.target)
	case "component":
		return c.children(c.body)
	}
	return c.skip(e)
}

// target reads whom the document is about.
func (c *cda) target(e xml.StartElement) error {
	if e.Name.Local != "patientRole" {
		return c.skip(e)
	}
	return c.children(func(e xml.StartElement) error {
		if e.Name.Local == "id" && nhsNumberRoots[attribute(e, "root")] {
			if n, err := record.ParseNHSNumber(attribute(e, "extension")); err == nil {
				c.subjects = append(c.subjects, n)
			}
		}
		return c.skip(e)
	})
}

// body reads structuredBody or nonXMLBody.
func (c *cda) body(e xml.StartElement) error {
	switch e.Name.Local {
	case "structuredBody":
		return c.children(c.component)
	case "nonXMLBody":
		c.packed = true
		return c.children(c.embedded)
	}
	return c.skip(e)
}

// component holds a section, in a body or in a section.
func (c *cda) component(e xml.StartElement) error {
	if e.Name.Local != "component" {
		return c.skip(e)
	}
	return c.children(func(e xml.StartElement) error {
		if e.Name.Local != "section" {
			return c.skip(e)
		}
		return c.section()
	})
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && (a.Name.Space == "" || a.Name.Space == e.Name.Space) {
			return a.Value
		}
	}
	return ""
}
