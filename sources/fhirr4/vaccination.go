package fhirr4

import "github.com/patchworkcare/patchwork/record"

// vaccination maps Immunization. R4 §9.8; PRSB CIS: Vaccinations.
func (r *reader) vaccination() {
	v := r.slabs.vaccinations.new()
	var performer, place link
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			v.Status = r.string()
		case "statusReason":
			if c := r.concept(); !c.IsZero() {
				v.Reason = c
			}
		case "vaccineCode":
			v.Code = r.concept()
		case "occurrenceDateTime":
			v.Date = r.date()
		case "recorded":
			v.Recorded = r.date()
		case "lotNumber":
			v.Batch = r.string()
		case "site":
			v.Site = r.concept()
		case "route":
			v.Route = r.concept()
		case "reasonCode":
			if c := r.firstConcept(); v.Reason.IsZero() {
				v.Reason = c
			}
		case "performer":
			performer = r.performer()
		case "location":
			place = r.link()
		case "protocolApplied":
			r.protocol(v)
		case "extension":
			if c := r.extensionConcept("VaccinationProcedure"); v.Code.IsZero() {
				v.Code = c
			}
		default:
			r.common(&v.Base)
		}
	}
	if v.Status == enteredInError {
		return
	}
	v.Date = or(v.Date, v.Recorded)
	r.actor(&v.Author, performer)
	if performer == (link{}) && place.display != "" {
		v.Provenance.Organisation.Name = place.display
	}
	r.emit(record.Vaccinations, v)
}

// protocol takes Immunization.protocolApplied: the dose and what it protects against.
func (r *reader) protocol(v *record.Vaccination) {
	for range r.each() {
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "targetDisease":
				if c := r.firstConcept(); v.Disease.IsZero() {
					v.Disease = c
				}
			case "doseNumberPositiveInt":
				v.Dose = r.digits()
			case "doseNumberString":
				v.Dose = r.string()
			}
		}
	}
}
