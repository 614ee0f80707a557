package operations

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// Facts are what operations ask about.
type Facts struct {
	PatientIDs, NHSNumbers, Codes, Sources, Sections []string
	// Resources are what may be explained: "allergies", "allergies.reactions".
	Resources []string
	Searches  []Search
	// Lists are ids of lists of the caller; nil if they have none.
	Lists []string
	// Days bound the windows of time lines, Words are looked for in them, Organisations
	// recorded something.
	Days, Words, Organisations []string
	// Without are coordinates that are not asked for, such as "Outcome.ageSeconds".
	Without map[string]bool
	// Roots are the root fields to choose from; nil is all.
	Roots []string
}

// Search is what one record may be searched by with searchPatients.
type Search struct {
	Family, BirthDate, Given, Postcode, Gender string
	NHSNumber, LocalNumber, Source             string
}

// Operation is a valid operation with its variables.
type Operation struct {
	Text      string
	Variables map[string]any
	// Name is what the first root field is called, for statistics.
	Name string

	doc *ast.QueryDocument
}

// most bounds the fields of one operation, well below what the server's parser reads.
const most = 330

// Query makes a query; Mutation below makes a change.
func Query(schema *ast.Schema, rng *rand.Rand, f Facts) *Operation {
	for {
		g := newMaker(schema, rng, f)
		o, err := g.operation("query", schema.Query, g.queryRoots())
		if err == nil {
			return o
		}
	}
}

// Try makes an operation of the root fields given, such as "patient"; the error is
// for whoever works on the generator.
func Try(schema *ast.Schema, rng *rand.Rand, f Facts, roots ...string) (*Operation, error) {
	g := newMaker(schema, rng, f)
	kind, def := "query", schema.Query
	if schema.Mutation != nil && schema.Mutation.Fields.ForName(roots[0]) != nil {
		kind, def = "mutation", schema.Mutation
	}
	return g.operation(kind, def, roots)
}

// Parse reads an operation that a test wrote itself.
func Parse(schema *ast.Schema, text string, variables map[string]any) (*Operation, error) {
	doc, errs := gqlparser.LoadQueryWithRules(schema, text, nil)
	if errs != nil {
		return nil, fmt.Errorf("operations: %w\n%s", errs, text)
	}
	return &Operation{Text: text, Variables: variables, doc: doc}, nil
}

type maker struct {
	schema    *ast.Schema
	rng       *rand.Rand
	facts     Facts
	fields    int
	names     int
	variables map[string]any
	declared  []string
	fragments []string            // finished, in text
	byType    map[string][]string // type → names of fragments on it
}

func newMaker(schema *ast.Schema, rng *rand.Rand, f Facts) *maker {
	return &maker{schema: schema, rng: rng, facts: f, variables: map[string]any{}, byType: map[string][]string{}}
}

func (g *maker) chance(p float64) bool { return g.rng.Float64() < p }

func (g *maker) fresh(letter string) string {
	g.names++
	return fmt.Sprintf("%s%d", letter, g.names)
}

// queryRoots chooses what a query asks for: mostly people.
func (g *maker) queryRoots() []string {
	people := []string{"patient", "patientByNHSNumber", "patientsByNHSNumber", "searchPatients"}
	if g.facts.Lists != nil && g.chance(0.7) {
		return []string{"list"}
	}
	if g.facts.Roots != nil {
		return []string{pick(g, g.facts.Roots), pick(g, g.facts.Roots)}[:1+g.rng.IntN(2)]
	}
	others := []string{"sources", "me", "accessReasons", "explain", "explain", "explain", "whoHasLooked", "reviews", "objections", "policies", "policyVersions",
		"organisations", "logins", "accounts", "sessions", "roles", "switchedOff", "__schema", "__type"}
	roots := []string{people[g.rng.IntN(len(people))]}
	for g.chance(0.3) && len(roots) < 3 {
		if g.chance(0.5) {
			roots = append(roots, people[g.rng.IntN(len(people))])
		} else {
			roots = append(roots, others[g.rng.IntN(len(others))])
		}
	}
	if g.chance(0.1) {
		roots[0] = others[g.rng.IntN(len(others))]
	}
	return roots
}

func (g *maker) operation(kind string, def *ast.Definition, roots []string) (*Operation, error) {
	var body strings.Builder
	for _, name := range roots {
		if strings.HasPrefix(name, "__") {
			body.WriteString(introspection[name])
			continue
		}
		f := def.Fields.ForName(name)
		if f == nil {
			return nil, fmt.Errorf("operations: there is no root field %s", name)
		}
		body.WriteString(g.field(f, def.Name, 0, true))
	}
	text := kind
	if g.chance(0.5) || len(g.declared) > 0 {
		text += " " + g.fresh("Op")
	}
	if len(g.declared) > 0 {
		text += "(" + strings.Join(g.declared, ", ") + ")"
	}
	text += " {" + body.String() + " }\n" + strings.Join(g.fragments, "\n")
	o, err := Parse(g.schema, text, g.variables)
	if err != nil {
		return nil, err
	}
	o.Name = roots[0]
	return o, nil
}

var introspection = map[string]string{
	"__schema": ` __schema { queryType { name } types { name fields { name } } }`,
	"__type":   ` __type(name: "Patient") { name fields { name type { name } } }`,
}
