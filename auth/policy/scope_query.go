package policy

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth/scope"
	"github.com/patchworkcare/patchwork/record"
)

// need is one parameter of a scope's query: one of the tokens must be found.
type need struct {
	param  string
	tokens []token
}

// token is what a FHIR search writes for a code: code, system|code, |code or system|
// (FHIR R4 §3.1.1.4.10).
type token struct {
	text, system, code string
	both               bool
}

// needsOf reads a query; nil for none. It is false if a parameter is not among those that
// are answered exactly: modifiers, chains and everything else that would have to be guessed.
func needsOf(q scope.Query, params []string) (needs []need, ok bool) {
	for _, p := range q {
		tokens, ok := tokensOf(p.Value)
		if !ok || !slices.Contains(params, p.Name) {
			return nil, false
		}
		// The FHIR API takes both names for the one status that a type has.
		needs = append(needs, need{strings.TrimPrefix(p.Name, "clinical-"), tokens})
	}
	return needs, true
}

// tokensOf reads values that are joined by commas: any of them is enough.
func tokensOf(value string) (tokens []token, ok bool) {
	for text := range strings.SplitSeq(value, ",") {
		t := token{text: text}
		t.system, t.code, t.both = strings.Cut(text, "|")
		if text == "" || text == "|" || strings.Contains(t.code, "|") || strings.Contains(text, `\`) {
			return nil, false
		}
		tokens = append(tokens, t)
	}
	return tokens, true
}

// traits are what a search finds something by: codes, or bare words where FHIR has a code
// without a system.
type traits struct {
	codings []record.Coding
	words   []string
}

// have reports whether one of the tokens is found.
func (t traits) have(tokens []token) bool {
	return slices.ContainsFunc(tokens, func(k token) bool {
		return slices.Contains(t.words, k.text) || slices.ContainsFunc(t.codings, k.means)
	})
}

func (t token) means(c record.Coding) bool {
	switch {
	case c.System == "" && c.Code == "":
		return false // only worded
	case !t.both:
		return c.Code == t.text
	}
	return c.System == t.system && (t.code == "" || c.Code == t.code)
}

// hold reports whether an entry is one of the term's: a resource of its type, which a
// search by its query finds.
func (t *term) hold(e record.Entry, see sees) bool {
	if t.aspect.is != nil && !t.aspect.is(e, see) {
		return false
	}
	return !slices.ContainsFunc(t.needs, func(n need) bool { return !t.aspect.find(n.param, e, see).have(n.tokens) })
}
