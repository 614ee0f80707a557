package resolvers

import (
	"errors"
	"regexp"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// pasted is what a text was understood as: each number that is one, once, in the text's
// order; and pieces that look like numbers and are none.
type pasted struct {
	numbers  []record.NHSNumber
	problems []pastedProblem
}

// pastedProblem is where a piece stands and why it is no number; the piece itself is not
// repeated.
type pastedProblem struct {
	line   int
	reason string
}

const (
	// mostPasted bounds the text, in bytes.
	mostPasted = 64 << 10
	// mostPastedProblems bounds what is said of a text that is none of ours.
	mostPastedProblems = 50
)

// The reasons, beside those of record.ParseNHSNumber.
const (
	reasonShortened = "A spreadsheet has shortened this number (as in 9.4E+09) and lost its last digits: format the column as text and copy it again"
	reasonWord      = "This number stands inside a longer word: if it is an NHS number, write it by itself"
	reasonNine      = "This has 9 digits and an NHS number has 10: a spreadsheet may have dropped a 0 at its beginning"
	reasonEleven    = "This has 11 digits and an NHS number has 10"
	reasonGrouping  = "These digits are not grouped as an NHS number is: write them as 3, 3 and 4"
)

// understand finds the NHS numbers in a text that somebody pasted: one a line, columns of
// a table, or a letter. What could be read in two ways is a problem and not a number: a
// wrong person is worse than a missing one.
func understand(text string) pasted {
	var p pasted
	seen := map[record.NHSNumber]bool{}
	for i, line := range strings.Split(lineEnds.Replace(text), "\n") {
		for _, cell := range cells(line) {
			p.cell(cell, i+1, seen)
		}
	}
	return p
}

var (
	lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\v", "\n", "\f", "\n")
	// looks are characters that look like a blank or a hyphen, or like nothing.
	looks = strings.NewReplacer(
		"\u00a0", " ", "\u2007", " ", "\u2009", " ", "\u202f", " ", "\u3000", " ", "\t", " ",
		"\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-",
		"\ufeff", "", "\u200b", "", "\u200e", "", "\u200f", "", "\u00ad", "")
	// shortened is what spreadsheets make of long numbers.
	shortened = regexp.MustCompile(`(?i)(?:^|[^0-9a-z])[0-9](?:[.,][0-9]+)?e\+?0?9\b`)
	// run is digits with what may stand between those of one number.
	run = regexp.MustCompile(`[0-9](?:[0-9]|[ -]{1,3}[0-9])*`)
	// decimals are what programs write behind whole numbers.
	decimals = regexp.MustCompile(`^[.,]0+(?:$|[^0-9a-zA-Z])`)
)

// cells are the columns of a line. A comma between digits of a shortened number is not
// one between columns.
func cells(line string) []string {
	if shortened.MatchString(looks.Replace(line)) {
		return strings.FieldsFunc(line, func(r rune) bool { return r == ';' || r == '\t' || r == '|' })
	}
	return strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ';' || r == '\t' || r == '|' })
}

func (p *pasted) cell(cell string, line int, seen map[record.NHSNumber]bool) {
	cell = looks.Replace(cell)
	if shortened.MatchString(cell) {
		p.problem(line, reasonShortened)
		return
	}
	for _, at := range run.FindAllStringIndex(cell, -1) {
		before, piece, after := cell[:at[0]], cell[at[0]:at[1]], cell[at[1]:]
		for _, candidate := range candidates(piece) {
			if candidate.reason == "" && (inWord(before, after)) {
				candidate.reason = reasonWord
			}
			if candidate.reason != "" {
				p.problem(line, candidate.reason)
				continue
			}
			n, err := record.ParseNHSNumber(candidate.digits)
			switch {
			case err != nil:
				p.problem(line, sentence(err))
			case !seen[n]:
				seen[n] = true
				p.numbers = append(p.numbers, n)
			}
		}
	}
}

func (p *pasted) problem(line int, reason string) {
	if len(p.problems) < mostPastedProblems {
		p.problems = append(p.problems, pastedProblem{line, reason})
	}
}

// inWord reports whether letters or signs that belong to a word stand right beside it.
func inWord(before, after string) bool {
	if decimals.MatchString(after) {
		after = ""
	}
	last, first := lastOf(before), firstByte(after)
	return isWord(last) || last == '+' || isWord(first) ||
		(first == '.' || first == '/' || first == ':') && len(after) > 1 && isWord(after[1]) ||
		(last == '.' || last == '/') && len(before) > 1 && isWord(before[len(before)-2])
}

func lastOf(s string) byte {
	if s == "" {
		return 0
	}
	return s[len(s)-1]
}

func firstByte(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}

// isWord reports whether a byte is of a letter, of whatever script, a digit or "_".
func isWord(b byte) bool {
	return b >= 0x80 || b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

// candidate is a piece that may be a number, or the reason why it is none.
type candidate struct{ digits, reason string }

// candidates takes a run of digits apart. Numbers stand as 10 digits or as 3, 3 and 4, one
// after the other; other groups count if they look like a number that was damaged, and
// else not at all: dates, times and house numbers are none.
func candidates(piece string) []candidate {
	groups := strings.FieldsFunc(piece, func(r rune) bool { return r == ' ' || r == '-' })
	var out []candidate
	for i := 0; i < len(groups); {
		g := groups[i]
		switch {
		case len(g) == 10:
			out = append(out, candidate{digits: g})
		case len(g) == 3 && i+2 < len(groups) && len(groups[i+1]) == 3 && len(groups[i+2]) == 4:
			out = append(out, candidate{digits: g + groups[i+1] + groups[i+2]})
			i += 2
		case len(g) == 9:
			out = append(out, candidate{reason: reasonNine})
		case len(g) == 11:
			out = append(out, candidate{reason: reasonEleven})
		case len(groups) > 1 && i == 0 && len(strings.Join(groups, "")) == 10 && !isDate(groups):
			return append(out, candidate{reason: reasonGrouping})
		}
		i++
	}
	return out
}

// isDate reports whether the groups begin as a date does: 12-03-1956 or 1956-03-12.
func isDate(groups []string) bool {
	return len(groups) > 2 && len(groups[1]) <= 2 && (len(groups[0]) <= 2 && len(groups[2]) == 4 || len(groups[0]) == 4 && len(groups[2]) <= 2)
}

// sentence is an error of record.ParseNHSNumber as a sentence.
func sentence(err error) string {
	if errors.Is(err, record.ErrNHSNumberHolder) {
		return "This is a placeholder and not a person's NHS number"
	}
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:]
}
