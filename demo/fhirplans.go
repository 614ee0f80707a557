package demo

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// plan is a CarePlan, with its goals inside it.
func (w *fhirWriter) plan(p plan) {
	contained, goals, activities := list{}, list{}, list{}
	for i, goal := range p.goals {
		id := fmt.Sprintf("goal-%d", i+1)
		contained = append(contained, object{"resourceType": "Goal", "id": id, "lifecycleStatus": "active", "description": object{"text": goal},
			"subject": w.subject(), "target": list{object{"dueDate": date(p.review)}}})
		goals = append(goals, object{"reference": "#" + id})
	}
	for _, action := range p.actions {
		activities = append(activities, object{"detail": object{"status": "in-progress", "description": action, "performer": list{w.by(p.said)}}})
	}
	content := object{"status": "active", "intent": "plan", "title": p.title, "subject": w.subject(), "created": date(p.at),
		"category": list{object{"text": p.kind}}, "period": period(p.at, time.Time{}), "author": w.by(p.said)}
	if p.about.display != "" {
		content["addresses"] = list{object{"display": p.about.display}}
	}
	for name, all := range map[string]list{"contained": contained, "goal": goals, "activity": activities} {
		if len(all) > 0 {
			content[name] = all
		}
	}
	w.put("CarePlan", p.said, content)
}

// resuscitation is the procedure that a ReSPECT form recommends, or not.
func resuscitation() concept { return sct("89666000", "Cardiopulmonary resuscitation") }

// decision is a Consent of scope "adr" where it is the person's own, else a CarePlan that
// says what is to be done and what is not.
func (w *fhirWriter) decision(d decision) {
	if d.consent {
		refused := list{}
		for _, wish := range d.wishes {
			refused = append(refused, object{"text": wish})
		}
		w.put("Consent", d.said, object{"status": "active", "scope": status("consentscope", "adr"), "category": list{coded(d.code)}, "patient": w.subject(),
			"dateTime": stamp(d.at), "performer": list{w.subject()}, "organization": list{w.provider()},
			"sourceAttachment": object{"contentType": "application/pdf", "title": d.original},
			"provision":        object{"type": "deny", "period": object{"start": date(d.at), "end": date(d.review)}, "code": refused}})
		return
	}
	activities := list{}
	if d.cpr != "" {
		detail := object{"code": coded(resuscitation()), "status": "not-started",
			"description": map[string]string{"attempt": "For attempted CPR", "refuse": "CPR attempts NOT recommended"}[d.cpr]}
		if d.cpr == "refuse" {
			detail["doNotPerform"] = true
		}
		activities = append(activities, object{"detail": detail})
	}
	for _, wish := range d.wishes {
		activities = append(activities, object{"detail": object{"status": "not-started", "description": wish}})
	}
	w.put("CarePlan", d.said, object{"status": "active", "intent": "plan", "title": d.code.display, "subject": w.subject(), "created": date(d.at),
		"category": list{coded(d.code)}, "period": period(d.at, d.review), "author": w.by(d.said), "activity": activities,
		"supportingInfo": list{object{"display": d.original}}})
}

// aboutMe is a Composition with a section for each heading.
func (w *fhirWriter) aboutMe(a aboutMe) {
	sections := list{}
	for _, item := range a.items {
		var text strings.Builder
		_ = xml.EscapeText(&text, []byte(item[1])) // a Builder does not fail
		sections = append(sections, object{"title": item[0],
			"text": object{"status": "generated", "div": `<div xmlns="http://www.w3.org/1999/xhtml"><p>` + text.String() + `</p></div>`}})
	}
	w.put("Composition", a.said, object{"status": "final", "type": coded(sct("1515851000000101", "About me")), "subject": w.subject(), "date": stamp(a.at),
		"author": list{w.by(a.said)}, "title": a.title, "custodian": w.provider(), "section": sections})
}
