package world

import (
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/patchworkcare/patchwork/record"
)

// filler fills the fields of one statement with canaries of one owner.
type filler struct {
	*mint
	owner Owner
}

func (f *filler) text() string { return f.mint.text(f.owner) }

// entry makes a statement of the section about the local id.
func (f *filler) entry(subject string, chosen []marking) record.Entry {
	e := blank(f.owner.Section)
	v := reflect.ValueOf(e).Elem()
	for i := range v.NumField() {
		if v.Type().Field(i).Name == "Base" {
			f.base(e.Common(), subject, chosen)
			continue
		}
		f.field(v.Type().Field(i).Name, v.Field(i))
	}
	return e
}

func (f *filler) base(b *record.Base, subject string, chosen []marking) {
	v := reflect.ValueOf(b).Elem()
	for i := range v.NumField() {
		switch name := v.Type().Field(i).Name; name {
		case "ID":
		case "Subject":
			b.Subject = subject
		case "Labels":
			f.owner.Field = "labels"
			b.Labels = f.codings(chosen)
		default:
			f.field(name, v.Field(i))
		}
	}
	switch f.rng.IntN(12) { // a line of time must go by what is there
	case 0:
		b.Date = ""
	case 1:
		b.Date, b.Recorded = "", ""
	}
}

// field fills one field of the entry's type.
func (f *filler) field(name string, v reflect.Value) {
	f.owner.Field = GraphName(name)
	if name == "Reference" { // where a connector opens a document: for nobody's eyes
		f.owner.Field = Secret
	}
	f.value(v)
}

func (f *filler) value(v reflect.Value) {
	switch x := v.Addr().Interface().(type) {
	case *record.Date:
		*x = f.date(f.owner)
	case *record.NHSNumber, *record.NumberStatus, *[]record.NHSNumber, *time.Time, **record.Origin:
	case *record.DocumentContent: // said by sources.Open of every document, whatever the source says
	case *record.MedicationKind:
		*x = []record.MedicationKind{record.RepeatPrescription, record.AcutePrescription, record.Dispense}[f.rng.IntN(3)]
	case *record.Quantity:
		*x = record.Quantity{Value: strconv.Itoa(f.number(f.owner)) + ".50", Comparator: f.text(), Unit: f.text(), Code: f.text()}
	case *record.Value:
		switch f.rng.IntN(3) {
		case 0:
			x.Text = f.text()
		case 1:
			x.Concept = &record.Concept{}
			f.value(reflect.ValueOf(x.Concept).Elem())
		case 2:
			x.Quantity = &record.Quantity{}
			f.value(reflect.ValueOf(x.Quantity).Elem())
		}
	default:
		f.kind(v)
	}
}

func (f *filler) kind(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(f.text())
	case reflect.Int:
		v.SetInt(int64(f.number(f.owner)))
	case reflect.Bool:
		v.SetBool(f.rng.IntN(2) == 0)
	case reflect.Struct:
		for i := range v.NumField() {
			f.value(v.Field(i))
		}
	case reflect.Pointer:
		if f.rng.IntN(5) > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			f.value(v.Elem())
		}
	case reflect.Slice:
		n := f.rng.IntN(3)
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			f.value(v.Index(i))
		}
	}
}

// GraphName is the graph's name of a Go field: NHSNumber is nhsNumber.
func GraphName(name string) string {
	letters := []rune(name)
	run := 0
	for run < len(letters) && unicode.IsUpper(letters[run]) {
		run++
	}
	if run > 1 && run < len(letters) {
		run-- // the last capital begins the next word
	}
	return strings.ToLower(string(letters[:run])) + string(letters[run:])
}

// blank is an empty statement of a section.
func blank(s record.Section) record.Entry {
	switch s {
	case record.Demographics:
		return &record.Person{}
	case record.GPPractice:
		return &record.Practice{}
	case record.Allergies:
		return &record.Allergy{}
	case record.Alerts:
		return &record.Alert{}
	case record.Medications:
		return &record.Medication{}
	case record.Problems:
		return &record.Problem{}
	case record.FutureAppointments:
		return &record.Appointment{}
	case record.Contacts:
		return &record.Contact{}
	case record.Admissions:
		return &record.Admission{}
	case record.Discharges:
		return &record.Discharge{}
	case record.PersonalContacts:
		return &record.PersonalContact{}
	case record.ProfessionalContacts:
		return &record.ProfessionalContact{}
	case record.Consents:
		return &record.Consent{}
	case record.Results:
		return &record.Result{}
	case record.Observations:
		return &record.Observation{}
	case record.Vaccinations:
		return &record.Vaccination{}
	case record.Procedures:
		return &record.Procedure{}
	case record.Documents:
		return &record.Document{}
	case record.CarePlans:
		return &record.CarePlan{}
	case record.AboutThePerson:
		return &record.AboutMe{}
	case record.EndOfLifeCare:
		return &record.EndOfLife{}
	}
	panic("world: no entry type for section " + string(s))
}
