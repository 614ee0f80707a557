package check

import "github.com/patchworkcare/patchwork/record"

const (
	mandatory = "mandatory"
	required  = "required"
)

// item is one item of the PRSB Core Information Standard v2 as the record has it:
// mandatory items make no sense without, required ones are wanted where they are known.
type item struct {
	name, class string
	has         func(record.Entry) bool
}

// of makes an item of one entry type.
func of[T any](name, class string, has func(*T) bool) item {
	return item{name, class, func(e record.Entry) bool {
		t, ok := any(e).(*T)
		return ok && has(t)
	}}
}

// said, dated, by and from are items of every clinical statement.
func said(name string) item {
	return item{name, mandatory, func(e record.Entry) bool { return !e.Common().Code.IsZero() }}
}

var (
	dated = item{"date", required, func(e record.Entry) bool { return e.Common().Date != "" || e.Common().Recorded != "" }}
	by    = item{"performing professional", required, hasAuthor}
	role  = item{"role", required, func(e record.Entry) bool { return e.Common().Author != nil && e.Common().Author.Role != "" }}
	from  = item{"organisation", required, func(e record.Entry) bool { return !e.Common().Provenance.Organisation.IsZero() }}
)

// standard are the items by section.
var standard = map[record.Section][]item{
	record.Demographics: {
		of("name", mandatory, func(p *record.Person) bool { return !p.Name.IsZero() }),
		of("date of birth", mandatory, func(p *record.Person) bool { return p.BirthDate != "" }),
		of("NHS number", required, func(p *record.Person) bool { return p.NHSNumber != "" }),
		of("NHS number status", required, func(p *record.Person) bool { return p.NHSNumberStatus != "" }),
		of("gender", required, func(p *record.Person) bool { return p.Gender != "" }),
		of("address", required, func(p *record.Person) bool { return len(p.Addresses) > 0 }),
		of("contact details", required, func(p *record.Person) bool { return len(p.Telecoms) > 0 }),
		of("ethnicity", required, func(p *record.Person) bool { return !p.Ethnicity.IsZero() }),
		of("language", required, func(p *record.Person) bool { return !p.Language.IsZero() }),
	},
	record.GPPractice: {
		of("practice name", mandatory, func(p *record.Practice) bool { return p.Organisation.Name != "" || !p.Code.IsZero() }),
		of("practice identifier", mandatory, func(p *record.Practice) bool { return p.Organisation.ODS != "" }),
		of("GP name", required, func(p *record.Practice) bool { return p.GP != "" }),
		of("contact details", required, func(p *record.Practice) bool { return len(p.Telecoms) > 0 || !p.Address.IsZero() }),
	},
	record.Allergies: {said("causative agent"),
		of("reaction", required, func(a *record.Allergy) bool { return len(a.Reactions) > 0 }),
		of("severity or criticality", required, func(a *record.Allergy) bool {
			return a.Criticality != "" || len(a.Reactions) > 0 && a.Reactions[0].Severity != ""
		}),
		of("certainty", required, func(a *record.Allergy) bool { return a.Verification != "" }), dated, by, role, from},
	record.Medications: {said("medication name"),
		of("dose directions", required, func(m *record.Medication) bool { return m.Dosage != "" }),
		of("route", required, func(m *record.Medication) bool { return !m.Route.IsZero() }),
		of("status", required, func(m *record.Medication) bool { return m.Status != "" }),
		of("start date", required, func(m *record.Medication) bool { return m.Period.Start != "" || m.Date != "" }), by, role, from},
	record.Problems: {said("problem name"),
		of("status", required, func(p *record.Problem) bool { return p.ClinicalStatus != "" }), dated, by, role, from},
	record.Alerts: {said("alert"),
		of("status", required, func(a *record.Alert) bool { return a.Status != "" }), dated, by, from},
	record.FutureAppointments: {
		of("start", mandatory, func(a *record.Appointment) bool { return a.Start != "" }),
		of("status", required, func(a *record.Appointment) bool { return a.Status != "" }),
		of("service", required, func(a *record.Appointment) bool { return !a.Service.IsZero() || !a.Code.IsZero() }),
		of("professional", required, func(a *record.Appointment) bool { return a.Practitioner != nil }),
		of("location", required, func(a *record.Appointment) bool { return a.Location != "" }), from},
	record.Contacts: {
		of("date", mandatory, func(c *record.Contact) bool { return c.Period.Start != "" || c.Date != "" }),
		of("kind of contact", required, func(c *record.Contact) bool { return !c.Code.IsZero() || !c.Class.IsZero() }),
		of("professional", required, func(c *record.Contact) bool { return c.Practitioner != nil || c.Author != nil }),
		of("reason", required, func(c *record.Contact) bool { return !c.Reason.IsZero() }), from},
	record.Admissions: {
		of("date of admission", mandatory, func(a *record.Admission) bool { return a.Period.Start != "" || a.Date != "" }),
		of("reason", required, func(a *record.Admission) bool { return !a.Reason.IsZero() }),
		of("specialty", required, func(a *record.Admission) bool { return !a.Specialty.IsZero() }),
		of("responsible consultant", required, func(a *record.Admission) bool { return a.Consultant != nil }), from},
	record.Discharges: {
		of("date of discharge", mandatory, func(d *record.Discharge) bool { return d.Date != "" }),
		of("destination", required, func(d *record.Discharge) bool { return !d.Destination.IsZero() }),
		of("specialty", required, func(d *record.Discharge) bool { return !d.Specialty.IsZero() }),
		of("responsible consultant", required, func(d *record.Discharge) bool { return d.Consultant != nil }), from},
	record.PersonalContacts: {
		of("name", mandatory, func(c *record.PersonalContact) bool { return !c.Name.IsZero() }),
		of("relationship", required, func(c *record.PersonalContact) bool { return !c.Code.IsZero() }),
		of("contact details", required, func(c *record.PersonalContact) bool { return len(c.Telecoms) > 0 })},
	record.ProfessionalContacts: {
		of("name or team", mandatory, func(c *record.ProfessionalContact) bool { return c.Name != "" || c.Team != "" }),
		of("role", required, func(c *record.ProfessionalContact) bool { return !c.Code.IsZero() }),
		of("organisation", required, func(c *record.ProfessionalContact) bool { return !c.Organisation.IsZero() }),
		of("contact details", required, func(c *record.ProfessionalContact) bool { return len(c.Telecoms) > 0 })},
	record.Consents: {
		of("decision", mandatory, func(c *record.Consent) bool { return c.Decision != "" }), dated, from},
	record.Results: {said("investigation"),
		of("result", mandatory, func(r *record.Result) bool { return len(r.Measurements) > 0 || r.Conclusion != "" }),
		of("status", required, func(r *record.Result) bool { return r.Status != "" }), dated, by, from},
	record.Observations: {said("observation"),
		of("value", mandatory, func(o *record.Observation) bool { return !o.Value.IsZero() || len(o.Components) > 0 }), dated, by, from},
	record.Vaccinations: {said("vaccine"),
		of("batch", required, func(v *record.Vaccination) bool { return v.Batch != "" }),
		of("site", required, func(v *record.Vaccination) bool { return !v.Site.IsZero() }), dated, by, from},
	record.Procedures: {said("procedure"),
		of("status", required, func(p *record.Procedure) bool { return p.Status != "" }), dated, by, from},
	record.Documents: {
		of("type", mandatory, func(d *record.Document) bool { return !d.Code.IsZero() }),
		of("title", required, func(d *record.Document) bool { return d.Title != "" }),
		of("media type", required, func(d *record.Document) bool { return d.ContentType != "" }), dated, by, from},
	record.CarePlans: {
		of("plan", mandatory, func(p *record.CarePlan) bool { return !p.Code.IsZero() || p.Title != "" }),
		of("goals", required, func(p *record.CarePlan) bool { return len(p.Goals) > 0 }),
		of("actions", required, func(p *record.CarePlan) bool { return len(p.Activities) > 0 }),
		of("review date", required, func(p *record.CarePlan) bool { return p.ReviewDate != "" }), dated, by, from},
	record.AboutThePerson: {
		of("what the person says", mandatory, func(a *record.AboutMe) bool { return len(a.Items) > 0 }), dated, by},
	record.EndOfLifeCare: {said("decision"),
		of("status", required, func(e *record.EndOfLife) bool { return e.Status != "" }),
		of("review date", required, func(e *record.EndOfLife) bool { return e.ReviewDate != "" }), dated, by, role, from},
}
