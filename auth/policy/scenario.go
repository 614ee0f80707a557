package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/auth/scope"
	"github.com/patchworkcare/patchwork/record"
)

// Scenario is one `given` of a scenario file with what must be true of it
// (docs/policy.md, "Working with policies"). ParseScenarios makes them.
type Scenario struct {
	// File and Line say where the given stands; Given is its text.
	File string
	Line int
	// Given is as it was written.
	Given string
	// Statements are what must hold for everybody whom the given describes.
	Statements []Statement

	given given
}

// Statement is one line of a scenario: what its callers see, or may do.
type Statement struct {
	// Line is where it stands; Text is as it was written.
	Line int
	Text string

	action  Action
	targets []target
	labels  []string // each is decided; nil is without label
	want    sight
	because *Reason
}

// sight is what somebody sees of a resource.
type sight uint8

const (
	sightShown sight = iota
	sightWithheld
	sightConcealed
	sightNotShown // withheld or concealed: a scenario that does not care which
)

// String words the sight.
func (s sight) String() string {
	return [...]string{"shown", "withheld", "concealed", "withheld or concealed"}[s]
}

// target is what a statement speaks of.
type target struct {
	class, field string
	// sections: every section, but those in except. fields: every field of class, but
	// those in except.
	sections, fields bool
	// other: every section that no earlier statement of the scenario names.
	other  bool
	except []string
}

// given is everything that a scenario says of caller, person and source. Lists are
// alternatives: a statement must hold for each of them.
type given struct {
	roles                       []auth.Role
	organisations, careSettings []string
	purposes                    []auth.Purpose
	relationships               [][]relationship.Kind
	broken, restricted, launch  bool
	view                        *auth.ViewRun
	objections                  []relationship.Objection
	scopes                      []string
	source                      *record.Origin
	minute                      int
	weekday                     time.Weekday
	said                        map[string]bool // which clauses were written
}

// situation is one of the alternatives of a given, ready to be decided.
type situation struct {
	session *auth.Session
	about   *About
	source  *record.Origin
}

// scenarioDay is a Sunday; a scenario that names no time is on a Wednesday at noon.
var scenarioDay = time.Date(2026, 1, 4, 0, 0, 0, 0, time.UTC)

func (g *given) at() time.Time {
	return scenarioDay.AddDate(0, 0, int(g.weekday)).Add(time.Duration(g.minute) * time.Minute)
}

// size is how many situations there are.
func (g *given) size() int {
	return len(g.roles) * len(g.organisations) * len(g.careSettings) * len(g.purposes) * len(g.relationships)
}

// situations gives every alternative until yield returns false.
func (g *given) situations(yield func(situation) bool) {
	for n := range g.size() {
		pick := func(length int) int { i := n % length; n /= length; return i }
		s := &auth.Session{
			Issuer: "scenario", Subject: "scenario", Role: g.roles[pick(len(g.roles))],
			Organisation: record.Organisation{ODS: g.organisations[pick(len(g.organisations))]},
			CareSetting:  g.careSettings[pick(len(g.careSettings))], Purpose: g.purposes[pick(len(g.purposes))], Scopes: g.scopes, View: g.view,
		}
		if g.launch {
			s.Launch = &auth.Launch{Patient: "scenario", Client: "scenario"}
		}
		if s.Launch == nil && slices.ContainsFunc(g.scopes, func(s string) bool { return strings.HasPrefix(s, string(scope.ForPatient)+"/") }) {
			s.Launch = &auth.Launch{Patient: "scenario"} // such a scope is of one patient
		}
		about := &About{broken: g.broken, restricted: g.restricted, objections: g.objections}
		for _, k := range g.relationships[pick(len(g.relationships))] {
			about.kinds |= kindsOf([]relationship.Relationship{{Kind: k}})
		}
		if !yield(situation{s, about, g.source}) {
			return
		}
	}
}

// words names the situation where a given has several.
func (s situation) words() string {
	words := []string{string(s.session.Role)}
	if o := s.session.Organisation.ODS; o != "" {
		words = append(words, "at "+o)
	}
	if c := s.session.CareSetting; c != "" {
		words = append(words, "in "+c)
	}
	words = append(words, "for "+one(string(s.session.Purpose))[0])
	if s.about.kinds != 0 {
		words = append(words, "with relationship "+strings.Join(s.about.kinds.words(), " and "))
	}
	return strings.Join(words, " ")
}

// Failure is a statement that does not hold.
type Failure struct {
	File string
	Line int
	// Statement is as it was written, Who one of those for whom it fails, Others how many
	// more there are.
	Statement, Who string
	Others         int
	// Resource is what was asked about, Got what is true of it, and Why what it rests on.
	Resource, Got, Why string
}

// String is the failure as file:line: what was expected and why it is otherwise.
func (f Failure) String() string {
	more := ""
	if f.Others > 0 {
		more = fmt.Sprintf(" (and so in %d more cases of this statement)", f.Others)
	}
	return fmt.Sprintf("%s:%d: expected %q, but for a %s, %s is %s%s\n    %s", f.File, f.Line, f.Statement, f.Who, f.Resource, f.Got, more, f.Why)
}
