package hl7v2

import (
	"maps"
	"slices"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// section gives a section of the chart; its entries are made anew by the chart, which is
// read once.
func (c *chart) section(section record.Section) sources.Result {
	var r sources.Result
	switch section {
	case record.Demographics:
		if c.person != nil {
			p := *c.person
			r.Entries = append(r.Entries, &p)
		}
	case record.GPPractice:
		for _, k := range slices.Sorted(maps.Keys(c.practices)) {
			p := *c.practices[k]
			r.Entries = append(r.Entries, &p)
		}
	case record.Allergies:
		c.sensitivities(&r)
	case record.PersonalContacts:
		for _, k := range slices.Sorted(maps.Keys(c.contacts)) {
			for _, x := range c.contacts[k].items {
				y := *x
				r.Entries = append(r.Entries, &y)
			}
		}
	case record.Problems:
		c.problems(&r)
	case record.Admissions, record.Discharges, record.Contacts:
		for _, k := range c.visits.order {
			if e := c.visits.by[k].entry(section); e != nil {
				r.Entries = append(r.Entries, e)
			}
		}
	case record.Results:
		r.Entries = c.reports()
	case record.FutureAppointments:
		r.Entries = c.appointments()
	case record.Documents:
		r.Entries = c.papers()
	}
	if c.person != nil && record.Restricted(c.person.Labels) && section == record.PersonalContacts {
		for _, e := range r.Entries { // who is near them may not be located either
			e.Common().Labels = c.person.Labels
		}
	}
	for _, code := range slices.Sorted(maps.Keys(c.gaps[section])) {
		r.Gaps = append(r.Gaps, c.gaps[section][code])
	}
	return r
}

// sensitivities are the allergies, or the statement that there is none.
func (c *chart) sensitivities(r *sources.Result) {
	for _, k := range slices.Sorted(maps.Keys(c.allergies)) {
		for _, a := range c.allergies[k].items {
			if a.Code.Has(snomed, noKnownAllergy) {
				r.Asserted = append(r.Asserted, record.Assertion{Subject: a.Subject, Code: a.Code, Date: or3(a.Date, a.Recorded)})
				continue
			}
			b := *a
			r.Entries = append(r.Entries, &b)
		}
	}
}

// noKnownAllergy is SNOMED CT 716186003. "No known drug allergy" and the like speak of a
// part only: they stay entries, in the sender's words (hazard H-02). A sender's own code
// is this one if the configuration's codes say so.
const noKnownAllergy = "716186003"

func (c *chart) problems(r *sources.Result) {
	for _, k := range c.visits.order {
		v := c.visits.by[k]
		if v.cancelled {
			continue
		}
		for _, p := range v.diagnoses {
			q := *p
			r.Entries = append(r.Entries, &q)
		}
	}
}

// entry is a visit as one of the sections shows it; nil if it is none of that one's.
func (v *visit) entry(section record.Section) record.Entry {
	if v.cancelled || v.Subject == "" { // without a subject there are only diagnoses
		return nil
	}
	base := v.Base
	base.Date = v.begun
	base.Code = v.kind
	if base.Code.IsZero() && v.class.Code != "" {
		base.Code = record.Concept{Text: v.class.Display, Codings: []record.Coding{v.class}}
	}
	if base.Code.IsZero() {
		base.Code = record.Text("Visit")
	}
	period := record.Period{Start: v.begun, End: v.ended}
	switch {
	case section == record.Admissions && v.inpatient():
		return &record.Admission{Base: base, Status: v.status, Period: period, Source: v.source, Reason: v.reason, Ward: v.ward, Specialty: v.service, Consultant: v.consultant}
	case section == record.Discharges && v.inpatient() && v.ended != "":
		base.Date = v.ended
		d := &record.Discharge{Base: base, Admitted: v.begun, Destination: v.destination, Ward: v.ward, Specialty: v.service, Consultant: v.consultant}
		for _, p := range v.diagnoses {
			if len(p.Labels) == 0 { // a restricted one stands among the problems, with its label
				d.Diagnoses = append(d.Diagnoses, p.Code)
			}
		}
		return d
	case section == record.Contacts && !v.inpatient():
		return &record.Contact{Base: base, Status: v.status, Class: v.class, Period: period, Reason: v.reason, Service: v.service, Practitioner: v.consultant, Location: v.place}
	}
	return nil
}
