package fhirr4

import "github.com/patchworkcare/patchwork/record"

// encounter maps Encounter, which serves three sections: a stay in hospital is an
// admission and, once ended, a discharge; anything else is a contact. R4 §8.11;
// PRSB CIS: Contacts with professionals, Admission details, Discharge details.
func (r *reader) encounter() {
	v := visit{}
	c := r.slabs.encounters.new()
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			c.Status = r.string()
		case "class":
			c.Class = r.coding()
		case "type":
			c.Code = r.firstConcept()
		case "serviceType":
			c.Service = r.concept()
		case "participant":
			v.professional = r.attending()
		case "period":
			c.Period = r.period()
		case "reasonCode":
			c.Reason = r.firstConcept()
		case "reasonReference":
			if l := r.firstLink(); c.Reason.IsZero() {
				c.Reason.Text = l.display
			}
		case "diagnosis":
			v.diagnoses = r.diagnoses()
		case "hospitalization":
			r.hospitalization(&v)
		case "location":
			v.place = r.lastPlace()
		case "serviceProvider":
			v.provider = r.link()
		default:
			r.common(&c.Base)
		}
	}
	if c.Status == enteredInError {
		return
	}
	r.organisation(&c.Provenance.Organisation, v.provider)
	c.Date = c.Period.Start
	if inpatient(c.Class.Code) {
		r.stay(c, v)
		return
	}
	if c.Code.IsZero() {
		c.Code = record.Concept{Codings: r.slabs.codings.keep([]record.Coding{c.Class})}
	}
	r.actor(&c.Practitioner, v.professional)
	r.actor(&c.Author, v.professional)
	r.place(&c.Location, v.place)
	r.emit(record.Contacts, c)
}

// visit is what an Encounter says beside what every contact has.
type visit struct {
	professional, place, provider link
	source, destination           record.Concept
	method                        record.Concept
	diagnoses                     []record.Concept
}

// stay emits the admission and, if the stay has ended, the discharge.
func (r *reader) stay(c *record.Contact, v visit) {
	a := &record.Admission{Base: c.Base, Status: c.Status, Period: c.Period, Source: v.source,
		Reason: c.Reason, Specialty: c.Service}
	if !v.method.IsZero() {
		a.Code = v.method // the kind of admission; UK Core AdmissionMethod
	}
	if a.Code.IsZero() {
		a.Code = record.Concept{Codings: r.slabs.codings.keep([]record.Coding{c.Class})}
	}
	r.stayPlaces(&a.Base, &a.Ward, &a.Consultant, v)
	r.emit(record.Admissions, a)
	if c.Period.End == "" && c.Status != "finished" {
		return
	}
	d := &record.Discharge{Base: c.Base, Admitted: c.Period.Start, Destination: v.destination,
		Diagnoses: v.diagnoses, Specialty: c.Service}
	d.Date = c.Period.End
	if d.Code.IsZero() {
		d.Code = a.Code
	}
	r.stayPlaces(&d.Base, &d.Ward, &d.Consultant, v)
	r.emit(record.Discharges, d)
}

func (r *reader) stayPlaces(b *record.Base, ward *string, consultant **record.Actor, v visit) {
	r.organisation(&b.Provenance.Organisation, v.provider)
	r.actor(consultant, v.professional)
	r.actor(&b.Author, v.professional)
	r.place(ward, v.place)
}

// attending takes the participants and returns who attended (ATND), or the
// primary performer, else the first.
func (r *reader) attending() (l link) {
	best := -1
	for range r.each() {
		var who link
		rank := 0
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "individual":
				who = r.link()
			case "type":
				for range r.each() {
					switch r.code() {
					case "ATND", "CON":
						rank = 2
					case "PPRF":
						rank = 1
					}
				}
			}
		}
		if who != (link{}) && rank > best {
			l, best = who, rank
		}
	}
	return l
}

// hospitalization takes where the person came from and went to, and how.
func (r *reader) hospitalization(v *visit) {
	if !r.Object() {
		return
	}
	for r.Next() {
		switch string(r.Name()) {
		case "admitSource":
			v.source = r.concept()
		case "dischargeDisposition":
			v.destination = r.concept()
		case "extension":
			v.method = r.extensionConcept("AdmissionMethod")
		}
	}
}

// diagnoses takes Encounter.diagnosis: the words of each condition referred to.
func (r *reader) diagnoses() []record.Concept {
	var all []record.Concept
	for range r.each() {
		if !r.Object() {
			continue
		}
		for r.Next() {
			if string(r.Name()) == "condition" {
				if l := r.link(); l.display != "" {
					all = append(all, record.Text(l.display))
				}
			}
		}
	}
	return all
}

// lastPlace takes Encounter.location and returns the active one, else the last.
func (r *reader) lastPlace() (l link) {
	active := false
	for range r.each() {
		var at link
		now := false
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "location":
				at = r.link()
			case "status":
				now = string(r.Text()) == "active"
			}
		}
		if !active {
			l, active = at, now
		}
	}
	return l
}
