package documents

import (
	"encoding/base64"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"mime"
	"strings"
)

// embedded reads what an envelope holds (CDA R2 §4.3.1: nonXMLBody): plain text is shown
// as it stands. Documents of other kinds within one stay unopened.
func (c *cda) embedded(e xml.StartElement) error {
	kind, _, err := mime.ParseMediaType(attribute(e, "mediaType"))
	if e.Name.Local != "text" || err != nil || kind != "text/plain" {
		return c.skip(e)
	}
	text, err := c.raw()
	if err != nil {
		return err
	}
	if attribute(e, "representation") == "B64" {
		bytes, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
		if err != nil {
			return unreadable("What it is an envelope of cannot be unpacked")
		}
		text = string(plain("text/plain", bytes))
	}
	if strings.TrimSpace(text) != "" {
		c.worded++
		c.out.WriteString("<pre>" + html.EscapeString(text) + "</pre>\n")
	}
	return nil
}

// raw is the text of the element at hand, with its blanks and ends of lines; what else
// stands in it is left out.
func (c *cda) raw() (string, error) {
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
			if depth == 1 {
				b.Write(t)
			}
		}
	}
	return b.String(), nil
}
