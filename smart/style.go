package smart

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
)

// styles are the colours and sizes of the viewer. SMART App Launch 2.2, "Styling".
var styles = map[string]string{
	"color_background": "#f0f4f5", "color_error": "#d5281b", "color_highlight": "#005eb8", "color_modal_backdrop": "#212b32",
	"color_success": "#007f3b", "color_text": "#212b32", "dim_border_radius": "4px", "dim_font_size": "16px", "dim_spacing_size": "16px",
	"font_family_body": "Arial, sans-serif", "font_family_heading": "Arial, sans-serif",
}

// stylePath has a part of the hash of the styles: another content is another address.
func stylePath() string {
	text, err := json.Marshal(styles)
	if err != nil {
		panic(err) // a map of strings
	}
	sum := sha256.Sum256(text)
	return "/smart/style/" + hex.EncodeToString(sum[:6])
}

// styleURL is where an app finds how to look like the viewer.
func (s *Server) styleURL() string { return s.Public + stylePath() }

func (s *Server) style(w http.ResponseWriter, r *http.Request) { s.document(w, r, styles) }
