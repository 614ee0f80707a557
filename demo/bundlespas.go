package demo

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// writePAS turns a person's part at the mental-health trust into rows of the
// old system. Columns that are not set are empty, which there means unknown; the
// codes are those of pasLookups.
func (a *Adapted) writePAS(p *bundlePerson) {
	w := &bundlePAS{a, p, roster{staff()}.of("RZM", "psychiatry", p.index), roster{staff()}.of("RZM", "cpn", p.index)}
	a.pas["patients"] = append(a.pas["patients"], w.patient())
	for _, r := range p.resources {
		switch {
		case r.kind == "Encounter" && r.at == inMentalHealth && r.text("class.code") == "IMP":
			w.stay(r)
		case r.kind == "Encounter" && r.at == inMentalHealth:
			w.contact(r)
		case r.kind == "Condition" && (bundleAboutMind(r.label("code")) || bundleChance("secondary", r.id, 8) == 0):
			w.diagnosis(r)
		case r.kind == "AllergyIntolerance" && bundleChance("pas", r.id, 3) == 0:
			w.allergy(r)
		}
	}
}

// bundlePAS writes one person's rows, in the name of two of the trust's staff.
type bundlePAS struct {
	a          *Adapted
	p          *bundlePerson
	consultant clinician
	nurse      clinician
}

// add numbers a row, names its patient and appends it to its table.
func (w *bundlePAS) add(table, key string, r row) string {
	n := strconv.Itoa(len(w.a.pas[table]) + 1)
	r[key], r["pas_id"] = n, w.p.localID(inMentalHealth)
	w.a.pas[table] = append(w.a.pas[table], r)
	return n
}

func (w *bundlePAS) patient() row {
	r := w.p.read
	line := r.text("address.line")
	sex := cmp.Or(map[string]string{"male": "1", "female": "2"}[r.text("gender")], "9")
	return row{
		"pas_id": w.p.localID(inMentalHealth), "nhs_no": w.p.nhs, "nhs_status": "01",
		"surname": strings.ToUpper(r.text("name.family")), "forename": r.text("name.given"), "title": r.text("name.prefix"),
		"other_names": strings.Join(bundleFurtherNames(r), " "),
		"dob":         bundleDay(r.text("birthDate"), "20060102"), "sex": sex,
		"addr1": line, "addr2": r.text("address.city"), "addr3": r.text("address.state"), "postcode": r.text("address.postalCode"),
		"phone_home": r.text("telecom.value"), "gp_code": w.p.practice.ods, "gp_name": w.p.practice.name,
		"dod": bundleDay(r.text("deceasedDateTime"), "20060102"), "info_share": "", "updated": "201906010200",
	}
}

// bundleFurtherNames are the given names after the first.
func bundleFurtherNames(r *bundled) []string {
	var names []string
	for _, v := range walk(r.content, "name.given") {
		if s, ok := v.(string); ok {
			names = append(names, s)
		}
	}
	if len(names) > 0 {
		names = names[1:]
	}
	return names
}

// contact is a visit to the trust; the first also opens the referral.
func (w *bundlePAS) contact(r *bundled) {
	when := r.text("period.start")
	w.add("contacts", "contact_id", row{
		"ref_id": w.referral(when), "contact_date": bundleDay(when, "20060102"), "contact_time": bundleDay(when, "1504"), "type_code": "F",
		"team_code": w.nurse.team, "clin_code": w.nurse.id, "outcome_code": "ATT", "location": "Larkfield House",
		"notes": bundleJoin(r.label("type"), r.label("reasonCode")),
	})
}

// referral is the person's one referral: its number, opened when first needed.
func (w *bundlePAS) referral(when string) string {
	if all := w.a.pas["referrals"]; len(all) > 0 && all[len(all)-1]["pas_id"] == w.p.localID(inMentalHealth) {
		return all[len(all)-1]["ref_id"]
	}
	w.add("care_team", "team_id", row{"role_code": "CPN", "clin_code": w.nurse.id, "team_code": w.nurse.team,
		"start_date": bundleDay(when, "20060102")})
	return w.add("referrals", "ref_id", row{"ref_date": bundleDay(when, bundleUKDate), "source_code": "GP", "team_code": w.nurse.team,
		"reason": "Adapted from visits of the bundle", "status": "O", "clin_code": w.nurse.id})
}

func (w *bundlePAS) stay(r *bundled) {
	start, end := r.text("period.start"), r.text("period.end")
	w.add("ward_stays", "stay_id", row{
		"admit_date": bundleDay(start, "20060102"), "admit_time": bundleDay(start, "1504"), "adm_method_code": "11", "ward_code": "LARK",
		"clin_code": w.consultant.id, "disch_date": bundleDay(end, "20060102"), "disch_time": bundleDay(end, "1504"),
		"disch_dest_code": map[bool]string{true: "19"}[end != ""], "legal_code": "INF",
		"reason": bundleJoin(r.label("type"), r.label("reasonCode")),
	})
}

func (w *bundlePAS) diagnosis(r *bundled) {
	status := "A"
	if s := r.text("clinicalStatus.coding.code"); s == "resolved" || s == "inactive" || s == "remission" {
		status = "R"
	}
	if r.text("verificationStatus.coding.code") == "entered-in-error" {
		status = "E"
	}
	rank := "S"
	if bundleAboutMind(r.label("code")) {
		rank = "P"
	}
	w.add("diagnoses", "diag_id", row{
		"icd10": bundleICD10(r.text("code.coding.code")), "description": r.label("code"), "status": status, "rank": rank,
		"diag_date": bundleDay(cmp.Or(r.text("recordedDate"), r.text("onsetDateTime")), bundleUKDate), "clin_code": w.consultant.id, "sensitive": "N",
	})
}

func (w *bundlePAS) allergy(r *bundled) {
	status := "A"
	switch {
	case r.text("verificationStatus.coding.code") == "entered-in-error":
		status = "E"
	case r.text("code.coding.code") == "716186003":
		status = "N"
	}
	severity := map[string]string{"severe": "H", "moderate": "M", "mild": "L"}[r.text("reaction.severity")]
	if severity == "" && r.text("criticality") == "high" {
		severity = "H"
	}
	w.add("allergies", "allergy_id", row{"substance": r.label("code"), "reaction": r.label("reaction.manifestation"),
		"severity": severity, "noted_date": bundleDay(r.text("recordedDate"), bundleUKDate), "status": status, "clin_code": w.consultant.id})
}

// bundleICD10 translates the few diagnoses these records have and the trust treats;
// the description says the rest. "" is no code.
func bundleICD10(code string) string {
	return map[string]string{
		"26929004": "G309", "230265002": "G300", // Alzheimer's disease, and of early onset
		"55680006": "T509", "192127007": "F900", // drug overdose; child attention deficit disorder
		"370143000": "F322", "36923009": "F322", "35489007": "F329", // depression
		"6525002": "F192", "7200002": "F102", "5602001": "F111", // dependence on drugs, on alcohol; opioid abuse
		"47505003": "F431", "52448006": "F03X", // post-traumatic stress; dementia
		"59621000": "I10X", "55822004": "E785", "44054006": "E119", // hypertension, hyperlipidaemia, diabetes
	}[code]
}

const bundleUKDate = "02/01/2006"

// bundleDay writes a FHIR date or time on the clocks of the United Kingdom, in a
// layout. What a partial date does not say is not made up: it gives "".
func bundleDay(text, layout string) string {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return london(t).Format(layout)
	}
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return t.Format(layout)
	}
	return ""
}

func bundleJoin(texts ...string) string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, ": ")
}

// ageAt is a person's age in whole years on the day of a FHIR date; -1 unknown.
func (p *bundlePerson) ageAt(when string) int {
	var born, then [3]int
	_, err := fmt.Sscanf(p.read.text("birthDate"), "%d-%d-%d", &born[0], &born[1], &born[2])
	if err != nil {
		return -1
	}
	if _, err := fmt.Sscanf(when, "%d-%d-%d", &then[0], &then[1], &then[2]); err != nil {
		return -1
	}
	years := then[0] - born[0]
	if then[1] < born[1] || then[1] == born[1] && then[2] < born[2] {
		years--
	}
	return years
}
