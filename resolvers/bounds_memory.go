package resolvers

import (
	linked "container/list"
	"strings"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
)

// mostKept is what valid operations may take in memory once they are read, in bytes. By
// their number alone they would not be bounded: one of 64 KiB takes more than a megabyte.
const mostKept = 16 << 20

// document is an operation's text that was read and found to be within bounds and valid.
type document struct {
	text   string
	parsed *ast.QueryDocument
	wants  map[*ast.OperationDefinition]*asking
	weight int
	// registered: no caller wrote it, and so its name may be told.
	registered bool
}

// weightOf estimates what a document takes in memory (TestWeightIsNoLess): its text, a
// struct with its place for all that stands in it, and comments, which are kept too.
func weightOf(text string, m *measured) int {
	return 2*len(text) + 450*m.nodes + 100*min(strings.Count(text, "#"), mostTokens)
}

// documentMemory remembers documents by their texts, those that were asked last. Texts that are
// registered are few and trusted, and are not forgotten for others'.
type documentMemory struct {
	registered map[string]bool

	mu     sync.Mutex
	always map[string]*document
	byText map[string]*linked.Element
	order  *linked.List // the latest in front
	weight int
}

func newDocuments(o Operations) *documentMemory {
	k := &documentMemory{registered: make(map[string]bool, len(o)), always: map[string]*document{}, byText: map[string]*linked.Element{}, order: linked.New()}
	for _, text := range o {
		k.registered[text] = true
	}
	k.registered[openDocument] = true
	return k
}

func (k *documentMemory) get(text string) *document {
	k.mu.Lock()
	defer k.mu.Unlock()
	if d := k.always[text]; d != nil {
		return d
	}
	e := k.byText[text]
	if e == nil {
		return nil
	}
	k.order.MoveToFront(e)
	return e.Value.(*document)
}

func (k *documentMemory) put(d *document) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.registered[d.text] {
		k.always[d.text] = d
		return
	}
	if k.byText[d.text] != nil {
		return // somebody else was as fast
	}
	k.byText[d.text] = k.order.PushFront(d)
	for k.weight += d.weight; k.weight > mostKept; {
		last := k.order.Back()
		forgotten := k.order.Remove(last).(*document)
		delete(k.byText, forgotten.text)
		k.weight -= forgotten.weight
	}
}
