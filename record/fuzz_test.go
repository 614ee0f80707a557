package record_test

import (
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// FuzzNHSNumber: what is taken for a number is ten digits that fit together, the digits that
// were written; and is taken again.
func FuzzNHSNumber(f *testing.F) {
	for _, s := range []string{"9434765919", "943 476 5919", "943-476-5919", "9434765918", "0000000000", "９４３４７６５９１９", "94347659190", " 9434765919\n", "+9434765919"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := record.ParseNHSNumber(text)
		if err != nil {
			if n != "" || strings.Contains(err.Error(), text) && len(text) > 5 {
				t.Fatalf("%q: %q, %v", text, n, err)
			}
			return
		}
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, text)
		sum := 0
		for i := range 9 {
			sum += int(n[i]-'0') * (10 - i)
		}
		if len(n) != 10 || string(n) != digits || (11-sum%11)%11 != int(n[9]-'0') {
			t.Fatalf("%q is taken as %q", text, n)
		}
		if again, err := record.ParseNHSNumber(string(n)); err != nil || again != n {
			t.Fatalf("%q: %v", n, err)
		}
	})
}

// FuzzDate: a date that is taken has a moment, and is of that day.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"2026", "2026-01", "2026-01-31", "2026-01-31T10:00:00Z", "2026-01-31T10:00:00.123+01:00", "2026-02-30", "0000-00-00", "2026-1-1", "２０２６", "2026-01-31T24:00:00Z", "9999-12-31T23:59:60Z"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := record.ParseDate(text)
		if err != nil {
			if d != "" {
				t.Fatalf("%q: %q, %v", text, d, err)
			}
			return
		}
		at, ok := d.Time()
		if text == "" {
			return
		}
		if !ok || at.IsZero() && !strings.HasPrefix(text, "0001") {
			t.Fatalf("%q has no moment", text)
		}
		if day := string(d.Day()); len(day) >= 10 {
			if _, err := time.Parse(time.DateOnly, day); err != nil {
				t.Fatalf("%q is of the day %q", text, day)
			}
		}
	})
}
