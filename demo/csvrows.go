package demo

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// csvWriter writes people's histories as rows of the social care extract.
type csvWriter struct {
	rows   map[string][]row
	roster roster
	p      *person
	s      *statement
	index  int
}

// csvRows is everything the council holds, by file.
func csvRows(people []*person) map[string][]row {
	w := &csvWriter{rows: map[string][]row{}, roster: roster{staff()}}
	for i, p := range people {
		if p.in&inSocialCare != 0 {
			w.p, w.s, w.index = p, p.states[inSocialCare], i
			w.person()
			w.contacts()
			w.work()
			w.caseloads()
			w.rest()
		}
	}
	return w.rows
}

func (w *csvWriter) has(s said) bool { return s.in&inSocialCare != 0 }

func (w *csvWriter) worker(s said) clinician {
	return w.roster.of(council().ods, s.by, w.index)
}

// add appends a row about the person, numbered by its key.
func (w *csvWriter) add(file, key, prefix string, r row) {
	r["person_id"], r["nhs_number"] = w.s.localID, spaced(w.s.nhs)
	if key != "" {
		r[key] = prefix + strconv.Itoa(len(w.rows[file])+1)
	}
	w.rows[file] = append(w.rows[file], r)
}

// spaced shows an NHS number as people write it, 3-3-4.
func spaced(number string) string {
	if len(number) != 10 {
		return number
	}
	return number[:3] + " " + number[3:6] + " " + number[6:]
}

// csvDay is the date as the extract spells it.
func csvDay(t time.Time) string { return ddmmyyyy(t) }

func (w *csvWriter) person() {
	s := w.s
	r := row{"nhs_number_status": map[string]string{"01": "Verified", "02": "Unverified", "03": "Unverified"}[s.status], "last_name": s.family,
		"first_names": strings.TrimSpace(s.given + " " + s.middle), "title": s.title, "date_of_birth": csvDay(s.born),
		"gender": cmp.Or(map[string]string{"male": "Male", "female": "Female"}[s.sex], "Other"), "ethnicity": ethnicCategory(s.ethnic),
		"address":  strings.Join(append(s.address.lines(), s.address.town), ", "),
		"postcode": s.address.postcode, "telephone": cmp.Or(s.home, s.mobile), "email": s.email, "gp_practice_code": s.practice.ods,
		"gp_practice_name": s.practice.name, "date_of_death": csvDay(s.died), "preferred_language": s.language}
	if short := nickname(w.p.truth.given); short != w.p.truth.given {
		r["known_as"] = short
	}
	if w.p.scenario != "nothing-recorded" {
		r["living_situation"] = []string{"Lives alone", "Lives with partner", "Lives with family", "Supported living"}[w.index%4]
		r["sharing_consent"] = map[string]string{"permit": "Yes", "deny": "No"}[s.sharing]
		if r["sharing_consent"] != "" {
			r["sharing_consent_date"] = csvDay(w.p.lived(time.Date(2023, 6, 14, 9, 0, 0, 0, time.UTC)))
		}
	}
	w.add("people.csv", "", "", r)
}

func (w *csvWriter) contacts() {
	for _, k := range w.p.kin {
		w.add("contacts.csv", "contact_id", "C", row{"name": k.name, "relationship": k.relationText, "telephone": k.phone, "address": k.address,
			"next_of_kin": yes(k.nextOfKin), "main_carer": yes(k.carer), "power_of_attorney": yes(k.attorney), "recorded_date": "02/02/2024"})
	}
}

func (w *csvWriter) work() {
	for _, m := range w.p.history.team {
		if w.has(m.said) {
			c := w.worker(m.said)
			w.add("keyworkers.csv", "keyworker_id", "K", row{"worker_name": c.given + " " + c.family, "role": c.role, "team": c.team, "telephone": c.phone,
				"email": strings.ToLower(c.given) + "." + strings.ToLower(c.family) + "@westmarch.example", "start_date": csvDay(m.at), "end_date": csvDay(m.until)})
		}
	}
	for _, v := range w.p.history.contacts {
		if w.has(v.said) {
			c := w.worker(v.said)
			w.add("visits.csv", "visit_id", "V", row{"visit_date": csvDay(v.at), "visit_time": orEmpty(v.at, "15:04"), "duration_minutes": fmt.Sprint(v.minutes),
				"visit_type": v.kind.display, "worker_name": c.given + " " + c.family, "role": c.role, "team": c.team, "location": v.location,
				"status":  map[string]string{"finished": "Completed", "planned": "Planned", "cancelled": "Cancelled", "noaccess": "No access"}[v.status],
				"outcome": v.note})
		}
	}
	for _, s := range w.p.history.services {
		if w.has(s.said) {
			w.add("involvements.csv", "involvement_id", "I", row{"service": s.name, "provider": s.provider, "frequency": s.frequency,
				"start_date": csvDay(s.at), "end_date": csvDay(s.until), "status": s.status, "reason": s.reason, "recorded_by": w.worker(s.said).name()})
		}
	}
}

func (w *csvWriter) rest() {
	for _, a := range w.p.history.alerts {
		if w.has(a.said) {
			kind := cmp.Or(map[string]string{"WAND": "Risk to person", "FALLS": "Risk to person"}[a.pas], a.pas)
			w.add("alerts.csv", "alert_id", "A", row{"alert_type": kind, "description": a.text, "start_date": csvDay(a.at), "end_date": csvDay(a.until),
				"recorded_by": w.worker(a.said).name(), "restricted": yes(a.label != "")})
		}
	}
	for _, p := range w.p.history.plans {
		if w.has(p.said) {
			w.add("plans.csv", "plan_id", "P", row{"plan_type": p.kind, "title": p.title, "goals": strings.Join(p.goals, "; "), "start_date": csvDay(p.at),
				"review_date": csvDay(p.review), "status": p.status, "author": w.worker(p.said).name()})
		}
	}
	for _, a := range w.p.history.aboutMe {
		if !w.has(a.said) {
			continue
		}
		id := "M" + strconv.Itoa(len(w.rows["aboutme.csv"])+1)
		for _, item := range a.items { // a row for each heading
			w.add("aboutme.csv", "", "", row{"about_id": id, "heading": item[0], "what_i_say": item[1], "recorded_date": csvDay(a.at),
				"review_date": csvDay(a.review), "written_with": w.worker(a.said).name()})
		}
	}
}
