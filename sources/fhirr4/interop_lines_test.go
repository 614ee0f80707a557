package fhirr4_test

import (
	"fmt"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// line shows the fields of an entry that the witnesses are compared by.
func line(e record.Entry) string {
	b := e.Common()
	parts := []string{b.Code.Label(), string(b.Date)}
	add := func(all ...string) {
		for _, s := range all {
			if s != "" {
				parts = append(parts, s)
			}
		}
	}
	switch x := e.(type) {
	case *record.Person:
		parts = []string{x.Name.Text(), string(x.BirthDate), string(x.NHSNumber), string(x.NHSNumberStatus)}
		for _, a := range x.Addresses {
			add(a.Postcode)
		}
	case *record.Practice:
		parts = []string{b.Code.Label(), x.Organisation.ODS}
	case *record.PersonalContact:
		parts = []string{b.Code.Label(), x.Name.Text()}
	case *record.Allergy:
		add(x.ClinicalStatus, x.Verification, x.Criticality)
		for _, r := range x.Reactions {
			add(r.Severity)
		}
	case *record.Medication:
		add(string(x.Kind), x.Status, x.Dosage, actor(b.Author))
	case *record.Problem:
		add(x.ClinicalStatus, string(x.Ended))
	case *record.Alert:
		add(x.Status)
	case *record.Appointment:
		add(x.Status, actor(x.Practitioner), x.Location)
	case *record.Contact:
		add(x.Class.Code, actor(x.Practitioner))
	case *record.Admission:
		add(x.Status, x.Ward, actor(x.Consultant))
	case *record.Discharge:
		add(x.Destination.Label(), string(x.Admitted))
	case *record.ProfessionalContact:
		parts = []string{b.Code.Label(), x.Team, x.Name}
	case *record.Consent:
		add(x.Status, x.Decision)
	case *record.Result:
		add(x.Status, x.Conclusion)
		for _, m := range x.Measurements {
			add(m.Code.Label() + "=" + value(m.Value))
		}
	case *record.Observation:
		add(value(x.Value))
		for _, m := range x.Components {
			add(m.Code.Label() + "=" + value(m.Value))
		}
	case *record.Vaccination:
		add(x.Status, x.Batch)
	case *record.Procedure:
		add(x.Status, actor(b.Author))
	case *record.Document:
		add(x.Title, x.ContentType)
	default:
		return fmt.Sprintf("%T", e)
	}
	for i, p := range parts {
		parts[i] = strings.TrimSpace(p)
	}
	return strings.Join(parts, " | ")
}

func actor(a *record.Actor) string {
	if a == nil {
		return ""
	}
	return a.Name
}

func value(v record.Value) string {
	switch {
	case v.Quantity != nil:
		return v.Quantity.Value + v.Quantity.Unit
	case v.Concept != nil:
		return v.Concept.Label()
	}
	return v.Text
}
