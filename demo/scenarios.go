package demo

import (
	"strings"
	"time"
)

// scenario is a fixed person: the same for every seed, made for one purpose.
type scenario struct {
	name, title, given, middle, family, sex string
	born                                    string
	nine                                    int // of the NHS number, or the first after it that has a check digit
	in                                      holder
	story                                   func(*life)
}

func allScenarios() []scenario {
	return []scenario{
		{"everything", "Mrs", "Philomena", "Rose", "Everard-Hollis", "female", "1948-03-12", 943_500_001, everywhere, everything},
		{"none-known", "Mr", "Cuthbert", "", "Nonesworth", "male", "1961-07-30", 943_500_101, inGP | inHospital, noneKnown},
		{"conflict", "Ms", "Araminta", "Jane", "Contrarie", "female", "1975-11-02", 943_500_201, inGP | inHospital, conflict},
		{"nothing-recorded", "Mr", "Barnaby", "", "Blankenship-Vale", "male", "1990-01-19", 943_500_301, everywhere, func(*life) {}},
		{"twin-a", "Miss", "Rosamund", "", "Geminiford", "female", "2004-05-05", 943_500_401, inGP | inHospital, twinA},
		{"twin-b", "Miss", "Rosalind", "", "Geminiford", "female", "2004-05-05", 943_500_402, inGP | inHospital, twinB},
		{"moved", "Mr", "Percival", "John", "Wandersby", "male", "1969-09-21", 943_500_501, inGP | inHospital, moved},
		{"superseded", "Mrs", "Henrika", "", "Renumbered-Ames", "female", "1958-12-08", 943_500_601, inGP | inHospital, superseded},
		{"deceased", "Mr", "Mortimer", "George", "Lateworth", "male", "1937-02-14", 943_500_701, inGP | inHospital | inSocialCare, deceased},
		{"birth-date-conflict", "Mr", "Ignatius", "", "Twodates", "male", "1982-04-10", 943_500_801, inGP | inMentalHealth, birthDateConflict},
		{"unverified", "Ms", "Clementine", "", "Untracey", "female", "1986-06-26", 943_500_901, inGP | inHospital, unverified},
		{"social-only", "Mr", "Humphrey", "", "Councilman", "male", "1951-10-17", 943_501_001, inSocialCare, socialOnly},
		{"restricted", "Ms", "Octavia", "Faye", "Quietwell", "female", "1994-08-23", 943_501_101, everywhere, restricted},
		{"hostile-text", "Mr", "Fiachra", "Maximilian-Bartholomew-Featherstonehaugh", "O'Neil-<script>alert(1)</script>", "male", "1979-03-03", 943_501_201, everywhere, hostileText},
		{"child", "Miss", "Tabitha", "Wren", "Littlejohn-Mews", "female", "", 943_501_301, inGP | inHospital, smallChild},
		{"unnumbered", "Mrs", "Wilhelmina", "Joy", "Untraceford", "female", "1944-11-05", 943_501_401, inGP | inHospital | inSocialCare, unnumbered},
		{"twin-c", "Mrs", "Ottoline", "", "Pairbright", "female", "1947-06-18", 943_501_501, inGP | inSocialCare, unnumbered},
		{"twin-d", "Mrs", "Ottilie", "", "Pairbright", "female", "1947-06-18", 943_501_502, inGP, twinD},
		{"ambiguous", "Mr", "Lysander", "", "Maybeworth", "male", "1971-02-09", 943_501_601, inGP | inMentalHealth, ambiguous},
	}
}

// scenarios makes the fixed people. Their chances come from a seed of their
// own, so that they are the same whatever the seed of the region.
func scenarios(taken *numbers, today time.Time) []*person {
	return stage(allScenarios(), 0, taken, today)
}

// stage makes the people of some scenarios; first is the index of the first of them among
// all people.
func stage(all []scenario, first int, taken *numbers, today time.Time) []*person {
	var people []*person
	for i, s := range all {
		d := newDice(1948, s.name, today)
		p := &person{scenario: s.name, in: s.in, steady: true}
		born, err := time.Parse(time.DateOnly, s.born)
		if err != nil && s.born != noBirthDate { // the child is always three
			born = today.AddDate(-3, -4, -11)
		}
		p.truth = statement{status: "01", nhs: taken.next(s.nine), title: s.title, given: s.given, middle: s.middle, family: s.family,
			sex: s.sex, born: born, ethnic: "A", language: "English", sharing: "permit", practice: practices()[i%4],
			address: address{line1: "14 Lantern Row", town: "Harrowmere", postcode: "WM1 4ST"},
			home:    "01632 960901", mobile: "07700 900901", email: "someone@example.org"}
		if !strings.HasPrefix(s.name, "twin-") {
			p.truth.address = d.address()
		}
		l := newLife(d, p)
		p.describe(d, first+i)
		s.story(l)
		l.settle()
		people = append(people, p)
	}
	return people
}

// unnumbered are those whom social care knows without an NHS number.
func unnumbered(l *life) {
	council := l.p.states[inSocialCare]
	council.nhs, council.status = "", ""
	hypertension(l)
	support(l)
}

func twinD(l *life) { hypertension(l) }

// ambiguous is known to the mental-health trust without a number, at another address, so
// that somebody must say whose record it is.
func ambiguous(l *life) {
	trust := l.p.states[inMentalHealth]
	trust.nhs, trust.status = "", ""
	trust.address = address{line1: "8 Tannery Court", town: "Stowbridge", postcode: "WM9 8ZT"}
	trust.home, trust.mobile, trust.email = "", "", ""
	mind(l)
}

func noneKnown(l *life) {
	l.h.allergies = []allergy{{said: said{in: inGP, at: l.days(100, 400), by: "gp"}, none: true}}
	hypertension(l)
	minor(l)
}

func conflict(l *life) {
	l.h.allergies = []allergy{
		{said: said{in: inGP, at: l.days(800, 1000), by: "gp"}, none: true},
		{said: said{in: inHospital, at: l.days(60, 90), by: "emergency", note: "Collapsed ten minutes after co-amoxiclav; adrenaline given."}, code: penicillin(),
			reaction: reactions()["anaphylaxis"], severity: "severe", criticality: "high", category: "medication"},
	}
	asthma(l)
}

func twinA(l *life) { asthma(l); l.surgery(l.days(20, 90), "Asthma annual review") }

func twinB(l *life) {
	found := allergens()[1]
	found.said = said{in: inGP | inHospital, at: l.days(900, 1200), by: "pharmacist"}
	l.h.allergies = []allergy{found}
	l.problem(inGP, "epilepsy", "gp", l.years(2, 6))
	l.medicine(inGP, "lamotrigine", "gp", l.years(1, 2), true)
}

func moved(l *life) {
	old := l.p.states[inHospital]
	old.address = address{line1: "3 Quarry Hill", town: "Upper Quarley", postcode: "WM6 2PQ"}
	old.practice = practices()[0]
	old.home = "01632 960999"
	gp := l.p.states[inGP]
	gp.formerAddress, gp.practice = old.address, practices()[3]
	diabetes(l)
	minor(l)
}

func superseded(l *life) {
	const old = 943_500_651
	number, _ := nhsNumber(old)
	for next := old + 1; number == ""; next++ {
		number, _ = nhsNumber(next)
	}
	l.p.states[inGP].oldNHS = number
	l.p.states[inHospital].nhs = number
	hypertension(l)
	pneumonia(l)
}

func deceased(l *life) {
	died := l.at(l.today.AddDate(0, 0, -40))
	l.p.truth.died = died
	l.p.states[inGP].died, l.p.states[inHospital].died = died, died
	copd(l)
	heart(l)
	support(l)
	l.admit(inHospital, "elderly", "Ward 12 (Respiratory)", "End of life care", died.AddDate(0, 0, -6), 6).to = sct("305398007", "Admission to the mortuary")
}

func birthDateConflict(l *life) {
	l.p.states[inMentalHealth].born = time.Date(1982, 10, 4, 0, 0, 0, 0, time.UTC)
	minor(l)
	mind(l)
}

func unverified(l *life) {
	l.p.states[inHospital].status = "02"
	asthma(l)
	appendix(l)
}

func socialOnly(l *life) {
	l.kin()
	support(l)
}
