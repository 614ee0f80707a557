package ldap

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Bounds of what is typed, in bytes.
const (
	mostName     = 256
	mostPassword = 1024
)

// canonical is the name to ask the directory for; false if no directory has such a name.
// RFC 4518 §2.2 and §2.3: what is invisible is left out, compatible characters are one.
func canonical(typed string) (string, bool) {
	if len(typed) > mostName || !utf8.ValidString(typed) || strings.ContainsFunc(typed, isControl) {
		return "", false
	}
	name := strings.Join(strings.Fields(norm.NFKC.String(strings.Map(visible, typed))), " ")
	return name, name != "" && len(name) <= mostName
}

func isControl(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }

// visible keeps printable characters, and spaces of every kind.
func visible(r rune) rune {
	if unicode.IsPrint(r) && !ignorable(r) || unicode.IsSpace(r) {
		return r
	}
	return -1
}

// ignorable: fillers and variation selectors count as printable and are not to be seen.
func ignorable(r rune) bool {
	return unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || unicode.Is(unicode.Variation_Selector, r)
}

// fold makes all spellings of a name one. It is coarser than any directory's comparison
// (RFC 4518; Active Directory ignores accents and widths too): spaces, case, accents and
// invisible characters do not count. What it makes one is at worst two people who lock
// each other out, what it keeps apart could be guessed at ten times for each spelling.
func fold(name string) string {
	if len(name) > mostName {
		name = name[:mostName] // no directory has it: see canonical
	}
	name = norm.NFKC.String(strings.ToValidUTF8(name, ""))
	name = cases.Fold().String(strings.Map(func(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }, name))
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Mn, r) || visible(r) < 0 {
			return -1
		}
		return r
	}, norm.NFKD.String(name))
}
