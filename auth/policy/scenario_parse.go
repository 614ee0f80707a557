package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
)

// mostSituations bounds what one given may stand for.
const mostSituations = 10_000

// ParseScenarios reads a scenario file: each `given` describes callers, the lines
// below it say what they see and may do. name is used in errors and failures. It fails
// with a *RefusedError that has every problem, each as file:line and, where a word is
// not known, with the nearest one. The names of sections and fields are checked when
// the schema is known: Edition.CheckScenarios.
func ParseScenarios(name, text string) ([]Scenario, error) {
	f := &scenarioFile{name: name}
	for line := range strings.SplitSeq(text, "\n") {
		f.line++
		f.read(strings.TrimSuffix(line, "\r"))
	}
	f.finish()
	if f.problems != nil {
		return nil, &RefusedError{f.problems}
	}
	return f.scenarios, nil
}

// scenarioFile is a file while it is read.
type scenarioFile struct {
	name      string
	line      int
	scenarios []Scenario
	problems  []string
	open      bool // the last given may still be continued
	broken    bool // the last given could not be read, so that its statements are passed over
}

func (f *scenarioFile) read(line string) {
	w := &wording{words: tokens(line)}
	switch {
	case len(w.words) == 0 || strings.HasPrefix(w.words[0], "#"):
		return
	case w.words[0] == "given":
		f.finish()
		f.scenarios = append(f.scenarios, Scenario{File: f.name, Line: f.line, Given: strings.TrimSpace(line), given: newGiven()})
		f.open, f.broken = true, false
		f.note(w.given(&f.last().given))
		f.broken = w.failed
	case len(f.scenarios) == 0:
		f.note(fmt.Errorf("a file begins with given, not %q%s", w.words[0], nearest(w.words[0], set([]string{"given"}))))
	case w.words[0] == "and" && f.open:
		f.last().Given += " " + strings.TrimSpace(line)
		f.note(w.clauses(&f.last().given))
		f.broken = f.broken || w.failed
	default:
		f.open = false
		s, err := w.statement()
		f.note(err)
		s.Line, s.Text = f.line, strings.TrimSpace(line)
		f.last().Statements = append(f.last().Statements, s)
	}
}

func (f *scenarioFile) last() *Scenario { return &f.scenarios[len(f.scenarios)-1] }

func (f *scenarioFile) note(err error) {
	if err != nil {
		f.problems = append(f.problems, fmt.Sprintf("%s:%d: %v", f.name, f.line, err))
	}
}

// finish completes the last given with what it leaves open.
func (f *scenarioFile) finish() {
	if len(f.scenarios) == 0 {
		return
	}
	s := f.last()
	if len(s.Statements) == 0 && !f.broken {
		f.problems = append(f.problems, fmt.Sprintf("%s:%d: nothing is said of this given", f.name, s.Line))
	}
	s.given.fill()
	if n := s.given.size(); n > mostSituations {
		f.problems = append(f.problems, fmt.Sprintf("%s:%d: this given stands for %d cases; at most %d are decided", f.name, s.Line, n, mostSituations))
	}
}

func newGiven() given {
	return given{minute: 12 * 60, weekday: time.Wednesday, said: map[string]bool{}}
}

// fill puts the ordinary value for what was not said: nowhere, for treatment, without
// a relationship.
func (g *given) fill() {
	if g.organisations == nil {
		g.organisations = []string{""}
	}
	if g.careSettings == nil {
		g.careSettings = []string{""}
	}
	if g.purposes == nil {
		g.purposes = []auth.Purpose{auth.PurposeTreatment}
	}
	if g.relationships == nil {
		g.relationships = [][]relationship.Kind{nil}
	}
}

// tokens are the words of a line; a comma is a word of its own.
func tokens(line string) []string {
	return strings.Fields(strings.ReplaceAll(line, ",", " , "))
}

// wording is a line while it is read word by word.
type wording struct {
	words  []string
	failed bool
}

// next is the next word, "" at the end.
func (w *wording) next() string {
	if len(w.words) == 0 {
		return ""
	}
	return w.words[0]
}

func (w *wording) take() string {
	word := w.next()
	if word != "" {
		w.words = w.words[1:]
	}
	return word
}

// accept takes the words if they come next, and reports whether they did.
func (w *wording) accept(phrase string) bool {
	want := strings.Fields(phrase)
	if len(w.words) < len(want) {
		return false
	}
	for i, word := range want {
		if w.words[i] != word {
			return false
		}
	}
	w.words = w.words[len(want):]
	return true
}

// unexpected says what could have stood where the next word stands.
func (w *wording) unexpected(known ...string) error {
	w.failed = true
	word := w.next()
	if word == "" {
		return fmt.Errorf("the line ends where one of these is expected: %s", strings.Join(known, " | "))
	}
	hint := nearest(word, set(known))
	if hint == "" && len(known) <= 16 {
		hint = "; expected: " + strings.Join(known, " | ")
	}
	return fmt.Errorf("%q is not understood%s", word, hint)
}

// oneOf takes the next word if it is one of known.
func (w *wording) oneOf(known []string) (string, error) {
	for _, k := range known {
		if w.next() == k {
			return w.take(), nil
		}
	}
	return "", w.unexpected(known...)
}

// alternatives reads words of a kind with "or" between them, or a comma where another
// follows: one of known or, of a kind with words of the region's own (nil), any that
// begins no clause.
func (w *wording) alternatives(known []string, read func() error) error {
	another := func(word string) bool {
		if known == nil {
			return word != "and" && word != "or" && !slices.Contains(clauseWords(), word)
		}
		return slices.Contains(known, word)
	}
	for {
		if err := read(); err != nil {
			return err
		}
		list := w.next() == "," && len(w.words) > 1 && another(w.words[1]) && w.accept(",")
		if !list && !w.accept("or") && !w.accept(", or") {
			return nil
		}
	}
}
