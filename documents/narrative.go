package documents

import (
	"encoding/xml"
	"errors"
	"html"
	"io"
	"strconv"
	"strings"
)

// section writes a section: its title, its words, and the sections in it.
func (c *cda) section() error {
	c.sections++
	defer func() { c.sections-- }()
	level := "h" + strconv.Itoa(min(c.sections+1, 6))
	return c.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "title":
			title, err := c.text()
			if err == nil && title != "" {
				c.write("<"+level+">", title, "</"+level+">\n")
			}
			return err
		case "text":
			c.out.WriteString("<div>")
			if err := c.narrative(); err != nil {
				return err
			}
			c.out.WriteString("</div>\n")
			return nil
		case "component":
			return c.children(func(e xml.StartElement) error {
				if e.Name.Local != "section" {
					return c.skip(e)
				}
				return c.section()
			})
		}
		return c.skip(e)
	})
}

// write writes text between two pieces of HTML.
func (c *cda) write(before, text, after string) {
	c.out.WriteString(before + html.EscapeString(text) + after)
}

// words are the elements of the narrative block (CDA R2 §4.3.5.2) that have one of HTML
// with the same meaning.
var words = map[string]string{
	"paragraph": "p", "item": "li", "sub": "sub", "sup": "sup", "table": "table", "thead": "thead", "tbody": "tbody",
	"tfoot": "tfoot", "tr": "tr", "th": "th", "td": "td", "footnote": "small",
}

// narrative writes what stands in the element at hand. Text is always shown, whatever
// element it stands in; an element that is not known adds nothing.
func (c *cda) narrative() error {
	for {
		t, err := c.next()
		switch {
		case errors.Is(err, io.EOF):
			return unreadable("It is not well-formed XML")
		case err != nil:
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			c.words(t)
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := c.element(t); err != nil {
				return err
			}
		}
	}
}

func (c *cda) words(t xml.CharData) {
	if text := string(t); text != "" {
		if strings.TrimSpace(text) != "" {
			c.worded++
		}
		c.out.WriteString(html.EscapeString(text))
	}
}

// element writes one element of the narrative.
func (c *cda) element(e xml.StartElement) error {
	switch name := e.Name.Local; name {
	case "br":
		c.out.WriteString("<br>")
		return c.narrative()
	case "caption":
		return c.within("<b>", "</b> ")
	case "list":
		tag := "ul"
		if attribute(e, "listType") == "ordered" {
			tag = "ol"
		}
		return c.within("<"+tag+">", "</"+tag+">")
	case "content":
		return c.content(e)
	case "renderMultiMedia":
		c.worded++
		return c.within("<i>[A picture stands here, which is not shown] ", "</i>")
	case "td", "th":
		return c.within("<"+name+span(e, "colspan")+span(e, "rowspan")+">", "</"+name+">")
	default:
		if tag := words[name]; tag != "" {
			return c.within("<"+tag+">", "</"+tag+">")
		}
	}
	return c.narrative()
}

func (c *cda) within(before, after string) error {
	c.out.WriteString(before)
	if err := c.narrative(); err != nil {
		return err
	}
	c.out.WriteString(after)
	return nil
}

// content is text with a style, or text that was taken out: which must never read as if
// it still stood.
func (c *cda) content(e xml.StartElement) error {
	if attribute(e, "revised") == "delete" {
		return c.within("<del>[deleted: ", "]</del>")
	}
	before, after := "", ""
	for _, style := range strings.Fields(attribute(e, "styleCode")) {
		if tag := map[string]string{"Bold": "b", "Italics": "i", "Underline": "u", "Emphasis": "em"}[style]; tag != "" {
			before, after = before+"<"+tag+">", "</"+tag+">"+after
		}
	}
	return c.within(before, after)
}

func span(e xml.StartElement, name string) string {
	if n, err := strconv.Atoi(attribute(e, name)); err == nil && n > 1 && n < 100 {
		return " " + name + `="` + strconv.Itoa(n) + `"`
	}
	return ""
}
