package main

import "strings"

// nearestOf is the name most like s: at most a third of it written otherwise, or one that
// holds the other; "" if none is.
func nearestOf(s string, names []string) string {
	best, least := "", len(s)/3+1
	for _, name := range names {
		d := distance(strings.ToLower(s), name)
		if d > least && len(s) > 3 && (strings.Contains(name, s) || strings.Contains(s, name) && len(name) > 3) {
			d = least
		}
		if d < least || d == least && best == "" {
			best, least = name, d
		}
	}
	return best
}

// distance counts the letters that are wrong, missing or too many, and pairs exchanged
// (optimal string alignment).
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			wrong := 1
			if a[i-1] == b[j-1] {
				wrong = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+wrong)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(a)][len(b)]
}
