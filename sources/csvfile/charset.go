package csvfile

import (
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// decoder is nil for UTF-8, which is passed on as it is and checked row by row.
func decoder(charset string) (encoding.Encoding, bool) {
	switch charset {
	case "", "utf-8":
		return nil, true
	case "windows-1252":
		return charmap.Windows1252, true
	case "utf-16":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), true
	}
	return nil, false
}

// decoded is r as UTF-8.
func decoded(r io.Reader, charset string) io.Reader {
	e, _ := decoder(charset)
	if e == nil {
		return r
	}
	return transform.NewReader(r, e.NewDecoder())
}
