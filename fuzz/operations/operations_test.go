package operations

import (
	"math/rand/v2"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

const toy = `
directive @access(class: String!) on FIELD_DEFINITION
interface Entry { id: ID code: String }
type Allergy implements Entry { id: ID code: String reactions: [Reaction!] }
type Reaction { words: String }
type AllergySection { entries: [Allergy!] outcomes: [Outcome!]! total: Int! withheldFields: [String!]! }
type Outcome { source: Origin status: String code: String count: Int asserted: [Assertion!] }
type Assertion { code: Concept by: Actor date: String }
type Concept { text: String }
type Actor { name: String }
type Origin { id: ID }
type Patient { id: ID! allergies(first: Int): AllergySection! node: Entry }
type Query { patient(id: ID!): Patient }
`

// What an operation asks for is read back as the specification says: fragments,
// repeated names and conditions.
func TestCollect(t *testing.T) {
	t.Parallel()
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: toy})
	o, err := Parse(schema, `query($no: Boolean!) { p: patient(id: "7") { ...P node { ... on Allergy { reactions { words } } ... on Entry { id } } x: id @include(if: $no) } }
		fragment P on Patient { a: allergies(first: 2) { entries { id } } a: allergies(first: 2) { entries { code } } }`, map[string]any{"no": false})
	if err != nil {
		t.Fatal(err)
	}
	root := o.Roots()[0]
	if root.Key != "p" || root.Name != "patient" || root.Arguments["id"] != "7" {
		t.Errorf("%+v", root)
	}
	below := o.Below(root, "Patient")
	if len(below) != 2 || below[0].Key != "a" || below[0].Arguments["first"] != int64(2) {
		t.Fatalf("%+v", below)
	}
	if entries := o.Below(o.Below(below[0], "AllergySection")[0], "Allergy", "Entry"); len(entries) != 2 {
		t.Errorf("entries are asked for %+v", entries)
	}
	if node := o.Below(below[1], "Allergy", "Entry"); len(node) != 2 || node[1].Name != "id" {
		t.Errorf("node is asked for %+v", node)
	}
	if node := o.Below(below[1], "Other"); len(node) != 0 {
		t.Errorf("a fragment on another type counts: %+v", node)
	}
}

// Nearly everything that is made is valid, and all of it has some size.
func TestTry(t *testing.T) {
	t.Parallel()
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: toy})
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 500 {
		if _, err := Try(schema, rng, Facts{PatientIDs: []string{"1"}}, "patient"); err != nil {
			t.Fatalf("%d: %v", i, err)
		}
	}
}
