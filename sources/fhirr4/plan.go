package fhirr4

import (
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// search is one question to the server: a resource type, for some people.
type search struct {
	kind string
	// by is the parameter that takes the people's ids.
	by  string
	ids []string
	// typed names them as Patient/1; again marks a second attempt, in the other form.
	typed, again bool
	// also is the rest of the query, escaped, beginning with "&"; "" for none.
	also string
	// sections are those that wait for the answer.
	sections []record.Section
	// categories are the only observations to keep; none means all.
	categories []string
}

// includes are what is sent along by default: what a row needs and what a reference
// often does not name (R4 §3.1.1.5.5). Servers may ignore them.
func (c *Config) includes(kind string) []string {
	if chosen, ok := c.Includes[kind]; ok {
		return chosen
	}
	if c.version != nil {
		if theirs, ok := c.version.Includes[kind]; ok {
			return theirs
		}
	}
	switch kind {
	case "Patient":
		return []string{"Patient:general-practitioner"}
	case "AllergyIntolerance":
		return []string{"AllergyIntolerance:asserter", "AllergyIntolerance:recorder"}
	case "MedicationRequest":
		return []string{"MedicationRequest:medication", "MedicationRequest:requester"}
	case "MedicationStatement":
		return []string{"MedicationStatement:medication", "MedicationStatement:source"}
	case "MedicationDispense":
		return []string{"MedicationDispense:medication", "MedicationDispense:performer"}
	case "DeviceUseStatement":
		return []string{"DeviceUseStatement:device"}
	case "Condition":
		return []string{"Condition:asserter"}
	case "Flag":
		return []string{"Flag:author"}
	case "Appointment":
		return []string{"Appointment:practitioner", "Appointment:location"}
	case "Encounter":
		return []string{"Encounter:practitioner", "Encounter:location", "Encounter:service-provider"}
	case "CareTeam":
		return []string{"CareTeam:participant"}
	case "Consent":
		return []string{"Consent:organization"}
	case "DiagnosticReport":
		return []string{"DiagnosticReport:performer"}
	case "Observation":
		return []string{"Observation:performer"}
	case "Immunization":
		return []string{"Immunization:performer"}
	case "Procedure":
		return []string{"Procedure:performer", "Procedure:location"}
	case "DocumentReference":
		return []string{"DocumentReference:author", "DocumentReference:custodian"}
	case "CarePlan":
		return []string{"CarePlan:goal", "CarePlan:condition", "CarePlan:care-team", "CarePlan:performer"}
	case "Composition":
		return []string{"Composition:author"}
	}
	return nil
}

// offers lists the sections that are on.
func (c *Config) offers() []record.Section {
	var all []record.Section
	for _, h := range record.Headings() {
		if !c.Sections[h.Name].Off {
			all = append(all, h.Section)
		}
	}
	return all
}

// asked is what is wanted of a group of people: who, in each section.
type asked map[record.Section][]string

// plan makes the searches for what is asked: one for each resource type.
func (c *Config) plan(a asked, today string) []*search {
	byKind := map[string]*search{}
	var all []*search
	for _, h := range record.Headings() {
		ids := a[h.Section]
		if len(ids) == 0 {
			continue
		}
		for _, kind := range c.resources(h.Section) {
			q := byKind[kind]
			if q == nil {
				q = &search{kind: kind, by: "patient"}
				if kind == "Patient" {
					q.by = "_id"
				}
				byKind[kind] = q
				all = append(all, q)
			}
			q.sections = append(q.sections, h.Section)
			q.ids = union(q.ids, ids)
		}
	}
	if q := byKind["Appointment"]; q != nil {
		q.also = "&date=ge" + today
	}
	if q := byKind["Composition"]; q != nil {
		q.also = "&type=" + escapeToken(snomed+"|"+record.AboutMeType)
	}
	if q := byKind["Observation"]; q != nil {
		c.narrow(q)
	}
	return all
}

// narrow asks for the categories that the waiting sections need, where that is less
// than all.
func (c *Config) narrow(q *search) {
	var want []string
	if slices.Contains(q.sections, record.Observations) {
		own := c.section(record.Observations).Category
		if own == "" {
			return
		}
		for name := range strings.SplitSeq(own, ",") {
			q.categories = append(q.categories, strings.TrimSpace(name))
		}
		want = append(want, q.categories...)
	}
	if slices.Contains(q.sections, record.Results) {
		want = append(want, "laboratory", "imaging")
	}
	for i, w := range want {
		want[i] = escape(w)
	}
	q.also = "&category=" + strings.Join(want, ",")
}

func union(all, more []string) []string {
	if len(all) == 0 {
		return slices.Clone(more)
	}
	for _, id := range more {
		if !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}

// today is the first day of future appointments, where the source is.
func today(now time.Time, zone *time.Location) string { return now.In(zone).Format(time.DateOnly) }
