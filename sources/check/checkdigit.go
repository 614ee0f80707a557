package check

import "regexp"

// verhoeff is the multiplication of the dihedral group D5, and turned its permutations:
// SNOMED CT Technical Implementation Guide, "Check-digit".
var (
	verhoeff = [10][10]byte{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5}, {2, 3, 4, 0, 1, 7, 8, 9, 5, 6}, {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
		{4, 0, 1, 2, 3, 9, 5, 6, 7, 8}, {5, 9, 8, 7, 6, 0, 4, 3, 2, 1}, {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
		{8, 7, 6, 5, 9, 3, 2, 1, 0, 4}, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}}
	turned = [8][10]byte{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4}, {5, 8, 0, 3, 7, 9, 6, 1, 4, 2}, {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
		{9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1}, {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}}
)

// isConcept reports whether a code can be a concept of SNOMED CT: 6 to 18 digits, the
// first not 0, a valid check digit, and of the partitions of concepts. dm+d uses them too.
// A post-coordinated expression is judged by its first concept.
func isConcept(code string) bool {
	for i := range len(code) {
		if c := code[i]; c < '0' || c > '9' {
			if i > 0 && (c == ':' || c == '+' || c == ' ' || c == '|' || c == '{') {
				code = code[:i]
				break
			}
			return false
		}
	}
	n := len(code)
	if n < 6 || n > 18 || code[0] == '0' {
		return false
	}
	if part := code[n-3 : n-1]; part != "00" && part != "10" {
		return false
	}
	var c byte
	for i := range n {
		c = verhoeff[c][turned[i%8][code[n-1-i]-'0']]
	}
	return c == 0
}

// letters are LOINC's own parts and answers, such as LP14885-5, whose form alone is judged.
var letters = regexp.MustCompile(`^L[A-Z]\d{1,8}-\d$`)

// isLOINC reports whether a code can be one of LOINC: digits, a hyphen and a check digit
// (modulus 10, doubling).
func isLOINC(code string) bool {
	n := len(code)
	if letters.MatchString(code) {
		return true
	}
	if n < 3 || n > 10 || code[n-2] != '-' {
		return false
	}
	sum, double := 0, true
	for i := n - 3; i >= 0; i-- {
		d := int(code[i]) - '0'
		if d < 0 || d > 9 {
			return false
		}
		if double {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum, double = sum+d, !double
	}
	return int(code[n-1])-'0' == (10-sum%10)%10
}
