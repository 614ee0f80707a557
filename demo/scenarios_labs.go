package demo

import "time"

// laboratories are results of one person as two laboratories report them: in one unit and in
// another that can be converted (haemoglobin) or cannot without knowing the substance (glucose), a
// practice's copy of the hospital's result, values beyond what could be measured, a critical one that was
// telephoned, a corrected one, and a culture that is not final. Nothing of it is left to chance.
func laboratories(l *life) {
	at := func(days, hour int) time.Time {
		return l.today.AddDate(0, 0, -days).Add(time.Duration(hour)*time.Hour + 20*time.Minute)
	}
	reported := func(in holder, by string, when time.Time, code concept, results ...reading) *report {
		l.h.reports = append(l.h.reports, report{said: said{in: in, at: when, by: by}, code: code, category: "LAB", results: results})
		return &l.h.reports[len(l.h.reports)-1]
	}

	blood := lc("718-7", "Haemoglobin")
	grams := func(value float64) reading {
		return reading{code: blood, value: value, unit: "g/L", ucum: "g/L", low: 115, high: 165}
	}
	decilitre := func(value float64) reading {
		return reading{code: blood, value: value, unit: "g/dL", ucum: "g/dL", low: 11.5, high: 16}
	}
	count := sct("26604007", "Full blood count")
	reported(inHospital, "elderly", at(410, 9), count, grams(131))
	reported(inGP, "gp", at(300, 11), count, decilitre(12.7))
	reported(inHospital, "elderly", at(220, 9), count, grams(121))
	reported(inGP, "gp", at(140, 11), count, decilitre(11.9))
	reported(inHospital, "elderly", at(2, 16), count, grams(104))

	glucose := sct("997671000000106", "Plasma glucose level")
	sugar := func(value float64) reading {
		return reading{code: glucose, value: value, unit: "mmol/L", ucum: "mmol/L", low: 4, high: 7.8}
	}
	reported(inGP, "gp", at(330, 10), glucose, reading{code: glucose, value: 126, unit: "mg/dL", ucum: "mg/dL", low: 72, high: 140})
	reported(inHospital|inGP, "elderly", at(200, 9), glucose, sugar(8.4)) // the practice holds the hospital's result too
	reported(inHospital, "elderly", at(2, 16), glucose, sugar(7.1))

	protein := sct("55235003", "C-reactive protein measurement")
	crp := reading{code: lc("1988-5", "Serum CRP"), value: 5, unit: "mg/L", ucum: "mg/L", low: 0, high: 5}
	below := crp
	below.sign = "<"
	reported(inHospital, "elderly", at(120, 9), protein, below)
	corrected := crp
	corrected.value, corrected.status = 12, "corrected"
	reported(inHospital, "elderly", at(2, 16), protein, corrected).status = "corrected"

	reported(inHospital, "elderly", at(2, 16), sct("444164000", "Urea, creatinine and electrolytes measurement"),
		reading{code: lc("2823-3", "Serum potassium"), value: 6.7, unit: "mmol/L", ucum: "mmol/L", low: 3.5, high: 5.3, critical: true}).conclusion =
		"Potassium 6.7 telephoned to the ward."

	culture := reported(inHospital, "elderly", at(1, 18), sct("30088009", "Blood culture"))
	culture.category, culture.status, culture.conclusion = "MB", "preliminary", "No growth after 24 hours. Further report to follow."
}
