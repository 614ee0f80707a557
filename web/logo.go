package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"net/http"
	"strings"
	"time"
)

// Logo is a picture that NewLogo has taken. The zero Logo is none.
type Logo struct {
	body []byte
	kind string // svg or png
}

// mostPixels bounds the sides of a PNG.
const mostPixels = 2000

// NewLogo takes a PNG, or an SVG that does nothing but draw: one with a script, a style sheet
// or an address of something else is refused, whoever made it. It stands in the page as an
// image, where a browser runs nothing of it, either.
func NewLogo(body []byte) (Logo, error) {
	if bytes.HasPrefix(body, []byte("\x89PNG\r\n\x1a\n")) {
		c, err := png.DecodeConfig(bytes.NewReader(body))
		if err != nil || c.Width > mostPixels || c.Height > mostPixels {
			return Logo{}, fmt.Errorf("is no PNG of at most %d by %d pixels", mostPixels, mostPixels)
		}
		return Logo{body, "png"}, nil
	}
	if err := onlyDraws(body); err != nil {
		return Logo{}, err
	}
	return Logo{body, "svg"}, nil
}

// drawing are the elements of SVG that draw, or say what is drawn.
var drawing = map[string]bool{
	"svg": true, "g": true, "defs": true, "title": true, "desc": true, "path": true, "rect": true, "circle": true, "ellipse": true, "line": true,
	"polyline": true, "polygon": true, "text": true, "tspan": true, "linearGradient": true, "radialGradient": true, "stop": true, "clipPath": true,
	"mask": true, "symbol": true, "use": true, "pattern": true, "marker": true,
}

var errNotDrawing = errors.New("must be a PNG, or an SVG that is well-formed")

// onlyDraws refuses an SVG that could do more than draw.
func onlyDraws(body []byte) error {
	d := xml.NewDecoder(bytes.NewReader(body))
	depth, roots := 0, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return errNotDrawing
		}
		switch t := token.(type) {
		case xml.Directive:
			return errors.New("has a <!DOCTYPE…>: take it out")
		case xml.ProcInst:
			if t.Target != "xml" {
				return errors.New("has a processing instruction: take it out")
			}
		case xml.EndElement:
			depth--
		case xml.StartElement:
			if depth == 0 {
				if roots++; t.Name.Local != "svg" || roots > 1 {
					return errNotDrawing
				}
			}
			depth++
			if err := drawsOnly(t); err != nil {
				return err
			}
		}
	}
	if roots != 1 {
		return errNotDrawing
	}
	return nil
}

func drawsOnly(t xml.StartElement) error {
	if !drawing[t.Name.Local] || t.Name.Space != "" && t.Name.Space != "http://www.w3.org/2000/svg" {
		return fmt.Errorf("has an element <%s>: it may only draw", short(t.Name.Local))
	}
	for _, a := range t.Attr {
		name, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.Join(strings.Fields(a.Value), ""))
		switch {
		case strings.HasPrefix(name, "on"), name == "style", name == "base":
			return fmt.Errorf("has an attribute %s: it may only draw", short(name))
		case name == "href" && !strings.HasPrefix(value, "#"):
			return errors.New("leads to something else by an href: it may only draw")
		case strings.Contains(value, "url(") && strings.Count(value, "url(") != strings.Count(value, "url(#"), strings.Contains(value, `\`):
			return errors.New("leads to something else by a url(…): it may only draw")
		}
	}
	return nil
}

func short(name string) string {
	if len(name) > 40 {
		return name[:40] + "…"
	}
	return name
}

const logoPath = "/brand/logo-"

// path is the address of the logo, which changes with its bytes; "" for none.
func (l Logo) path() string {
	if l.body == nil {
		return ""
	}
	sum := sha256.Sum256(l.body)
	return logoPath + hex.EncodeToString(sum[:8]) + "." + l.kind
}

// serve gives the picture to whoever asks for it by its address; it is kept by browsers, for
// another one has another address.
func (l Logo) serve(w http.ResponseWriter, r *http.Request) {
	guarded(w, "default-src 'none'; frame-ancestors 'none'; sandbox")
	if l.body == nil || r.URL.Path != l.path() {
		http.Error(w, "There is no such page", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", typeOf(r.URL.Path))
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(l.body))
}
