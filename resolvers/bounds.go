package resolvers

import (
	"cmp"
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
)

// The bounds of one operation. They are looked at after parsing, which is linear, and
// before validation and execution, which are not: what they let through costs little to
// refuse, and what it may ask of the systems is known. Each has room for some twice of what the
// largest operation of the viewer and of graph/operations needs (docs/decisions/0015;
// TestBoundsHaveRoom); docs/api/limits.md tells them to callers.
const (
	// mostTokens are what the parser reads of one text.
	mostTokens = 4000
	// mostName is the longest name, in bytes.
	mostName = 100
	// mostDepth is how deep selections nest, fragments unfolded.
	mostDepth = 15
	// mostNesting is how deep values nest, and selections that are inline fragments too.
	mostNesting = 20
	// mostOperations, mostFragments and mostVariables are of one text; an operation that is not
	// run is read all the same.
	mostOperations = 10
	mostFragments  = 150
	mostVariables  = 150
	// mostRoots are fields at the top of an operation, fragments unfolded.
	mostRoots = 10
	// mostSelections are what all operations select, fragments unfolded wherever they are spread.
	mostSelections = 5000
	// mostAliases are fields that are given another name, as they stand in the text.
	mostAliases = 300
	// mostDirectives stand in a text.
	mostDirectives = 150
	// mostArguments are of one field or directive.
	mostArguments = 20
	// mostItems are of one list in a text, or one object.
	mostItems = 200
	// mostRepeats is how often one place of the answer is asked for: validation compares each
	// with each.
	mostRepeats = 20
	// mostCompared are the pairs that validation compares.
	mostCompared = 5000
	// mostWalked are the selections that validation looks at: all that is reached from each
	// operation, and once more from each fragment.
	mostWalked = 10_000
	// mostReads are sections of people that one operation reads, each as often as it asks for
	// it: 50 people with every section, and every column of the viewer's lists, are 1,750.
	mostReads = 2500
	// mostPage is `first`, where pages are given.
	mostPage = 100
)

// tooLarge says which bound an operation does not keep. It holds no word of the operation.
type tooLarge struct {
	// bound is the name, as extensions.bound tells it; of what it is about.
	bound, of string
	// most is allowed, has is what was found: at least so much, because nobody goes on to count.
	most, has int
}

// Error is one sentence.
func (t *tooLarge) Error() string {
	return fmt.Sprintf("The operation is larger than is allowed: %s, %d or more; the most is %d", t.of, t.has, t.most)
}

// over gives the refusal where there is more than is allowed.
func over(bound, of string, has, most int) error {
	if has <= most {
		return nil
	}
	return &tooLarge{bound: bound, of: of, most: most, has: has}
}

// measured is what an operation's text was found to be.
type measured struct {
	// Of the text itself.
	depth, nesting, operations, fragments, variables, aliases, directives, arguments, items, name int
	// nodes are all that the parser made of it.
	nodes int
	// With its fragments.
	roots, selections, repeats, compared, walked int
}

// within measures a text and refuses it if it keeps not every bound. It looks at every part
// of the text a bounded number of times, whatever the fragments make of it.
func within(doc *ast.QueryDocument) (*measured, error) {
	m := &measured{operations: len(doc.Operations), fragments: len(doc.Fragments)}
	if err := cmp.Or(
		over("operations", "operations in one text", m.operations, mostOperations),
		over("fragments", "fragments", m.fragments, mostFragments),
	); err != nil {
		return m, err
	}
	t := textual{m}
	t.document(doc)
	if err := cmp.Or(
		over("nesting", "levels of values or inline fragments", m.nesting, mostNesting),
		over("name", "characters of one name", m.name, mostName),
		over("variables", "variables", m.variables, mostVariables),
		over("aliases", "aliases", m.aliases, mostAliases),
		over("directives", "directives", m.directives, mostDirectives),
		over("arguments", "arguments of one field", m.arguments, mostArguments),
		over("items", "items of one list or object", m.items, mostItems),
	); err != nil {
		return m, err
	}
	u := newUnfolded(doc)
	if err := u.sizes(m); err != nil {
		return m, err
	}
	return m, u.answers(m)
}
