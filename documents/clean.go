package documents

import (
	"bytes"
	"html"
	"io"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"

	"github.com/patchworkcare/patchwork/record"
)

// Largest is how large a document may be that is taken apart here: text, HTML, CDA.
const Largest = 8 << 20

// Cleaned reports whether a kind is taken apart and put together anew. The others are
// shown by what can bear them as they are.
func Cleaned(kind record.DocumentKind) bool {
	return kind == record.PlainText || kind == record.HTML || kind == record.CDA
}

// Safe is a document that can be shown.
type Safe struct {
	// Body is text or HTML, in UTF-8.
	Body []byte
	// Subjects are the NHS numbers of the people that the document itself says it is
	// about; nil if it does not say.
	Subjects []record.NHSNumber
}

// Clean reads a whole document of a Cleaned kind and gives what is safe of it. declared
// is its media type, which may name a character set; title is for its page. An error of
// from is returned as it is.
func Clean(kind record.DocumentKind, declared, title string, from io.Reader) (*Safe, error) {
	raw, err := io.ReadAll(io.LimitReader(from, Largest+1))
	switch {
	case err != nil:
		return nil, err
	case len(raw) > Largest:
		return nil, tooLarge()
	}
	switch kind {
	case record.PlainText:
		return &Safe{Body: plain(declared, raw)}, nil
	case record.HTML:
		return cleanHTML(declared, title, raw)
	case record.CDA:
		return readCDA(title, raw)
	}
	return nil, notShown("It is of a kind that is not shown here")
}

// plain is the text in UTF-8, exactly. What is not UTF-8 is taken for what old systems
// write, in which every byte is a character: nothing is lost.
func plain(declared string, raw []byte) []byte {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		if text, err := decoded(declared, raw); err == nil {
			return text
		}
	}
	if utf8.Valid(raw) {
		return raw
	}
	if text, err := charmap.Windows1252.NewDecoder().Bytes(raw); err == nil {
		return text
	}
	return bytes.ToValidUTF8(raw, []byte("\uFFFD"))
}

// decoded is a text by the character set that it declares, or shows.
func decoded(declared string, raw []byte) ([]byte, error) {
	from, err := charset.NewReader(bytes.NewReader(raw), declared)
	if err != nil {
		return nil, unreadable("Its character set is not known")
	}
	text, err := io.ReadAll(io.LimitReader(from, 4*Largest))
	if err != nil {
		return nil, unreadable("Its characters cannot be read")
	}
	return text, nil
}

// page puts what is safe into a page of its own. All of its style is Style, which the
// viewer's content security policy allows by its hash: nothing else can have any.
func page(title string, body []byte) []byte {
	var b bytes.Buffer
	b.WriteString("<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">")
	b.WriteString("<meta http-equiv=\"Content-Security-Policy\" content=\"" + html.EscapeString(PagePolicy()) + "\">")
	b.WriteString("<title>" + html.EscapeString(title) + "</title><style>" + Style + "</style></head>\n<body>\n")
	b.Write(body)
	b.WriteString("\n</body></html>\n")
	return b.Bytes()
}
