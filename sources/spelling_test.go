package sources

import (
	"slices"
	"testing"

	"github.com/patchworkcare/patchwork/record"
)

func TestNamesAreOneHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, asked string
		same, fits  bool
	}{
		{"O'Neil", "O’Neil", true, true}, {"O'Neil", "ONEIL", true, true}, {"O'Neil", "o neil", true, true},
		{"O'Neil", "O\u02bcNeil", true, true}, {"O'Neil", "O\u02bbNeil", true, true}, {"\u02bc\u02bc", "\u02bc\u02bc", false, false},
		{"Smith-Jones", "smith jones", true, true}, {"Smith-Jones", "Smithjones", true, true},
		{"Smith-Jones", "Jones", false, true}, {"Smithson", "Smith", false, false}, {"Smith", "Smith-Jones", false, false},
		{"Wiśniewska", "wisniewska", true, true}, {"Bērziņkalns", "BERZINKALNS", true, true}, {"Łukasz", "Lukasz", true, true},
		{"Müller", "Mu\u0308ller", true, true}, {"Müller", "Mueller", false, false},
		{"", "", false, false}, {"'", "-", false, false}, {"Smith", "", false, false},
	} {
		if got := SameName(c.name, c.asked); got != c.same {
			t.Errorf("SameName(%q, %q) is %v", c.name, c.asked, got)
		}
		if got := NameFits(c.name, c.asked); got != c.fits {
			t.Errorf("NameFits(%q, %q) is %v", c.name, c.asked, got)
		}
	}
}

func TestGivenNamesFit(t *testing.T) {
	t.Parallel()
	for asked, want := range map[string]struct{ is, fits bool }{
		"Mary": {true, true}, "mary jane": {true, true}, "J": {true, true}, "Jan": {true, true}, "Janet": {false, true}, "Maryam": {false, true},
		"": {}, "'": {}, "Ann": {},
	} {
		if is, fits := GivenIs([]string{"Mary", "Jane"}, asked), GivenFits([]string{"Mary", "Jane"}, asked); is != want.is || fits != want.fits {
			t.Errorf("%q: %v %v", asked, is, fits)
		}
	}
}

func TestSpellings(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"O'Neil":      {"O'Neil", "O’Neil", "ONeil", "O Neil"},
		"ONEIL":       {"ONEIL", "O'NEIL", "O’NEIL"},
		"O’Neil":      {"O’Neil", "O'Neil"},
		"Smith-Jones": {"Smith-Jones", "Smith Jones", "SmithJones"},
		"Wiśniewska":  {"Wiśniewska", "Wisniewska"},
		"Smith":       {"Smith"},
		"Owen":        {"Owen"},
	} {
		got := Spellings(name)
		if got[0] != name || len(got) > mostSpellings {
			t.Errorf("%q is written %q", name, got)
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%q is written %q, and not %q", name, got, w)
			}
		}
	}
	if got := Spellings("Smith"); len(got) != 1 {
		t.Errorf("a plain name is asked for as %q", got)
	}
}

func TestSimilarDays(t *testing.T) {
	t.Parallel()
	for born, want := range map[record.Date][]record.Date{
		"1956-03-12": {"1956-03-12", "1956-12-03"}, "1956-03-13": {"1956-03-13"}, "1956-03-03": {"1956-03-03"},
		"1956-02-30": {"1956-02-30"}, "1956": {"1956"}, "1956-12-02T10:00:00Z": {"1956-12-02", "1956-02-12"},
	} {
		if got := SimilarDays(born); !slices.Equal(got, want) {
			t.Errorf("%s: %v", born, got)
		}
	}
}
