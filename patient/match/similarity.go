package match

import (
	"strings"

	"github.com/hbollon/go-edlib"
)

// Similarity compares two names as people write them: 1 if they are the same but for
// case, accents, hyphens, apostrophes and spaces, down to 0. It is the Jaro-Winkler
// similarity of the normalised names, the same in both directions. Two empty names are
// not similar: nothing is known of either.
func Similarity(a, b string) float64 { return similar(joined(a), joined(b)) }

// similar is Similarity of names that are normalised.
func similar(a, b string) float64 {
	switch {
	case a == "" || b == "":
		return 0
	case a == b:
		return 1
	case a > b: // the algorithm is not symmetric in every case
		a, b = b, a
	}
	return float64(edlib.JaroWinklerSimilarity(a, b))
}

// slips is how many slips of the finger tell two texts apart: a character wrong, too
// many or too few, or two neighbours exchanged. Above most it only says more.
func slips(a, b string, most int) int {
	if a == b {
		return 0
	}
	if d := len(a) - len(b); most < 4 && (d > 4*most || -d > 4*most) { // at most four bytes a character
		return most + 1
	}
	if a > b {
		a, b = b, a
	}
	return edlib.OSADamerauLevenshteinDistance(a, b)
}

// digitSlip reports whether two numbers of equal length differ by one digit, or by two
// neighbours exchanged.
func digitSlip(a, b string) bool {
	if len(a) != len(b) || a == b || len(a) < 4 {
		return false
	}
	first, last, wrong := -1, 0, 0
	for i := range len(a) {
		if a[i] != b[i] {
			if first < 0 {
				first = i
			}
			last = i
			wrong++
		}
	}
	return wrong == 1 || wrong == 2 && last == first+1 && a[first] == b[last] && a[last] == b[first]
}

// hasEither reports whether one text begins with the other.
func hasEither(a, b string) bool { return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) }
