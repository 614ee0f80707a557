package demo

import (
	"slices"
	"strings"
	"time"
)

// life writes a person's history. Its methods are the words the courses of
// illness (courses.go) are told in.
type life struct {
	*dice
	p      *person
	h      *history
	drugs  map[string]drug
	ills   map[string]illness
	panels map[string]panel
	known  map[string]bool // problems the person already has
}

func newLife(d *dice, p *person) *life {
	return &life{dice: d, p: p, h: &p.history, drugs: drugs(), ills: illnesses(), panels: panels(), known: map[string]bool{}}
}

func (l *life) age() int { return l.p.truth.age(l.today) }

// years is a moment so many years ago, but never before birth or after death.
func (l *life) years(low, high int) time.Time { return l.clamp(l.ago(low*365+20, high*365+20)) }

func (l *life) days(low, high int) time.Time { return l.clamp(l.ago(low, high)) }

func (l *life) clamp(t time.Time) time.Time {
	if first := l.p.truth.born.AddDate(0, 0, 1); t.Before(first) {
		t = l.at(first.AddDate(0, 0, l.n(30)))
	}
	if died := l.p.truth.died; !died.IsZero() && t.After(died) {
		t = l.at(died.AddDate(0, 0, -l.between(3, 400)))
	}
	return t
}

// problem records an illness at some systems.
func (l *life) problem(in holder, name, by string, at time.Time) *problem {
	l.known[name] = true
	ill, ok := l.ills[name]
	if !ok {
		panic("demo: no illness " + name)
	}
	l.h.problems = append(l.h.problems, problem{said: said{in: in, at: at, by: by}, code: ill.code, icd10: ill.icd10,
		status: "active", major: true, category: "problem-list-item"})
	return &l.h.problems[len(l.h.problems)-1]
}

// past records an illness that is over.
func (l *life) past(in holder, name, by string, at time.Time, days int) {
	p := l.problem(in, name, by, at)
	p.major, p.category = false, "encounter-diagnosis"
	if end := at.AddDate(0, 0, days); end.Before(l.today) {
		p.status, p.end = "resolved", end
	}
}

// before is so many days before a moment, and in the past in any case.
func (l *life) before(t time.Time, days int) time.Time {
	t = t.AddDate(0, 0, -days)
	if t.After(l.today) {
		t = l.today.Add(-14 * time.Hour)
	}
	return t
}

// medicine starts one; repeat says it is on repeat.
func (l *life) medicine(in holder, name, by string, at time.Time, repeat bool) *medicine {
	m, ok := l.drugs[name]
	if !ok {
		panic("demo: no drug " + name)
	}
	l.h.medicines = append(l.h.medicines, medicine{said: said{in: in, at: at, by: by}, code: m.code, dose: m.dose, route: m.route,
		freq: m.freq, repeat: repeat})
	return &l.h.medicines[len(l.h.medicines)-1]
}

// course is a medicine taken for some days.
func (l *life) course(in holder, name, by, reason string, at time.Time, days int) {
	m := l.medicine(in, name, by, at, false)
	m.reason = reason
	if end := at.AddDate(0, 0, days); end.Before(l.today) {
		m.stopped, m.reasonS = end, "course completed"
	}
}

// test orders a panel; shift is as panel.results.
func (l *life) test(in holder, name, by string, at time.Time, shift map[string]float64) {
	p := l.panels[name]
	r := report{said: said{in: in, at: at, by: by}, code: p.code, category: "LAB", results: p.results(l.dice, shift)}
	for _, result := range r.results {
		if f := result.flag(); f == "H" || f == "L" {
			r.conclusion = "Abnormal results: please review"
		}
	}
	l.h.reports = append(l.h.reports, r)
}

func (l *life) imaging(in holder, code concept, by, conclusion string, at time.Time) {
	l.h.reports = append(l.h.reports, report{said: said{in: in, at: at, by: by}, code: code, category: "RAD", conclusion: conclusion})
}

func (l *life) observe(in holder, by string, at time.Time, readings ...reading) {
	for _, r := range readings {
		category := "vital-signs"
		if strings.Contains(r.ucum, "score") {
			category = "survey"
		}
		l.h.observations = append(l.h.observations, observation{said: said{in: in, at: at, by: by}, reading: r, category: category})
	}
}

// social records a fact of life as an observation.
func (l *life) social(in holder, at time.Time, code concept, text string) {
	l.h.observations = append(l.h.observations, observation{said: said{in: in, at: at, by: "practice-nurse"},
		reading: reading{code: code, text: text}, category: "social-history"})
}

// bedside is a set of observations of somebody unwell by so much (0 well).
func (l *life) bedside(at time.Time, unwell float64) {
	l.observe(inHospital, "ward-nurse", at, vital("pulse", l.around(78+14*unwell, 5)), vital("temperature", l.around(36.7+0.7*unwell, 0.2)),
		vital("respiratory", l.around(15+4*unwell, 1)), vital("spo2", min(100, l.around(97-2.5*unwell, 0.8))),
		bloodPressure(l.around(128, 10), l.around(76, 6)), vital("news2", max(0, l.around(3*unwell, 1))))
}

func (l *life) contact(in holder, by, class string, kind concept, reason, location string, at time.Time) *contact {
	status := "finished"
	l.h.contacts = append(l.h.contacts, contact{said: said{in: in, at: at, by: by}, kind: kind, class: class,
		minutes: l.between(2, 9) * 5, reason: reason, location: location, status: status})
	return &l.h.contacts[len(l.h.contacts)-1]
}

// surgery is a consultation at the practice.
func (l *life) surgery(at time.Time, reason string) {
	if l.chance(0.25) {
		l.contact(inGP, "gp", "VR", sct("386472008", "Telephone consultation"), reason, "", at)
		return
	}
	by := "gp"
	if l.chance(0.3) {
		by = "practice-nurse"
	}
	l.contact(inGP, by, "AMB", sct("11429006", "Consultation"), reason, "Consulting room 3", at)
}

// clinic is an outpatient attendance with its letter.
func (l *life) clinic(by, reason string, at time.Time) {
	l.contact(inHospital, by, "AMB", sct("185389009", "Follow-up visit"), reason, "Outpatients, Royal Westmarch Infirmary", at)
	l.document(inHospital, by, sct("823691000000103", "Clinical letter"), "LETTER", "Outpatient letter: "+reason, at.AddDate(0, 0, 5))
}

func (l *life) document(in holder, by string, kind concept, pas, title string, at time.Time) *document {
	l.h.documents = append(l.h.documents, document{said: said{in: in, at: at, by: by}, kind: kind, pas: pas, title: title, mime: "application/pdf"})
	return &l.h.documents[len(l.h.documents)-1]
}

// admit is a stay on a ward, with its discharge summary.
func (l *life) admit(in holder, by, ward, reason string, at time.Time, days int) *stay {
	s := stay{said: said{in: in, at: at, by: by}, ward: ward, reason: reason, method: sct("183460006", "Emergency admission"),
		until: at.AddDate(0, 0, days), to: sct("306689006", "Discharge to home")}
	if days <= 0 || s.until.After(l.today) {
		s.until, s.to = time.Time{}, concept{}
	} else {
		l.document(in, by, sct("373942005", "Discharge summary"), "DISCH", "Discharge summary: "+reason, s.until)
	}
	l.h.stays = append(l.h.stays, s)
	return &l.h.stays[len(l.h.stays)-1]
}

func (l *life) appointment(in holder, by, clinic, location string, at time.Time) *appointment {
	status := "booked"
	if at.Before(l.today) {
		status = pick(l.dice, []string{"fulfilled", "fulfilled", "fulfilled", "noshow"})
	}
	l.h.appointments = append(l.h.appointments, appointment{said: said{in: in, at: at, by: by}, minutes: l.between(2, 6) * 5,
		clinic: clinic, location: location, status: status, reason: clinic, made: l.before(at, 30)})
	return &l.h.appointments[len(l.h.appointments)-1]
}

func (l *life) alert(in holder, by string, code concept, pas, text, severity, category string, at time.Time) *alert {
	l.h.alerts = append(l.h.alerts, alert{said: said{in: in, at: at, by: by}, code: code, pas: pas, text: text, severity: severity, category: category})
	return &l.h.alerts[len(l.h.alerts)-1]
}

func (l *life) teamMember(in holder, by, role, team string, at time.Time) {
	l.h.team = append(l.h.team, member{said: said{in: in, at: at, by: by}, role: role, team: team})
}

func (l *life) refer(in holder, by, to, reason string, at time.Time) {
	l.h.referrals = append(l.h.referrals, referral{said: said{in: in, at: at, by: by}, to: to, reason: reason, status: "completed"})
}

func (l *life) procedure(in holder, by string, code concept, at time.Time) {
	l.h.procedures = append(l.h.procedures, procedure{said: said{in: in, at: at, by: by}, code: code, status: "completed"})
}

func (l *life) vaccinate(in holder, code concept, target string, dose int, at time.Time) {
	if at.Before(l.p.truth.born) || at.After(l.today) || (!l.p.truth.died.IsZero() && at.After(l.p.truth.died)) {
		return
	}
	l.h.vaccinations = append(l.h.vaccinations, vaccination{said: said{in: in, at: at, by: "practice-nurse"}, code: code, target: target, dose: dose})
}

// decide records a decision for an emergency or the end of life.
func (l *life) decide(in holder, by string, code concept, cpr string, at time.Time, wishes ...string) *decision {
	l.h.decisions = append(l.h.decisions, decision{said: said{in: in, at: at, by: by}, code: code, cpr: cpr, wishes: wishes, review: at.AddDate(1, 0, 0)})
	return &l.h.decisions[len(l.h.decisions)-1]
}

// tell records what somebody says of themselves.
func (l *life) tell(in holder, by string, at time.Time, items ...[2]string) {
	l.h.aboutMe = append(l.h.aboutMe, aboutMe{said: said{in: in, at: at, by: by}, title: "About me", items: items, review: at.AddDate(1, 0, 0)})
}

func (l *life) plan(in holder, by, kind, title string, goals []string, at time.Time) {
	l.h.plans = append(l.h.plans, plan{said: said{in: in, at: at, by: by}, kind: kind, title: title, goals: slices.Clone(goals),
		review: at.AddDate(1, 0, 0), status: "Current"})
}
