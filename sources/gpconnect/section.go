package gpconnect

import (
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
	"github.com/patchworkcare/patchwork/sources/fhirversion"
)

// section reads one section of the record. Whoever the practice knows by its own id
// becomes who is known by the NHS number that the same answer states for that id; any
// other id stays, for the wrong-patient guard to refuse.
func (a *answer) section(how fhirr4.Reading, x *area) sources.Result {
	parts := make([]fhirr4.Part, len(x.kinds))
	for i, kind := range x.kinds {
		parts[i] = fhirr4.Part{Kind: kind, Bundle: a.bundle(x, kind)}
	}
	r := how.Section(x.section, a.id, parts...)
	if r.Err != nil {
		return r
	}
	a.complete(x, &r)
	for _, e := range r.Entries {
		if b := e.Common(); b.Subject == a.id {
			b.Subject = string(a.number)
		}
	}
	for i := range r.Asserted {
		if r.Asserted[i].Subject == a.id {
			r.Asserted[i].Subject = string(a.number)
		}
	}
	return r
}

// supports are the resource types that others refer to.
var supports = map[string]bool{"Practitioner": true, "PractitionerRole": true, "Organization": true, "Location": true,
	"Medication": true, "HealthcareService": true, "RelatedPerson": true, "Specimen": true, "Device": true, "OperationOutcome": true}

// bundle writes what a section shows of one type as the matches of a search, with what
// they refer to.
func (a *answer) bundle(x *area, kind string) []byte {
	out := []byte(`{"resourceType":"Bundle","type":"searchset","entry":[`)
	first := true
	for _, i := range a.items {
		matched := i.kind == kind && a.stands(x, i)
		if !matched && !supports[i.kind] && (kind != "Observation" || i.kind != kind) {
			continue
		}
		if !first {
			out = append(out, ',')
		}
		first = false
		out = i.entry(out, matched, a.extra(kind, i))
	}
	return append(out, "]}"...)
}

// stands reports whether an item is an entry of the section, and not part of another.
func (a *answer) stands(x *area, i *item) bool {
	switch i.kind {
	case "MedicationRequest":
		return !a.shown[i.ref()]
	case "Observation":
		return !a.told[i.ref()] && (!a.measured[i.ref()] || x.section == record.Observations && a.uncategorised[i.ref()])
	}
	return true
}

// extra is what an item is given for being read: the practice where the person is
// registered is kept as who manages their record, and is their GP practice.
func (a *answer) extra(kind string, i *item) *fhirversion.Node {
	if kind != "Patient" || i.kind != "Patient" {
		return i.Node
	}
	at := i.Object("managingOrganization")
	if at == nil {
		return i.Node
	}
	for _, l := range i.Objects("generalPractitioner") {
		if l.Text("reference") == at.Text("reference") {
			return i.Node
		}
	}
	gps := []any{at}
	for _, l := range i.Objects("generalPractitioner") {
		gps = append(gps, l)
	}
	i.Set("generalPractitioner", gps)
	return i.Node
}

// entry writes the item as an entry of a Bundle behind dst.
func (i *item) entry(dst []byte, matched bool, o *fhirversion.Node) []byte {
	mode := "include"
	if matched {
		mode = "match"
	}
	e := (&fhirversion.Node{}).With("resource", o).With("search", (&fhirversion.Node{}).With("mode", mode))
	if i.fullURL != "" {
		e.Set("fullUrl", i.fullURL)
	}
	return e.Append(dst)
}
