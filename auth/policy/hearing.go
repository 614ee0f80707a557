package policy

import (
	"context"
	"slices"

	"github.com/ory/ladon"
)

// hearing is one question before Ladon. Which conditions hold but for that on the label
// is found out once; what cannot apply is not put before Ladon again and again, and
// labels under which the same policies apply are decided together. What is decided is
// the same as if Ladon were asked for every label and field (TestHearing).
type hearing struct {
	e      *Edition
	q      question
	class  *class
	values ladon.Context
	sides  []side
}

// side is one of the subjects that the caller is, with the policies that may apply to
// it, and those that do under each label.
type side struct {
	subject string
	may     []*candidate
	do      [labelCount][]*candidate
}

func (e *Edition) hear(q question) *hearing {
	h := &hearing{e: e, q: q, class: e.classes[q.class], values: q.context(0)}
	ctx := context.Background() // nothing in a decision waits
	for _, subject := range q.subjects() {
		s := side{subject: subject}
		r := h.request(subject, q.class)
		for _, c := range e.index.candidates(subject, q.action, q.class) {
			if c.holds(ctx, h.values, r) {
				s.may = append(s.may, c)
			}
		}
		if len(s.may) > 0 {
			h.sides = append(h.sides, s)
		}
	}
	return h
}

func (h *hearing) request(subject, resource string) *ladon.Request {
	return &ladon.Request{Resource: resource, Action: string(h.q.action), Subject: subject, Context: h.values}
}

// decide puts a question before Ladon: the class under every label, and those of its
// fields that some deny speaks of. All other fields are decided as their class is.
func (e *Edition) decide(q question) *verdict {
	h := e.hear(q)
	v := &verdict{class: h.class}
	for l := range labels {
		if before := h.under(l); before >= 0 {
			v.by[l] = v.by[before]
		} else {
			v.by[l] = h.rule(l)
		}
	}
	if !v.by[0].allowed {
		v.why = e.why(q)
	}
	return v
}

// allows decides the class of a question for entries without label.
func (e *Edition) allows(q question) bool {
	h := e.hear(q)
	h.under(0)
	allowed, _ := h.ask(0, h.class.name, h.ofClass)
	return allowed
}

// under finds the policies that apply under a label, and gives an earlier label under
// which they are the same; -1 if there is none.
func (h *hearing) under(label int) (before int) {
	h.values[keyLabel] = one(labels[label].name)
	for i := range h.sides {
		s := &h.sides[i]
		r := h.request(s.subject, h.q.class)
		for _, c := range s.may {
			if c.label == nil || c.label.Fulfills(context.Background(), h.values[keyLabel], r) {
				s.do[label] = append(s.do[label], c)
			}
		}
	}
	for before := range label {
		if !slices.ContainsFunc(h.sides, func(s side) bool { return !slices.Equal(s.do[before], s.do[label]) }) {
			return before
		}
	}
	return -1
}

func (h *hearing) rule(label int) ruling {
	r := ruling{}
	if r.allowed, r.conceals = h.ask(label, h.class.name, h.ofClass); !r.allowed {
		return r
	}
	r.fields = h.class.all
	var denied Fields
	for i := range h.sides {
		for _, c := range h.sides[i].do[label] {
			if c.GetEffect() == Deny {
				denied |= c.fields
			}
		}
	}
	for i, field := range h.class.fields {
		bit := Fields(1) << i
		if denied&bit == 0 {
			continue
		}
		allowed, conceals := h.ask(label, h.class.name+":"+field, func(c *candidate) bool { return c.fields&bit != 0 })
		if !allowed {
			r.fields &^= bit
			if conceals {
				r.hushed |= bit
			}
		}
	}
	return r
}

func (h *hearing) ofClass(c *candidate) bool { return c.class }

// ask puts one resource before Ladon, for every subject that the caller is, with the
// policies that speak of it. Any deny wins; one allow is enough otherwise.
func (h *hearing) ask(label int, resource string, speaks func(*candidate) bool) (allowed, conceals bool) {
	denied := false
	for i := range h.sides {
		s := &h.sides[i]
		var policies ladon.Policies
		for _, c := range s.do[label] {
			if speaks(c) {
				policies = append(policies, c.Policy)
			}
		}
		if policies == nil {
			continue
		}
		switch err := h.e.warden.DoPoliciesAllow(context.Background(), h.request(s.subject, resource), policies); {
		case err == nil:
			allowed = true
		case isForceful(err):
			denied = true
			conceals = conceals || slices.ContainsFunc(policies, hushes)
		case !isUnspoken(err):
			return false, false // Ladon could not decide
		}
	}
	return allowed && !denied, conceals
}

// hushes reports whether the policy is a deny that conceals.
func hushes(p ladon.Policy) bool { return p.GetEffect() == Deny && len(p.GetMeta()) > 0 }
