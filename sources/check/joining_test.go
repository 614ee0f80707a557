package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/check"
	"github.com/patchworkcare/patchwork/sources/csvfile"
	"github.com/patchworkcare/patchwork/sources/sqlview"
)

// finding is the one of a code; nil if it was not found.
func finding(r *check.Report, code string) *check.Finding {
	for _, c := range r.Checks {
		for i := range c.Findings {
			if c.Findings[i].Code == code {
				return &c.Findings[i]
			}
		}
	}
	return nil
}

func says(r *check.Report, code, what string) bool {
	f := finding(r, code)
	return f != nil && strings.Contains(strings.Join(f.Said, "\n"), what)
}

// looks checks an extract with the files as they are given, in place of those of files.
func looks(t *testing.T, o check.Options, more string, changed map[string]string) *check.Report {
	t.Helper()
	all := files()
	for name, text := range changed {
		if all[name] = text; text == "" {
			delete(all, name)
		}
	}
	o.People, o.Wait = []string{patientID}, patience
	return checked(t, stanza(t, new(csvfile.Config), "location: "+folder(t, all)+"\n"+more+extract), settings, o)
}

// What the connector said leads to the mend: a column, a field, a file, a secret.
func TestWhatWasSaidIsInTheReport(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, text, code, said string
	}{
		"a column": {"scores.csv", "id,no,kode\n" + patientID + ",1,2\n", "not-understood", `column-missing: Its data lacks the configured column "code"`},
		"a date":   {"scores.csv", strings.Replace(files()["scores.csv"], "01/02/2020", "31/31/2020", 1), "date-unreadable", "date (column on)"},
		"a value":  {"people.csv", strings.Replace(files()["people.csv"], ",F\n", ",canary\n", 1), "incomplete", "gender (column sex)"},
		"a text":   {"alerts.csv", strings.Replace(files()["alerts.csv"], "Key safe", "Caf\xe9", 1), "text-unreadable", "code_text (column what)"},
		"a file":   {"scores.csv", "", "file-missing", `"scores.csv"`},
		"people":   {"people.csv", "", "unreachable", `"people.csv"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if r := looks(t, check.Options{}, "", map[string]string{c.file: c.text}); !says(r, c.code, c.said) {
				t.Errorf("%s does not say %q: %+v", c.code, c.said, finding(r, c.code))
			}
		})
	}
	secret := &sqlview.Config{Driver: "postgres", DSNEnv: "PATCHWORK_NO_SUCH_DSN", Sections: map[string]sqlview.Section{"alerts": {Query: "SELECT 1 AS subject WHERE 1 IN (:ids)"}}}
	if r := checked(t, secret, settings, check.Options{Wait: patience}); !says(r, "cannot-open", "dsn_env (PATCHWORK_NO_SUCH_DSN)") {
		t.Errorf("the secret is not named: %+v", finding(r, "cannot-open"))
	}
	secret.DSNEnv, secret.DSN = "", "postgres://canary:canary@canary:port"
	if r := checked(t, secret, settings, check.Options{Wait: patience}); !says(r, "cannot-open", "bad-dsn") || says(r, "cannot-open", "canary") {
		t.Errorf("the dsn: %+v", finding(r, "cannot-open"))
	}
	refusing := &register{find: known, result: sources.Result{Err: &sources.Error{Kind: sources.Refused, Code: "sqlstate-28P01", Reason: "The database refused the password"}}}
	if r := checked(t, refusing, settings, check.Options{People: []string{patientID}, Wait: patience}); !says(r, "auth-other", "sqlstate-28P01: The database refused the password") {
		t.Errorf("the refusal: %+v", finding(r, "auth-other"))
	}
}

// What a system says of its own record may tell of a person: it is not handed on.
func TestWordsOfARecordAreNotSaid(t *testing.T) {
	t.Parallel()
	r := checked(t, &register{find: known, result: sources.Result{Gaps: []sources.Gap{{Status: record.Partial, Code: "data-in-transit", Reason: "before 12-Mar-2024"}}}},
		settings, check.Options{People: []string{patientID}, Wait: patience})
	if f := finding(r, "source-warning"); f == nil || len(f.Said) > 0 {
		t.Errorf("%+v", f)
	}
}

// What was agreed with a supplier is told and does not fail, until its day, in its sections.
func TestAcceptedFindings(t *testing.T) {
	t.Parallel()
	nameless := map[string]string{"alerts.csv": strings.ReplaceAll(files()["alerts.csv"], wrote, ""), "scores.csv": strings.ReplaceAll(files()["scores.csv"], wrote, "")}
	in := func(until string, sections ...string) check.Acceptance {
		return check.Acceptance{Finding: "author-missing", Sections: sections, Reason: "agreed", Until: until}
	}
	subject := strings.Replace(files()["alerts.csv"], "Key safe", "No known risks", 1)
	for name, c := range map[string]struct {
		accepted   []check.Acceptance
		files      map[string]string
		fail, warn []string
	}{
		"nothing is accepted": {nil, nameless, []string{"author-missing"}, nil},
		"everywhere":          {[]check.Acceptance{in("2027-01-31")}, nameless, nil, []string{"author-missing"}},
		"on its last day":     {[]check.Acceptance{in("2026-06-01")}, nameless, nil, []string{"author-missing"}},
		"the day after":       {[]check.Acceptance{in("2026-05-31")}, nameless, []string{"author-missing"}, []string{"accepted-expired"}},
		"in both":             {[]check.Acceptance{in("2027-01-31", "alerts", "observations")}, nameless, nil, []string{"author-missing"}},
		"in one of two":       {[]check.Acceptance{in("2027-01-31", "alerts")}, nameless, []string{"author-missing"}, nil},
		"gone":                {[]check.Acceptance{in("2027-01-31")}, nil, nil, []string{"accepted-gone"}},
		"gone in one":         {[]check.Acceptance{in("2027-01-31", "alerts", "observations")}, map[string]string{"alerts.csv": nameless["alerts.csv"]}, nil, []string{"accepted-gone", "author-missing"}},
		"not looked at":       {[]check.Acceptance{in("2027-01-31", "problems")}, nil, nil, nil},
		"of safety": {[]check.Acceptance{{Finding: "none-as-entry", Reason: "agreed", Until: "2027-01-31"}},
			map[string]string{"alerts.csv": subject}, []string{"none-as-entry"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := looks(t, check.Options{Accepted: c.accepted}, "", c.files)
			if fail, warn := r.Found(check.Fail), sorted(r.Found(check.Warn)); !slices.Equal(fail, c.fail) || !slices.Equal(warn, sorted(c.warn)) || r.Failed() != (len(c.fail) > 0) {
				t.Errorf("failed %v, not %v; warned %v, not %v", fail, c.fail, warn, c.warn)
			}
			f := finding(r, "author-missing")
			if f != nil && f.Accepted != slices.Contains(c.warn, "author-missing") {
				t.Errorf("accepted: %+v", f)
			}
			if f != nil && f.Accepted && (f.Where[0].Accepted == nil || f.Where[0].Accepted.Reason != "agreed") {
				t.Errorf("without its reason: %+v", f)
			}
		})
	}
}

// Nothing that is about safety, or about reading at all, can be accepted.
func TestOnlyQualityIsAcceptable(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"wrong-subject", "search-anybody", "search-several", "none-as-entry", "status-error", "status-unknown", "cut-off", "incomplete", "stale", "date-unreadable",
		"date-future", "date-before-born", "date-swapped", "day-month-exchanged", "snomed-invalid", "duplicate-id", "replacement-character", "says-nothing", "file-missing", "auth-refused", "tls-none", "nobody-recorded", "unreachable", "accepted-gone"} {
		if !check.Known(code) || slices.Contains(check.Acceptable(), code) {
			t.Errorf("%s: known %v, acceptable %v", code, check.Known(code), slices.Contains(check.Acceptable(), code))
		}
	}
	for _, code := range check.Acceptable() {
		if !check.Known(code) {
			t.Errorf("there is no finding %s", code)
		}
	}
}

// Day and month exchanged: where the other way round is possible, or no day is ever above
// the 12th in enough months.
func TestDayAndMonthExchanged(t *testing.T) {
	t.Parallel()
	rows := func(dates ...string) map[string]string {
		text := "id,no,code,what,value,unit,on,who,state\n"
		for i, d := range dates {
			text += fmt.Sprintf("%s,S%d,27113001,Body weight,%d,kg,%s,%s,final\n", patientID, i, 50+i, d, wrote)
		}
		return map[string]string{"scores.csv": text}
	}
	months := func(n int, day func(month int) int) (all []string) {
		for i := range n {
			all = append(all, fmt.Sprintf("%02d/%02d/%d", day(i), i%12+1, 2010+i/12))
		}
		return all
	}
	low := func(i int) int { return i%11 + 2 }
	high := func(i int) int { return i%27 + 2 }
	for name, c := range map[string]struct {
		dates []string
		found bool
		fail  []string
	}{
		"days as they come":           {months(14, high), false, nil},
		"no day above the 12th":       {months(14, low), true, nil},
		"too few months to say so":    {months(9, low), false, nil},
		"one stay in one month":       {[]string{"02/03/2020", "03/03/2020", "04/03/2020", "05/03/2020", "06/03/2020", "07/03/2020", "08/03/2020", "09/03/2020", "10/03/2020", "11/03/2020", "12/03/2020", "02/04/2020", "03/04/2020"}, false, nil},
		"months only":                 {months(14, func(int) int { return 1 }), false, nil},
		"in the future":               {[]string{"02/12/2026"}, true, []string{"date-future"}}, // 12 February
		"in the future all the same":  {[]string{"02/12/2027"}, false, []string{"date-future"}},
		"before birth":                {[]string{"11/03/1951"}, true, []string{"date-before-born"}}, // born on 9 April
		"before birth all the same":   {[]string{"02/03/1951"}, false, []string{"date-before-born"}},
		"before birth, and one is 13": {[]string{"13/03/1951"}, false, []string{"date-before-born"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := looks(t, check.Options{}, "", rows(c.dates...))
			if found := slices.Contains(r.Found(check.Warn), "day-month-exchanged"); found != c.found || !slices.Equal(r.Found(check.Fail), c.fail) {
				t.Errorf("found %v, not %v; failed %v", found, c.found, r.Found(check.Fail))
			}
		})
	}
}

// A visit after the death is asked about; a letter is not.
func TestAfterDeath(t *testing.T) {
	t.Parallel()
	dead := one()
	dead.DeceasedDate = "2024-05-06"
	for date, found := range map[record.Date]bool{"2024-05-06": false, "2024-05-07T10:00:00Z": true, "2024": false, "2024-06": true} {
		o := &record.Observation{Base: record.Base{Subject: patientID, Code: record.Text("Weight"), Date: date, Author: &record.Actor{Name: wrote}}}
		o.Provenance.LocalID = allergyID
		r := checked(t, &dying{shelf{section: record.Observations, entries: []record.Entry{o}}, dead}, settings, check.Options{People: []string{patientID}, Wait: patience})
		if slices.Contains(r.Found(check.Warn), "date-after-death") != found || r.Failed() {
			t.Errorf("%s: warned %v, failed %v", date, r.Found(check.Warn), r.Found(check.Fail))
		}
	}
}

// A setting that was forgotten is named, while nobody's number is verified.
func TestForgottenTrust(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		unsaid, more string
		found        bool
	}{
		"forgotten":             {"trust_nhs_numbers", "", true},
		"said to be unverified": {"", "trust_nhs_numbers: unverified\n", false},
		"verified all the same": {"trust_nhs_numbers", "trust_nhs_numbers: verified\n", false},
	} {
		r := looks(t, check.Options{TrustUnsaid: c.unsaid}, c.more, nil)
		f := finding(r, "nhs-numbers-unverified")
		if (f != nil) != c.found || f != nil && !strings.Contains(f.Mend, "trust_nhs_numbers") || r.Failed() {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// Rows that are left out as entered in error are counted: it may be a mapping that errs.
func TestRowsLeftOutAreCounted(t *testing.T) {
	t.Parallel()
	r := looks(t, check.Options{}, "values: {status: {X: entered-in-error}}\n", map[string]string{
		"alerts.csv": files()["alerts.csv"] + patientID + ",A3,Wrong,X,01/02/2020,," + wrote + ",\n" + patientID + ",A4,Wrong,X,01/02/2020,," + wrote + ",\n",
		"scores.csv": files()["scores.csv"] + patientID + ",S9,27113001,Body weight,99,kg,01/02/2021," + wrote + ",X\n",
	})
	for _, c := range r.Checks {
		if c.Name == "statuses" && (c.Text != "3 rows were left out as entered in error, or by skip_when (alerts 2, observations 1)" || c.Verdict != check.Pass) {
			t.Errorf("%+v", c)
		}
	}
	for _, s := range r.Sections {
		if want := map[string]int{"alerts": 2, "observations": 1}[s.Section]; s.LeftOut != want || s.Section == "alerts" && s.Entries != 2 {
			t.Errorf("%s: %d left out, not %d", s.Section, s.LeftOut, want)
		}
	}
}
