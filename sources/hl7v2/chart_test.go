package hl7v2

import (
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

func feeding(t *testing.T, texts ...string) *source {
	t.Helper()
	s := open(t, stanza(t))
	dial(t, s).well(texts...)
	return s
}

// What is absent stays, what is null goes.
func TestNullAndAbsent(t *testing.T) {
	t.Parallel()
	s := feeding(t, admit, head("ADT^A08", "")+"\nPID|1||H1^^^WMI^MR~9990000018^^^NHS^NH||Ashworth^Mary|||||||\"\"\n")
	p := one[*record.Person](t, read(t, s, record.Demographics, "H1"))
	if p.BirthDate != "1956-03-12" || p.Gender != "female" || len(p.Addresses) != 1 {
		t.Errorf("what was absent is gone: %+v", p)
	}
	s = feeding(t, admit, head("ADT^A08", "")+"\nPID|1||H1^^^WMI||Ashworth^Mary|||\"\"|||\"\"||\"\"\nAL1|1||\"\"\nNK1|1|\"\"\n")
	p = one[*record.Person](t, read(t, s, record.Demographics, "H1"))
	if len(p.Addresses) != 0 || len(p.Telecoms) != 0 || p.Gender != "" {
		t.Errorf("what was null stays: %+v", p)
	}
	for _, section := range []record.Section{record.Allergies, record.PersonalContacts} {
		if r := read(t, s, section, "H1"); len(r.Entries) != 0 {
			t.Errorf("%s", sourcetest.Render(r))
		}
	}
}

// The life of a stay: what each event makes of it.
func TestVisits(t *testing.T) {
	t.Parallel()
	event := func(kind, pv1 string) string {
		return head("ADT^"+kind, "") + "\nEVN|" + kind + "|20260305110000" + person + "PV1|1|" + pv1 + "\n"
	}
	stay := "I|W7||||||||||||||||V100"
	for _, c := range []struct {
		name   string
		events []string
		want   string // admissions; discharges; contacts
	}{
		{"admitted", []string{event("A01", stay)}, "in-progress W7; ;"},
		{"admitted and moved", []string{event("A01", stay), event("A02", strings.Replace(stay, "W7", "W9", 1))}, "in-progress W9; ;"},
		{"moved, and back", []string{event("A01", stay), event("A02", strings.Replace(stay, "W7", "W9", 1)), event("A12", stay)}, "in-progress W7; ;"},
		{"discharged", []string{event("A01", stay), event("A03", stay)}, "finished W7; 2026-03-05T11:00:00Z;"},
		{"discharged, and not", []string{event("A01", stay), event("A03", stay), event("A13", stay)}, "in-progress W7; ;"},
		{"cancelled", []string{event("A01", stay), event("A11", stay)}, "; ;"},
		{"cancelled, and admitted again", []string{event("A01", stay), event("A11", stay), event("A01", stay)}, "in-progress W7; ;"},
		{"planned", []string{event("A05", strings.Replace(stay, "I|", "P|", 1))}, "planned W7; ;"},
		{"planned and admitted", []string{event("A05", strings.Replace(stay, "I|", "P|", 1)), event("A01", stay)}, "in-progress W7; ;"},
		{"an attendance", []string{event("A04", strings.Replace(stay, "I|", "O|", 1))}, "; ; in-progress"},
		{"an attendance becomes a stay", []string{event("A04", strings.Replace(stay, "I|", "E|", 1)), event("A06", stay)}, "in-progress W7; ;"},
		{"a stay becomes an attendance", []string{event("A01", stay), event("A07", strings.Replace(stay, "I|", "O|", 1))}, "; ; in-progress"},
		{"the end without the beginning", []string{event("A03", stay)}, "finished W7; 2026-03-05T11:00:00Z;"},
		{"two stays", []string{event("A01", stay), event("A03", stay), event("A01", strings.Replace(stay, "V100", "V101", 1))}, "finished W7, in-progress W7; 2026-03-05T11:00:00Z;"},
		{"no number", []string{event("A01", "I|W7"), event("A03", "I|W7"), event("A01", "I|W8")}, "finished W7, in-progress W8; 2026-03-05T11:00:00Z;"},
	} {
		s := feeding(t, c.events...)
		var in, out, met []string
		for _, e := range read(t, s, record.Admissions, "H1").Entries {
			a := e.(*record.Admission)
			in = append(in, a.Status+" "+a.Ward)
		}
		for _, e := range read(t, s, record.Discharges, "H1").Entries {
			out = append(out, string(e.(*record.Discharge).Date))
		}
		for _, e := range read(t, s, record.Contacts, "H1").Entries {
			met = append(met, e.(*record.Contact).Status)
		}
		got := strings.TrimSpace(strings.Join(in, ", ") + "; " + strings.Join(out, ", ") + "; " + strings.Join(met, ", "))
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// What corrections leave of a result.
func TestCorrections(t *testing.T) {
	t.Parallel()
	report := func(status string, obx ...string) string {
		return head("ORU^R01", "") + person + "OBR|1||F1|U+E^Urea and electrolytes|||20260302080000||||||||||||||||||" + status + "\n" + strings.Join(obx, "\n") + "\n"
	}
	k := func(value, status string) string { return "OBX|1|NM|K^Potassium||" + value + "|mmol/L|||||" + status }
	na := func(value, status string) string { return "OBX|2|NM|NA^Sodium||" + value + "|mmol/L|||||" + status }
	for _, c := range []struct {
		name  string
		texts []string
		want  string
	}{
		{"final", []string{report("F", k("5.9", "F"), na("140", "F"))}, "final: K 5.9 final, NA 140 final"},
		{"corrected", []string{report("F", k("5.9", "F"), na("140", "F")), report("C", k("4.1", "C"))}, "corrected: K 4.1 corrected, NA 140 final"},
		{"preliminary, then final", []string{report("P", k("5.0", "P")), report("F", k("5.1", "F"))}, "final: K 5.1 final"},
		{"a preliminary one that came late", []string{report("F", k("5.1", "F")), report("F", k("5.0", "P"))}, "final: K 5.1 final"},
		{"one deleted", []string{report("F", k("5.9", "F"), na("140", "F")), report("C", k("5.9", "D"))}, "corrected: NA 140 final"},
		{"of somebody else", []string{report("F", k("5.9", "F")), report("C", k("", "W"))}, ""},
		{"of somebody else, and then right", []string{report("F", k("5.9", "F")), report("C", k("", "W")), report("F", k("4.0", "F"))}, "final: K 4.0 final"},
		{"final without sending again", []string{report("P", k("5.0", "P")), report("F", k("", "U"))}, "final: K 5.0 final"},
		{"none to be had", []string{report("X", k("", "X"))}, "cancelled: K (No result could be obtained) cancelled"},
		{"lines of text", []string{report("F", "OBX|1|TX|R^Report||one||||||F", "OBX|2|TX|R^Report||two~three||||||F")}, "final: R one/two/three final"},
		{"lines of text corrected", []string{report("F", "OBX|1|TX|R^Report||one||||||F", "OBX|2|TX|R^Report||two||||||F"), report("C", "OBX|1|TX|R^Report||one only||||||C")}, "corrected: R one only corrected"},
		{"two under one identifier", []string{report("F", "OBX|1|NM|K||1||||||F", "OBX|2|NM|K||2||||||F")}, "final: K 1 final, K 2 final"},
		{"told apart by sub-id", []string{report("F", "OBX|1|NM|K|1|1||||||F", "OBX|2|NM|K|2|2||||||F"), report("C", "OBX|2|NM|K|2|3||||||C")}, "corrected: K 1 final, K 3 corrected"},
	} {
		r := read(t, feeding(t, c.texts...), record.Results, "H1")
		var got []string
		for _, e := range r.Entries {
			x := e.(*record.Result)
			var tests []string
			for _, m := range x.Measurements {
				value := m.Value.Text
				if m.Value.Quantity != nil {
					value = m.Value.Quantity.Value
				}
				if m.Value.IsZero() {
					value = "(" + m.Absent.Text + ")"
				}
				tests = append(tests, m.Code.Codings[0].Code+" "+strings.ReplaceAll(value, "\n", "/")+" "+m.Status)
			}
			got = append(got, x.Status+": "+strings.Join(tests, ", "))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Merges come in any order, before or after what they are about; the record is the same.
func TestMerges(t *testing.T) {
	t.Parallel()
	who := func(id, kind, name string) string {
		return head("ADT^"+kind, "") + "\nPID|1||" + id + "^^^WMI||" + name + "||19560312|F\n"
	}
	merge := func(from, into string) string {
		return head("ADT^A40", "") + "\nPID|1||" + into + "^^^WMI||Ashworth^Mary||19560312|F\nMRG|" + from + "^^^WMI\n"
	}
	result := func(id, order string) string {
		return head("ORU^R01", "") + "\nPID|1||" + id + "^^^WMI\nOBR|1||" + order + "|X^Test|||2026\nOBX|1|NM|X||1||||||F\n"
	}
	all := []string{who("H1", "A28", "Ashworth^Mary"), who("H2", "A28", "Ashworth^M"), who("H3", "A28", "Ashwort^Mary"),
		merge("H2", "H1"), merge("H3", "H2"), result("H2", "F2"), result("H3", "F3"), result("H1", "F1")}
	var want string
	for seed := range 24 {
		mixed := slices.Clone(all)
		if seed > 0 {
			rand.New(rand.NewPCG(uint64(seed), 1)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		}
		s := feeding(t, mixed...)
		p := one[*record.Person](t, read(t, s, record.Demographics, "H1"))
		var orders []string
		for _, e := range read(t, s, record.Results, "H1").Entries {
			if e.Common().Subject != "H1" {
				t.Errorf("an entry is about %s", e.Common().Subject)
			}
			orders = append(orders, e.Common().Provenance.LocalID)
		}
		slices.Sort(orders)
		got := p.Name.Text() + " " + strings.Join(orders, " ")
		if want == "" {
			want = got
		}
		if got != want || !strings.Contains(got, "F1") || !strings.Contains(got, "F3") {
			t.Errorf("%d: %s, want %s", seed, got, want)
		}
		for _, gone := range []string{"H2", "H3"} {
			if r := read(t, s, record.Results, gone); len(r.Entries) != 0 || !strings.Contains(codes(r), "merged") {
				t.Errorf("under the number that is gone: %s", sourcetest.Render(r))
			}
			found, err := s.Find(t.Context(), []record.PersonQuery{{LocalID: gone}})
			if err != nil || len(found[0]) != 0 {
				t.Errorf("%v %v", found, err)
			}
		}
		told, err := s.Merges(t.Context(), 0)
		if err != nil || len(told) != 2 {
			t.Errorf("%v %v", told, err)
		}
	}
	x := dial(t, feeding(t, merge("H2", "H1"), merge("H3", "H2")))
	x.n = 100
	for _, c := range []struct{ from, into, want string }{
		{"H1", "H3", "AE|c101|It merges a record into one that was merged into it"},
		{"H2", "H9", "AE|c102|It merges a record that was merged into another one already"},
		{"H2", "H1", "AA|c103|"},
	} {
		if got := x.send(merge(c.from, c.into)); got != c.want {
			t.Errorf("%s into %s: %q, want %q", c.from, c.into, got, c.want)
		}
	}
}

// A message that says that somebody else stands under the number is not used.
func TestReusedNumber(t *testing.T) {
	t.Parallel()
	s := feeding(t, admit)
	x := dial(t, s)
	x.n = 10
	if got := x.send(head("ORU^R01", "") + "\nPID|1||H1^^^WMI~9990000026^^^NHS^NH||Other^Person||19800101\nOBR|1||F1|X\nOBX|1|NM|X||1"); !strings.HasPrefix(got, "AE|c11|Under its local id stands") {
		t.Error(got)
	}
	if r := read(t, s, record.Results, "H1"); len(r.Entries) != 0 || !strings.Contains(codes(r), "dead-letter") {
		t.Errorf("%s", sourcetest.Render(r))
	}
	for _, c := range []struct{ pid, want string }{
		{"H1^^^WMI||Other^Person||19800101", "AE"},                      // another name and birth date
		{"H1^^^WMI||Ashworth^Mary||19560321", "AA"},                     // a birth date mistyped
		{"H1^^^WMI||Maiden^Mary||19560312", "AA"},                       // a name of former times
		{"H1^^^WMI~9990000018^^^NHS^NH||Maiden^Mary||19560321", "AA"},   // the same number
		{"H1^^^WMI~9990000026^^^NHS^NH||Ashworth^Mary||19800101", "AE"}, // another number
		{"H1^^^WMI~9990000026^^^NHS^NH||Ashworth^Mary||19560312", "AA"}, // a number that was replaced
		{"H1^^^WMI||Other^Person", "AA"},                                // nothing to compare
	} {
		got := x.send(head("ORU^R01", "") + "\nPID|1||" + c.pid + "\nOBR|1||F9|X\nOBX|1|NM|X||1")
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %s", c.pid, got)
		}
	}
	x.well(head("ADT^A08", "") + "\nPID|1||H1^^^WMI||Identified^Now||19990101|M") // somebody unknown at first
	x.well(head("ADT^A08", "") + "\nPID|1||H1^^^WMI||Ashworth^Mary||19560312|F")
	x.well(head("ADT^A08", "") + "\nPID|1||H1^^^WMI~9990000018^^^NHS^NH||Ashworth^Mary||19560321|F") // a date that was corrected
}

// Any interleaving of the messages of several people over several connections, with any
// of them sent twice, gives the same records.
func TestOrderAcrossPeople(t *testing.T) {
	t.Parallel()
	people := []string{"H1", "H2", "H3", "H4"}
	streams := make([][]string, len(people))
	for i, id := range people {
		as := strings.NewReplacer("H1^", id+"^", "9990000018", []string{"9990000018", "9990000026", "9990000034", "9990000042"}[i], "V100", "V"+id, "|F1|", "|F"+id+"|")
		for n, text := range []string{admit, numbers, strings.Replace(numbers, "5.90", "4.40", 1), strings.Replace(admit, "ADT^A01", "ADT^A03", 1), strings.Replace(numbers, "LIMS", "LIMS2", 1)} {
			streams[i] = append(streams[i], strings.ReplaceAll(as.Replace(text), "%ID%", id+"-"+string(rune('a'+n))))
		}
	}
	var want []string
	for seed := range 20 {
		chance := rand.New(rand.NewPCG(uint64(seed), 7))
		s := open(t, stanza(t))
		lines := []*sender{dial(t, s), dial(t, s), dial(t, s)}
		left := make([]int, len(streams))
		for {
			var open []int
			for i := range streams {
				if left[i] < len(streams[i]) {
					open = append(open, i)
				}
			}
			if len(open) == 0 {
				break
			}
			i := open[chance.IntN(len(open))]
			for range 1 + chance.IntN(2) {
				lines[chance.IntN(len(lines))].well(streams[i][chance.IntN(left[i]+1)])
			}
			lines[chance.IntN(len(lines))].well(streams[i][left[i]])
			left[i]++
		}
		for i, id := range people {
			got := render(t, s, id)
			if len(want) <= i {
				want = append(want, got)
			}
			if got != want[i] {
				t.Fatalf("seed %d, %s:\n%s\nwant\n%s", seed, id, got, want[i])
			}
		}
	}
}

func TestDocuments(t *testing.T) {
	t.Parallel()
	s := feeding(t, admit, head("MDM^T02", "")+person+`TXA|1|DS|TX|20260301||||||||D1|||||AU|R
OBX|1|TX|||Sent home \F\ well
OBX|2|FT|||See GP.\.br\BP <140~and so on
`, head("ORU^R01", "")+person+`OBR|1||F1|X^Chest|||20260301
OBX|1|ED|R^Report||^application^pdf^Base64^JVBERi0xLjQ=||||||F
`, strings.Replace(strings.Replace(admit, "H1^", "H2^", 1), "9990000018", "9990000026", 1))
	r := read(t, s, record.Documents, "H1")
	if len(r.Entries) != 2 {
		t.Fatalf("%s", sourcetest.Render(r))
	}
	var refs []string
	for i, want := range []string{"Sent home | well\nSee GP.\nBP <140\nand so on", "%PDF-1.4"} {
		d := r.Entries[i].(*record.Document)
		refs = append(refs, d.Reference)
		err := s.OpenDocument(t.Context(), "H1", d.Reference, func(x sources.Document) error {
			text, err := io.ReadAll(x.Body)
			if string(text) != want || x.Size != int64(len(want)) || d.Size != len(want) || x.ContentType != d.ContentType {
				t.Errorf("%q %v", text, x)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	if d := r.Entries[0].(*record.Document); len(d.Labels) != 1 || d.Title != "Discharge summary" {
		t.Errorf("%+v", d)
	}
	never := func(sources.Document) error { t.Error("it was opened"); return nil }
	for _, ref := range append(refs, "1/0", "x", "", "9999/-1", "1/-1") {
		if err := s.OpenDocument(t.Context(), "H2", ref, never); err == nil {
			t.Errorf("%q opens for somebody else", ref)
		}
	}
	x := dial(t, s)
	x.n = 50
	x.well(head("MDM^T11", "") + person + "TXA|1|DS|TX|20260301||||||||D1")
	if err := s.OpenDocument(t.Context(), "H1", refs[0], never); sources.AsError(err).Code != "document-gone" {
		t.Errorf("a cancelled document: %v", err)
	}
}

// Before the feed is known to be complete, nothing is not none; a silent feed says so.
func TestSinceAndSilence(t *testing.T) {
	t.Parallel()
	c := stanza(t)
	c.StaleAfter = 1
	c.Complete = []string{"problems"}
	s := open(t, c)
	if got := codes(read(t, s, record.Results, "H1")); got != "feed-since" {
		t.Error(got)
	}
	dial(t, s).well(admit)
	if got := codes(read(t, s, record.Results, "H1")); got != "feed-since" {
		t.Error(got)
	}
	if got := codes(read(t, s, record.Demographics, "H1")); got != "" {
		t.Error(got)
	}
	for _, section := range []record.Section{record.Allergies, record.Problems} { // a whole list was sent; the stanza says so
		if got := codes(read(t, s, section, "H1")); got != "" {
			t.Error(got)
		}
	}
	if s.Unheard() == nil {
		t.Error("whom it was not told of is not unknown there")
	}
	c.Complete = append(c.Complete, "demographics")
	if s.Unheard() != nil {
		t.Error("it was told of everybody")
	}
	later := noon().Add(72 * time.Hour)
	s.env.Now = func() time.Time { return later }
	r := read(t, s, record.Allergies, "H1")
	if codes(r) != "feed-silent" || !r.AsOf.Equal(noon()) || r.Gaps[0].Reason != "It has sent nothing for 3 days" {
		t.Errorf("%s", sourcetest.Render(r))
	}
}
