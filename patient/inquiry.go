package patient

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/patchworkcare/patchwork/record"
)

// inquiry is what is being found out about one NHS number.
type inquiry struct {
	// asked is the number a caller gave, or the stored patient's current one.
	asked record.NHSNumber
	// current differs from asked when some system says asked was superseded.
	current record.NHSNumber
	// formers are numbers to ask those systems by that do not know the current one.
	formers []record.NHSNumber
	answers []answer // one for each system
	put     map[question]bool
	fresh   bool // something was answered since it was last written
	kept    bool // a patient is stored for it
}

// question is a number put to a system.
type question struct {
	system int
	number record.NHSNumber
}

func newInquiry(n record.NHSNumber, systems int) *inquiry {
	return &inquiry{asked: n, current: n, answers: make([]answer, systems), put: map[question]bool{}}
}

// ask notes that a number is put to a system; false if it was before.
func (q *inquiry) ask(system int, n record.NHSNumber) bool {
	key := question{system, n}
	if q.put[key] {
		return false
	}
	q.put[key] = true
	q.answers[system].asked = true
	q.answers[system].open++
	return true
}

// absorb takes what a system answered to one question and gives the number of people
// it left out because they are not who was asked for.
func (q *inquiry) absorb(system int, n record.NHSNumber, people []record.Person) (strangers int) {
	a := &q.answers[system]
	for i := range people {
		c, ok := candidateOf(&people[i])
		if !ok || !q.claims(&c, n) {
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
	case c.number == q.current, c.number == q.asked, slices.Contains(q.formers, c.number):
		return true
	case q.current == q.asked && n == q.asked && c.verified && slices.Contains(c.formers, n):
		q.current = c.number
		q.addFormers(n)
		return true
	}
	return false
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
	for i := range q.answers {
		a := &q.answers[i]
		if !a.asked || a.failed {
			continue
		}
		if !q.put[question{i, q.current}] {
			out = append(out, question{i, q.current})
		}
		if a.open > 0 || len(a.people) > 0 {
			continue
		}
		for _, n := range q.formers {
			if !q.put[question{i, n}] {
				out = append(out, question{i, n})
			}
		}
	}
	return out
}

// unput reports whether a system has not been asked by all the numbers yet.
func (q *inquiry) unput(system int) bool {
	for _, n := range q.formers {
		if !q.put[question{system, n}] {
			return true
		}
	}
	return false
}

// candidateOf reduces a person to what linking needs; false if it has no usable number
// or no local id.
func candidateOf(p *record.Person) (candidate, bool) {
	c := candidate{
		localID:  p.Subject,
		number:   wellFormed(p.NHSNumber),
		verified: p.NHSNumberStatus == record.NumberVerified,

		labels: p.Labels,
	}
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
	// PostgreSQL cannot store the others, and no system means them.
	usable := c.localID != "" && utf8.ValidString(c.localID) && !strings.ContainsRune(c.localID, 0)
	return c, c.number != "" && usable
}
