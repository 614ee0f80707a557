package check

import (
	"testing"

	"github.com/patchworkcare/patchwork/record"
)

func TestCheckDigits(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"195967001": true, "91936005": true, "323509004": true, "1382601000000107": true, "73211009": true, "1515851000000101": true, "999000011000001104": true,
		"195967002": false, "19596700": false, "01959670": false, "301485011": false, "": false, "7.3211E+07": false, "73211O09": false,
		"1234567890123456789": false, "73211009 |Diabetes|": true, "73211009:363698007=39057004": true, " 73211009": false,
	} {
		if got := isConcept(code); got != want {
			t.Errorf("SNOMED %q: %v", code, got)
		}
	}
	for code, want := range map[string]bool{"8867-4": true, "4548-4": true, "85354-9": true, "8480-6": true, "718-7": true, "LP14885-5": true, "LP-5": false, "8867-5": false, "88674": false, "x-4": false, "-": false} {
		if got := isLOINC(code); got != want {
			t.Errorf("LOINC %q: %v", code, got)
		}
	}
}

func TestUCUM(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"mmol/L": true, "mmol/l": true, "10*9/L": true, "10*12/L": true, "mm[Hg]": true, "kg": true, "kg/m2": true, "%": true, "/min": true, "{score}": true, "1": true,
		"mL/min/{1.73_m2}": true, "mL/min/1.73.m2": true, "umol/L": true, "Cel": true, "g/L": true, "[IU]/L": true, "k[IU]/L": true, "m[IU]/L": true, "mU/L": true, "fL": true, "pg": true,
		"{beats}/min": true, "L/L": true, "nmol/L": true, "ug/L": true, "mg": true, "mo": true, "[degF]": true, "cm": true, "s": true, "ng/mL": true, "mosm/kg": true,
		"bpm": false, "mmHg": false, "mm Hg": false, "kilos": false, "": false, "mmol/": false, "x10^9/L": false, "stone": false, "units": false, "MMOL/L": false,
	} {
		if got := isUCUM(code); got != want {
			t.Errorf("UCUM %q: %v", code, got)
		}
	}
}

func TestTexts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"cafÃ©": true, "Â£5": true, "doesnâ€™t": true, "â€œquotedâ€\u009d": true, "NaÃ¯ve": true, "ï»¿Note": true, "â\u0080\u0099": true,
		"café": false, "£5": false, "doesn’t": false, "São João": false, "Ângela": false, "MÃE": false, "crème brûlée": false, "Âge": false, "5 µg": false,
	} {
		if got := mojibake.MatchString(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	for text, want := range map[string]bool{"a &amp; b": true, "&#39;s": true, "<br/>": true, "<p class=\"x\">": true, "R&D; more": false, "BP <120 and >80": false, "a & b": false, "<5": false} {
		if got := entity.MatchString(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestBefore(t *testing.T) {
	t.Parallel()
	for pair, want := range map[[2]string]bool{
		{"2001", "2002"}: true, {"2002", "2002-05"}: false, {"2002-05", "2002"}: false, {"2002-05-01", "2002-05-02"}: true, {"2002-05-02", "2002-05-01T10:00:00Z"}: false,
		{"2002-05-01T10:00:00+01:00", "2002-05-01T09:30:00Z"}: true, {"2002-05-01T10:00:00Z", "2002-05-01T10:30:00+01:00"}: false,
	} {
		if got := before(record.Date(pair[0]), record.Date(pair[1])); got != want {
			t.Errorf("%v: %v", pair, got)
		}
	}
}

// Every rule says what is wrong and how it is mended, and belongs to a check.
func TestRulesAreWhole(t *testing.T) {
	t.Parallel()
	checks := map[string]bool{}
	for _, c := range order {
		checks[c] = true
	}
	for code, r := range rules {
		if !checks[r.check] || r.text == "" || r.mend == "" || r.verdict != Fail && r.verdict != Warn {
			t.Errorf("%s: %+v", code, r)
		}
	}
}
