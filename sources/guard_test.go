package sources

import (
	"context"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

func TestNothingAboutAnotherPersonGetsThrough(t *testing.T) {
	about := func(subjects ...string) Result {
		var r Result
		for _, s := range subjects {
			r.Entries = append(r.Entries, allergy(s))
		}
		return r
	}
	none := func(subject string) Result {
		return Result{Asserted: []record.Assertion{{Subject: subject, Code: record.Text("No known allergy")}}}
	}
	var nilAllergy *record.Allergy
	for _, c := range []struct {
		what   string
		result Result
		want   record.Status
	}{
		{"of the person", about("1", "1"), record.Answered},
		{"of another person", about("2"), record.Mismatched},
		{"of both", about("1", "2"), record.Mismatched},
		{"of nobody", about(""), record.Mismatched},
		{"a number that only looks alike", about("1 "), record.Mismatched},
		{"none known of the person", none("1"), record.AssertedNone},
		{"none known of another person", none("2"), record.Mismatched},
		{"none known of nobody", none(""), record.Mismatched},
		{"nothing", Result{}, record.Empty},
		{"a nil entry", Result{Entries: []record.Entry{nil}}, record.Unavailable},
		{"a typed nil entry", Result{Entries: []record.Entry{nilAllergy}}, record.Unavailable},
		{"an entry of another section", Result{Entries: []record.Entry{&record.Problem{Base: record.Base{Subject: "1"}}}}, record.Unavailable},
		{"an error with entries", Result{Entries: about("1").Entries, Err: context.DeadlineExceeded}, record.TimedOut},
		{"a nil *Error", Result{Err: (*Error)(nil)}, record.Unavailable},
	} {
		t.Run(c.what, func(t *testing.T) {
			j := &journal{}
			s := openLogged(t, &clinic{fetch: func(_ context.Context, keys []Key, answer func(Key, Result)) {
				answer(keys[0], c.result)
			}}, Settings{}, j)
			a := readOne(s, allergiesOf("1"))
			o := OutcomeOf(a, time.Now())
			if o.Status != c.want {
				t.Errorf("%s, want %s", o.Status, c.want)
			}
			if !o.Status.Complete() && len(a.Entries)+len(a.Asserted) > 0 {
				t.Errorf("statements got through: %+v", a)
			}
			if got, want := j.count("level=ERROR msg=\"wrong patient"), c.want == record.Mismatched; (got == 1) != want {
				t.Errorf("alerted %d times: %s", got, j.out.String())
			}
		})
	}
}

func TestEverySectionHasItsType(t *testing.T) {
	entries := []record.Entry{&record.Person{}, &record.Practice{}, &record.Allergy{}, &record.Medication{},
		&record.Problem{}, &record.Alert{}, &record.Appointment{}, &record.Contact{}, &record.Admission{},
		&record.Discharge{}, &record.PersonalContact{}, &record.ProfessionalContact{}, &record.Consent{},
		&record.Result{}, &record.Observation{}, &record.Vaccination{}, &record.Procedure{}, &record.Document{},
		&record.CarePlan{}, &record.AboutMe{}, &record.EndOfLife{}}
	fitting := map[record.Entry]int{}
	for _, h := range record.Headings() {
		n := 0
		for _, e := range entries {
			if Fits(h.Section, e) {
				n++
				fitting[e]++
			}
		}
		if n != 1 {
			t.Errorf("%s: %d types fit", h.Name, n)
		}
	}
	if len(fitting) != len(entries) {
		t.Errorf("%d of %d types are of a section", len(fitting), len(entries))
	}
	if Fits("", &record.Allergy{}) {
		t.Error("something fits no section")
	}
}
