package documents

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
)

// vocabulary is all that remains of HTML: text, its structure and its direction. No
// links, no pictures, no forms, no frames, no style, no ids, no scripts.
func vocabulary() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "div", "span", "b", "i", "u", "s", "strong", "em",
		"small", "sub", "sup", "ins", "del", "pre", "code", "blockquote", "address", "ul", "ol", "li", "dl", "dt", "dd",
		"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td")
	p.AllowNoAttrs().OnElements("span")
	p.AllowAttrs("colspan", "rowspan").Matching(regexp.MustCompile(`^[1-9][0-9]?$`)).OnElements("th", "td")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`^(row|col|rowgroup|colgroup)$`)).OnElements("th")
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`^(ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)).Globally()
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^[0-9]{1,4}$`)).OnElements("ol")
	p.SkipElementsContent("script", "style", "head", "title", "iframe", "object", "embed", "applet", "svg", "math", "template",
		"noscript", "noembed", "noframes", "frameset", "textarea", "select", "xmp", "plaintext", "video", "audio", "canvas")
	return p
}

// policy is read-only once it is made.
var policy = vocabulary()

// The bounds of an HTML document: a parser's stack and time are not a stranger's to use.
const (
	mostTokens = 400_000
	mostDepth  = 400
)

// cleanHTML gives what is safe of an HTML document.
func cleanHTML(declared, title string, raw []byte) (*Safe, error) {
	text, err := decoded(declared, raw)
	if err != nil {
		return nil, err
	}
	if err := bearable(text); err != nil {
		return nil, err
	}
	clean := policy.SanitizeBytes(text)
	if len(bytes.TrimSpace(visible(clean))) == 0 {
		return nil, unreadable("Nothing is left of it that can be shown safely")
	}
	return &Safe{Body: page(title, clean)}, nil
}

// bearable refuses what is nested or chopped up beyond any letter.
func bearable(text []byte) error {
	z := html.NewTokenizer(bytes.NewReader(text))
	z.SetMaxBuf(Largest)
	depth, tokens := 0, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return nil
		case html.StartTagToken:
			if name, _ := z.TagName(); !void[string(name)] {
				depth++
			}
		case html.EndTagToken:
			depth = max(0, depth-1)
		}
		if tokens++; tokens > mostTokens || depth > mostDepth {
			return tooLarge()
		}
	}
}

// void elements have no end; p and li often go without theirs.
var void = map[string]bool{"br": true, "hr": true, "img": true, "input": true, "meta": true, "link": true, "col": true,
	"area": true, "base": true, "embed": true, "source": true, "track": true, "wbr": true, "param": true,
	"p": true, "li": true, "dt": true, "dd": true, "tr": true, "td": true, "th": true, "option": true}

// visible is the text of what was cleaned.
func visible(clean []byte) []byte {
	z := html.NewTokenizer(bytes.NewReader(clean))
	var b strings.Builder
	for {
		switch z.Next() {
		case html.ErrorToken:
			return []byte(b.String())
		case html.TextToken:
			b.Write(z.Text())
		}
	}
}
