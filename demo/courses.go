package demo

// course is an illness as it usually runs: when it is likely, and what it
// leaves in the records of the systems.
type course struct {
	name   string
	likely func(age int, sex string) float64
	run    func(*life)
}

// between ages, with a likelihood.
func aged(low, high int, p float64) func(int, string) float64 {
	return func(age int, _ string) float64 {
		if age >= low && age <= high {
			return p
		}
		return 0
	}
}

func courses() []course {
	return []course{
		{"asthma", aged(5, 80, 0.13), asthma},
		{"diabetes", aged(40, 95, 0.2), diabetes},
		{"hypertension", aged(45, 99, 0.42), hypertension},
		{"copd", aged(55, 95, 0.14), copd},
		{"ckd", aged(60, 99, 0.2), kidney},
		{"heart", aged(60, 99, 0.22), heart},
		{"pregnancy", func(age int, sex string) float64 {
			if sex == "female" && age >= 19 && age <= 41 {
				return 0.2
			}
			return 0
		}, pregnancy},
		{"falls", aged(78, 99, 0.5), falls},
		{"childhood", aged(0, 12, 1), childhood},
		{"arthritis", aged(55, 99, 0.25), arthritis},
		{"thyroid", aged(35, 90, 0.08), thyroid},
		{"reflux", aged(30, 90, 0.14), reflux},
		{"migraine", aged(18, 60, 0.1), migraine},
		{"minor", aged(13, 99, 0.75), minor},
		{"sexual-health", aged(18, 40, 0.1), sexualHealth},
		{"surgery", aged(10, 60, 0.08), appendix},
		{"pneumonia", aged(65, 99, 0.12), pneumonia},
	}
}

func asthma(l *life) {
	since := l.years(3, 20)
	l.problem(inGP|inHospital, "asthma", "respiratory", since)
	l.medicine(inGP, "salbutamol", "gp", since, true).reason = "Asthma"
	l.medicine(inGP|inHospital, "beclometasone", "respiratory", l.years(1, 3), true).reason = "Asthma"
	for year := range l.between(1, 3) {
		at := l.days(year*360+20, year*360+300)
		l.surgery(at, "Asthma annual review")
		l.observe(inGP, "practice-nurse", at, vital("peak-flow", l.around(430, 60)))
	}
	if l.chance(0.3) {
		at := l.days(40, 900)
		l.course(inGP|inHospital, "prednisolone", "emergency", "Asthma exacerbation", at, 5)
		l.contact(inHospital, "emergency", "EMER", sct("4525004", "Emergency department patient visit"), "Acute asthma", "Emergency department", at)
		l.bedside(at, 1)
	}
	l.appointment(inGP, "practice-nurse", "Asthma review", "Treatment room", l.ahead(10, 90))
}

func diabetes(l *life) {
	since := l.years(2, 15)
	l.problem(inGP|inHospital, "diabetes", "diabetes", since)
	l.medicine(inGP|inHospital, "metformin", "diabetes", since, true).reason = "Type 2 diabetes"
	l.medicine(inGP, "atorvastatin", "gp", l.years(1, 4), true)
	switch {
	case l.chance(0.3):
		l.medicine(inGP|inHospital, "insulin", "diabetes", l.years(0, 2), true).reason = "Type 2 diabetes"
	case l.chance(0.4):
		l.medicine(inGP, "gliclazide", "gp", l.years(0, 2), true)
	}
	for half := range l.between(2, 4) {
		at := l.days(half*180+10, half*180+120)
		l.test(inGP, "hba1c", "practice-nurse", at, map[string]float64{"59261-8": 60})
		l.observe(inGP, "practice-nurse", at, vital("weight", l.around(92, 9)), bloodPressure(l.around(138, 9), l.around(80, 6)))
	}
	l.test(inGP, "lipids", "gp", l.days(30, 350), map[string]float64{"14647-2": 4.6})
	l.clinic("diabetes", "Diabetes", l.days(40, 400))
	if l.chance(0.3) {
		l.problem(inHospital, "retinopathy", "diabetes", l.years(0, 2))
	}
	l.procedure(inGP, "practice-nurse", sct("401191002", "Diabetic foot examination"), l.days(20, 360))
	l.appointment(inHospital, "diabetes", "Diabetes clinic", "Outpatients 2, Royal Westmarch Infirmary", l.ahead(5, 120))
}

func hypertension(l *life) {
	since := l.years(1, 18)
	l.problem(inGP, "hypertension", "gp", since)
	l.medicine(inGP, pick(l.dice, []string{"amlodipine", "ramipril"}), "gp", since, true).reason = "Hypertension"
	for year := range l.between(2, 4) {
		l.observe(inGP, "practice-nurse", l.days(year*300+10, year*300+280), bloodPressure(l.around(142, 11), l.around(84, 7)))
	}
	l.test(inGP, "ue", "gp", l.days(15, 360), nil)
}

func copd(l *life) {
	since := l.years(2, 10)
	l.problem(inGP|inHospital, "copd", "respiratory", since)
	l.medicine(inGP|inHospital, "tiotropium", "respiratory", since, true).reason = "COPD"
	l.medicine(inGP, "salbutamol", "gp", since, true)
	l.imaging(inHospital, sct("399208008", "Plain X-ray of chest"), "radiology", "Hyperinflated lungs. No focal consolidation. BP <140 at the time.", l.days(60, 800))
	if l.chance(0.5) {
		at := l.days(20, 700)
		l.admit(inHospital, "respiratory", "Ward 12 (Respiratory)", "Infective exacerbation of COPD", at, l.between(2, 8))
		l.course(inHospital, "doxycycline", "respiratory", "Infective exacerbation of COPD", at, 7)
		l.course(inHospital, "prednisolone", "respiratory", "Infective exacerbation of COPD", at, 5)
		l.bedside(at, 1.5)
		l.test(inHospital, "crp", "respiratory", at, nil)
		l.test(inHospital, "fbc", "respiratory", at, map[string]float64{"6690-2": 14})
	}
	l.clinic("respiratory", "COPD", l.days(30, 400))
}

func kidney(l *life) {
	l.problem(inGP|inHospital, "ckd3", "renal", l.years(1, 7))
	for half := range l.between(2, 4) {
		l.test(inGP, "ue", "gp", l.days(half*170+10, half*170+150), map[string]float64{"14682-9": 142, "62238-1": 43, "22664-7": 10.5})
	}
	l.clinic("renal", "Chronic kidney disease", l.days(60, 500))
}

func heart(l *life) {
	since := l.years(1, 9)
	if l.chance(0.5) {
		l.problem(inGP|inHospital, "af", "cardiology", since)
		l.medicine(inGP|inHospital, "apixaban", "cardiology", since, true).reason = "Atrial fibrillation"
		l.alert(inGP|inHospital, "pharmacist", sct("711150003", "Long-term current use of anticoagulant"), "", "Takes an anticoagulant", "H", "clinical", since)
	} else {
		l.problem(inGP|inHospital, "ihd", "cardiology", since)
		l.medicine(inGP, "aspirin", "gp", since, true)
		l.procedure(inHospital, "cardiology", sct("415070008", "Percutaneous coronary intervention"), since)
	}
	l.medicine(inGP|inHospital, "bisoprolol", "cardiology", since, true)
	if l.chance(0.4) {
		l.problem(inHospital, "heart-failure", "cardiology", l.years(0, 2))
		l.medicine(inHospital, "furosemide", "cardiology", l.years(0, 2), true)
	}
	l.procedure(inHospital, "cardiology", sct("40701008", "Echocardiography"), l.days(40, 900))
	l.clinic("cardiology", "Cardiology", l.days(30, 500))
	l.appointment(inHospital, "cardiology", "Cardiology clinic", "Heart Centre, Royal Westmarch Infirmary", l.ahead(5, 150))
}

func pregnancy(l *life) {
	at := l.days(60, 200)
	p := l.problem(inGP|inHospital, "pregnant", "obstetrics", at)
	p.major = false
	l.medicine(inGP, "folic-acid", "gp", at, false)
	l.test(inHospital, "fbc", "obstetrics", at.AddDate(0, 0, 10), map[string]float64{"718-7": 112})
	l.clinic("obstetrics", "Antenatal booking", l.days(20, 55))
	l.observe(inHospital, "obstetrics", l.days(5, 50), bloodPressure(l.around(114, 8), l.around(68, 5)))
	l.social(inHospital, at, lc("82810-3", "Pregnancy status"), "Pregnant")
	l.imaging(inHospital, sct("268445003", "Ultrasound scan - obstetric"), "radiology", "Single live intrauterine pregnancy. Normal anatomy.", l.days(10, 60))
	l.appointment(inHospital, "obstetrics", "Antenatal clinic", "Maternity Unit", l.ahead(3, 28))
}

func falls(l *life) {
	l.problem(inGP|inHospital, "falls", "elderly", l.years(0, 3))
	l.problem(inGP, "frailty", "gp", l.years(0, 3))
	l.medicine(inGP, "vitamin-d", "gp", l.years(0, 3), true)
	l.observe(inGP, "gp", l.days(20, 300), vital("frailty", float64(l.between(5, 7))))
	if l.chance(0.4) {
		at := l.days(30, 900)
		l.past(inHospital|inGP, "hip-fracture", "orthopaedics", at, 90)
		l.procedure(inHospital, "orthopaedics", sct("397956004", "Prosthetic arthroplasty of the hip"), at.AddDate(0, 0, 1))
		s := l.admit(inHospital, "orthopaedics", "Ward 7 (Trauma)", "Fractured neck of femur after a fall", at, l.between(8, 20))
		s.to = sct("306691003", "Discharge to residential home")
		l.course(inHospital, "enoxaparin", "orthopaedics", "Prevention of thrombosis", at, 28)
		l.bedside(at, 0.8)
		l.test(inHospital, "fbc", "orthopaedics", at.AddDate(0, 0, 1), map[string]float64{"718-7": 98})
	}
	l.alert(inHospital|inGP, "elderly", sct("129839007", "At risk for falls"), "FALLS", "High risk of falls", "M", "clinical", l.days(30, 500))
}
