package er7

import (
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"
)

// text takes the escapes out of raw; "" of what is absent or null. HL7 v2.5.1 §2.7. An
// escape that is not known stays as it was sent: nothing of a text gets lost.
func (d *delimiters) text(raw string) string {
	if d == nil || raw == Null {
		return ""
	}
	if d.escape == 0 || strings.IndexByte(raw, d.escape) < 0 {
		return raw
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(raw, d.escape)
		if i < 0 {
			b.WriteString(raw)
			return b.String()
		}
		b.WriteString(raw[:i])
		rest := raw[i+1:]
		end := strings.IndexByte(rest, d.escape)
		if end < 0 {
			b.WriteString(raw[i:])
			return b.String()
		}
		meant, ok := d.unescape(rest[:end])
		if !ok { // its end may be the beginning of another
			b.WriteByte(d.escape)
			raw = rest
			continue
		}
		b.WriteString(meant)
		raw = rest[end+1:]
	}
}

func (d *delimiters) unescape(code string) (string, bool) {
	switch code {
	case "F":
		return string(d.field), true
	case "S":
		return one(d.component)
	case "T":
		return one(d.sub)
	case "R":
		return one(d.repetition)
	case "E":
		return one(d.escape)
	case "H", "N": // begin and end of highlighting
		return "", true
	}
	if digits, ok := strings.CutPrefix(code, "X"); ok {
		return d.bytes(digits)
	}
	if command, ok := strings.CutPrefix(code, "."); ok {
		return layout(command)
	}
	return "", false
}

func one(c byte) (string, bool) { return string(rune(c)), c != 0 }

// bytes takes characters written as hexadecimal bytes, in the message's own charset.
func (d *delimiters) bytes(digits string) (string, bool) {
	raw, err := hex.DecodeString(digits)
	if err != nil || len(raw) == 0 {
		return "", false
	}
	text := string(raw)
	if m := charmaps[d.charset]; m != nil {
		text = latin(raw, m)
	}
	if !utf8.ValidString(text) {
		return "", false
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), true
}

// maxSkip bounds how many empty lines one command may ask for.
const maxSkip = 20

// layout takes the commands of formatted text (data type FT) that break lines; those
// that only move text or fill lines leave nothing.
func layout(command string) (string, bool) {
	switch {
	case command == "br", command == "ce":
		return "\n", true
	case command == "fi", command == "nf":
		return "", true
	case strings.HasPrefix(command, "in"), strings.HasPrefix(command, "ti"), strings.HasPrefix(command, "sk"):
		n, err := strconv.Atoi(strings.TrimSpace(command[2:]))
		if err != nil {
			return "", false
		}
		if command[:2] == "sk" {
			return strings.Repeat(" ", max(0, min(n, maxSkip))), true
		}
		return "", true
	case strings.HasPrefix(command, "sp"):
		n := 1
		if digits := strings.TrimSpace(command[2:]); digits != "" {
			var err error
			if n, err = strconv.Atoi(digits); err != nil || n < 0 {
				return "", false
			}
		}
		return strings.Repeat("\n", min(n, maxSkip)), true
	}
	return "", false
}
