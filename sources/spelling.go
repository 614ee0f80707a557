package sources

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/patchworkcare/patchwork/record"
)

// undecomposed are letters that have no accent to take away and are written otherwise
// abroad.
var undecomposed = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")

// FoldName makes all ways to write a name one: case, accents, spaces, hyphens and
// apostrophes do not count. "O’Neil" and "ONEIL" are "oneil".
func FoldName(name string) string {
	return strings.Map(func(r rune) rune {
		// U+02BC and U+02BB are letters to Unicode.
		if (unicode.IsLetter(r) || unicode.IsDigit(r)) && !isApostrophe(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, undecomposed.Replace(strings.ToLower(norm.NFKD.String(name))))
}

// SameName reports whether two names are one but for how they are written. Nothing is
// the same as no name.
func SameName(a, b string) bool {
	a, b = FoldName(a), FoldName(b)
	return a != "" && a == b
}

// NameFits reports whether a system that was asked for a family name may have meant
// this one: the same, or one part of a double name.
func NameFits(name, asked string) bool {
	if SameName(name, asked) {
		return true
	}
	return slices.ContainsFunc(nameParts(name), func(part string) bool { return SameName(part, asked) })
}

func nameParts(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) })
}

// GivenIs reports whether one of a person's given names is the one asked for, or begins
// with it: an initial, or Jo for Joanna. Of several words the first counts.
func GivenIs(given []string, asked string) bool {
	want := firstName(asked)
	return want != "" && slices.ContainsFunc(given, func(g string) bool { return strings.HasPrefix(FoldName(g), want) })
}

// GivenFits reports whether a system that was asked for a given name may have meant one
// of these: the same, or one that is short for it, as Phil is for Philomena.
func GivenFits(given []string, asked string) bool {
	want := firstName(asked)
	return GivenIs(given, asked) || want != "" && slices.ContainsFunc(given, func(g string) bool {
		g = FoldName(g)
		return len(g) >= shortForm && strings.HasPrefix(want, g)
	})
}

// shortForm is the least letters of a given name that may be short for another.
const shortForm = 3

func firstName(asked string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(asked), " ")
	return FoldName(first)
}

// SamePostcode compares without regard to case and spaces.
func SamePostcode(a, b string) bool {
	tight := func(s string) string { return strings.ToUpper(strings.ReplaceAll(s, " ", "")) }
	return tight(a) == tight(b)
}

// mostSpellings bounds what one name is asked for as.
const mostSpellings = 8

// Spellings are the ways in which a system may have written a family name, as typed
// first: with either apostrophe, a hyphen or a space, or without, and without accents.
// A system that compares letter by letter then finds "O’Neil" for "ONeil".
func Spellings(name string) []string {
	name = strings.Join(strings.Fields(name), " ")
	all := []string{name}
	add := func(s string) {
		if s != "" && len(all) < mostSpellings && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	marks := strings.Map(func(r rune) rune {
		switch {
		case isApostrophe(r):
			return '\''
		case unicode.Is(unicode.Pd, r):
			return '-'
		}
		return r
	}, name)
	if prefix, rest := irish(marks); prefix != "" {
		marks = prefix + "'" + rest
	}
	plain := withoutAccents(marks)
	for _, s := range []string{marks, plain} {
		add(s)
		add(strings.ReplaceAll(s, "'", "’"))
		add(strings.ReplaceAll(s, "'", ""))
		add(strings.ReplaceAll(s, "'", " "))
		add(strings.ReplaceAll(s, "-", " "))
		add(strings.ReplaceAll(s, "-", ""))
		add(strings.ReplaceAll(s, " ", "-"))
		add(strings.ReplaceAll(s, " ", ""))
	}
	return all
}

// irish parts "ONeil", "ONEIL" and "O Neil", which may be written with an apostrophe.
// What is not so written is found all the same: it is only asked for besides.
func irish(name string) (prefix, rest string) {
	letters := []rune(name)
	if len(letters) < 4 || !strings.ContainsRune("OoDd", letters[0]) {
		return "", ""
	}
	switch second := letters[1]; {
	case second == ' ':
		return string(letters[:1]), string(letters[2:])
	case unicode.IsUpper(second), unicode.IsLower(second) && strings.ContainsRune("Oo", letters[0]) && !strings.ContainsRune("aeiou", second):
		return string(letters[:1]), string(letters[1:])
	}
	return "", ""
}

func isApostrophe(r rune) bool { return strings.ContainsRune("'’‘ʼʻ`´′", r) }

func withoutAccents(s string) string {
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
	return norm.NFC.String(bare)
}

// SimilarDays are the days that a fuzzy query asks for: its birth date, and that with
// day and month exchanged where such a day exists.
func SimilarDays(born record.Date) []record.Date {
	day := born.Day()
	days := []record.Date{day}
	if len(day) != len("2006-01-02") {
		return days
	}
	exchanged := day[:5] + day[8:] + "-" + day[5:7]
	if other, err := record.ParseDate(string(exchanged)); err == nil && other != day {
		days = append(days, other)
	}
	return days
}

// MostSimilar is how many people born on those days a connector reads for a fuzzy
// query; where there are more, it says so instead (TooManyPeople).
const MostSimilar = 500

// TooManyPeople is the answer of a source that found more people than it may read.
func TooManyPeople() *Error {
	return &Error{Kind: Refused, Code: "too-many-matches", Reason: "Too many people match; say more about the person"}
}

// SearchNotOffered is the answer of a source that cannot be searched in this way: not
// the same as knowing nobody (hazard H-02).
func SearchNotOffered() *Error {
	return &Error{Kind: Refused, Code: CodeSearchNotOffered, Reason: "It cannot be searched in this way"}
}

// CodeSearchNotOffered is the code of SearchNotOffered.
const CodeSearchNotOffered = "search-not-offered"
