package demo

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// population makes the people of the region: the scenario people first, then
// as many more as are asked for. Numbers taken already are left alone.
func population(seed uint64, count int, today time.Time, taken *numbers) []*person {
	people := scenarios(taken, today)
	rest := max(0, count-len(people))
	order := newDice(seed, "registration", today).rng.Perm(rest)
	for i := range rest {
		d := newDice(seed, fmt.Sprint("person ", i), today)
		p := &person{in: registration(d, order[i], rest)}
		p.truth = inhabitant(d, taken)
		p.describe(d, len(people))
		live(newLife(d, p))
		newLife(newDice(seed, fmt.Sprint("today ", i), today), p).present()
		people = append(people, p)
	}
	return people
}

// registration decides where the person of that rank is known: 22 in a
// hundred everywhere, and then as the shares of the systems ask.
func registration(d *dice, rank, of int) holder {
	if rank*100 < of*22 {
		return everywhere
	}
	in := inGP
	if d.chance(0.04) {
		in = 0
	}
	if d.chance(0.48) {
		in |= inHospital
	}
	if d.chance(0.02) {
		in |= inMentalHealth
	}
	if d.chance(0.05) {
		in |= inSocialCare
	}
	if in == 0 {
		in = inHospital
	}
	return in
}

// inhabitant is a new person.
func inhabitant(d *dice, taken *numbers) statement {
	c := d.culture()
	s := statement{status: "01", sex: "male", title: "Mr", family: pick(d, c.family), ethnic: pick(d, c.ethnic), language: c.language}
	given := c.male
	if d.chance(0.52) {
		s.sex, s.title, given = "female", pick(d, []string{"Mrs", "Ms", "Miss", "Mrs"}), c.female
	}
	s.given = pick(d, given)
	if d.chance(0.7) {
		s.middle = pick(d, given)
	}
	s.born = d.birthDate()
	if age := s.age(d.today); age < 16 {
		s.title = map[string]string{"male": "Master", "female": "Miss"}[s.sex]
		s.language = "English"
	} else if age >= 88 && d.chance(0.25) {
		s.died = d.ago(20, 600)
	}
	s.interpreter = s.language != "English" && d.chance(0.3)
	s.address, s.practice = d.address(), pick(d, practices())
	s.home, s.mobile = fmt.Sprintf("01632 961%03d", d.n(1000)), fmt.Sprintf("07700 900%03d", d.n(1000))
	if d.chance(0.6) {
		s.email = initial(s.given) + "." + plain(s.family) + "@example.org"
	}
	s.sharing = pick(d, []string{"permit", "permit", "permit", "permit", "", "deny", "permit", "", "permit", "permit"})
	s.nhs = taken.next(910_000_000 + d.n(80_000_000))
	return s
}

func (d *dice) culture() culture {
	roll, sum := d.n(100), 0
	all := cultures()
	for _, c := range all {
		if sum += c.share; roll < sum {
			return c
		}
	}
	return all[0]
}

// birthDate gives ages from 0 to 99; users of care are old more often.
func (d *dice) birthDate() time.Time {
	age := d.n(100)
	if d.chance(0.45) {
		age = d.between(55, 96)
	}
	return d.today.AddDate(-age, 0, -d.between(1, 360))
}

// plain keeps the letters of ASCII.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(name))
}

// initial is the first letter of ASCII that a name has: a byte is not always a letter.
func initial(name string) string { return cmp.Or(plain(name), "x")[:1] }

// live writes the history of an ordinary inhabitant.
func live(l *life) {
	age, sex := l.age(), l.p.truth.sex
	l.kin()
	prevention(l)
	sensitivities(l)
	for _, c := range courses() {
		if l.chance(c.likely(age, sex)) {
			c.run(l)
		}
	}
	if l.p.in&inHospital != 0 && l.chance(0.85) {
		outpatient(l)
	}
	if l.p.in&inMentalHealth != 0 {
		mind(l)
	}
	if l.p.in&inSocialCare != 0 {
		support(l)
	}
	relatives(l)
	if l.chance(0.08) {
		wrong := l.problem(inGP, "gout", "gp", l.days(50, 900))
		wrong.mistaken = true
	}
	l.settle()
}

// settle keeps what nobody could have recorded out of the history of the dead.
func (l *life) settle() {
	for i := range l.h.medicines { // its days were drawn apart, and nothing is stopped before it began
		if m := &l.h.medicines[i]; !m.stopped.IsZero() && m.stopped.Before(m.at) {
			m.at, m.stopped = m.stopped, m.at
		}
	}
	if l.p.truth.died.IsZero() {
		return
	}
	ahead := l.h.appointments[:0]
	for _, a := range l.h.appointments {
		if a.at.Before(l.p.truth.died) {
			ahead = append(ahead, a)
		}
	}
	l.h.appointments = ahead
	for i := range l.h.medicines {
		if m := &l.h.medicines[i]; m.stopped.IsZero() {
			m.stopped, m.reasonS = l.p.truth.died, "patient deceased"
		}
	}
	if l.p.steady { // of the scenario people, the council has not heard
		return
	}
	for i := range l.h.services {
		l.h.services[i].status, l.h.services[i].until = "Ended", l.p.truth.died
	}
	for i := range l.h.contacts {
		if c := &l.h.contacts[i]; c.status == "planned" {
			c.status = "cancelled"
		}
	}
}

// kin are one or two personal contacts.
func (l *life) kin() {
	s := l.p.truth
	var c culture
	for _, c = range cultures() {
		if strings.Contains(strings.Join(c.family, "|"), s.family) {
			break
		}
	}
	add := func(given, code, text string, next, carer bool) {
		l.p.kin = append(l.p.kin, relative{name: given + " " + s.family, given: given, family: s.family, relation: code, relationText: text,
			phone: fmt.Sprintf("07700 901%03d", l.n(1000)), address: strings.Join(append(s.address.lines(), s.address.town, s.address.postcode), ", "),
			nextOfKin: next, carer: carer})
	}
	switch age := l.age(); {
	case age < 18:
		add(pick(l.dice, c.female), "MTH", "Mother", true, true)
		add(pick(l.dice, c.male), "FTH", "Father", false, false)
	case age >= 65:
		add(pick(l.dice, c.female), "DAU", "Daughter", true, l.chance(0.5))
		if l.chance(0.5) {
			add(pick(l.dice, c.male), "SON", "Son", false, false)
		}
	case l.chance(0.8):
		add(pick(l.dice, c.female), "SPS", "Partner", true, false)
	}
}
