package documents

import (
	"bytes"
	"image"
	_ "image/gif"  // their headers say how large a picture is
	_ "image/jpeg" // likewise
	_ "image/png"  // likewise

	"github.com/patchworkcare/patchwork/record"
)

// Head is how many of a document's first bytes Judge likes to see.
const Head = 64 << 10

// mostPixels bounds a picture: a few bytes can say that they are millions of pixels, and
// the browser that unpacks them stands still.
const mostPixels = 64 << 20

// signatures are the first bytes of the kinds that have any.
var signatures = []struct {
	kind  record.DocumentKind
	at    int
	bytes string
}{
	{record.PDF, 0, "%PDF-"},
	{record.PNG, 0, "\x89PNG\r\n\x1a\n"},
	{record.JPEG, 0, "\xff\xd8\xff"},
	{record.GIF, 0, "GIF87a"},
	{record.GIF, 0, "GIF89a"},
	{record.WebP, 8, "WEBPVP8"},
	{record.TIFF, 0, "II*\x00"},
	{record.TIFF, 0, "MM\x00*"},
	{record.RTF, 0, `{\rtf`},
}

// Judge says what a document is: what it is declared to be and what its first bytes say
// must agree. An undeclared one is what its bytes say, if they say so beyond doubt.
func Judge(declared string, head []byte) (record.DocumentKind, error) {
	said, found := record.DocumentKindOf(declared), signed(head)
	switch said {
	case record.NoDocumentKind:
		return "", notShown("It is of a kind that is not shown here")
	case record.Undeclared:
		if found != "" {
			return found, measured(found, head)
		}
		return "", notShown("Its system does not say of what kind it is")
	case record.PlainText, record.HTML:
		if found != "" || bytes.IndexByte(head, 0) >= 0 {
			return "", differs()
		}
		return said, nil
	case record.CDA:
		if found != "" || !markup(head) {
			return "", differs()
		}
		return said, nil
	}
	if found != said {
		return "", differs()
	}
	return said, measured(said, head)
}

func differs() error {
	return notShown("It is not of the kind that its system says it is, so it is not opened")
}

// signed is the kind whose first bytes these are; "" for none.
func signed(head []byte) record.DocumentKind {
	for _, s := range signatures {
		if len(head) >= s.at && bytes.HasPrefix(head[s.at:], []byte(s.bytes)) {
			return s.kind
		}
	}
	return ""
}

// markup reports whether a text begins as XML does.
func markup(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	return bytes.HasPrefix(head, []byte("<"))
}

// measured refuses pictures that are larger than a browser can bear.
func measured(kind record.DocumentKind, head []byte) error {
	switch kind {
	case record.PNG, record.JPEG, record.GIF:
		c, _, err := image.DecodeConfig(bytes.NewReader(head))
		if err == nil && (c.Width <= 0 || c.Height <= 0 || c.Width > mostPixels/c.Height) {
			return &Problem{CodeTooLarge, "The picture has more pixels than can be shown"}
		}
		if err != nil && len(head) < Head { // it is all there, and no picture
			return unreadable("The picture cannot be read")
		}
	}
	return nil
}
