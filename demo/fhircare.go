package demo

import (
	"slices"
	"time"
)

// care writes what was and will be done for a person, and by whom.
func (w *fhirWriter) care() {
	h := &w.p.history
	for _, c := range h.contacts {
		if w.has(c.said) {
			w.contact(c)
		}
	}
	for _, s := range h.stays {
		if w.has(s.said) {
			w.stay(s)
		}
	}
	for _, a := range h.appointments {
		if w.has(a.said) {
			w.appointment(a)
		}
	}
	for _, a := range h.alerts {
		if w.has(a.said) {
			w.flag(a)
		}
	}
	for _, d := range h.documents {
		if w.has(d.said) {
			w.document(d)
		}
	}
	for _, p := range h.plans {
		if w.has(p.said) {
			w.plan(p)
		}
	}
	for _, d := range h.decisions {
		if w.has(d.said) {
			w.decision(d)
		}
	}
	for _, a := range h.aboutMe {
		if w.has(a.said) {
			w.aboutMe(a)
		}
	}
	for _, r := range h.referrals {
		if w.has(r.said) {
			w.put("ServiceRequest", r.said, object{"status": r.status, "intent": "order", "subject": w.subject(), "authoredOn": stamp(r.at),
				"category": list{coded(sct("3457005", "Patient referral"))}, "code": object{"text": "Referral to " + r.to}, "requester": w.by(r.said),
				"performer": list{object{"display": r.to}}, "reasonCode": list{object{"text": r.reason}}})
		}
	}
	w.team()
}

func encounterClass(code string) object {
	words := map[string]string{"AMB": "ambulatory", "IMP": "inpatient encounter", "EMER": "emergency", "HH": "home health", "VR": "virtual"}
	return object{"system": hl7 + "v3-ActCode", "code": code, "display": words[code]}
}

func (w *fhirWriter) contact(c contact) {
	content := object{"status": c.status, "class": encounterClass(c.class), "type": list{coded(c.kind)}, "subject": w.subject(),
		"period": period(c.at, c.at.Add(time.Duration(c.minutes)*time.Minute)), "serviceProvider": w.provider(),
		"participant": list{object{"individual": w.by(c.said), "type": list{status("v3-ParticipationType", "PPRF")}}}}
	if c.reason != "" {
		content["reasonCode"] = list{object{"text": c.reason}}
	}
	if c.location != "" {
		content["location"] = list{object{"location": w.place(c.location)}}
	}
	w.put("Encounter", c.said, content)
}

func (w *fhirWriter) stay(s stay) {
	content := object{"status": "finished", "class": encounterClass("IMP"), "type": list{coded(sct("32485007", "Hospital admission"))},
		"subject": w.subject(), "period": period(s.at, s.until), "serviceProvider": w.provider(), "reasonCode": list{object{"text": s.reason}},
		"participant": list{object{"individual": w.by(s.said), "type": list{status("v3-ParticipationType", "ATND")}}},
		"location":    list{object{"location": w.place(s.ward), "status": "completed", "period": period(s.at, s.until)}}}
	hospitalization := object{"admitSource": object{"text": "Usual place of residence"}}
	content["extension"] = list{object{"url": ukExtension + "AdmissionMethod", "valueCodeableConcept": coded(s.method)}}
	if s.until.IsZero() {
		content["status"] = "in-progress"
		content["location"].(list)[0].(object)["status"] = "active"
	} else {
		hospitalization["dischargeDisposition"] = coded(s.to)
	}
	content["hospitalization"] = hospitalization
	w.put("Encounter", s.said, content)
}

func (w *fhirWriter) appointment(a appointment) {
	participants := list{
		object{"actor": w.subject(), "status": "accepted", "required": "required"},
		object{"actor": w.by(a.said), "status": "accepted"},
		object{"actor": w.place(a.location), "status": "accepted"},
	}
	if clinic := w.clinicOf(a.clinic); clinic != nil {
		participants = append(participants, object{"actor": clinic, "status": "accepted"})
	}
	made := said{at: a.made, label: a.label}
	content := object{"status": a.status, "description": a.reason, "serviceType": list{object{"text": a.clinic}}, "participant": participants,
		"start": stamp(a.at), "end": stamp(a.at.Add(time.Duration(a.minutes) * time.Minute)), "minutesDuration": a.minutes, "created": date(made.at)}
	if a.status == "cancelled" {
		content["cancelationReason"] = object{"text": "Clinic cancelled by the hospital"}
	}
	w.put("Appointment", made, content)
}

func (w *fhirWriter) flag(a alert) {
	state := "active"
	switch {
	case a.mistaken:
		state = "entered-in-error"
	case !a.until.IsZero():
		state = "inactive"
	}
	code := coded(a.code)
	code["text"] = a.text
	category := status("flag-category", a.category)
	if a.category == "safeguarding" || a.category == "social" { // not among HL7's
		category = object{"text": a.category}
	}
	w.put("Flag", a.said, object{"status": state, "category": list{category}, "code": code,
		"subject": w.subject(), "period": period(a.at, a.until), "author": w.by(a.said)})
}

// team is one CareTeam per team name.
func (w *fhirWriter) team() {
	var teams []string
	members := map[string]list{}
	first := map[string]said{}
	for _, m := range w.p.history.team {
		if !w.has(m.said) {
			continue
		}
		if !slices.Contains(teams, m.team) {
			teams, first[m.team] = append(teams, m.team), m.said
		}
		members[m.team] = append(members[m.team], object{"role": list{object{"text": m.role}}, "member": w.by(m.said),
			"onBehalfOf": w.provider(), "period": period(m.at, m.until)})
	}
	for _, name := range teams {
		w.put("CareTeam", first[name], object{"status": "active", "name": name, "subject": w.subject(), "participant": members[name],
			"period": period(first[name].at, time.Time{}), "managingOrganization": list{w.provider()}})
	}
}
