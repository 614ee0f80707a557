package sources

import "github.com/patchworkcare/patchwork/record"

// Fits reports whether e is an entry of the section: a pointer, not nil, to the
// section's Go type. Nothing fits an unknown section.
func Fits(section record.Section, e record.Entry) bool {
	switch section {
	case record.Demographics:
		return is[record.Person](e)
	case record.GPPractice:
		return is[record.Practice](e)
	case record.Allergies:
		return is[record.Allergy](e)
	case record.Medications:
		return is[record.Medication](e)
	case record.Problems:
		return is[record.Problem](e)
	case record.Alerts:
		return is[record.Alert](e)
	case record.FutureAppointments:
		return is[record.Appointment](e)
	case record.Contacts:
		return is[record.Contact](e)
	case record.Admissions:
		return is[record.Admission](e)
	case record.Discharges:
		return is[record.Discharge](e)
	case record.PersonalContacts:
		return is[record.PersonalContact](e)
	case record.ProfessionalContacts:
		return is[record.ProfessionalContact](e)
	case record.Consents:
		return is[record.Consent](e)
	case record.Results:
		return is[record.Result](e)
	case record.Observations:
		return is[record.Observation](e)
	case record.Vaccinations:
		return is[record.Vaccination](e)
	case record.Procedures:
		return is[record.Procedure](e)
	case record.Documents:
		return is[record.Document](e)
	case record.CarePlans:
		return is[record.CarePlan](e)
	case record.AboutThePerson:
		return is[record.AboutMe](e)
	case record.EndOfLifeCare:
		return is[record.EndOfLife](e)
	}
	return false
}

func is[T any](e record.Entry) bool {
	p, ok := any(e).(*T)
	return ok && p != nil
}
