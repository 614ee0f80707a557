package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ory/ladon"
)

// CheckScenarios says, as a *RefusedError, which sections and fields the scenarios name
// that the schema does not have.
func (e *Edition) CheckScenarios(scenarios []Scenario) error {
	var problems []string
	for i := range scenarios {
		s := &scenarios[i]
		say := func(line int, err error) {
			if err != nil {
				problems = append(problems, fmt.Sprintf("%s:%d: %v", s.File, line, err))
			}
		}
		for _, o := range s.given.objections {
			if o.Section != "" {
				say(s.Line, e.exists("record:"+o.Section, ""))
			}
		}
		for _, statement := range s.Statements {
			for _, t := range statement.targets {
				for _, err := range e.unknown(t) {
					say(statement.Line, err)
				}
			}
		}
	}
	if problems != nil {
		return &RefusedError{problems}
	}
	return nil
}

func (e *Edition) unknown(t target) (problems []error) {
	add := func(err error) {
		if err != nil {
			problems = append(problems, err)
		}
	}
	if !t.sections {
		add(e.exists(t.class, t.field))
	}
	for _, name := range t.except {
		switch {
		case t.sections:
			add(e.exists("record:"+name, ""))
		case problems == nil:
			add(e.exists(t.class, name))
		}
	}
	return problems
}

func (e *Edition) exists(class, field string) error {
	_, _, err := e.locate(class, field, "")
	return err
}

// Run decides every statement and returns those that do not hold, in the scenarios'
// order. Scenarios have their own time: a Wednesday at noon if they do not say.
func (e *Edition) Run(scenarios []Scenario) []Failure {
	var failures []Failure
	r := &run{e: e, at: map[time.Time]*Edition{}}
	for i := range scenarios {
		failures = append(failures, r.scenario(&scenarios[i])...)
	}
	return failures
}

// run is one Run, with the edition as it decides at each time that was asked for.
type run struct {
	e  *Edition
	at map[time.Time]*Edition
}

func (r *run) edition(at time.Time) *Edition {
	if !r.e.uses[keyTime] && !r.e.uses[keyWeekday] {
		return r.e
	}
	if r.at[at] == nil {
		r.at[at] = r.e.when(at)
	}
	return r.at[at]
}

// when is the edition as it decides at one moment of the region's clock.
func (e *Edition) when(at time.Time) *Edition {
	fixed := &Edition{Version: e.Version, set: e.set, classes: e.classes, index: e.index, uses: e.uses, now: func() time.Time { return at }, memory: newMemory(), staging: e.staging}
	fixed.warden = &ladon.Ladon{Manager: e.index, Matcher: exact{}, Metric: ladon.DefaultMetric, AuditLogger: &ladon.AuditLoggerNoOp{}}
	return fixed
}

func (r *run) scenario(s *Scenario) []Failure {
	var failures []Failure
	e := r.edition(s.given.at())
	named := map[string]map[string]bool{} // label → sections that were spoken of
	for i := range s.Statements {
		statement := &s.Statements[i]
		var first *Failure
		for _, label := range orNone(statement.labels) {
			key := string(statement.action) + " " + label
			if named[key] == nil {
				named[key] = map[string]bool{}
			}
			for _, q := range e.spread(statement.targets, named[key]) {
				named[key][q.class] = true
				e.each(s, statement, q, label, func(f Failure) {
					if first == nil {
						first = &f
					} else {
						first.Others++
					}
				})
			}
		}
		if first != nil {
			failures = append(failures, *first)
		}
	}
	return failures
}

func orNone(labels []string) []string {
	if labels == nil {
		return []string{none}
	}
	return labels
}

// spread lists the single resources that targets stand for.
func (e *Edition) spread(targets []target, named map[string]bool) []target {
	var out []target
	for _, t := range targets {
		switch {
		case t.sections:
			for _, name := range sortedKeys(e.classes) {
				section, isSection := strings.CutPrefix(name, "record:")
				if isSection && !slices.Contains(t.except, section) && (!t.other || !named[name]) {
					out = append(out, target{class: name})
				}
			}
		case t.fields && e.classes[t.class] != nil:
			for _, f := range e.classes[t.class].fields {
				if !slices.Contains(t.except, f) {
					out = append(out, target{class: t.class, field: f})
				}
			}
		default:
			out = append(out, t)
		}
	}
	return out
}

// each decides one resource in every situation of the scenario.
func (e *Edition) each(s *Scenario, statement *Statement, t target, label string, fail func(Failure)) {
	failure := func(who, got, why string) {
		resource := strings.TrimPrefix(t.class, "record:")
		if t.field != "" {
			resource += "." + t.field
		}
		if label != none {
			resource += " labelled " + label
		}
		fail(Failure{File: s.File, Line: statement.Line, Statement: statement.Text, Who: who, Resource: resource, Got: got, Why: why})
	}
	c, place, err := e.locate(t.class, t.field, label)
	if err != nil {
		failure("reader", "unknown", err.Error())
		return
	}
	for who := range s.given.situations {
		g := e.Check(who.session, who.about, statement.action, t.class, who.source)
		got := g.sight(c, place, t.field)
		switch {
		case got != statement.want && (statement.want != sightNotShown || got == sightShown):
			failure(who.words(), got.String(), e.because(who, statement.action, t, label))
		case statement.because != nil && g.Why() != *statement.because:
			failure(who.words(), got.String()+" for another reason", g.Why().Words())
		}
	}
}

// because words what a decision rests on.
func (e *Edition) because(who situation, action Action, t target, label string) string {
	x, err := e.Explain(who.session, who.about, action, t.class, t.field, who.source, label)
	if err != nil {
		return err.Error()
	}
	return x.Sentence()
}
