package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"math"
	"regexp"
	"strconv"
)

// Brand is how a region's viewer looks. It holds nothing of a patient: whoever reaches the
// server may read it. The zero Brand is Patchwork's own look.
type Brand struct {
	// Name is what the region calls its record, ShortName the same for titles of windows.
	Name, ShortName string
	// Colour is that of the header, as #rrggbb: one that CheckColour takes.
	Colour string
	Logo   Logo
	// SupportText says whom to ask, and SupportURL leads there; Help leads to the region's
	// guide.
	SupportText, SupportURL, Help string
}

var colourForm = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)

// leastContrast is what text needs on its ground (WCAG 2.2, 1.4.3).
const leastContrast = 4.5

// CheckColour refuses what is no colour, or one on which white cannot be read.
func CheckColour(colour string) error {
	if !colourForm.MatchString(colour) {
		return fmt.Errorf("must be # and six hexadecimal digits in quotation marks, such as %q", "#005eb8")
	}
	if c := contrastToWhite(colour); c < leastContrast {
		return fmt.Errorf("%s is too light: white on it has a contrast of %.1f to 1, and text needs 4.5 to 1", colour, math.Floor(c*10)/10)
	}
	return nil
}

// contrastToWhite is WCAG's contrast ratio; the colour is one of colourForm.
func contrastToWhite(colour string) float64 {
	n, _ := strconv.ParseUint(colour[1:], 16, 32)
	linear := func(channel uint64) float64 {
		v := float64(channel&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 1.05 / (0.2126*linear(n>>16) + 0.7152*linear(n>>8) + 0.0722*linear(n) + 0.05)
}

// branded is the page with what the viewer's script reads of the brand: data in an attribute,
// so that no script and no style stands in the page. src/brand.ts is the other half.
func (b Brand) branded(page []byte) []byte {
	facts := struct {
		Name        string `json:"name,omitempty"`
		ShortName   string `json:"shortName,omitempty"`
		Colour      string `json:"colour,omitempty"`
		Logo        string `json:"logo,omitempty"`
		SupportText string `json:"supportText,omitempty"`
		SupportURL  string `json:"supportUrl,omitempty"`
		Help        string `json:"help,omitempty"`
	}{b.Name, b.ShortName, b.Colour, b.Logo.path(), b.SupportText, b.SupportURL, b.Help}
	text, err := json.Marshal(facts)
	if err != nil || string(text) == "{}" {
		return page
	}
	meta := `<meta name="patchwork-brand" content="` + html.EscapeString(string(text)) + `" />` + "\n  </head>"
	page = bytes.Replace(page, []byte("</head>"), []byte(meta), 1)
	if b.title() != "" {
		page = bytes.Replace(page, []byte("<title>Patchwork</title>"), []byte("<title>"+html.EscapeString(b.title())+"</title>"), 1)
	}
	return page
}

func (b Brand) title() string {
	if b.ShortName != "" {
		return b.ShortName
	}
	return b.Name
}
