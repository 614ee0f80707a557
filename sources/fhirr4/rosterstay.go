package fhirr4

import (
	"slices"
	"time"
)

// inpatient are the classes of an Encounter that is a stay; v3-ActEncounterCode, where
// SS is a short stay.
func inpatient(class string) bool {
	return slices.Contains([]string{"IMP", "ACUTE", "NONAC", "SS", "inpatient"}, class)
}

// inWard takes the members of an Encounter and returns whom it has in the ward now. A
// server that pays no heed to status or location answers about others too.
func (r *reader) inWard(ward string) []link {
	var status, class string
	var who link
	here := false
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			status = r.string()
		case "class":
			c := r.coding()
			class = c.Code
		case "subject":
			who = r.link()
		case "location":
			here = r.nowAt(ward)
		}
	}
	if status != "in-progress" || !inpatient(class) || !here {
		return nil
	}
	return []link{who}
}

// nowAt takes Encounter.location and reports whether place is where the person is now:
// the one called active; without any, the last that has neither ended nor is only
// planned. Who was moved to another ward is no longer here.
func (r *reader) nowAt(place string) bool {
	here, active := false, false
	for range r.each() {
		var at link
		var status string
		ended := false
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "location":
				at = r.link()
			case "status":
				status = r.string()
			case "period":
				ended = r.past(r.period())
			}
		}
		switch {
		case status == "active":
			here, active = at.to == place || active && here, true
		case status == "" && !ended && !active:
			here = at.to == place
		}
	}
	return here
}

// bookedAt takes the members of an Appointment and returns whom it brings to place
// between the two moments.
func (r *reader) bookedAt(place string, from, to time.Time) (who []link) {
	var status string
	var start time.Time
	known, here := false, false
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			status = r.string()
		case "start":
			start, known = r.date().Time()
		case "participant":
			who, here = r.comingTo(place)
		}
	}
	switch status {
	case "cancelled", "entered-in-error", "proposed", "waitlist":
		return nil
	}
	if !here || !known || start.Before(from) || !start.Before(to) {
		return nil
	}
	return who
}

// comingTo takes Appointment.participant: the people who did not decline, and whether
// place takes part.
func (r *reader) comingTo(place string) (who []link, here bool) {
	for range r.each() {
		var l link
		declined := false
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "actor":
				l = r.link()
			case "status":
				declined = string(r.Text()) == "declined"
			}
		}
		here = here || l.to == place
		if kindOf(l.to) == "Patient" && !declined {
			who = append(who, l)
		}
	}
	return who, here
}
