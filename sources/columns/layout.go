package columns

import (
	"github.com/patchworkcare/patchwork/record"
)

// layout is how one section is read from rows.
type layout struct {
	fields []Field
	// build makes the entry of a row; nil for a row that says nothing.
	build func(*row) record.Entry
	// merge adds a further row with the same id to its entry; nil where a statement
	// is one row.
	merge func(record.Entry, *row)
}

// layoutOf is the table of sections. A section that is not in it cannot be read
// from rows.
func layoutOf(s record.Section) (layout, bool) {
	var l layout
	switch s {
	case record.Demographics:
		l = demographics()
	case record.GPPractice:
		l = practice()
	case record.Allergies:
		l = allergies()
	case record.Alerts:
		l = alerts()
	case record.Medications:
		l = medications()
	case record.Problems:
		l = problems()
	case record.FutureAppointments:
		l = appointments()
	case record.Contacts:
		l = contacts()
	case record.Admissions:
		l = admissions()
	case record.Discharges:
		l = discharges()
	case record.PersonalContacts:
		l = personalContacts()
	case record.ProfessionalContacts:
		l = professionalContacts()
	case record.Consents:
		l = consents()
	case record.Results:
		l = results()
	case record.Observations:
		l = observations()
	case record.Vaccinations:
		l = vaccinations()
	case record.Procedures:
		l = procedures()
	case record.Documents:
		l = documents()
	case record.CarePlans:
		l = carePlans()
	case record.AboutThePerson:
		l = aboutMe()
	case record.EndOfLifeCare:
		l = endOfLife()
	default:
		return layout{}, false
	}
	l.fields = join(common(), l.fields)
	return l, true
}

// Fields lists the column names that a section understands, in the order of its
// documentation; nil for a section that cannot be read from rows.
func Fields(s record.Section) []Field {
	l, _ := layoutOf(s)
	return l.fields
}

func fieldOf(s record.Section, name string) (Field, bool) {
	for _, f := range Fields(s) {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}
