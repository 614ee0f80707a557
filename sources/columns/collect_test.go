package columns

import (
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// table is rows as an engineer would draw them: a header line, then rows by " | ".
func table(t *testing.T, section record.Section, s Stanza, d Defaults, lines ...string) map[string]sources.Result {
	t.Helper()
	cut := func(line string) []string {
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		return cells
	}
	if problems := s.Validate("sections."+section.Name(), section); problems != nil {
		t.Fatal(problems)
	}
	b, err := New(section, s, d, true).Bind(cut(lines[0]))
	if err != nil {
		t.Fatal(err)
	}
	c := b.Collect([]string{"P1", "P2"})
	for _, line := range lines[1:] {
		c.Add(cut(line))
	}
	return c.Results()
}

func TestAllergies(t *testing.T) {
	s := Stanza{
		Columns:     map[string]OneOrMore{"subject": {"pas_id"}, "id": {"allergy_id"}, "author_name": {"forename", "surname"}},
		Constants:   map[string]string{"kind": "allergy"},
		Values:      map[string]map[string]string{"status": {"A": "active", "E": "entered-in-error"}, "criticality": {"H": "high"}},
		DateFormats: map[string]OneOrMore{"date": {"DD/MM/YYYY"}},
		NoneWhen:    When{"status": {"N"}},
	}
	got := table(t, record.Allergies, s, Defaults{},
		"pas_id | allergy_id | code_text | date | status | criticality | reaction_text | forename | surname",
		"P1 | 1 | Penicillin | 12/03/2020 | A | H | Rash | Ada | Moss",
		"P1 | 1 | Penicillin | 12/03/2020 | A | H | Wheeze | Ada | Moss",
		"P1 | 1 | Penicillin | 12/03/2020 | A | H | Wheeze | Ada | Moss",
		"P1 | 2 | Latex | 31/02/2020 | A | X | |  |",
		"P1 | 3 | Nuts | 12/03/2020 | E | H | | |",
		"P2 | 4 | No known allergies | 01/02/2021 | N | | | Ada | Moss",
		"P9 | 5 | Eggs | 12/03/2020 | A | H | | |",
	)
	one := got["P1"]
	if len(one.Entries) != 2 {
		t.Fatalf("%d entries, want 2", len(one.Entries))
	}
	a := one.Entries[0].(*record.Allergy)
	if a.Code.Text != "Penicillin" || a.Date != "2020-03-12" || a.Criticality != "high" || a.ClinicalStatus != "active" ||
		len(a.Reactions) != 2 || a.Author.Name != "Ada Moss" || a.Subject != "P1" || a.Provenance.LocalID != "1" || a.Kind != "allergy" {
		t.Errorf("%+v", a)
	}
	if b := one.Entries[1].(*record.Allergy); b.Date != "" || b.Criticality != "" {
		t.Errorf("what cannot be read was kept: %+v", b)
	}
	if len(one.Gaps) != 2 || one.Gaps[0].Code != BadDate || one.Gaps[1].Code != BadValue {
		t.Errorf("gaps: %+v", one.Gaps)
	}
	two := got["P2"]
	if len(two.Entries) != 0 || len(two.Asserted) != 1 || two.Asserted[0].Date != "2021-02-01" || two.Asserted[0].By.Name != "Ada Moss" || two.Asserted[0].Subject != "P2" {
		t.Errorf("%+v", two)
	}
}

func TestNoKnownAllergyIsAlwaysUnderstood(t *testing.T) {
	got := table(t, record.Allergies, Stanza{Constants: map[string]string{"code_system": "http://snomed.info/sct"}}, Defaults{},
		"subject | code | code_text | status", "P1 | 716186003 | No known allergy | active", "P2 | 716186003 | No known allergy | resolved")
	if r := got["P1"]; len(r.Asserted) != 1 || len(r.Entries) != 0 {
		t.Errorf("%+v", r)
	}
	if r := got["P2"]; len(r.Asserted) != 0 || len(r.Entries) != 1 {
		t.Errorf("a statement no longer in force asserts nothing: %+v", r)
	}
}

func TestResultsAreGroupedByReport(t *testing.T) {
	got := table(t, record.Results, Stanza{}, Defaults{},
		"subject | id | code_text | date | test_text | value | value_unit | range_low | range_high",
		"P1 | r1 | Full blood count | 2026-03-01 | Haemoglobin | 7.10 | g/dL | 13.0 | 18.0",
		"P1 | r1 | Full blood count | 2026-03-01 | Platelets | <5 | 10*9/L | |",
		"P1 | r2 | Urine dipstick | 2026-03-02 | Protein | trace | | |",
		"P1 | r3 | Chest X-ray | 2026-03-03 | | | | |",
	)["P1"].Entries
	if len(got) != 3 {
		t.Fatalf("%d reports, want 3", len(got))
	}
	blood := got[0].(*record.Result)
	if len(blood.Measurements) != 2 || *blood.Measurements[0].Value.Quantity != (record.Quantity{Value: "7.10", Unit: "g/dL"}) ||
		blood.Measurements[0].Ranges[0].Low.Value != "13.0" || blood.Measurements[1].Value.Quantity.Comparator != "<" {
		t.Errorf("%+v", blood.Measurements)
	}
	if urine := got[1].(*record.Result); urine.Measurements[0].Value.Text != "trace" {
		t.Errorf("%+v", urine.Measurements)
	}
	if xray := got[2].(*record.Result); len(xray.Measurements) != 0 {
		t.Errorf("%+v", xray.Measurements)
	}
}

func TestBloodPressureHasComponents(t *testing.T) {
	got := table(t, record.Observations, Stanza{}, Defaults{},
		"subject | id | code_text | component_text | component_value | component_value_unit",
		"P1 | 1 | Blood pressure | Systolic | 121 | mmHg", "P1 | 1 | Blood pressure | Diastolic | 80 | mmHg")["P1"].Entries
	if len(got) != 1 || len(got[0].(*record.Observation).Components) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestTwoStatementsWithOneIDAreBothShown(t *testing.T) {
	got := table(t, record.Allergies, Stanza{}, Defaults{}, "subject | id | code_text", "P1 | 1 | Eggs", "P1 | 1 | Nuts")["P1"].Entries
	if len(got) != 2 || got[0].Common().Provenance.LocalID == got[1].Common().Provenance.LocalID {
		t.Errorf("%+v", got)
	}
}

func TestPeople(t *testing.T) {
	s := Stanza{
		Columns: map[string]OneOrMore{"address": {"addr1", "addr2"}, "subject": {"pas_id"}, "birth_date": {"dob"}},
		Values:  map[string]map[string]string{"sex": {"1": "male", "2": "female", "9": "unknown"}},
	}
	got := table(t, record.Demographics, s, Defaults{DateFormat: OneOrMore{"YYYYMMDD"}, Verified: true},
		"pas_id | nhs_number | family_name | given_names | dob | sex | addr1 | addr2 | postcode | deceased_date",
		"P1 | 999 000 0018 | MOSS | Ada Jane | 19560312 | 2 | 1 High St |  | WM1 1AA | 20260101",
		"P2 | 9999999999 | GREEN | Bo | 19560312 | 7 | | | |",
	)
	p := got["P1"].Entries[0].(*record.Person)
	if p.NHSNumber != "9990000018" || p.NHSNumberStatus != record.NumberVerified || p.Gender != "female" || !p.Deceased ||
		len(p.Addresses) != 1 || len(p.Addresses[0].Lines) != 1 || p.BirthDate != "1956-03-12" || p.Provenance.LocalID != "P1" {
		t.Errorf("%+v", p)
	}
	q := got["P2"].Entries[0].(*record.Person)
	if q.NHSNumber != "" || q.NHSNumberStatus != record.NumberUnknown || q.Gender != "" || got["P2"].Gaps[0].Code != BadValue {
		t.Errorf("a placeholder links nobody: %+v", q)
	}
	for _, c := range []struct {
		q    record.PersonQuery
		want bool
	}{
		{record.PersonQuery{NHSNumber: "9990000018"}, true},
		{record.PersonQuery{NHSNumber: "9990000026"}, false},
		{record.PersonQuery{FamilyName: "moss", BirthDate: "1956-03-12"}, true},
		{record.PersonQuery{FamilyName: "moss", BirthDate: "1956-12-03"}, false},
		{record.PersonQuery{FamilyName: "Moss", BirthDate: "1956-03-12", GivenName: "Eve"}, false},
		{record.PersonQuery{FamilyName: "Moss", BirthDate: "1956-03-12", Postcode: "wm11aa"}, true},
		{record.PersonQuery{FamilyName: "Moss", BirthDate: "1956-03-12", Gender: "male"}, false},
	} {
		if Matches(p, c.q) != c.want {
			t.Errorf("%+v: not %v", c.q, c.want)
		}
	}
}

func TestTheHeader(t *testing.T) {
	s := Stanza{Columns: map[string]OneOrMore{"subject": {"client"}, "code_text": {"what"}}}
	for header, code := range map[string]string{"client,what": "", "CLIENT, What ": "", "client": "column-missing", "client,what,what": "column-twice"} {
		_, err := New(record.Alerts, s, Defaults{}, false).Bind(strings.Split(header, ","))
		if got := code; err != nil && sources.AsError(err).Code != got || err == nil && got != "" {
			t.Errorf("%s: %v, want %q", header, err, code)
		}
	}
	if _, err := New(record.Alerts, Stanza{}, Defaults{}, true).Bind([]string{"code"}); err == nil {
		t.Error("rows that do not say whose they are were accepted")
	}
}

func TestValidate(t *testing.T) {
	s := Stanza{
		Columns:     map[string]OneOrMore{"reacton": {"r"}, "subject": {"s"}},
		Constants:   map[string]string{"subject": "P1", "criticality": "very"},
		Values:      map[string]map[string]string{"status": {"A": "aktive"}},
		DateFormat:  OneOrMore{"DD/MM/YYYY", "MM/DD/YYYY"},
		DateFormats: map[string]OneOrMore{"date": {"DD/MM/YY"}, "note": {"ISO"}},
		SkipWhen:    When{"x": {}},
	}
	var paths []string
	for _, p := range s.Validate("sections.allergies", record.Allergies) {
		paths = append(paths, strings.TrimPrefix(p.Path, "sections.allergies."))
		if p.Path == "sections.allergies.columns.reacton" && !strings.Contains(p.Text, "reaction") {
			t.Errorf("no hint: %s", p.Text)
		}
	}
	want := "columns.reacton constants.criticality constants.subject constants.subject values.status.A date_format date_formats.date date_formats.note skip_when.x"
	if got := strings.Join(paths, " "); got != want {
		t.Errorf("problems at\n%s, want\n%s", got, want)
	}
}

func TestLongAndBrokenTextsAreNamed(t *testing.T) {
	b, _ := New(record.Alerts, Stanza{}, Defaults{}, true).Bind([]string{"subject", "code_text", "note"})
	c := b.Collect([]string{"P1"})
	c.Add([]string{"P1", "x\xff", strings.Repeat("a", MaxCell+1)})
	r := c.Results()["P1"]
	if len(r.Gaps) != 2 || r.Entries[0].Common().Note != "" {
		t.Errorf("%+v", r.Gaps)
	}
}

func TestARowWithAnotherNHSNumberCondemnsTheAnswer(t *testing.T) {
	b, err := New(record.Alerts, Stanza{}, Defaults{}, true).Bind([]string{"subject", "subject_nhs_number", "code_text"})
	if err != nil {
		t.Fatal(err)
	}
	c := b.Collect([]string{"P1", "P2", "P3"})
	c.Expect("P1", "9990000018")
	c.Add([]string{"P1", "999 000 0026", "of P2"})
	c.Add([]string{"P2", "999 000 0026", "of P2"})
	c.Add([]string{"P2", "", "of P2"})
	c.Add([]string{"P3", "9990000018", "of P1"})
	c.Add([]string{"P3", "9990000026", "of P2"})
	got := c.Results()
	if got["P1"].Err == nil || got["P2"].Err != nil || len(got["P2"].Entries) != 2 || got["P3"].Err == nil {
		t.Errorf("%+v", got)
	}
}

func TestTwoPeopleUnderOneID(t *testing.T) {
	got := table(t, record.Demographics, Stanza{}, Defaults{}, "subject | family_name | birth_date",
		"P1 | MOSS | 1956-03-12", "P1 | MOSS | 1956-03-12", "P2 | MOSS | 1956-03-12", "P2 | GREEN | 1971-11-30")
	if got["P1"].Err != nil || len(got["P1"].Entries) != 1 || got["P2"].Err == nil {
		t.Errorf("%+v", got)
	}
}
