package demo

import (
	"cmp"
	"strconv"
	"strings"
	"time"
)

// The two spellings of a date in the old PAS.
func yyyymmdd(t time.Time) string { return orEmpty(t, "20060102") }
func ddmmyyyy(t time.Time) string { return orEmpty(t, "02/01/2006") }

func orEmpty(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return london(t).Format(layout)
}

// yes is how the PAS says so: Y or N.
func yes(b bool) string { return map[bool]string{true: "Y", false: "N"}[b] }

// pasWriter writes people's histories as rows of the PAS.
type pasWriter struct {
	rows   map[string][]row
	roster roster
	p      *person
	id     string
	index  int
}

// pasRows is everything the PAS holds, by table.
func pasRows(people []*person) map[string][]row {
	w := &pasWriter{rows: pasReference(), roster: roster{staff()}}
	for i, p := range people {
		if p.in&inMentalHealth != 0 {
			w.p, w.id, w.index = p, p.states[inMentalHealth].localID, i
			w.patient()
			w.illness()
			w.visits()
			w.rest()
		}
	}
	return w.rows
}

// add appends a row about the patient, numbered by its key.
func (w *pasWriter) add(table, key string, r row) string {
	number := strconv.Itoa(len(w.rows[table]) + 1)
	r[key], r["pas_id"] = number, w.id
	w.rows[table] = append(w.rows[table], r)
	return number
}

func (w *pasWriter) has(s said) bool { return s.in&inMentalHealth != 0 }

func (w *pasWriter) clinician(s said) string {
	return w.roster.of(mentalHealthTrust().ods, s.by, w.index).id
}

func (w *pasWriter) patient() {
	s := w.p.states[inMentalHealth]
	updated := s.born.AddDate(18, 0, 0)
	if latest := w.p.latest(); updated.After(latest) { // a child's row was last written with what came last
		updated = latest
	}
	r := row{"pas_id": w.id, "nhs_no": s.nhs, "nhs_status": s.status, "surname": strings.ToUpper(s.family), "forename": s.given,
		"other_names": s.middle, "title": s.title, "dob": orEmpty(s.born, "20060102"), "sex": cmp.Or(map[string]string{"male": "1", "female": "2"}[s.sex], "9"),
		"ethnic_code": s.ethnic, "addr1": s.address.line1, "addr2": s.address.line2, "addr3": s.address.town, "postcode": s.address.postcode,
		"phone_home": s.home, "phone_mobile": s.mobile, "gp_code": s.practice.ods, "gp_name": s.practice.name, "dod": yyyymmdd(s.died),
		"updated": updated.Format("20060102") + "0900"}
	if w.p.scenario != "nothing-recorded" && s.sharing != "" {
		r["info_share"], r["info_share_date"] = yes(s.sharing == "permit"), ddmmyyyy(w.p.lived(time.Date(2022, 4, 1, 9, 0, 0, 0, time.UTC)))
	}
	if len(w.p.kin) > 0 {
		r["nok_name"], r["nok_rel"], r["nok_phone"] = w.p.kin[0].name, w.p.kin[0].relationText, w.p.kin[0].phone
	}
	w.rows["patients"] = append(w.rows["patients"], r)
}

func (w *pasWriter) illness() {
	for _, p := range w.p.history.problems {
		if w.has(p.said) {
			state := map[string]string{"active": "A", "inactive": "R", "resolved": "R"}[p.status]
			if p.mistaken {
				state = "E"
			}
			w.add("diagnoses", "diag_id", row{"icd10": p.icd10, "description": p.code.display, "diag_date": ddmmyyyy(p.at), "status": state,
				"rank": map[bool]string{true: "P", false: "S"}[p.icd10[0] == 'F'], "clin_code": w.clinician(p.said), "sensitive": yes(p.label != "")})
		}
	}
	for _, a := range w.p.history.allergies {
		if w.has(a.said) {
			w.allergy(a)
		}
	}
	for _, m := range w.p.history.medicines {
		if w.has(m.said) {
			state := "C"
			if !m.stopped.IsZero() {
				state = "S"
			}
			w.add("prescriptions", "presc_id", row{"drug_code": m.code.code, "drug_name": m.code.display, "dose": m.dose, "route": strings.ToUpper(m.route[:2]),
				"freq": m.freq, "start_date": ddmmyyyy(m.at), "end_date": ddmmyyyy(m.stopped), "status": state, "clin_code": w.clinician(m.said)})
		}
	}
}

func (w *pasWriter) allergy(a allergy) {
	r := row{"noted_date": ddmmyyyy(a.at.AddDate(0, 1, 2)), "status": "A", "clin_code": w.clinician(a.said)}
	if a.none {
		r["status"], r["substance"] = "N", "NO KNOWN ALLERGIES"
	} else {
		r["substance"] = strings.TrimPrefix(a.code.display, "Allergy to ")
		r["reaction"] = a.reaction.display
		if a.note != "" {
			r["reaction"] += ". " + a.note
		}
		r["severity"] = map[string]string{"mild": "L", "moderate": "M", "severe": "H"}[a.severity]
	}
	w.add("allergies", "allergy_id", r)
}

func (w *pasWriter) visits() {
	referred := ""
	for _, r := range w.p.history.referrals {
		if w.has(r.said) {
			referred = w.add("referrals", "ref_id", row{"ref_date": ddmmyyyy(r.at), "source_code": "GP", "team_code": r.to, "reason": r.reason,
				"status": map[string]string{"active": "O", "completed": "C", "revoked": "R"}[r.status], "clin_code": w.clinician(r.said)})
		}
	}
	for _, c := range w.p.history.contacts {
		if w.has(c.said) {
			w.add("contacts", "contact_id", row{"ref_id": referred, "contact_date": yyyymmdd(c.at), "contact_time": orEmpty(c.at, "1504"),
				"type_code": map[string]string{"AMB": "F", "VR": "T", "HH": "H"}[c.class], "team_code": w.teamOf(c.said), "clin_code": w.clinician(c.said),
				"outcome_code": "ATT", "location": c.location, "notes": c.note})
		}
	}
	for _, a := range w.p.history.appointments {
		if w.has(a.said) {
			w.add("appointments", "appt_id", row{"appt_date": ddmmyyyy(a.at), "appt_time": orEmpty(a.at, "15:04"), "duration": strconv.Itoa(a.minutes),
				"clinic": a.clinic, "clin_code": w.clinician(a.said), "location": a.location,
				"status": map[string]string{"booked": "BK", "fulfilled": "AT", "noshow": "DN", "cancelled": "CN"}[a.status]})
		}
	}
	for _, s := range w.p.history.stays {
		if w.has(s.said) {
			destination := "19"
			if s.until.IsZero() {
				destination = ""
			}
			w.add("ward_stays", "stay_id", row{"admit_date": yyyymmdd(s.at), "admit_time": orEmpty(s.at, "1504"), "adm_method_code": "28",
				"ward_code": s.ward, "clin_code": w.clinician(s.said), "disch_date": yyyymmdd(s.until), "disch_time": orEmpty(s.until, "1504"),
				"disch_dest_code": destination, "legal_code": cmp.Or(s.section, "INF"), "reason": s.reason})
		}
	}
}

func (w *pasWriter) teamOf(s said) string {
	return w.roster.of(mentalHealthTrust().ods, s.by, w.index).team
}

// carePlans are the trust's plans, with a row for each goal and each action.
func (w *pasWriter) carePlans() {
	for _, p := range w.p.history.plans {
		if !w.has(p.said) {
			continue
		}
		id := w.add("care_plans", "plan_id", row{"plan_type": p.kind, "title": p.title, "start_date": ddmmyyyy(p.at), "review_date": ddmmyyyy(p.review),
			"status": "C", "clin_code": w.clinician(p.said)})
		for _, goal := range p.goals {
			w.add("care_plan_items", "item_id", row{"plan_id": id, "kind": "G", "text": goal})
		}
		for _, action := range p.actions {
			w.add("care_plan_items", "item_id", row{"plan_id": id, "kind": "A", "text": action})
		}
	}
}

func (w *pasWriter) rest() {
	w.carePlans()
	for _, a := range w.p.history.alerts {
		if w.has(a.said) {
			code := cmp.Or(map[string]string{"Safeguarding": "SAFEG", "Risk to staff": "VIOL", "": "OTH"}[a.pas], a.pas)
			w.add("alerts", "alert_id", row{"alert_code": code, "alert_text": a.text, "severity": a.severity, "start_date": ddmmyyyy(a.at),
				"end_date": ddmmyyyy(a.until), "clin_code": w.clinician(a.said), "sensitive": yes(a.label != "")})
		}
	}
	for _, m := range w.p.history.team {
		if w.has(m.said) {
			w.add("care_team", "team_id", row{"role_code": m.role, "clin_code": w.clinician(m.said), "team_code": m.team,
				"start_date": yyyymmdd(m.at), "end_date": yyyymmdd(m.until)})
		}
	}
	for _, d := range w.p.history.documents {
		if w.has(d.said) {
			number := len(w.rows["documents"]) + 1
			w.add("documents", "doc_id", row{"doc_date": yyyymmdd(d.at), "doc_type_code": d.pas, "title": d.title, "clin_code": w.clinician(d.said),
				"file_ref": `\\pas-files\docs\` + strconv.Itoa(100000+number) + ".pdf", "mime": d.mime, "sensitive": yes(d.label != "")})
		}
	}
}
