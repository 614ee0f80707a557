package fhirr4

import "github.com/patchworkcare/patchwork/record"

// practice maps Patient.generalPractitioner: an Organization is a practice; a
// Practitioner or PractitionerRole is the GP of it. More than one practice is
// possible. PRSB CIS: GP practice.
func (r *reader) practice(p *record.Person, gps []link) {
	r.later = append(r.later, func() {
		var practices []*record.Practice
		gp := ""
		for _, l := range gps {
			in := r.known[l.reference]
			kind := kindOf(l.to)
			if in != nil {
				kind = in.kind
			}
			switch kind {
			case "Practitioner":
				gp = l.display
				if in != nil && in.name != "" {
					gp = in.name
				}
			case "PractitionerRole":
				var a record.Actor
				at := link{}
				if in != nil {
					r.describe(&a, in)
					at = in.at
				}
				if gp = a.Name; gp == "" {
					gp = l.display
				}
				if at != (link{}) {
					practices = append(practices, r.surgery(at))
				}
			default:
				practices = append(practices, r.surgery(l))
			}
		}
		if len(practices) == 0 {
			practices = []*record.Practice{{}}
		}
		r.flaws = 0
		for i, x := range practices {
			x.Subject, x.Labels, x.GP = p.Subject, p.Labels, gp
			x.Provenance.LocalID = r.text.join(p.Provenance.LocalID, "#practice-", digit(i+1))
			x.Code.Text = x.Organisation.Name
			if x.Code.Text == "" {
				x.Code.Text = gp
			}
			r.emit(record.GPPractice, x)
		}
	})
}

// surgery describes the practice l leads to.
func (r *reader) surgery(l link) *record.Practice {
	x := &record.Practice{Organisation: record.Organisation{ODS: l.ods, Name: l.display}}
	if in := r.known[l.reference]; in != nil {
		x.Telecoms, x.Address = in.phones, in.address
		if in.name != "" {
			x.Organisation.Name = in.name
		}
		if in.ods != "" {
			x.Organisation.ODS = in.ods
		}
	}
	return x
}
