package hl7v2

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/hl7v2/feed"
	"github.com/patchworkcare/patchwork/sources/hl7v2/mllp"
)

const person = "\nPID|1||H1^^^WMI||Ashworth^Mary||19560312|F\n"

func head(kind, rest string) string {
	return `MSH|^~\&|PAS|WMI|PW|PW|20260301||` + kind + `|%ID%|P|2.4` + rest
}

// What senders are answered, in original mode: accepted, in error (kept as a dead
// letter), rejected.
func TestAnswers(t *testing.T) {
	t.Parallel()
	deep := "\nZZZ|" + strings.Repeat(`\X`, 2000) + "\n"
	for _, c := range []struct{ name, text, want, dead string }{
		{"admission", admit, "AA|c1|", ""},
		{"result", numbers, "AA|c1|", ""},
		{"segments of one's own are let be", head("ADT^A08", "") + person + "ZAL|1|x\nZZ9\n" + deep, "AA|c1|", ""},
		{"a type that is not used", head("ORM^O01", "") + person, "AR|c1|Messages of this type are not used here", "unsupported-type"},
		{"an event that is not used", head("ADT^A99", "") + person, "AR|c1|Messages of this type are not used here", "unsupported-type"},
		{"no type", head("", "") + person, "AR|c1|Messages of this type are not used here", "unsupported-type"},
		{"for training", strings.Replace(head("ADT^A08", ""), "|P|", "|T|", 1) + person, "AR|c1|It is marked as a test or for training", "not-production"},
		{"no control id", strings.Replace(head("ADT^A08", ""), "%ID%", "", 1) + person, "AE||It has no control id (MSH-10)", "no-control-id"},
		{"nobody", head("ADT^A08", ""), "AE|c1|It does not say whom it is about (PID)", "no-patient"},
		{"another authority's id", head("ADT^A08", "") + "\nPID|1||H1^^^ELSEWHERE", "AE|c1|It does not give the local id of whom it is about (PID-3)", "no-local-id"},
		{"only an NHS number", head("ADT^A08", "") + "\nPID|1||9990000018^^^NHS^NH", "AE|c1|It does not give the local id of whom it is about (PID-3)", "no-local-id"},
		{"two people", head("ORU^R01", "") + person + "OBR|1||F1|X\nPID|2||H2^^^WMI\nOBR|1||F2|X", "AE|c1|It is about several people", "several-people"},
		{"a merge into itself", head("ADT^A40", "") + person + "MRG|H1^^^WMI", "AE|c1|It merges a record into itself", "merge-self"},
		{"a merge of nobody", head("ADT^A40", "") + person, "AE|c1|It does not say which records are merged (PID-3 and MRG-1)", "merge-incomplete"},
		{"a merge of another authority's", head("ADT^A40", "") + person + "MRG|H2^^^ELSEWHERE", "AE|c1|It does not say which records are merged (PID-3 and MRG-1)", "merge-incomplete"},
		{"a merge before the person", head("ADT^A40", "") + "\nMRG|H1^^^WMI" + person, "AE|c1|It does not say which records are merged (PID-3 and MRG-1)", "merge-incomplete"},
		{"an admission without visit", head("ADT^A01", "") + person, "AE|c1|It lacks the segment that it is about", "nothing-in-it"},
		{"a result without order", head("ORU^R01", "") + person + "OBX|1|NM|K||5", "AE|c1|It lacks the segment that it is about", "nothing-in-it"},
		{"an appointment without schedule", head("SIU^S12", "") + person, "AE|c1|It lacks the segment that it is about", "nothing-in-it"},
		{"a document without header", head("MDM^T02", "") + person, "AE|c1|It lacks the segment that it is about", "nothing-in-it"},
		{"a line that is none", head("ADT^A08", "") + person + "hello\rthere|", "AE|c1|A line of it is no segment", "bad-segment"},
		{"Latin-1 unsaid", head("ADT^A08", "") + "\nPID|1||H1^^^WMI||Zo\xEB", "AE|c1|Its bytes are not in the character set it is said to be in", "charset-wrong"},
		{"Japanese", head("ADT^A08", "||||||ISO IR87") + person, "AR|c1|It names a character set that is not known here", "charset-unknown"},
		{"a batch", "BHS|^~\\&|PAS\n" + head("ADT^A08", ""), "AR||It is a batch, not a single message", "batch"},
		{"no HL7 at all", "<xml/>", "AR||It does not begin with a header (MSH)", "not-hl7"},
		{"nothing", "", "AR||It does not begin with a header (MSH)", "not-hl7"},
		{"UTF-16", "M\x00S\x00H\x00|\x00", "AR||It is in UTF-16 or UTF-32, which the protocol cannot carry", "charset-utf-16"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := open(t, stanza(t))
			x := dial(t, s)
			if got := x.send(c.text); got != c.want {
				t.Errorf("answered %q, want %q", got, c.want)
			}
			if got := letters(t, s); got != c.dead {
				t.Errorf("dead letters %q, want %q", got, c.dead)
			}
			x.n = 1000
			x.well(head("ADT^A28", "") + "\nPID|1||H77^^^WMI||Next^One||19700101|M") // the feed goes on
		})
	}
}

func letters(t testing.TB, s *source) string {
	t.Helper()
	var all []string
	if err := s.store.DeadLetters(t.Context(), func(d feed.DeadLetter) error { all = append(all, d.Reason.Code); return nil }); err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}

// In enhanced mode the sender says what it wants to be told. HL7 v2.5.1 §2.9.2.
func TestEnhancedMode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, accept, apply, kind, want string }{
		{"both", "AL", "AL", "ADT^A28", "CA AA"},
		{"acceptance alone", "AL", "NE", "ADT^A28", "CA"},
		{"acceptance, nothing else said", "AL", "", "ADT^A28", "CA"},
		{"application alone", "NE", "AL", "ADT^A28", "AA"},
		{"nothing", "NE", "NE", "ADT^A28", ""},
		{"errors alone, and there is none", "ER", "ER", "ADT^A28", ""},
		{"success alone", "SU", "SU", "ADT^A28", "CA AA"},
		{"kept, and not usable", "AL", "AL", "ADT^A01", "CA AE"},
		{"errors alone, and there is one", "ER", "ER", "ADT^A01", "AE"},
		{"kept, and of no use here", "AL", "AL", "ORM^O01", "CA AR"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := dial(t, open(t, stanza(t)))
			text := x.message(head(c.kind, "|||"+c.accept+"|"+c.apply)+person) + ""
			last := x.message(head("ADT^A08", "") + person)
			if _, err := x.conn.Write(append(mllp.Frame([]byte(text)), mllp.Frame([]byte(last))...)); err != nil {
				t.Fatal(err)
			}
			var got []string
			for {
				code, rest, _ := strings.Cut(x.answer(), "|")
				if strings.HasPrefix(rest, "c2") {
					break
				}
				got = append(got, code)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%v, want %s", got, c.want)
			}
		})
	}
}

// The same message again changes nothing and is acknowledged again; another message under
// the same control id is a dead letter, and the first one stays.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	s := open(t, stanza(t))
	x := dial(t, s)
	fixed := strings.ReplaceAll(numbers, "%ID%", "M1")
	x.well(admit, fixed)
	want := render(t, s, "H1")
	for range 3 {
		x.well(fixed)
	}
	if got := render(t, s, "H1"); got != want {
		t.Errorf("a duplicate changed\n%s\nto\n%s", want, got)
	}
	if got := x.send(strings.Replace(fixed, "5.90", "4.10", 1)); !strings.HasPrefix(got, "AE|M1|Another message") {
		t.Error(got)
	}
	r := read(t, s, record.Results, "H1")
	if got := one[*record.Result](t, r).Measurements[0].Value.Quantity.Value; got != "5.90" || !strings.Contains(codes(r), "dead-letter") {
		t.Errorf("after another message under the same id: %s %s", got, codes(r))
	}
	if got := letters(t, s); got != "control-id-reused" {
		t.Error(got)
	}
	// The same id of another sender is another message.
	x.well(strings.Replace(fixed, "|LIMS|", "|OTHER|", 1))
	if got := s.counts.duplicates.Load(); got != 3 {
		t.Errorf("%d duplicates were counted", got)
	}
}

// A dead letter that is sent again and again is kept once; their number is bounded, and
// the feed goes on.
func TestDeadLettersAreBounded(t *testing.T) {
	t.Parallel()
	c := stanza(t)
	c.MaxDeadLetters = 3
	s := open(t, c)
	x := dial(t, s)
	same := strings.ReplaceAll(head("ADT^A01", "")+person, "%ID%", "S")
	for range 5 {
		x.send(same)
	}
	for range 5 {
		x.send(head("ADT^A01", "") + person)
	}
	if got := letters(t, s); got != "nothing-in-it nothing-in-it nothing-in-it" {
		t.Error(got)
	}
	if got := x.send(head("ADT^A01", "") + person); !strings.HasPrefix(got, "AR|") || !strings.Contains(got, "too many others") {
		t.Error(got)
	}
	x.well(admit)
}

// A dead letter makes the sections it may be about incomplete, until it is used or
// replayed.
func TestDeadLetterIsAGap(t *testing.T) {
	t.Parallel()
	c := stanza(t)
	c.Complete = []string{"results", "allergies"}
	s := open(t, c)
	x := dial(t, s)
	x.well(admit)
	if got := codes(read(t, s, record.Results, "H1")); got != "" {
		t.Fatal(got)
	}
	if got := x.send(head("ORU^R01", "") + person); !strings.HasPrefix(got, "AE|") {
		t.Fatal(got)
	}
	if got := codes(read(t, s, record.Results, "H1")); got != "dead-letter" {
		t.Error(got)
	}
	if got := codes(read(t, s, record.Allergies, "H1")); got != "" {
		t.Error(got)
	}
}

// Everybody whom a message names that cannot be used learns that something is missing; so
// do those of a merge that cannot be.
func TestDeadLetterOfSeveral(t *testing.T) {
	t.Parallel()
	s := open(t, stanza(t))
	x := dial(t, s)
	x.send(head("ORU^R01", "") + person + "OBR|1||F1|X\nPID|2||H2^^^WMI\nOBR|1||F2|X")
	x.well(head("ADT^A40", "") + person + "MRG|H5^^^WMI")
	x.send(head("ADT^A40", "") + strings.Replace(person, "H1", "H6", 1) + "MRG|H5^^^WMI")
	for _, c := range []struct {
		id      string
		section record.Section
		want    string
	}{{"H1", record.Results, "dead-letter"}, {"H2", record.Results, "dead-letter"}, {"H3", record.Results, ""}, {"H6", record.Problems, "dead-letter"}, {"H1", record.Problems, "dead-letter"}} {
		if got := codes(read(t, s, c.section, c.id)); strings.Contains(got, "dead-letter") != (c.want != "") {
			t.Errorf("%s %s: %q", c.id, c.section.Name(), got)
		}
	}
}

// A frame that is too large is cut, and its beginning kept with the reason; the next
// connection goes on.
func TestTooLarge(t *testing.T) {
	t.Parallel()
	c := stanza(t)
	c.MaxMessageMB = 1
	s := open(t, c)
	x := dial(t, s)
	go func() {
		_, _ = x.conn.Write([]byte{0x0B})
		_, _ = io.WriteString(x.conn, x.message(head("ORU^R01", ""))+"PID|1||H1^^^WMI\rOBR|1||F|X\rOBX|1|TX|A||")
		block := bytes.Repeat([]byte("A"), 64<<10)
		for range 1 << 14 { // a gibibyte, if it is let
			if _, err := x.conn.Write(block); err != nil {
				return
			}
		}
	}()
	if got := x.answer(); !strings.HasPrefix(got, "AR|c1|") {
		t.Error(got)
	}
	if got := letters(t, s); got != "too-large" {
		t.Error(got)
	}
	dial(t, s).well(admit)
}

// No line of the log and no answer holds anything of a person.
func TestNothingLeaks(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	opened, err := stanza(t).Open(t.Context(), env(t, &log))
	if err != nil {
		t.Fatal(err)
	}
	s := opened.(*source)
	x := dial(t, s)
	for _, kind := range []string{"ADT^A01", "Ashworth^Mary", "ORU^R01"} {
		answer := x.send(head(kind, "") + "\nPID|1||9990000018^^^NHS^NH||Ashworth^Mary||19560312\nOBX|1||Ashworth")
		for _, secret := range []string{"Ashworth", "9990000018", "19560312"} {
			if strings.Contains(answer, secret) {
				t.Error(answer)
			}
		}
	}
	_ = x.conn.Close()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"Ashworth", "9990000018", "19560312"} {
		if strings.Contains(log.String(), secret) {
			t.Error(log.String())
		}
	}
}
