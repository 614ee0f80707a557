package policy

import (
	"fmt"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
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
	return []string{"at", "in", "for", "with", "without", "the", "opened", "by", "under", "on", "from"}
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
	case w.accept("by a view"):
		g.view = &auth.ViewRun{View: "scenario"}
		return w.once(g, "by a view")
	case w.accept("by a secondary view"):
		g.view = &auth.ViewRun{View: "scenario", Secondary: true}
		return w.once(g, "by a view")
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
	case "by":
		return w.phrase("by a view", "by a secondary view")
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
