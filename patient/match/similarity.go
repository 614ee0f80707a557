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

// similarFrom is similar, or 0 if it is less than least. Most names of strangers cannot be
// as similar as that, by their letters alone.
func similarFrom(a, b string, least float64) float64 {
	if a == "" || b == "" {
		return 0
	}
	if both := float64(shared(a, b)); both >= 0 {
		jaro, prefix := (both/float64(len(a))+both/float64(len(b))+1)/3, 0
		for prefix < min(4, len(a), len(b)) && a[prefix] == b[prefix] {
			prefix++
		}
		if both == 0 || jaro+.1*float64(prefix)*(1-jaro) < least-1e-6 {
			return 0
		}
	}
	if s := similar(a, b); s >= least {
		return s
	}
	return 0
}

// slipped reports whether exactly so many slips of the finger tell two texts apart: a
// character wrong, too many or too few, or two neighbours exchanged.
func slipped(a, b string, times int) bool {
	if both := shared(a, b); both >= 0 && max(len(a), len(b))-both > times {
		return false
	}
	if d := len(a) - len(b); max(d, -d) > 4*times { // at most four bytes a character
		return false
	}
	if a > b {
		a, b = b, a
	}
	return edlib.OSADamerauLevenshteinDistance(a, b) == times
}

// shared is how many characters two texts have in common, wherever they stand; -1 if it
// is not counted, for texts with other than ASCII characters.
func shared(a, b string) int {
	var counts [128]int8
	for i := range len(a) {
		if a[i] >= 128 {
			return -1
		}
		counts[a[i]]++
	}
	both := 0
	for i := range len(b) {
		if b[i] >= 128 {
			return -1
		}
		if counts[b[i]] > 0 {
			counts[b[i]]--
			both++
		}
	}
	return both
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
