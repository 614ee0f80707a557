package er7

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// charmaps are the one-byte sets of HL7 table 0211. 8859/1 is read as its superset
// Windows-1252, as the web does: nobody means the control characters in its place.
var charmaps = map[string]*charmap.Charmap{
	"8859/1": charmap.Windows1252, "8859/2": charmap.ISO8859_2, "8859/3": charmap.ISO8859_3, "8859/4": charmap.ISO8859_4,
	"8859/5": charmap.ISO8859_5, "8859/6": charmap.ISO8859_6, "8859/7": charmap.ISO8859_7, "8859/8": charmap.ISO8859_8,
	"8859/9": charmap.ISO8859_9, "8859/15": charmap.ISO8859_15,
}

// KnownCharset reports whether name can be what an undeclared charset means.
func KnownCharset(name string) bool {
	name = canonical(name)
	return name == "" || name == ascii || name == utf8Name || charmaps[name] != nil
}

const (
	ascii    = "ASCII"
	utf8Name = "UTF-8"
	utf16    = "UTF-16"
)

// canonical is a charset's name as table 0211 has it, whatever the sender writes.
func canonical(name string) string {
	name = strings.ToUpper(strings.TrimSpace(name))
	switch name {
	case "UNICODE UTF-8", "UTF8", "UNICODE":
		return utf8Name
	case "US-ASCII", "ISO IR6":
		return ascii
	case "UNICODE UTF-16", "UNICODE UTF-32", "UTF-16LE", "UTF-16BE", "UTF-32":
		return utf16
	case "WINDOWS-1252", "CP1252", "LATIN1":
		return "8859/1"
	}
	for _, prefix := range []string{"ISO-8859-", "ISO8859-", "ISO_8859-", "ISO 8859-", "ISO-8859/", "ISO8859/", "ISO 8859/", "8859-"} {
		if n, ok := strings.CutPrefix(name, prefix); ok {
			return "8859/" + n
		}
	}
	return name
}

// wide reports whether raw is in two or four bytes a character.
func wide(raw []byte) bool {
	return bytes.HasPrefix(raw, []byte{0xFE, 0xFF}) || bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) ||
		bytes.IndexByte(raw[:min(len(raw), 8)], 0) >= 0
}

// decode gives the text of raw. MSH-18 decides; where it is empty, or says ASCII of
// what is not, fallback does; and without that, bytes that are good UTF-8 are taken to
// be it, because nothing else looks like it by chance.
func decode(raw []byte, declared, fallback string) (text, charset string, err error) {
	name := canonical(declared)
	if name == utf16 {
		return "", "", ErrUTF16
	}
	if name != "" && name != ascii && name != utf8Name && charmaps[name] == nil {
		return "", "", ErrCharset
	}
	plain := isASCII(raw)
	if name == "" || name == ascii && !plain {
		name = canonical(fallback)
	}
	switch one := charmaps[name]; {
	case plain && one == nil:
		return string(raw), utf8Name, nil
	case one != nil:
		return latin(raw, one), name, nil
	case utf8.Valid(raw):
		return string(raw), utf8Name, nil
	}
	return "", "", ErrEncoding
}

func isASCII(raw []byte) bool {
	for _, b := range raw {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func latin(raw []byte, from *charmap.Charmap) string {
	var b strings.Builder
	b.Grow(len(raw) + len(raw)/8)
	for _, c := range raw {
		b.WriteRune(from.DecodeByte(c))
	}
	return b.String()
}
