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
