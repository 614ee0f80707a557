package demo

import "time"

// busy is somebody who has been cared for all their life: so many entries, in every kind
// that the practice and the hospital keep. Only made if it is asked for, to see how a long
// record behaves.
func busy(entries int) scenario {
	return scenario{"busy", "Mr", "Methuselah", "", "Longrecord", "male", "1931-04-04", 943_509_001, inGP | inHospital, func(l *life) {
		l.lifetime(entries)
	}}
}

// lifetime spreads entries over the years since childhood, the more the nearer to today.
func (l *life) lifetime(entries int) {
	first := l.p.truth.born.AddDate(5, 0, 0)
	hours := l.today.Sub(first).Hours()
	reasons := []string{"Hypertension review", "Cough", "Knee pain", "Medication review", "Dizziness", "Blood pressure check"}
	panels := []string{"ue", "fbc", "hba1c", "lipids", "lft", "tft"}
	for i := range entries {
		ago := float64(entries-i) / float64(entries)
		at := l.today.Add(-time.Duration(hours * ago * ago * float64(time.Hour)))
		switch i % 10 {
		case 0, 1, 2:
			l.observe(inHospital, "ward-nurse", at, []reading{vital("pulse", l.around(78, 8)), bloodPressure(l.around(138, 12), l.around(80, 8)), vital("temperature", l.around(36.8, 0.3))}[i%3])
		case 3, 4:
			l.observe(inGP, "practice-nurse", at, vital("weight", l.around(82, 4)))
		case 5, 6:
			l.contact(inGP, "gp", "AMB", sct("11429006", "Consultation"), pick(l.dice, reasons), "", at)
		case 7:
			l.test(inGP, pick(l.dice, panels), "gp", at, nil)
		case 8:
			l.test(inHospital, pick(l.dice, panels), "elderly", at, nil)
		default:
			l.document(inHospital, "elderly", sct("823691000000103", "Clinical letter"), "LETTER", "Letter to the practice: "+pick(l.dice, reasons), at)
		}
	}
}
