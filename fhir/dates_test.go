package fhir

import "testing"

// Ranges are compared, to the precision that each side has.
func TestDates(t *testing.T) {
	t.Parallel()
	k := &kind{date: []string{"date", "period"}}
	at := func(date string) object { return object{"date": date} }
	during := func(start, end string) object { return object{"period": object{}.set("start", start).set("end", end)} }
	for _, c := range []struct {
		bound string
		of    object
		fits  bool
	}{
		{"2026-03-05", at("2026-03-05"), true}, {"2026-03-05", at("2026-03-05T10:00:00Z"), true}, {"2026-03-05", at("2026-03"), false},
		{"2026", at("2026-03-05"), true}, {"2026-03", at("2026-03-05"), true}, {"2026-03", at("2026-04-01"), false},
		{"ge2019-03", at("2019"), true}, {"gt2019-03", at("2019"), true}, {"lt2019-03", at("2019"), true}, {"ge2020", at("2019"), false},
		{"ge2026-03-05", at("2026-03-05"), true}, {"gt2026-03-05", at("2026-03-05"), false}, {"le2026-03-05", at("2026-03-05"), true},
		{"lt2026-03-05", at("2026-03-05"), false}, {"ne2026", at("2025"), true}, {"sa2025", at("2026-01-01"), true}, {"eb2026", at("2025-12-31"), true},
		{"ge2030", during("2020-01-01", ""), true}, {"lt2019", during("", "2020-01-01"), true}, {"2020", during("2020-02-01", "2020-03-01"), true},
		{"le2020-02-01", during("2020-02-01", ""), true}, {"ge2020-03-01", during("2020-02-01", "2020-03-01"), true}, {"eb2020-03-01", during("2020-02-01", ""), false}, {"2020", object{}, false}, {"ne2020", object{}, false},
	} {
		b, ok := boundOf(c.bound)
		if !ok || b.fits(k, c.of) != c.fits {
			t.Errorf("%s of %v: %v", c.bound, c.of, !c.fits)
		}
	}
	for _, bad := range []string{"", "soon", "2026-3-5", "xx2026", "ge", "2026-03-05x", "ge2026-13-45T"} {
		if _, ok := boundOf(bad); ok {
			t.Errorf("%q is taken for a date", bad)
		}
	}
}
