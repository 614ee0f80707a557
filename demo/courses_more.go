package demo

import (
	"strings"
	"time"
)

func childhood(l *life) {
	born := l.p.truth.born
	weeks := func(n int) time.Time { return l.at(born.AddDate(0, 0, 7*n)) }
	for dose, week := range []int{8, 12, 16} {
		l.vaccinate(inGP, sct("1082441000000108", "Diphtheria, tetanus, pertussis, polio, Hib and hepatitis B vaccination"), "6-in-1", dose+1, weeks(week))
	}
	l.vaccinate(inGP, sct("38598009", "Measles, mumps and rubella vaccination"), "MMR", 1, weeks(53))
	l.vaccinate(inGP, sct("38598009", "Measles, mumps and rubella vaccination"), "MMR", 2, weeks(175))
	if l.chance(0.4) {
		l.problem(inGP, "eczema", "gp", l.clamp(weeks(40)))
		l.medicine(inGP, "emollient", "gp", l.days(30, 400), true).reason = "Eczema"
	}
	if l.chance(0.4) {
		at := l.days(20, 700)
		l.past(inGP, "otitis", "gp", at, 10)
		l.course(inGP, "paracetamol-ch", "gp", "Earache", at, 5)
	}
	if l.chance(0.3) {
		at := l.days(30, 800)
		l.past(inHospital, "croup", "paediatrics", at, 3)
		l.contact(inHospital, "emergency", "EMER", sct("4525004", "Emergency department patient visit"), "Croup", "Children's emergency department", at)
	}
	at := l.days(10, 500)
	l.observe(inGP, "practice-nurse", at, vital("height", 62+6.3*float64(l.age())+l.around(0, 3)), vital("weight", 6+2.6*float64(l.age())+l.around(0, 1)))
	l.surgery(at, "Child health review")
}

func arthritis(l *life) {
	l.problem(inGP, "osteoarthritis", "gp", l.years(1, 10))
	l.medicine(inGP, "paracetamol", "gp", l.years(0, 3), true)
	if l.chance(0.4) {
		m := l.medicine(inGP, "naproxen", "gp", l.years(1, 4), true)
		m.stopped, m.reasonS = l.days(20, 300), "risk of gastric bleeding"
	}
	if l.chance(0.3) {
		at := l.days(100, 1500)
		l.procedure(inHospital, "orthopaedics", sct("609588000", "Total knee replacement"), at)
		s := l.admit(inHospital, "orthopaedics", "Ward 5 (Elective orthopaedics)", "Total knee replacement", at, l.between(2, 4))
		s.method = sct("8715000", "Elective admission")
		l.refer(inGP, "gp", "Orthopaedics", "Osteoarthritis of the knee, conservative treatment exhausted", at.AddDate(0, 0, -160))
	}
}

func thyroid(l *life) {
	l.problem(inGP, "hypothyroidism", "gp", l.years(1, 12))
	l.medicine(inGP, "levothyroxine", "gp", l.years(1, 5), true).reason = "Hypothyroidism"
	for year := range 2 {
		l.test(inGP, "tft", "gp", l.days(year*300+10, year*300+250), map[string]float64{"3016-3": 3.6})
	}
}

func reflux(l *life) {
	l.problem(inGP, "reflux", "gp", l.years(0, 8)).major = false
	l.medicine(inGP, pick(l.dice, []string{"omeprazole", "lansoprazole"}), "gp", l.years(0, 4), true)
}

func migraine(l *life) {
	l.problem(inGP, "migraine", "gp", l.years(1, 10)).major = false
	l.medicine(inGP, "sumatriptan", "gp", l.years(0, 3), true)
}

func minor(l *life) {
	at := l.days(15, 500)
	l.past(inGP, "uti", "gp", at, 7)
	l.course(inGP, "trimethoprim", "gp", "Urinary tract infection", at, 3)
	l.surgery(at, "Urinary symptoms")
	if l.chance(0.4) {
		l.problem(inGP, "hay-fever", "gp", l.years(1, 15)).major = false
		l.course(inGP, "cetirizine", "gp", "Hay fever", l.days(100, 500), 60)
	}
	if l.chance(0.3) {
		when := l.days(5, 900)
		l.contact(inHospital, "emergency", "EMER", sct("4525004", "Emergency department patient visit"), "Minor injury", "Emergency department", when)
	}
}

func sexualHealth(l *life) {
	at := l.days(60, 900)
	l.past(inHospital, "chlamydia", "sexual-health", at, 14)
	l.h.problems[len(l.h.problems)-1].label = "R"
	l.course(inHospital, "doxycycline", "sexual-health", "Chlamydia", at, 7)
	l.h.medicines[len(l.h.medicines)-1].label = "R"
	l.contact(inHospital, "sexual-health", "AMB", sct("185389009", "Follow-up visit"), "Sexual health clinic", "Riverside Clinic", at).label = "R"
}

func appendix(l *life) {
	at := l.years(1, 8)
	l.past(inHospital|inGP, "appendicitis", "surgery", at, 14)
	l.procedure(inHospital, "surgery", sct("80146002", "Appendectomy"), at)
	l.admit(inHospital, "surgery", "Ward 9 (Surgery)", "Acute appendicitis", at, 2)
}

func pneumonia(l *life) {
	at := l.days(10, 700)
	l.past(inHospital|inGP, "pneumonia", "respiratory", at, 30)
	l.admit(inHospital, "respiratory", "Ward 12 (Respiratory)", "Community acquired pneumonia", at, l.between(3, 9))
	l.course(inHospital, "amoxicillin", "respiratory", "Pneumonia", at, 5)
	l.bedside(at, 1.8)
	l.bedside(at.AddDate(0, 0, 1), 1)
	l.test(inHospital, "crp", "respiratory", at, map[string]float64{"1988-5": 160})
	l.test(inHospital, "ue", "respiratory", at, map[string]float64{"22664-7": 9})
	l.imaging(inHospital, sct("399208008", "Plain X-ray of chest"), "radiology", "Right lower zone consolidation in keeping with infection.", at)
}

// outpatient is what the hospital knows of nearly everybody it knows.
func outpatient(l *life) {
	reason := pick(l.dice, []string{"Dermatology", "Ear, nose and throat", "Ophthalmology", "Gastroenterology", "Physiotherapy", "Fracture clinic"})
	at := l.days(15, 600)
	l.refer(inGP, "gp", reason, "Opinion requested", at.AddDate(0, 0, -60))
	l.clinic(pick(l.dice, []string{"surgery", "orthopaedics", "elderly"}), reason, at)
	l.test(inHospital, "fbc", "surgery", at, nil)
	if l.chance(0.6) {
		l.test(inHospital, "ue", "surgery", at, nil)
		l.test(inHospital, "lft", "surgery", at, nil)
	}
	if l.chance(0.4) {
		when := l.days(5, 900)
		l.contact(inHospital, "emergency", "EMER", sct("4525004", "Emergency department patient visit"),
			pick(l.dice, []string{"Chest pain", "Abdominal pain", "Head injury", "Laceration of hand", "Ankle injury"}), "Emergency department", when)
		l.bedside(when, 0.5)
	}
	if l.chance(0.5) {
		l.appointment(inHospital, "surgery", strings.TrimSuffix(reason, " clinic")+" clinic", "Outpatients 1, Royal Westmarch Infirmary", l.ahead(4, 120))
	}
}

// prevention is what everybody of an age is offered.
func prevention(l *life) {
	age := l.age()
	for year := range 3 {
		if age >= 65 || (age >= 50 && l.chance(0.5)) {
			l.vaccinate(inGP, sct("86198006", "Influenza vaccination"), "Influenza", 1, l.at(time.Date(l.today.Year()-year, 10, 12+l.n(15), 0, 0, 0, 0, time.UTC)))
		}
	}
	if age >= 18 {
		l.vaccinate(inGP, sct("840534001", "Administration of SARS-CoV-2 vaccine"), "COVID-19", 1, l.at(time.Date(2021, 4, 3+l.n(25), 0, 0, 0, 0, time.UTC)))
		l.vaccinate(inGP, sct("840534001", "Administration of SARS-CoV-2 vaccine"), "COVID-19", 2, l.at(time.Date(2021, 6, 20+l.n(9), 0, 0, 0, 0, time.UTC)))
		l.social(inGP, l.days(60, 1200), sct("365981007", "Tobacco smoking behaviour"),
			pick(l.dice, []string{"Never smoked tobacco", "Ex-smoker", "Never smoked tobacco", "Smoker, 10 a day"}))
		l.test(inGP, "fbc", "gp", l.days(30, 700), nil)
		l.test(inGP, "ue", "gp", l.days(30, 900), nil)
		l.observe(inGP, "practice-nurse", l.days(40, 800), bloodPressure(l.around(126, 10), l.around(76, 7)), vital("pulse", l.around(72, 8)))
		l.observe(inGP, "practice-nurse", l.days(50, 900), vital("weight", l.around(76, 12)), vital("height", l.around(169, 9)), vital("bmi", l.around(26.5, 3)))
	}
	if age >= 70 {
		l.vaccinate(inGP, sct("722215002", "Herpes zoster vaccination"), "Shingles", 1, l.days(100, 900))
	}
	for range l.between(1, 4) {
		l.surgery(l.days(5, 900), pick(l.dice, []string{"Medication review", "Back pain", "Cough", "Skin lesion", "Tiredness", "Blood pressure check", "Knee pain"}))
	}
}

// sensitivities are the allergies, or the statement that there are none.
func sensitivities(l *life) {
	switch {
	case l.chance(0.32):
		found := pick(l.dice, allergens())
		found.said = said{in: inGP, at: l.years(1, 15), by: "gp"}
		if l.chance(0.6) {
			found.in |= inHospital
			found.by = "pharmacist"
		}
		if l.chance(0.2) {
			found.in |= inMentalHealth
		}
		l.h.allergies = append(l.h.allergies, found)
		if l.chance(0.15) {
			old := allergens()[7]
			old.said, old.resolved = said{in: inGP, at: l.years(5, 20), by: "gp"}, true
			l.h.allergies = append(l.h.allergies, old)
		}
		if l.chance(0.1) {
			wrong := allergens()[4]
			wrong.said = said{in: inHospital, at: l.days(100, 800), by: "pharmacist", mistaken: true}
			l.h.allergies = append(l.h.allergies, wrong)
		}
	case l.chance(0.5):
		none := allergy{said: said{in: inGP, at: l.years(0, 5), by: "gp"}, none: true}
		if l.chance(0.3) {
			none.in |= inHospital | inMentalHealth
		}
		l.h.allergies = append(l.h.allergies, none)
	}
}

// relatives are illnesses in the family.
func relatives(l *life) {
	if l.chance(0.3) {
		l.h.family = append(l.h.family, familyIllness{said: said{in: inGP, at: l.years(1, 10), by: "gp"},
			relation: pick(l.dice, []concept{{"http://terminology.hl7.org/CodeSystem/v3-RoleCode", "FTH", "father"},
				{"http://terminology.hl7.org/CodeSystem/v3-RoleCode", "MTH", "mother"}}),
			code: pick(l.dice, []concept{l.ills["ihd"].code, l.ills["diabetes"].code, sct("254837009", "Malignant neoplasm of breast")})})
	}
}
