package demo

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// writeCouncil turns a person's part at the council into rows of its nightly
// files: who they are and who is with them, the key worker, the visits that
// were divided off, and what of the care plans is social care's.
func (a *Adapted) writeCouncil(links *bundleLinks, p *bundlePerson) {
	w := &bundleCouncil{a, links, p, roster{staff()}.of("9Z1", "social-worker", p.index)}
	w.person()
	w.contacts()
	w.keyWorkers()
	for _, r := range p.resources {
		switch {
		case r.kind == "Encounter" && r.at == inSocialCare:
			w.visit(r)
		case r.kind == "CarePlan" && bundleChance("council", r.id, 3) == 0:
			w.plan(r)
		}
	}
}

// bundleCouncil writes one person's rows, in the name of one social worker.
type bundleCouncil struct {
	a      *Adapted
	links  *bundleLinks
	p      *bundlePerson
	worker clinician
}

// add numbers a row, says whose it is and appends it to its file.
func (w *bundleCouncil) add(file, key string, r row) {
	r["person_id"], r["nhs_number"] = w.p.localID(inSocialCare), spaced(w.p.nhs)
	if key != "" {
		r[key] = fmt.Sprintf("%s-%d", strings.ToUpper(key[:1]), len(w.a.council[file])+1)
	}
	w.a.council[file] = append(w.a.council[file], r)
}

func (w *bundleCouncil) person() {
	r := w.p.read
	var address []string
	for _, path := range []string{"address.line", "address.city", "address.state"} {
		if text := r.text(path); text != "" {
			address = append(address, text)
		}
	}
	given := append([]string{r.text("name.given")}, bundleFurtherNames(r)...)
	w.add("people.csv", "", row{
		"nhs_number_status": "Verified", "last_name": r.text("name.family"), "first_names": strings.TrimSpace(strings.Join(given, " ")),
		"title": r.text("name.prefix"), "date_of_birth": bundleDay(r.text("birthDate"), bundleUKDate), "gender": bundleSex(r.text("gender")),
		"address": strings.Join(address, ", "), "postcode": r.text("address.postalCode"), "telephone": r.text("telecom.value"),
		"gp_practice_code": w.p.practice.ods, "gp_practice_name": w.p.practice.name,
		"date_of_death": bundleDay(r.text("deceasedDateTime"), bundleUKDate), "preferred_language": r.label("communication.language"),
	})
}

func bundleSex(gender string) string {
	return map[string]string{"male": "Male", "female": "Female", "other": "Other"}[gender]
}

// contacts are those the Patient names, and the mother of somebody young: her
// maiden name is all these records say of any relative.
func (w *bundleCouncil) contacts() {
	for _, v := range walk(w.p.read.content, "contact") {
		o, ok := v.(object)
		if !ok {
			continue
		}
		c := &bundled{content: o}
		name := cmp.Or(c.text("name.text"), strings.TrimSpace(c.text("name.given")+" "+c.text("name.family")))
		w.add("contacts.csv", "contact_id", row{"name": name, "relationship": c.label("relationship"),
			"telephone": c.text("telecom.value"), "address": c.text("address.text", "address.line"),
			"next_of_kin": "Y", "main_carer": "N", "power_of_attorney": "N"})
	}
	last := w.latest()
	if age := w.p.ageAt(last); age < 0 || age > 45 {
		return
	}
	for _, v := range walk(w.p.read.content, "extension") {
		o, _ := v.(object)
		url, _ := o["url"].(string)
		if name, ok := o["valueString"].(string); ok && strings.HasSuffix(url, "mothersMaidenName") {
			w.add("contacts.csv", "contact_id", row{"name": name, "relationship": "Mother", "next_of_kin": "Y", "main_carer": "N",
				"power_of_attorney": "N", "recorded_date": bundleDay(last, bundleUKDate)})
		}
	}
}

// latest is the start of the last encounter.
func (w *bundleCouncil) latest() string {
	last, at := "", time.Time{}
	for _, r := range w.p.resources {
		if r.kind != "Encounter" {
			continue
		}
		if t, err := time.Parse(time.RFC3339, r.text("period.start")); err == nil && t.After(at) {
			last, at = r.text("period.start"), t
		}
	}
	return last
}

// keyWorkers are the people of the care teams; without any, the council's own.
func (w *bundleCouncil) keyWorkers() {
	found := map[string]bool{}
	for _, r := range w.p.resources {
		if r.kind != "CareTeam" {
			continue
		}
		for _, v := range walk(r.content, "participant") {
			o, _ := v.(object)
			m := &bundled{content: o, file: r.file}
			who := w.links.find(r.file, m.text("member.reference"))
			name := m.text("member.display")
			if who != nil && who.kind == "Practitioner" {
				name = who.name()
			}
			if who != nil && who.kind != "Practitioner" || name == "" || found[name] {
				continue // the patient and organisations are of the team too
			}
			found[name] = true
			w.add("keyworkers.csv", "keyworker_id", row{"worker_name": name, "role": m.label("role"), "team": r.text("name"),
				"start_date": bundleDay(r.text("period.start"), bundleUKDate), "end_date": bundleDay(r.text("period.end"), bundleUKDate)})
		}
	}
	if len(found) == 0 {
		w.add("keyworkers.csv", "keyworker_id", row{"worker_name": w.worker.name(), "role": w.worker.role, "team": w.worker.team,
			"telephone": w.worker.phone, "start_date": bundleDay(w.latest(), bundleUKDate)})
	}
}

// name is how a practitioner is called.
func (r *bundled) name() string {
	return cmp.Or(r.text("name.text"),
		strings.Join(strings.Fields(r.text("name.prefix")+" "+r.text("name.given")+" "+r.text("name.family")), " "))
}

func (w *bundleCouncil) visit(r *bundled) {
	start := r.text("period.start")
	minutes := ""
	from, err1 := time.Parse(time.RFC3339, start)
	until, err2 := time.Parse(time.RFC3339, r.text("period.end"))
	if err1 == nil && err2 == nil && !until.Before(from) {
		minutes = fmt.Sprint(int(until.Sub(from).Minutes()))
	}
	status := "Completed"
	switch r.text("status") {
	case "planned":
		status = "Planned"
	case "cancelled":
		status = "Cancelled"
	}
	worker, role, team := w.worker.name(), w.worker.role, w.worker.team
	if who := w.links.find(r.file, r.text("participant.individual.reference")); who != nil && who.kind == "Practitioner" {
		worker, role, team = who.name(), "", "" // the bundle says who, not as what
	}
	w.add("visits.csv", "visit_id", row{"visit_date": bundleDay(start, bundleUKDate), "visit_time": bundleDay(start, "15:04"), "duration_minutes": minutes,
		"visit_type": r.label("type"), "worker_name": worker, "role": role, "team": team, "location": "Home", "status": status,
		"outcome": r.label("reasonCode")})
}

// plan is a care plan and, as involvements, what it provides.
func (w *bundleCouncil) plan(r *bundled) {
	start, end := bundleDay(r.text("period.start"), bundleUKDate), bundleDay(r.text("period.end"), bundleUKDate)
	status, going := "Superseded", "Ended"
	switch r.text("status") {
	case "active":
		status, going = "Current", "Active"
	case "on-hold":
		status, going = "Current", "Suspended"
	case "draft":
		status = "Draft"
	}
	var goals []string
	for _, v := range walk(r.content, "goal.reference") {
		text, _ := v.(string)
		if goal := r.file.goals[text]; goal != "" {
			goals = append(goals, goal)
		}
	}
	title := r.label("category")
	for _, v := range walk(r.content, "category") {
		if text := (&bundled{content: object{"c": v}}).label("c"); text != "" {
			title = text // the last is the narrowest
		}
	}
	w.add("plans.csv", "plan_id", row{"plan_type": "Care and support plan", "title": title, "goals": strings.Join(goals, "; "),
		"start_date": start, "review_date": end, "status": status, "author": w.worker.name()})
	for _, v := range walk(r.content, "activity.detail.code") {
		service := (&bundled{content: object{"c": v}}).label("c")
		w.add("involvements.csv", "involvement_id", row{"service": service, "provider": council().name, "start_date": start,
			"end_date": end, "status": going, "reason": title, "recorded_by": w.worker.name()})
	}
}
