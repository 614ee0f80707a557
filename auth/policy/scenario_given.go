package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/record"
)

// given reads "given a ROLE {or a ROLE} CLAUSE…".
func (w *wording) given(g *given) error {
	w.take()
	if w.accept("anybody") {
		g.roles = auth.Roles()
		return w.clauses(g)
	}
	err := w.alternatives(append(roleNames(), "a", "an"), func() error {
		_ = w.accept("a") || w.accept("an")
		role, err := w.oneOf(append(roleNames(), "anybody"))
		if role == "anybody" {
			w.failed = true
			return fmt.Errorf("anybody stands alone: it is every role")
		}
		g.roles = append(g.roles, auth.Role(role))
		return err
	})
	if err != nil {
		return err
	}
	return w.clauses(g)
}

// clauses are what may follow the role, in any order, with commas or "and" between.
func (w *wording) clauses(g *given) error {
	for {
		_ = w.accept(",")
		_ = w.accept("and")
		if w.next() == "" {
			return nil
		}
		if err := w.clause(g); err != nil {
			return err
		}
	}
}

// clauseWords begin a clause.
func clauseWords() []string {
	return []string{"at", "in", "for", "with", "without", "the", "opened", "under", "on", "from"}
}

func (w *wording) clause(g *given) error {
	switch {
	case w.accept("at"):
		return w.place(g)
	case w.accept("in"):
		return w.list(g, "in", &g.careSettings)
	case w.accept("for"):
		return w.purpose(g)
	case w.accept("with the glass broken"):
		g.broken = true
		return w.once(g, "with the glass broken")
	case w.accept("with any relationship"):
		for _, k := range relationship.Kinds() {
			g.relationships = append(g.relationships, []relationship.Kind{k})
		}
		return w.once(g, "with a relationship")
	case w.accept("with relationship"):
		return w.relationship(g)
	case w.accept("without a relationship"):
		g.relationships = [][]relationship.Kind{nil}
		return w.once(g, "with a relationship")
	case w.accept("the person may not be located"):
		g.restricted = true
		return w.once(g, "the person may not be located")
	case w.accept("the person objects"):
		return w.objects(g)
	case w.accept("opened by an EPR"):
		g.launch = true
		return w.once(g, "opened by an EPR")
	case w.accept("under scope"):
		return w.scope(g)
	case w.accept("on"):
		return w.day(g)
	case w.accept("from source"):
		return w.source(g)
	}
	return w.unclear()
}

// unclear names the phrases that begin as the next word does.
func (w *wording) unclear() error {
	switch w.next() {
	case "with":
		w.take()
		return w.unexpected("relationship", "any relationship", "the glass broken")
	case "without":
		return w.phrase("without a relationship")
	case "the":
		return w.phrase("the person objects to", "the person may not be located")
	case "opened":
		return w.phrase("opened by an EPR")
	case "under":
		return w.phrase("under scope")
	case "from":
		return w.phrase("from source")
	}
	return w.unexpected(clauseWords()...)
}

func (w *wording) phrase(known ...string) error {
	w.failed = true
	return fmt.Errorf("%q is not understood; expected: %s", strings.Join(w.words[:min(5, len(w.words))], " "), strings.Join(known, " | "))
}

// once refuses a clause that was said before: a reader would not know which counts.
func (w *wording) once(g *given, clause string) error {
	if g.said[clause] {
		w.failed = true
		return fmt.Errorf("%q is said twice", clause)
	}
	g.said[clause] = true
	return nil
}

// place is "at ODS" or "at 22:30".
func (w *wording) place(g *given) error {
	if strings.Contains(w.next(), ":") {
		return w.clock(g)
	}
	if err := w.once(g, "at an organisation"); err != nil {
		return err
	}
	return w.alternatives(nil, func() error {
		ods, err := w.ods()
		g.organisations = append(g.organisations, ods)
		return err
	})
}

func (w *wording) ods() (string, error) {
	if !odsForm.MatchString(w.next()) {
		w.failed = true
		return "", fmt.Errorf("%q is no ODS code", w.next())
	}
	return w.take(), nil
}

func (w *wording) clock(g *given) error {
	t, err := time.Parse("15:04", w.next())
	if err != nil {
		w.failed = true
		return fmt.Errorf("%q is no time such as 22:30", w.next())
	}
	w.take()
	g.minute = t.Hour()*60 + t.Minute()
	return w.once(g, "at a time")
}

func (w *wording) day(g *given) error {
	day, err := w.oneOf(weekdays())
	if err != nil {
		return err
	}
	g.weekday = time.Weekday((slices.Index(weekdays(), day) + 1) % 7)
	return w.once(g, "on a weekday")
}

func (w *wording) list(g *given, clause string, into *[]string) error {
	if err := w.once(g, clause); err != nil {
		return err
	}
	return w.alternatives(nil, func() error {
		word, err := w.name()
		*into = append(*into, word)
		return err
	})
}

// name is a word of the region's own: a care setting or a source.
func (w *wording) name() (string, error) {
	word := w.next()
	if word == "" || word == "," || word == "and" || word == "or" || len(word) > 100 {
		w.failed = true
		return "", fmt.Errorf("a name is expected, not %q", word)
	}
	return w.take(), nil
}

func (w *wording) purpose(g *given) error {
	if err := w.once(g, "for a purpose"); err != nil {
		return err
	}
	if w.accept("no purpose") {
		g.purposes = []auth.Purpose{""}
		return nil
	}
	return w.alternatives(purposes(), func() error {
		p, err := w.oneOf(purposes()[:len(purposes())-1])
		g.purposes = append(g.purposes, auth.Purpose(p))
		return err
	})
}

// relationship reads "K {and K}": all at once, with "or" between alternatives.
func (w *wording) relationship(g *given) error {
	if err := w.once(g, "with a relationship"); err != nil {
		return err
	}
	return w.alternatives(relationshipNames(), func() error {
		var all []relationship.Kind
		for {
			k, err := w.oneOf(relationshipNames())
			if err != nil {
				return err
			}
			all = append(all, relationship.Kind(k))
			if len(w.words) < 2 || w.next() != "and" || !slices.Contains(relationshipNames(), w.words[1]) {
				break
			}
			w.take()
		}
		g.relationships = append(g.relationships, all)
		return nil
	})
}

// objects reads "[absolutely] to everything|SECTION [held by SOURCE] [being seen at ODS]".
func (w *wording) objects(g *given) (err error) {
	o := relationship.Objection{Absolute: w.accept("absolutely")}
	if !w.accept("to") {
		return w.unexpected("absolutely", "to")
	}
	if !w.accept("everything") {
		if o.Section, err = w.name(); err != nil {
			return err
		}
	}
	if w.accept("held by") {
		if o.Source, err = w.name(); err != nil {
			return err
		}
	}
	if w.accept("being seen at") {
		if o.Organisation, err = w.ods(); err != nil {
			return err
		}
	}
	g.objections = append(g.objections, o)
	return nil
}

func (w *wording) scope(g *given) error {
	g.scopes = []string{}
	for {
		scope, err := w.name()
		if err != nil {
			return err
		}
		g.scopes = append(g.scopes, scope)
		if len(w.words) < 2 || w.next() != "and" || !strings.Contains(w.words[1], "/") {
			return w.once(g, "under scope")
		}
		w.take()
	}
}

func (w *wording) source(g *given) error {
	id, err := w.name()
	if err != nil {
		return err
	}
	g.source = &record.Origin{ID: id}
	if w.accept("of") {
		if g.source.Organisation.ODS, err = w.ods(); err != nil {
			return err
		}
	}
	return w.once(g, "from source")
}
