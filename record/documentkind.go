package record

import (
	"mime"
	"strings"
)

// DocumentKind is a kind of document that is shown, or at least handed on. Nothing of
// any other kind leaves: not SVG, not office files, nothing that runs.
type DocumentKind string

// The kinds. NoDocumentKind, the zero value, is everything that is not handed on.
const (
	NoDocumentKind DocumentKind = ""
	PDF            DocumentKind = "pdf"
	PNG            DocumentKind = "png"
	JPEG           DocumentKind = "jpeg"
	GIF            DocumentKind = "gif"
	WebP           DocumentKind = "webp"
	// TIFF and RTF no browser shows: they are handed on to be kept.
	TIFF DocumentKind = "tiff"
	RTF  DocumentKind = "rtf"
	// PlainText, HTML and CDA are shown as what is left of them when nothing can run.
	PlainText DocumentKind = "text"
	HTML      DocumentKind = "html"
	// CDA is an HL7 CDA R2 document: only its narrative is shown.
	CDA DocumentKind = "cda"
	// Undeclared is a document whose media type is not stated, or says nothing: what it
	// is, its first bytes tell.
	Undeclared DocumentKind = "undeclared"
)

// mediaTypes are what systems call the kinds.
var mediaTypes = map[string]DocumentKind{
	"":                                Undeclared,
	"application/octet-stream":        Undeclared,
	"binary/octet-stream":             Undeclared,
	"application/pdf":                 PDF,
	"application/x-pdf":               PDF,
	"image/png":                       PNG,
	"image/jpeg":                      JPEG,
	"image/jpg":                       JPEG,
	"image/pjpeg":                     JPEG,
	"image/gif":                       GIF,
	"image/webp":                      WebP,
	"image/tiff":                      TIFF,
	"image/tif":                       TIFF,
	"application/rtf":                 RTF,
	"text/rtf":                        RTF,
	"text/plain":                      PlainText,
	"text/html":                       HTML,
	"application/xhtml+xml":           HTML,
	"text/xml":                        CDA,
	"application/xml":                 CDA,
	"application/cda+xml":             CDA,
	"text/cda+xml":                    CDA,
	"application/hl7-cda+xml":         CDA,
	"application/hl7-sda+xml":         CDA,
	"application/hl7-v3+xml":          CDA,
	"application/vnd.hl7.cda+xml":     CDA,
	"application/x-hl7-cda-level-one": CDA,
}

// DocumentKindOf gives the kind that a media type names, parameters or not.
func DocumentKindOf(mediaType string) DocumentKind {
	t, _, err := mime.ParseMediaType(mediaType)
	if err != nil {
		t, _, _ = strings.Cut(mediaType, ";")
		t = strings.ToLower(strings.TrimSpace(t))
	}
	return mediaTypes[t]
}

// MediaType is how the kind is sent to a browser; "" for none.
func (k DocumentKind) MediaType() string {
	switch k {
	case PDF:
		return "application/pdf"
	case PNG, JPEG, GIF, WebP, TIFF:
		return "image/" + string(k)
	case RTF:
		return "application/rtf"
	case PlainText:
		return "text/plain; charset=utf-8"
	case HTML, CDA: // what is left of a CDA document is HTML
		return "text/html; charset=utf-8"
	}
	return ""
}

// Shown reports whether a browser can show it; what it cannot is only handed on.
func (k DocumentKind) Shown() bool { return k.MediaType() != "" && k != TIFF && k != RTF }

// Preference orders the formats of one document: the lowest shows best.
func (k DocumentKind) Preference() int {
	switch k {
	case PDF:
		return 1
	case HTML:
		return 2
	case CDA:
		return 3
	case PNG, JPEG, WebP, GIF:
		return 4
	case PlainText:
		return 5
	case Undeclared:
		return 6
	case RTF:
		return 7
	case TIFF:
		return 8
	}
	return 9
}
