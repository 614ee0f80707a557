package check

import (
	"regexp"
	"strings"
)

var (
	// mojibake is UTF-8 that was read as windows-1252 or Latin-1: é as Ã©, ’ as â€™.
	mojibake = regexp.MustCompile("Ã[\u0080-\u00BF‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u00A0-\u00BF]|â(€[\u0080-\u00BF™œ“”¢¦˜\u009d]|\u0080[\u0080-\u00BF])|ï»¿")
	entity   = regexp.MustCompile(`&(amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9A-Fa-f]{1,6});|</?(b|br|p|i|div|span|strong|em|u|font|table|tr|td|li|ul)( [^<>]*)?/?>`)
)

// encoding judges all texts of the entry.
func (j *judgement) encoding() {
	for _, t := range j.parts.texts {
		switch s := t.value; {
		case strings.ContainsRune(s, '\uFFFD'):
			j.once("replacement-character")
		case mojibake.MatchString(s):
			j.once("mojibake")
		case entity.MatchString(s):
			j.once("html-entities")
		case strings.ContainsFunc(s, control):
			j.once("control-characters")
		}
	}
}

// control reports characters that no text has; lines and tabs are.
func control(r rune) bool {
	return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r >= 0x7F && r < 0xA0
}
