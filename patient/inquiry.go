package patient

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/patchworkcare/patchwork/record"
)

// inquiry is what is being found out about one person: by an NHS number, or, of somebody
// who is known only locally, by the id of the patient.
type inquiry struct {
	// asked is the number a caller gave, or the stored patient's current one; "" if the
	// person has none.
	asked record.NHSNumber
	// patient is the stored patient's id; "" if there is none yet.
	patient string
	// current differs from asked when some system says asked was superseded.
	current record.NHSNumber
	// formers are numbers to ask those systems by that do not know the current one.
	formers []record.NHSNumber
	// birth is the stored patient's; own the record from which somebody without a number
	// is known.
	birth record.Date
	own   []Link
	// stating are systems that know the stored patient and may be asked to say who it is,
	// so that the others can be searched by name.
	stating []int
	// askedWho are those that were.
	askedWho []int
	answers  []answer // one for each system
	put      map[question]bool
	fresh    bool // something was answered since it was last written
	kept     bool // a patient is stored for it
	// leads are verified numbers of people whom somebody without a number may be.
	leads []record.NHSNumber
}

// question is put to a system.
type question struct {
	system int
	query  record.PersonQuery
}

func newInquiry(n record.NHSNumber, systems []System) *inquiry {
	q := &inquiry{asked: n, current: n, answers: make([]answer, len(systems)), put: map[question]bool{}}
	for i := range systems {
		q.answers[i].source = systems[i].ID
	}
	return q
}

// knows takes what is stored of the patient into account.
func (q *inquiry) knows(s *stored, systems []System, mute func(string) bool) {
	q.patient, q.birth, q.kept = s.id, s.birth, true
	q.addFormers(s.formers...)
	for i := range systems {
		r := s.registrations[systems[i].ID]
		if r == nil || systems[i].Finder == nil || mute(systems[i].ID) {
			continue
		}
		says := false
		for _, l := range r.Links {
			if l.Status == LinkOwn {
				q.own = append(q.own, l)
			}
			says = says || l.Status == LinkOwn || s.current != "" && !l.Status.scored()
		}
		if says {
			q.stating = append(q.stating, i)
		}
	}
}

// rereads are the questions about records that are linked without a verified number:
// whether they are still there, and whose they say they are.
func (q *inquiry) rereads(system int) []question {
	var out []question
	for _, id := range q.answers[system].scored {
		out = append(out, question{system, record.PersonQuery{LocalID: id}})
	}
	return out
}

// about is what tells the inquiry from others: a number, or the id of who has none.
func (q *inquiry) about() []string {
	if q.asked == "" {
		return []string{"id " + q.patient}
	}
	return []string{string(q.asked), string(q.current)}
}

// ask notes that a question is put; false if it was before.
func (q *inquiry) ask(key question) bool {
	if q.put[key] {
		return false
	}
	q.put[key] = true
	a := &q.answers[key.system]
	a.asked = true
	if key.query.FamilyName != "" {
		a.searching++
	} else {
		a.open++
	}
	return true
}

func byNumber(system int, n record.NHSNumber) question {
	return question{system, record.PersonQuery{NHSNumber: n}}
}

// absorb takes what a system answered to one question and gives the number of people
// it left out because they are not who was asked for.
func (q *inquiry) absorb(system int, query record.PersonQuery, people []record.Person) (strangers int) {
	a := &q.answers[system]
	a.heard = true
	if query.NHSNumber == "" {
		return a.find(query, people)
	}
	for i := range people {
		c, ok := candidateOf(&people[i])
		if !ok || !q.claims(&c, query.NHSNumber) {
			strangers++
			continue
		}
		a.people = append(a.people, c)
		if c.number == q.current && c.verified {
			q.addFormers(c.formers...)
		}
	}
	return strangers
}

// claims reports whether the person is who the inquiry is about. Somebody with
// another number is, if their system lists the number asked for as superseded: then
// the inquiry goes on with the new one, and decide says whether to believe it.
func (q *inquiry) claims(c *candidate, n record.NHSNumber) bool {
	switch {
	case c.number == "":
		return false
	case c.number == q.current, c.number == q.asked, slices.Contains(q.formers, c.number):
		return true
	case q.current == q.asked && n == q.asked && c.verified && slices.Contains(c.formers, n):
		q.current = c.number
		q.addFormers(n)
		return true
	}
	return false
}

// mine reports whether a number is the person's.
func (q *inquiry) mine(n record.NHSNumber) bool {
	return n == q.current || n == q.asked || slices.Contains(q.formers, n)
}

func (q *inquiry) addFormers(ns ...record.NHSNumber) {
	for _, n := range ns {
		if n != q.current && !slices.Contains(q.formers, n) {
			q.formers = append(q.formers, n)
		}
	}
}

// next gives the questions that follow from the answers so far: the current number to
// every system that was asked at all, the superseded ones to those that answered and
// know nobody by it.
func (q *inquiry) next() []question {
	var out []question
	if q.asked == "" {
		return nil
	}
	for i := range q.answers {
		a := &q.answers[i]
		if !a.asked || a.failed {
			continue
		}
		if !q.put[byNumber(i, q.current)] {
			out = append(out, byNumber(i, q.current))
		}
		if a.open > 0 || len(a.people) > 0 {
			continue
		}
		for _, n := range q.formers {
			if !q.put[byNumber(i, n)] {
				out = append(out, byNumber(i, n))
			}
		}
	}
	return out
}

// unput reports whether a system has not been asked by all the numbers yet.
func (q *inquiry) unput(system int) bool {
	if q.asked == "" {
		return false
	}
	for _, n := range q.formers {
		if !q.put[byNumber(system, n)] {
			return true
		}
	}
	return false
}

// candidateOf reduces a person to what linking needs; false if it has no local id by
// which it could be linked.
func candidateOf(p *record.Person) (candidate, bool) {
	c := candidate{
		localID:  p.Subject,
		number:   wellFormed(p.NHSNumber),
		verified: p.NHSNumberStatus == record.NumberVerified,
		person:   p,

		labels: p.Labels,
	}
	c.verified = c.verified && c.number != ""
	if c.localID == "" {
		c.localID = p.Provenance.LocalID
	}
	if day := p.BirthDate.Day(); len(day) == len("2006-01-02") {
		if _, ok := day.Time(); ok {
			c.birth = day
		}
	}
	for _, f := range p.FormerNHSNumbers {
		if n := wellFormed(f); n != "" && n != c.number {
			c.formers = append(c.formers, n)
		}
	}
	return c, usable(c.localID)
}

// usable reports whether a local id can be stored: PostgreSQL cannot store the others, and
// no system means them.
func usable(localID string) bool {
	return localID != "" && utf8.ValidString(localID) && !strings.ContainsRune(localID, 0)
}
