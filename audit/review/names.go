package review

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// shortestName is the least letters of a display name's last word that is compared: two
// letters would be initials.
const shortestName = 3

// titles stand before a name and degrees after it; neither is part of it. Folded.
var (
	titles = strings.Fields(`dr doctor mr mrs ms miss mx prof professor sister nurse sir dame lady lord rev revd reverend
		capt captain major locum`)
	degrees = strings.Fields(`jr jnr junior sr snr senior ii iii mbe obe cbe kbe mb chb mbbs mbchb bm bch bds md phd bsc msc ma ba
		mrcp mrcgp mrcs mrcpsych frcp frcgp frcs frcpsych frcn rn rgn rmn rnld rm sw rsw`)
)

// letters are those that have no accent to take away and are written otherwise abroad.
var letters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")

// folded makes all ways to write a name or a postcode one: case, accents, spaces,
// hyphens and apostrophes do not count.
func folded(s string) string {
	decomposed := letters.Replace(strings.ToLower(norm.NFKD.String(s)))
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, decomposed)
}

// streets are the usual abbreviations in addresses.
var streets = map[string]string{
	"st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close", "dr": "drive",
	"ct": "court", "cres": "crescent", "gdns": "gardens", "pl": "place", "sq": "square", "terr": "terrace", "ter": "terrace",
}

// foldedLine folds the first line of an address. A list of words, "12 High St.", reads
// like "12, High Street".
func foldedLine(line string) string {
	words := strings.FieldsFunc(line, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '.' })
	for i, w := range words {
		words[i] = folded(w)
		if long, ok := streets[words[i]]; ok {
			words[i] = long
		}
	}
	return strings.Join(words, "")
}

// sameByName compares a display name with surnames, where nothing better is known.
func sameByName(name string, surnames []string) bool {
	mine := surnamesOf(name)
	return slices.ContainsFunc(surnames, func(n string) bool {
		if slices.Contains(mine, folded(n)) {
			return true
		}
		words := strings.Fields(n)
		return len(words) > 1 && slices.Contains(mine, folded(words[len(words)-1]))
	})
}

// surnamesOf gives what may be the surname in a display name, folded: the last word
// without titles, "Dr Anna Example" and "Anna Example RN", or what stands before a
// comma, "EXAMPLE, Anna (Dr)".
func surnamesOf(name string) []string {
	if open := strings.IndexByte(name, '('); open >= 0 {
		rest := ""
		if end := strings.IndexByte(name[open:], ')'); end >= 0 {
			rest = name[open+end+1:]
		}
		name = name[:open] + " " + rest
	}
	before, after, comma := strings.Cut(name, ",")
	words := named(before)
	if len(words) == 0 {
		return nil
	}
	found := []string{words[len(words)-1]}
	if rest := named(after); comma && len(rest) > 0 && !slices.Contains(degrees, rest[0]) {
		found = append(found, strings.Join(words, ""))
	}
	return slices.DeleteFunc(found, func(n string) bool { return utf8.RuneCountInString(n) < shortestName })
}

// named are the words of a name without titles and degrees, folded. A lone word is a
// name, whatever it is.
func named(s string) (words []string) {
	for _, w := range strings.Fields(s) {
		if w = folded(w); w != "" {
			words = append(words, w)
		}
	}
	for len(words) > 1 && slices.Contains(titles, words[0]) {
		words = words[1:]
	}
	for len(words) > 1 && slices.Contains(degrees, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}
