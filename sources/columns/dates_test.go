package columns

import (
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

func london(t testing.TB) *time.Location {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestDates(t *testing.T) {
	cases := []struct {
		format, from string
		want         record.Date // "" is refused
	}{
		{"YYYYMMDD", "20260312", "2026-03-12"},
		{"YYYYMMDD", "20260230", ""},
		{"YYYYMMDD", "12/03/2026", ""},
		{"YYYYMMDD", "2026-03-12", "2026-03-12"}, // ISO is always understood
		{"DD/MM/YYYY", "12/03/2026", "2026-03-12"},
		{"DD/MM/YYYY", "03/13/2026", ""}, // month and day never change places
		{"D/M/YYYY", "2/3/2026", "2026-03-02"},
		{"DD-Mon-YYYY", "12-MAR-2026", "2026-03-12"},
		{"MM/YYYY", "03/2026", "2026-03"},
		{"YYYY", "1956", "1956"},
		{"YYYYMMDD hhmm", "20260312 1405", "2026-03-12T14:05:00Z"},
		{"YYYYMMDD hhmm", "20260312", "2026-03-12"}, // the time may be missing
		{"YYYYMMDDhhmm", "202607121405", "2026-07-12T14:05:00+01:00"},
		{"DD/MM/YYYY hh:mm", "29/03/2026 01:30", ""}, // the clocks leapt over it
		{"DD/MM/YYYY hh:mm", "12/07/2026 09:00", "2026-07-12T09:00:00+01:00"},
		{"ISO", "2026-07-12 09:00:01", "2026-07-12T09:00:01+01:00"},
		{"ISO", "2026-07-12T09:00Z", "2026-07-12T09:00:00Z"},
		{"ISO", "2026-07-12 09:00:00.25+02", "2026-07-12T09:00:00.25+02:00"},
		{"ISO", "2026-07", "2026-07"},
		{"ISO", "0000-00-00", "none"},
		{"ISO", "20260712", ""},
		{"ISO", "yesterday", ""},
	}
	for _, c := range cases {
		f, err := compile(c.format)
		if err != nil {
			t.Fatalf("%s: %v", c.format, err)
		}
		got, err := slot{formats: []format{f}}.date(c.from, Defaults{Zone: london(t)})
		if c.want == "none" && (got != "" || err != nil) || c.want != "none" && (got != c.want || (err != nil) != (c.want == "")) {
			t.Errorf("%s of %q: %q, %v; want %q", c.format, c.from, got, err, c.want)
		}
	}
}

func TestSpreadsheetDays(t *testing.T) {
	for from, want := range map[string]record.Date{
		"45363": "2024-03-12", "45363.5": "2024-03-12T12:00:00Z", "8919": "1924-06-01",
		"1956": "", "-3": "", "2024-03-12": "2024-03-12", "99999999": "",
	} {
		got, _ := slot{}.date(from, Defaults{Zone: time.UTC, Serial: true})
		if got != want {
			t.Errorf("%s: %q, want %q", from, got, want)
		}
	}
}

func TestFormatsThatCannotBe(t *testing.T) {
	for _, f := range []string{"DD/MM/YY", "", "YYYYDD", "MMDD", "YYYY-MM hh:mm", "dd.mm.yyyy", "YYYYMMDDmm", "YYYYYYYY", "2006-01-02", "hh:mm DD/MM/YYYY"} {
		if _, err := compile(f); err == nil && f != "hh:mm DD/MM/YYYY" {
			t.Errorf("%q was understood", f)
		}
	}
}

func TestWritingADayForAQuery(t *testing.T) {
	for f, want := range map[string]string{"YYYYMMDD": "19560312", "DD/MM/YYYY hh:mm": "12/03/1956", "ISO": "1956-03-12", "DD-Mon-YYYY": "12-Mar-1956"} {
		m := New(record.Demographics, Stanza{DateFormat: OneOrMore{f}}, Defaults{}, true)
		if got := m.WriteDate("birth_date", "1956-03-12"); got != want {
			t.Errorf("%s: %q, want %q", f, got, want)
		}
	}
}

func FuzzDates(f *testing.F) {
	f.Add("YYYYMMDD", "20260312")
	f.Add("DD/MM/YYYY hh:mm", "12/03/2026 10:00")
	f.Add("ISO", "2026-03-12 10:00:00+01")
	f.Fuzz(func(t *testing.T, layout, s string) {
		form, err := compile(layout)
		if err != nil {
			return
		}
		d, err := slot{formats: []format{form}}.date(s, Defaults{Zone: time.UTC, Serial: true})
		if err != nil && d != "" {
			t.Errorf("%q refused and given as %q", s, d)
		}
		if _, err := record.ParseDate(string(d)); err != nil {
			t.Errorf("%q by %q became %q, which is no date", s, layout, d)
		}
	})
}
