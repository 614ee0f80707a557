package disclosure

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// Numbers that begin with 9 are synthetic.
const (
	first  = "9434765919"
	second = "9000543665"
	third  = "9000956404"
)

// optOutFile writes a list whose time of change is `changed`.
func optOutFile(t *testing.T, path, text string, changed time.Time) string {
	t.Helper()
	if path == "" {
		path = filepath.Join(t.TempDir(), "optouts.txt")
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, changed, changed); err != nil {
		t.Fatal(err)
	}
	return path
}

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func at(moment time.Time) func() time.Time { return func() time.Time { return moment } }

// TestOptOutFiles: what a list may look like, and what refuses it.
func TestOptOutFiles(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text    string
		has     string // numbers that are found, and of first, second, third no other is
		refused string // a part of the error; "" if the list is accepted
	}{
		"one a line":                   {first + "\n" + second + "\n", first + second, ""},
		"no line end at the end":       {first + "\n" + second, first + second, ""},
		"CRLF":                         {first + "\r\n" + second + "\r\n", first + second, ""},
		"byte order mark":              {"\ufeff" + first + "\n", first, ""},
		"byte order mark, then none":   {"\ufeff# none\n", "", ""},
		"grouped":                      {"943 476 5919\n900-054-3665\n\t900 095 6404 \n", first + second + third, ""},
		"as the national service":      {first + ",\n" + second + ",\n", first + second, ""},
		"comments and empty lines":     {"# of Monday\n\n" + first + "\n# " + second + "\n", first, ""},
		"twice the same":               {first + "\n" + first + "\n", first, ""},
		"count that fits":              {"# count 2\n" + first + "\n" + second + "\n", first + second, ""},
		"really nobody":                {"# None\n", "", ""},
		"empty":                        {"", "", "empty"},
		"comments only":                {"# as of Monday\n", "", "empty"},
		"none, but not first":          {"# as of Monday\n# none\n", "", "empty"},
		"none, and somebody":           {"# none\n" + first + "\n", "", "says that there is nobody"},
		"cut off in a number":          {first + "\n" + second[:7], "", "1 lines are no NHS number: 2"},
		"cut off at a line":            {"# count 2\n" + first + "\n", "", "not as many"},
		"two counts":                   {"# count 1\n# count 2\n" + first + "\n", "", "no NHS number: 2"},
		"a count that is none":         {"# count -1\n" + first + "\n", "", "no NHS number: 1"},
		"wrong check digit":            {first + "\n9434765918\n", "", "1 lines are no NHS number: 2"},
		"no check digit would fit":     {"9434765060\n", "", "no NHS number: 1"},
		"placeholder":                  {"0000000000\n9999999999\n", "", "2 lines are no NHS number: 1, 2"},
		"a heading":                    {"nhs_number\n" + first + "\n", "", "no NHS number: 1"},
		"two in a line":                {first + "," + second + "\n", "", "no NHS number: 1"},
		"other digits":                 {"٩٤٣٤٧٦٥٩١٩\n", "", "no NHS number: 1"},
		"NUL":                          {first + "\x00\n", "", "no NHS number: 1"},
		"UTF-16":                       {"\xff\xfe9\x004\x00", "", "no NHS number: 1"},
		"a web page":                   {"<html>\n<body>Sign in</body>\n", "", "2 lines are no NHS number: 1, 2"},
		"many wrong lines":             {strings.Repeat("x\n", 12), "", "12 lines are no NHS number: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 …"},
		"a line without end":           {first + "\n" + strings.Repeat("9", 1<<17), "", "line 2 is too long"},
		"old Macintosh line ends":      {first + "\r" + second + "\r", "", "no NHS number: 1"},
		"number with a point of Excel": {"9.43E+09\n", "", "no NHS number: 1"},
	} {
		o, err := OpenOptOuts(optOutFile(t, "", test.text, noon), time.Hour, at(noon))
		if test.refused != "" {
			if err == nil || !strings.Contains(err.Error(), test.refused) {
				t.Errorf("%s: got %v, want %q", name, err, test.refused)
			}
			for _, number := range []string{first, second[:7], "9434765918", "9.43"} {
				if err != nil && strings.Contains(err.Error(), number) {
					t.Errorf("%s: the error names a number: %v", name, err)
				}
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, number := range []string{first, second, third} {
			if got, err := o.Has(number); err != nil || got != strings.Contains(test.has, number) {
				t.Errorf("%s: a number reads %v, %v", name, got, err)
			}
		}
	}
}

// TestOptOutsAreOldOrGone: a list that nobody keeps up to date decides nothing.
func TestOptOutsAreOldOrGone(t *testing.T) {
	t.Parallel()
	now := noon
	path := optOutFile(t, "", first+"\n", noon)
	o, err := OpenOptOuts(path, 7*24*time.Hour, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	now = noon.Add(7 * 24 * time.Hour)
	if has, err := o.Has(first); err != nil || !has {
		t.Errorf("a list of its last hour: %v, %v", has, err)
	}
	now = now.Add(time.Second)
	for _, number := range []string{first, second} {
		if has, err := o.Has(number); err == nil || has {
			t.Errorf("too old a list decides: %v", has)
		}
	}
	optOutFile(t, path, first+"\n", now.Add(2*time.Hour))
	if _, err := o.Has(second); err == nil {
		t.Error("a list of the future decides")
	}
	optOutFile(t, path, second+"\n", now)
	if has, err := o.Has(second); err != nil || !has {
		t.Errorf("a list of today does not decide: %v, %v", has, err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Has(first); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a list that is gone decides: %v", err)
	}
	for what, place := range map[string]string{"a folder": t.TempDir(), "nothing": path} {
		if _, err := OpenOptOuts(place, time.Hour, at(now)); err == nil {
			t.Errorf("%s is opened", what)
		}
	}
	if _, err := OpenOptOuts(optOutFile(t, "", first+"\n", noon), 0, at(noon)); err == nil {
		t.Error("a list may be as old as it likes")
	}
}

// TestOptOutsAreReadAnew: a changed file decides at the next look, a broken one refuses
// until it is mended, and nobody is looked up without a valid number.
func TestOptOutsAreReadAnew(t *testing.T) {
	t.Parallel()
	path := optOutFile(t, "", first+"\n", noon)
	o, err := OpenOptOuts(path, 24*time.Hour, at(noon.Add(time.Hour)))
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		text    string
		changed time.Duration
		number  string
		has, ok bool
	}{
		{first + "\n", 0, second, false, true},
		{second + "\n", time.Second, second, true, true}, // the same size
		{second + "\n", time.Second, first, false, true},
		{second + "\nbroken\n", 2 * time.Second, first, false, false},
		{second + "\nbroken\n", 2 * time.Second, second, false, false},
		{second + "\n" + third + "\n", 3 * time.Second, third, true, true},
		{"# none\n", 4 * time.Second, third, false, true},
		{"# none\n", 4 * time.Second, "943 476 5919", false, true},
		{"# none\n", 4 * time.Second, "9434765918", false, false},
		{"# none\n", 4 * time.Second, "", false, false},
	} {
		optOutFile(t, path, step.text, noon.Add(step.changed))
		if has, err := o.Has(step.number); has != step.has || (err == nil) != step.ok {
			t.Errorf("%+v: got %v, %v", step, has, err)
		}
	}
	// Replaced by renaming, with the same size and time.
	other := optOutFile(t, "", "# nine\n", noon.Add(4*time.Second))
	if err := os.Rename(other, path); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Has(first); err == nil {
		t.Error("another file of the same size and time is not noticed")
	}
}

// TestOptOutsByMany: lists are replaced while many look; nobody sees half a list.
func TestOptOutsByMany(t *testing.T) {
	t.Parallel()
	path := optOutFile(t, "", first+"\n", noon)
	o, err := OpenOptOuts(path, time.Hour, at(noon))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 300 {
				if has, err := o.Has(first); err != nil || !has {
					t.Errorf("got %v, %v", has, err)
					return
				}
			}
		})
	}
	for i := range 50 {
		text := strings.Repeat("# again\n", i) + first + "\n"
		if err := os.Rename(optOutFile(t, filepath.Join(dir, "next"), text, noon), path); err != nil {
			t.Fatal(err)
		}
	}
	all.Wait()
}

// TestOptOutsOfACountry: six million people take eight bytes each.
func TestOptOutsOfACountry(t *testing.T) {
	if testing.Short() || os.Getenv("PATCHWORK_MEASURE") == "" {
		t.Skip("skipped: a measurement: set PATCHWORK_MEASURE")
	}
	const people = 6_000_000
	random := rand.New(rand.NewPCG(1, 2))
	var text strings.Builder
	for written := 0; written < people; {
		if number := fmt.Sprintf("%010d", 9_000_000_000+random.Uint64N(1_000_000_000)); valid(number) {
			text.WriteString(number + "\n")
			written++
		}
	}
	path := optOutFile(t, "", text.String(), noon)
	text.Reset()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	o, err := OpenOptOuts(path, time.Hour, at(noon))
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	held := int64(after.HeapAlloc) - int64(before.HeapAlloc)
	start = time.Now()
	for range 100_000 {
		if _, err := o.Has(first); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d lines: read in %v, %d MB held, %d MB allocated in all, %v a look", people, took.Round(time.Millisecond), held>>20, (after.TotalAlloc-before.TotalAlloc)>>20, time.Since(start)/100_000)
	if held > people*8*11/10 {
		t.Errorf("%d bytes are held", held)
	}
}

// valid judges an NHS number apart from the code under test.
func valid(number string) bool {
	if len(number) != 10 || strings.Count(number, number[:1]) == 10 {
		return false
	}
	sum := 0
	for i := range 10 {
		weight := 10 - i
		if i == 9 {
			weight = 1
		}
		sum += weight * int(number[i]-'0')
	}
	return sum%11 == 0
}

// TestNumberOf holds the reading of numbers to the rule: the weighted sum with the check
// digit is a multiple of 11.
func TestNumberOf(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	for range 200_000 {
		text := fmt.Sprintf("%010d", random.Uint64N(10_000_000_000))
		if number, ok := numberOf(text); ok != valid(text) || ok && fmt.Sprintf("%010d", number) != text {
			t.Fatalf("%s reads %d, %v", text, number, ok)
		}
	}
}
