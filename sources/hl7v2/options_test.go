package hl7v2

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// Local codes stay as they were sent; what the stanza knows of them stands before them.
func TestCodes(t *testing.T) {
	t.Parallel()
	c := stanza(t)
	c.Codes = map[string]CodeTable{
		"WINPATH": {System: "https://example.org/winpath", Map: map[string]Code{"K": {System: "http://loinc.org", Code: "2823-3", Text: "Potassium [Moles/volume]"}}},
		"":        {Map: map[string]Code{"NKA": {System: snomed, Code: noKnownAllergy, Text: "No known allergy"}}},
		"HL70004": {Map: map[string]Code{"I": {Text: "x"}}},
	}
	s := open(t, c)
	x := dial(t, s)
	x.well(numbers, head("ADT^A31", "")+person+"AL1|1||NKA\n")
	r := one[*record.Result](t, read(t, s, record.Results, "H1"))
	want := []record.Coding{{System: "http://loinc.org", Code: "2823-3", Display: "Potassium [Moles/volume]"}, {System: "https://example.org/winpath", Code: "K", Display: "Potassium"}}
	if got := r.Measurements[0].Code; got.Text != "Potassium" || !slices.Equal(got.Codings, want) {
		t.Errorf("%+v", got)
	}
	if got := r.Measurements[1].Code; !slices.Equal(got.Codings, want[:0:0]) && got.Codings[0].System != "https://example.org/winpath" {
		t.Errorf("%+v", got)
	}
	if a := read(t, s, record.Allergies, "H1"); len(a.Entries) != 0 || len(a.Asserted) != 1 || codes(a) != "" {
		t.Errorf("%s", sourcetest.Render(a))
	}
}

func TestIgnoredAndStrangers(t *testing.T) {
	t.Parallel()
	c := stanza(t)
	c.Ignore, c.Senders = []string{"ORM", "DFT^P03"}, []string{"PAS"}
	s := open(t, c)
	x := dial(t, s)
	x.well(head("ORM^O01", "")+person, head("DFT^P03", "")+person)
	if got := x.send(head("DFT^P11", "") + person); !strings.HasPrefix(got, "AR|") {
		t.Error(got)
	}
	if got := x.send(numbers); !strings.HasPrefix(got, "AR|c4|This sending application is not listened to") {
		t.Error(got)
	}
	if n, err := s.store.Sizes(t.Context()); err != nil || n.Messages != 0 || n.Dead != 2 {
		t.Error(n, err)
	}
}

// Who must not be located is marked (S-flag), and so is who is near them.
func TestProtected(t *testing.T) {
	t.Parallel()
	s := feeding(t, strings.Replace(admit, "PD1|||Westmarch Surgery^^A81001|^Hart^Jo^^^Dr", "PD1|||Westmarch Surgery^^A81001|^Hart^Jo^^^Dr||||||||Y", 1))
	for _, section := range []record.Section{record.Demographics, record.GPPractice, record.PersonalContacts} {
		r := read(t, s, section, "H1")
		if len(r.Entries) != 1 || !record.Restricted(r.Entries[0].Common().Labels) {
			t.Errorf("%s: %s", section, sourcetest.Render(r))
		}
	}
}

// What is older than the retention is said to be missing, whatever else is promised.
func TestRetentionIsSaid(t *testing.T) {
	t.Parallel()
	c := stanza(t)
	c.Retention, c.Complete = 24*time.Hour, []string{"results"}
	s := open(t, c)
	dial(t, s).well(admit, numbers)
	if got := codes(read(t, s, record.Results, "H1")); got != "" {
		t.Error(got)
	}
	s.env.Now = func() time.Time { return noon().Add(72 * time.Hour) }
	s.forget(t.Context())
	r := read(t, s, record.Results, "H1")
	if len(r.Entries) != 0 || codes(r) != "retention" || r.Gaps[0].Reason != "It holds what was sent since 20-Mar-2026 only" {
		t.Errorf("%s", sourcetest.Render(r))
	}
	if p := one[*record.Person](t, read(t, s, record.Demographics, "H1")); p.BirthDate == "" {
		t.Errorf("%+v", p)
	}
}

// A message of many names and numbers leaves no more than so many keys.
func TestManyNames(t *testing.T) {
	t.Parallel()
	s := feeding(t, head("ADT^A28", "")+"\nPID|1||H1^^^WMI"+strings.Repeat("~X^^^Y", 20_000)+"||Ashworth^Mary"+strings.Repeat("~B^C", 20_000)+"||19560312|F\n")
	found, err := s.Find(t.Context(), []record.PersonQuery{{FamilyName: "Ashworth", BirthDate: "1956-03-12"}})
	if err != nil || len(found[0]) != 1 {
		t.Error(len(found[0]), err)
	}
	m := s.take([]byte("MSH|^~\\&|PAS|WMI|||2026||ADT^A28|1|P|2.4\rPID|1||H1^^^WMI||"+strings.Repeat("A-B-C-D^M~", 5000)+"||19560312"), false)
	if n := len(m.Identity.Keys); n > mostKeys {
		t.Errorf("%d keys", n)
	}
}

// BenchmarkFetch reads the record of somebody about whom there are many messages.
func BenchmarkFetch(b *testing.B) {
	s := open(b, stanza(b))
	x := dial(b, s)
	x.well(admit)
	for n := range 2000 {
		x.well(strings.ReplaceAll(numbers, "|F1|", fmt.Sprintf("|F%d|", n)))
	}
	for b.Loop() {
		if r := read(b, s, record.Results, "H1"); r.Err != nil || len(r.Entries) == 0 {
			b.Fatal(r.Err)
		}
	}
}
