package demo

import (
	"fmt"
	"strings"
	"time"
)

// hostileScenarios are people whom no screen was designed for.
func hostileScenarios() []scenario {
	return []scenario{
		{"hostile-many", "Mr", "Methuselah", "", "Fourhundred", "male", "1899-02-28", 943_501_701, inGP | inHospital | inMentalHealth, fourHundred},
		{"hostile-long", "Rev", strings.Repeat("Bartholomew-", 166) + "Ambrose", "", strings.Repeat("Wolfeschlegelstein", 111) + "Xy", "female", "1899-12-31", 943_501_801, everywhere, longNames},
		{"hostile-script", "Ms", "\u202Eתירבע", "Zero\u200bWidth\u200d\ufeffJoiner", "مرحبا\u202Egnorts\u2066", "male", "1955-06-07", 943_501_901, inGP | inHospital, strangeLetters},
		{"hostile-bare", "", "Anon", "", "Undated", "unknown", noBirthDate, 943_502_001, inGP | inHospital, bare},
	}
}

// noBirthDate stands in a scenario for a person whose birth date nobody knows.
const noBirthDate = "none"

// fourHundred has an allergy for every payload and every plain text.
func fourHundred(l *life) {
	for i, text := range append(PlainTexts(), HostilePayloads()...) {
		in := inGP
		if i%5 == 0 {
			in |= inHospital | inMentalHealth
		}
		a := allergy{said: said{in: in, at: l.at(time.Date(1899, 3, 1+i, 0, 0, 0, 0, time.UTC)), by: "gp", note: text}, code: concept{display: text},
			reaction: concept{display: text}, severity: "mild", criticality: "low", category: "environment"}
		if i%7 == 0 { // a code and its system are a source's words too
			a.code.system, a.code.code = "javascript:patchworkRan(0)", text
		}
		l.h.allergies = append(l.h.allergies, a)
	}
}

// longNames has texts of 2,000 characters, with and without a place to break them.
func longNames(l *life) {
	word, words := strings.Repeat("pneumono", 250), strings.Repeat("very long ", 200)
	l.h.allergies = []allergy{{said: said{in: everywhere, at: l.days(50, 70), by: "gp", note: words}, code: concept{display: word}, reaction: concept{display: words},
		severity: "severe", criticality: "high", category: "food"}}
	l.problem(inGP|inHospital, "hypertension", "cardiology", l.days(300, 400)).note = word
	l.medicine(inGP|inMentalHealth, "amlodipine", "gp", l.days(200, 300), true).reason = word
	l.document(inHospital|inMentalHealth, "cardiology", sct("823691000000103", "Clinical letter"), "LETTER", word, l.days(30, 60))
	l.alert(everywhere, "cpn", concept{display: word}, "Risk to staff", words, "M", "safety", l.days(30, 60))
	l.appointment(inHospital, "elderly", word, words, l.ahead(12, 40))
	l.p.kin = []relative{{name: word, given: word, family: word, relation: "SPS", relationText: word, phone: word, address: words, nextOfKin: true}}
	support(l)
}

// strangeLetters writes from right to left, overrides the direction of what follows, and
// has letters that nobody sees.
func strangeLetters(l *life) {
	for i, text := range []string{"\u202Eesrever\u202C", "\u202Eunterminated override", "\u2067isolated", "\u0000nul and \u0007bell", "zero\u200b\u200c\u200dwidth\ufeff", "עברית then English 123", "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"} {
		l.h.allergies = append(l.h.allergies, allergy{said: said{in: inGP | inHospital, at: l.days(50+i, 70+i), by: "gp", note: text}, code: concept{display: text},
			reaction: concept{display: text}, severity: "mild", criticality: "low", category: "food"})
	}
	asthma(l)
}

// bare is hardly known: no birth date, no sex that fits, nobody who would share it.
func bare(l *life) {
	l.h.allergies = []allergy{{said: said{in: inGP | inHospital, at: l.at(l.today.AddDate(0, 0, -60)), by: "gp"}, code: concept{display: fmt.Sprintf("%d", 0)},
		reaction: concept{display: "Unknown"}, severity: "mild", criticality: "low", category: "food"}}
	for _, s := range l.p.states {
		s.sharing = ""
	}
}
