package resolvers

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
)

// TestUnderstandingPastedText: what people paste, from lists, tables and letters. Two test
// numbers are of the NHS's own documentation.
func TestUnderstandingPastedText(t *testing.T) {
	t.Parallel()
	const one, two = "9434765919", "9434765870"
	for name, c := range map[string]struct {
		text     string
		want     []string
		problems []string // "line: beginning of the reason"
	}{
		"nothing":                  {text: ""},
		"one":                      {text: one, want: []string{one}},
		"as it is printed":         {text: "943 476 5919", want: []string{one}},
		"with hyphens":             {text: "943-476-5919", want: []string{one}},
		"one a line":               {text: one + "\n" + two, want: []string{one, two}},
		"lines of Windows":         {text: one + "\r\n" + two + "\r\n", want: []string{one, two}},
		"lines of old Macs":        {text: one + "\r" + two, want: []string{one, two}},
		"the same twice":           {text: one + "\n943 476 5919", want: []string{one}},
		"several in a line":        {text: one + " " + two, want: []string{one, two}},
		"several as printed":       {text: "943 476 5919 943 476 5870", want: []string{one, two}},
		"columns":                  {text: "Number,Name,Ward\n" + one + ",Jones,B3\n" + two + ",\"Smith\",B4", want: []string{one, two}},
		"columns of a spreadsheet": {text: "Jones\t" + one + "\t12/03/1956\nSmith\t943 476 5870\t", want: []string{one, two}},
		"quoted":                   {text: `"943 476 5919";"` + two + `"`, want: []string{one, two}},
		"forced to be text":        {text: `="` + one + `"` + "\n'" + two, want: []string{one, two}},
		"blanks that look like it": {text: "943\u00a0476\u20095919\n943\u2011476\u20135870", want: []string{one, two}},
		"invisible characters":     {text: "\ufeff943476\u200b5919", want: []string{one}},
		"decimals of a program":    {text: one + ".0," + two + ".00", want: []string{one, two}},
		"in a letter":              {text: "re: Mrs Jones, NHS No: 943 476 5919. She was born on 12-03-1956, phone 0113 496 0000.", want: []string{one}},
		"at the end of a sentence": {text: "See " + one + ".\nAnd (" + two + ")!", want: []string{one, two}},
		"after a colon":            {text: "NHS:" + one, want: []string{one}},
		"a wrong check digit":      {text: "x\n9434765918", problems: []string{"2: This is not an NHS number: its check digit"}},
		"a digit too few":          {text: "943476591", problems: []string{"1: This has 9 digits"}},
		"a digit too many":         {text: "94347659190", problems: []string{"1: This has 11 digits"}},
		"a placeholder":            {text: "0000000000 9999999999", problems: []string{"1: This is a placeholder", "1: This is a placeholder"}},
		"shortened by Excel":       {text: "9.43477E+09\n" + two, want: []string{two}, problems: []string{"1: A spreadsheet"}},
		"shortened, in German":     {text: "9,43477E+09", problems: []string{"1: A spreadsheet"}},
		"shortened in a column":    {text: "Jones,9.43E+09,B3", problems: []string{"1: A spreadsheet"}},
		"in a longer word":         {text: "RXX" + one + " " + one + "X https://x.example/" + one, problems: []string{"1: This number stands", "1: This number stands", "1: This number stands"}},
		"of a mobile phone":        {text: "+447700900123", problems: nil},
		"a date and a time":        {text: "12-03-1956 10\n2026-11-27 12\n1956-03-12"},
		"grouped in another way":   {text: "94347 65919", problems: []string{"1: These digits are not grouped"}},
		"other scripts' digits":    {text: "٩٤٣٤٧٦٥٩١٩"},
		"a long run":               {text: strings.Repeat("1", 5000)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := understand(c.text)
			var numbers []string
			for _, n := range got.numbers {
				numbers = append(numbers, string(n))
			}
			if !slices.Equal(numbers, c.want) {
				t.Errorf("numbers %v, not %v", numbers, c.want)
			}
			if len(got.problems) != len(c.problems) {
				t.Fatalf("problems %v, not %v", got.problems, c.problems)
			}
			for i, p := range got.problems {
				if said := fmt.Sprintf("%d: %s", p.line, p.reason); !strings.HasPrefix(said, c.problems[i]) {
					t.Errorf("%q, not %q", said, c.problems[i])
				}
			}
		})
	}
}

// FuzzUnderstanding: whatever is pasted, what comes out are numbers that stand in it, once
// each, and problems that repeat nothing of it.
func FuzzUnderstanding(f *testing.F) {
	for _, seed := range []string{"943 476 5919", "9.43477E+09\n9434765870,x", "12-03-1956", "\x00\xff9434765919", `="9434765919"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > mostPasted {
			return
		}
		got := understand(text)
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, text)
		seen := map[record.NHSNumber]bool{}
		for _, n := range got.numbers {
			if ok, err := record.ParseNHSNumber(string(n)); err != nil || ok != n || seen[n] || !strings.Contains(digits, string(n)) {
				t.Errorf("%q gives %q", text, n)
			}
			seen[n] = true
		}
		if len(got.problems) > mostPastedProblems {
			t.Errorf("%d problems", len(got.problems))
		}
	})
}
