package fhirr4

import (
	"slices"

	"github.com/patchworkcare/patchwork/record"
)

// appointment maps Appointment. R4 §12.8; PRSB CIS: Future appointments. One that
// began before today is left out, in case the server does not filter by date.
func (r *reader) appointment() {
	a := &record.Appointment{}
	var people []string
	var comment, description string
	var kind, specialty record.Concept
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			a.Status = r.string()
		case "serviceType":
			a.Service = r.firstConcept()
		case "specialty":
			specialty = r.firstConcept()
		case "appointmentType":
			kind = r.concept()
		case "reasonCode":
			a.Reason = r.firstConcept()
		case "reasonReference":
			if l := r.firstLink(); a.Reason.IsZero() {
				a.Reason.Text = l.display
			}
		case "description":
			description = r.string()
		case "comment":
			comment = r.string()
		case "start":
			a.Start = r.date()
		case "end":
			a.End = r.date()
		case "created":
			a.Recorded = r.date()
		case "participant":
			people = r.attendees(a)
		default:
			r.common(&a.Base)
		}
	}
	if len(people) > 0 {
		r.about = people[0]
	}
	for _, id := range people {
		if slices.Contains(r.ids, id) {
			r.about = id
		}
	}
	if a.Status == enteredInError || (a.Start != "" && a.Start.Day() < r.today) {
		return
	}
	a.Code = kind
	if a.Code.IsZero() {
		a.Code.Text = description
	}
	if a.Service.IsZero() {
		a.Service = specialty
	}
	if a.Code.IsZero() {
		a.Code = a.Service
	}
	if a.Note == "" {
		a.Note = comment
	}
	a.Date = or(a.Start, a.Recorded)
	if len(people) > 0 {
		a.Subject = people[0]
	}
	r.emit(record.FutureAppointments, a)
	if len(people) > 1 {
		r.statements[len(r.statements)-1].others = people[1:]
	}
}

// attendees takes the participants: professional, place, and the people whose
// appointment it is.
func (r *reader) attendees(a *record.Appointment) (people []string) {
	for range r.each() {
		if !r.Object() {
			continue
		}
		for r.Next() {
			if string(r.Name()) != "actor" {
				continue
			}
			l := r.link()
			switch kindOf(l.to) {
			case "Patient":
				people = append(people, person(l))
			case "Location":
				r.place(&a.Location, l)
			case "Practitioner", "PractitionerRole":
				if a.Practitioner == nil {
					r.actor(&a.Practitioner, l)
				}
			case "HealthcareService":
				if a.Service.IsZero() {
					a.Service.Text = l.display
				}
			}
		}
	}
	return people
}
