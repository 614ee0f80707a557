package demo

// mind is what brings a person to the mental health trust, by age; the GP
// usually knows of it.
func mind(l *life) {
	age := l.age()
	switch {
	case age >= 75:
		dementia(l)
	case l.chance(0.3):
		psychosis(l)
	case l.chance(0.2):
		bipolar(l)
	default:
		depression(l)
	}
	l.h.referrals = append(l.h.referrals, referral{said: said{in: inMentalHealth, at: l.days(200, 900), by: "cpn"}, to: "CMHT1",
		reason: "Assessment and treatment", status: "active"})
	for range l.between(2, 6) {
		c := l.contact(inMentalHealth, pick(l.dice, []string{"cpn", "psychiatry", "psychologist"}), pick(l.dice, []string{"AMB", "HH", "VR"}),
			sct("11429006", "Consultation"), "", "Larkfield House", l.days(7, 500))
		c.note = pick(l.dice, []string{"Mood stable, sleeping better.", "Low in mood; no thoughts of self-harm.", "Medication tolerated.",
			"Seen with carer. Plan agreed.", "Blood pressure <140/90 today."})
	}
	l.appointment(inMentalHealth, pick(l.dice, []string{"cpn", "psychiatry"}), "Community clinic", "Larkfield House, Thornby", l.ahead(4, 60))
	l.appointment(inMentalHealth, "cpn", "Community clinic", "Larkfield House, Thornby", l.days(10, 200))
	l.document(inMentalHealth, "psychiatry", sct("823691000000103", "Clinical letter"), "LETTER", "Letter to GP following review", l.days(10, 300))
}

func depression(l *life) {
	since := l.years(1, 8)
	l.problem(inGP|inMentalHealth, "depression", "psychiatry", since)
	l.medicine(inGP|inMentalHealth, "sertraline", "psychiatry", l.years(0, 2), true).reason = "Depression"
	l.observe(inGP, "gp", l.days(20, 500), vital("phq9", float64(l.between(5, 19))))
	if l.chance(0.3) {
		l.problem(inMentalHealth, "anxiety", "psychologist", l.years(0, 3))
	}
	l.teamMember(inMentalHealth, "cpn", "COORD", "CMHT1", l.days(60, 600))
	if l.chance(0.25) {
		l.alert(inMentalHealth, "cpn", sct("225444004", "At risk for suicide"), "SH", "History of self-harm; see risk assessment", "H", "safety", l.days(60, 900)).label = "R"
	}
}

func psychosis(l *life) {
	since := l.years(2, 15)
	l.problem(inGP|inMentalHealth, "schizophrenia", "psychiatry", since)
	drug := pick(l.dice, []string{"olanzapine", "clozapine"})
	in := inMentalHealth
	if drug == "olanzapine" {
		in |= inGP
	} else {
		l.alert(inMentalHealth, "psychiatry", sct("711150003", "Long-term current use of drug therapy"), "CLOZ", "Clozapine: blood monitoring, never restart after 48 hours missed", "H", "clinical", since)
	}
	l.medicine(in, drug, "psychiatry", l.years(0, 4), true).reason = "Schizophrenia"
	at := l.days(60, 1200)
	s := l.admit(inMentalHealth, "psychiatry", "LARK", "Relapse of psychosis", at, l.between(12, 60))
	s.section = pick(l.dice, []string{"INF", "S2", "S3"})
	l.teamMember(inMentalHealth, "cpn", "COORD", "EIP", l.days(60, 900))
	l.teamMember(inMentalHealth, "psychiatry", "CONS", "EIP", l.days(60, 900))
	l.alert(inMentalHealth, "cpn", sct("225915006", "At risk of violence"), "VIOL", "Visit in pairs", "M", "safety", l.days(60, 900)).label = "R"
}

func bipolar(l *life) {
	l.problem(inGP|inMentalHealth, "bipolar", "psychiatry", l.years(2, 15))
	l.medicine(inGP|inMentalHealth, "lithium", "psychiatry", l.years(0, 6), true).reason = "Bipolar disorder"
	l.test(inGP, "lithium", "gp", l.days(10, 150), nil)
	l.test(inGP, "tft", "gp", l.days(20, 300), nil)
	l.alert(inGP|inMentalHealth, "psychiatry", sct("711150003", "Long-term current use of drug therapy"), "LITH", "Takes lithium: check levels, avoid NSAIDs", "H", "clinical", l.years(0, 5))
	l.teamMember(inMentalHealth, "psychiatry", "CONS", "CMHT1", l.days(60, 900))
}

func dementia(l *life) {
	l.problem(inGP|inMentalHealth, "dementia", "psychiatry", l.years(1, 5))
	l.medicine(inGP|inMentalHealth, "donepezil", "psychiatry", l.years(0, 3), true).reason = "Alzheimer's disease"
	l.teamMember(inMentalHealth, "psychiatry", "CONS", "OPMH", l.days(60, 900))
	l.alert(inMentalHealth|inSocialCare, "cpn", sct("704448006", "Wandering"), "WAND", "May leave home and be lost", "M", "safety", l.days(60, 700))
}

// support is what the council does for a person.
func support(l *life) {
	since := l.days(100, 1200)
	add := func(name, provider, frequency, status, reason string) {
		s := service{said: said{in: inSocialCare, at: since, by: "care-coordinator"}, name: name, provider: provider, frequency: frequency, status: status, reason: reason}
		if status == "Ended" {
			s.until = l.days(10, 90)
		}
		l.h.services = append(l.h.services, s)
	}
	if l.age() >= 60 {
		add("Home care", "Larch Home Care Ltd", pick(l.dice, []string{"4 calls a day", "2 calls a day", "Daily"}), "Active", "Help with washing and dressing")
		add("Meals at home", "Westmarch Council", "Daily", pick(l.dice, []string{"Active", "Ended"}), "Nutrition")
	} else {
		add("Supported living", "Open Gate Housing", "20 hours a week", "Active", "Support to keep a tenancy")
	}
	if l.chance(0.5) {
		add("Reablement", "Westmarch Council Reablement Team", "6 weeks", "Ended", "After discharge from hospital")
	}
	l.teamMember(inSocialCare, "social-worker", "Social Worker", "", since)
	if l.chance(0.6) {
		l.teamMember(inSocialCare, "ot", "Occupational Therapist", "", l.days(40, 500))
	}
	for range l.between(2, 5) {
		v := l.contact(inSocialCare, pick(l.dice, []string{"social-worker", "ot", "care-coordinator"}), "HH", concept{display: "Home visit"}, "Review visit", "Home", l.days(5, 400))
		v.note = pick(l.dice, []string{"Care plan working well", "Grab rail fitted", "Carer tired; respite discussed", "No reply at the door"})
		if v.note == "No reply at the door" {
			v.status = "noaccess"
		}
	}
	l.contact(inSocialCare, "social-worker", "HH", concept{display: "Review visit"}, "Annual review", "Home", l.ahead(6, 80)).status = "planned"
	l.plan(inSocialCare, "social-worker", "Care and support plan", "Staying safe and well at home", []string{"Remain at home", "Prevent falls", "See friends weekly"}, since)
	if l.chance(0.4) {
		l.alert(inSocialCare, "social-worker", concept{display: "Access"}, "Access", "Key safe at side door; ask the office for the code", "L", "social", since)
	}
	if l.chance(0.12) {
		l.alert(inSocialCare, "social-worker", concept{display: "Safeguarding"}, "Safeguarding", "Adult safeguarding enquiry open", "H", "safeguarding", l.days(10, 200)).label = "R"
	}
}
