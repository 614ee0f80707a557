package record

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestNHSNumber(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]struct {
		number NHSNumber
		err    error
	}{
		"943 476 5919":     {"9434765919", nil},
		"943-476-5919":     {"9434765919", nil},
		" 9434765919\t":    {"9434765919", nil},
		"9434765918":       {"", ErrNHSNumberCheck},
		"943476591":        {"", ErrNHSNumberLength},
		"94347659190":      {"", ErrNHSNumberLength},
		"":                 {"", ErrNHSNumberLength},
		"943476591O":       {"", ErrNHSNumberInvalid},
		"943 476 5919; --": {"", ErrNHSNumberInvalid},
		"0000000000":       {"", ErrNHSNumberHolder},
		"9999999999":       {"", ErrNHSNumberHolder},
		"9434765060":       {"", ErrNHSNumberCheck}, // check digit would be 10: never issued
	} {
		got, err := ParseNHSNumber(in)
		if got != want.number || !errors.Is(err, want.err) {
			t.Errorf("%q: %q %v, want %q %v", in, got, err, want.number, want.err)
		}
	}
	if got := NHSNumber("9434765919").Format(); got != "943 476 5919" {
		t.Errorf("shown as %q", got)
	}
}

// One digit changed, or two neighbours swapped, is always noticed or was the same.
func TestNHSNumberNoticesSlips(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		nine := rapid.StringMatching(`9[0-9]{8}`).Draw(t, "nine digits")
		s := []byte(nine + "0")
		for d := byte('0'); d <= '9'; d++ {
			if s[9] = d; valid(s) {
				break
			}
		}
		if !valid(s) {
			return // its check digit would be 10: never issued
		}
		i := rapid.IntRange(0, 8).Draw(t, "at")
		swapped := append([]byte(nil), s...)
		swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
		if _, err := ParseNHSNumber(string(swapped)); err == nil && string(swapped) != string(s) {
			t.Fatalf("a swap at %d goes unnoticed", i)
		}
		d := byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
		if changed := append([]byte(nil), s...); d != s[i] {
			changed[i] = d
			if _, err := ParseNHSNumber(string(changed)); err == nil {
				t.Fatalf("a wrong digit at %d goes unnoticed", i)
			}
		}
	})
}

func valid(s []byte) bool {
	_, err := ParseNHSNumber(string(s))
	return err == nil
}

func TestDate(t *testing.T) {
	t.Parallel()
	for in, ok := range map[string]bool{
		"": true, "1956": true, "1956-03": true, "1956-03-12": true, "1956-03-12T08:30:00Z": true, "2026-07-01T09:00:00.123+01:00": true,
		"1956-3-12": false, "12/03/1956": false, "1956-02-30": false, "1956-13": false, "1956-03-12T08:30:00": false, "195": false, "abcd": false,
		"0000-00-00": false, "1956-03-12T25:00:00Z": false,
	} {
		if _, err := ParseDate(in); (err == nil) != ok {
			t.Errorf("%q: %v", in, err)
		}
	}
	summer, _ := Date("2026-07-01T00:30:00+01:00").Time()
	winter, _ := Date("2026-07-01").Time()
	if !summer.Before(winter) {
		t.Error("half past midnight in British Summer Time is before midnight in UTC")
	}
}

func TestNewestFirst(t *testing.T) {
	t.Parallel()
	entry := func(id string, date, recorded Date) *Alert {
		return &Alert{Base: Base{Date: date, Recorded: recorded, Provenance: Provenance{LocalID: id}}}
	}
	entries := []*Alert{
		entry("undated-b", "", ""), entry("1899", "1899-12-31", ""), entry("year", "2020", ""), entry("late", "2020-06-01", ""),
		entry("undated-a", "", ""), entry("recorded", "", "2021-01-01"), entry("same-b", "2020-06-01", ""), entry("0001", "0001-01-01", ""),
	}
	NewestFirst(entries)
	want := []string{"recorded", "late", "same-b", "year", "1899", "0001", "undated-a", "undated-b"}
	for i, e := range entries {
		if e.Provenance.LocalID != want[i] {
			t.Errorf("place %d: %s, want %s", i, e.Provenance.LocalID, want[i])
		}
	}
}

func TestConceptLabel(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]Concept{
		"words": {Text: "words", Codings: []Coding{{Display: "display"}}}, "display": {Codings: []Coding{{Code: "1"}, {Display: "display"}}},
		"1": {Codings: []Coding{{System: "s"}, {Code: "1"}}}, "": {},
	} {
		if got := c.Label(); got != want {
			t.Errorf("%+v: %q, want %q", c, got, want)
		}
	}
}

// Every section has a name of its own and is found by it.
func TestHeadings(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, h := range Headings() {
		s, ok := SectionNamed(h.Name)
		if !ok || s != h.Section || seen[h.Name] || h.Title == "" || s.Name() != h.Name {
			t.Errorf("%+v", h)
		}
		seen[h.Name] = true
	}
	if _, ok := SectionNamed("secrets"); ok || Section("secrets").Name() != "" || len(seen) != 21 {
		t.Errorf("%d sections", len(seen))
	}
	if got := (HumanName{Title: "Ms", Given: []string{"Ada", "May"}, Family: "Lovelace"}).Text(); got != "LOVELACE, Ada May (Ms)" {
		t.Error(got)
	}
}
