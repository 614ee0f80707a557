package policy

import (
	"errors"
	"strings"
)

// deed is what somebody may do besides seeing.
type deed struct {
	words  string
	action Action
	class  string
}

func deeds() []deed {
	return []deed{
		{"open people", Read, "patient:read"}, {"list people", List, "patient:list"}, {"search for people", Search, "patient:search"},
		{"claim a relationship", Read, "patient:claim"}, {"break the glass", Read, "patient:break-glass"},
		{"take down objections", Read, "patient:object"}, {"read the ledger", Audit, "ledger:audit"}, {"change policies", Administer, "policy:administer"},
		{"administer sign-in", Administer, "signin:administer"}, {"keep lists", List, "lists:use"}, {"share lists", Share, "lists:share"},
		{"decide on links", Administer, "linking:administer"}, {"switch systems off", Administer, "sources:administer"},
		{"check systems", Administer, "checks:administer"}, {"use views", Read, "views:use"}, {"approve views", Read, "views:approve"},
		{"export rows of views", Export, "views:export"}, {"see how much the record is used", Read, "usage:read"},
	}
}

// causes are how a statement names a Reason.
func causes() map[string]Reason {
	return map[string]Reason{
		"there is no relationship": ReasonRelationship, "the person objects": ReasonObjection, "the glass is not broken": ReasonBreakGlass,
		"the person may not be located": ReasonRestricted, "the role does not include it": ReasonPolicy,
		"the app was not given it": ReasonScope,
	}
}

// statement reads one line below a given.
func (w *wording) statement() (Statement, error) {
	switch {
	case w.accept("sees"):
		return w.sight(sightShown)
	case w.accept("does not see"):
		return w.sight(sightNotShown)
	case w.accept("is told of , but does not see ,"), w.accept("is told of but does not see"), w.accept("is told of , but does not see"):
		return w.sight(sightWithheld)
	case w.accept("is not told of"):
		return w.sight(sightConcealed)
	case w.accept("may not"):
		return w.may(sightNotShown)
	case w.accept("may"):
		return w.may(sightShown)
	}
	switch w.next() {
	case "does", "is":
		return Statement{}, w.phrase("does not see", "is told of, but does not see,", "is not told of")
	case "and":
		return Statement{}, errors.New(`"and …" continues a given, and stands before the first statement`)
	}
	return Statement{}, w.unexpected("sees", "does not see", "is told of, but does not see,", "is not told of", "may", "may not", "given")
}

// sight reads what is seen, of which entries and why.
func (w *wording) sight(want sight) (Statement, error) {
	s := Statement{want: want, action: Read}
	if err := w.targets(&s); err != nil {
		return s, err
	}
	if w.accept("labelled") {
		err := w.alternatives(Labels(), func() error {
			l, err := w.oneOf(Labels()[1:])
			s.labels = append(s.labels, l)
			return err
		})
		if err != nil {
			return s, err
		}
	}
	switch {
	case w.accept("in a list"):
		s.action = List
	case w.accept("when searching"):
		s.action = Search
	}
	if w.next() == "because" && s.want != sightShown {
		return s, w.because(&s)
	}
	return s, w.end("labelled", "in a list", "when searching", "because", "and")
}

func (w *wording) end(known ...string) error {
	if w.next() != "" {
		return w.unexpected(known...)
	}
	return nil
}

func (w *wording) because(s *Statement) error {
	w.take()
	for words, reason := range causes() {
		if w.accept(words) {
			s.because = &reason
			return w.end("the end of the line")
		}
	}
	return w.phrase(sortedKeys(causes())...)
}

// targets reads what is seen: names with commas, "and" or "or" between, or all of a kind.
func (w *wording) targets(s *Statement) error {
	switch {
	case s.want == sightShown && w.accept("no other section"):
		s.want, s.targets = sightNotShown, []target{{sections: true, other: true}}
		return nil
	case s.want == sightShown && w.accept("no section"):
		s.want, s.targets = sightNotShown, []target{{sections: true}}
		return nil
	case w.accept("every section"), s.want != sightShown && w.accept("any section"):
		except, err := w.but()
		s.targets = []target{{sections: true, except: except}}
		return err
	case w.accept("every field of"), s.want != sightShown && w.accept("any field of"):
		class, err := w.resource()
		if err != nil {
			return err
		}
		class.fields = true
		class.except, err = w.but()
		s.targets = []target{class}
		return err
	}
	names, err := w.names(w.resource)
	s.targets = names
	return err
}

// but reads the exceptions after "every … ".
func (w *wording) but() ([]string, error) {
	if !w.accept("but") {
		return nil, nil
	}
	list, err := w.names(func() (target, error) {
		name, err := w.name()
		return target{class: name}, err
	})
	names := make([]string, len(list))
	for i, t := range list {
		names[i] = t.class
	}
	return names, err
}

func (w *wording) names(read func() (target, error)) ([]target, error) {
	var list []target
	for {
		t, err := read()
		if err != nil {
			return list, err
		}
		list = append(list, t)
		if !w.accept(", and") && !w.accept(", or") && !w.accept(",") && !w.accept("and") && !w.accept("or") {
			return list, nil
		}
	}
}

// resource is "allergies", "allergies.reactions", or as policies name them:
// "record:allergies:reactions".
func (w *wording) resource() (target, error) {
	name, err := w.name()
	if err != nil {
		return target{}, err
	}
	if strings.Contains(name, ":") {
		parts := strings.SplitN(name, ":", 3)
		t := target{class: parts[0] + ":" + parts[1]}
		if len(parts) == 3 {
			t.field = parts[2]
		}
		return t, nil
	}
	section, field, _ := strings.Cut(name, ".")
	return target{class: "record:" + section, field: field}, nil
}

// may reads what may be done.
func (w *wording) may(want sight) (Statement, error) {
	s := Statement{want: want}
	for _, d := range deeds() {
		if w.accept(d.words) {
			s.action, s.targets = d.action, []target{{class: d.class}}
			return s, w.end("the end of the line")
		}
	}
	var known []string
	for _, d := range deeds() {
		known = append(known, d.words)
	}
	return s, w.phrase(known...)
}
