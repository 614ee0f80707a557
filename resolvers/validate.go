package resolvers

import (
	"regexp"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// mostFaults is how many faults of one operation are told: who has more mends these first.
const mostFaults = 20

// plainRules are the rules of GraphQL without suggestions: those tell of the schema whoever
// guesses, and compare every wrong name with all right ones.
func plainRules() *rules.Rules {
	r := rules.NewDefaultRules()
	r.ReplaceRule(rules.FieldsOnCorrectTypeRule.Name, rules.FieldsOnCorrectTypeRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.KnownArgumentNamesRule.Name, rules.KnownArgumentNamesRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.KnownTypeNamesRule.Name, rules.KnownTypeNamesRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.ScalarLeafsRule.Name, rules.ScalarLeafsRuleWithoutSuggestions.RuleFunc)
	r.ReplaceRule(rules.ValuesOfCorrectTypeRule.Name, rules.ValuesOfCorrectTypeRuleWithoutSuggestions.RuleFunc)
	return r
}

// validated says what is wrong with an operation that is within bounds. Where suggestions
// may be made they are, once there is so little wrong that they cost little.
func validated(schema *ast.Schema, doc *ast.QueryDocument, suggest bool) gqlerror.List {
	errs := validator.ValidateWithRules(schema, doc, plainRules())
	if len(errs) > 0 && len(errs) <= mostFaults/4 && suggest {
		errs = validator.ValidateWithRules(schema, doc, rules.NewDefaultRules())
	}
	errs = errs[:min(len(errs), mostFaults)]
	for _, e := range errs {
		e.Message = unquoted(e)
		e.Extensions = map[string]any{"code": CodeValidationFailed}
	}
	return errs
}

// enumValue is how a value that is none of an enum's is told.
var enumValue = regexp.MustCompile(`(?s)^Value ".*" does not exist in ("[^"]*" enum)`)

// unquoted leaves out of the messages about values what was sent as one: a value may be a
// person's. Names of the schema and of the text stay.
func unquoted(e *gqlerror.Error) string {
	if !strings.HasPrefix(e.Rule, rules.ValuesOfCorrectTypeRule.Name) {
		return e.Message
	}
	if m := enumValue.FindStringSubmatch(e.Message); m != nil {
		return "A value does not exist in the " + m[1] + "."
	}
	for _, before := range []string{": ", ", found "} {
		if said, _, ok := strings.Cut(e.Message, before); ok {
			return said + "."
		}
	}
	return e.Message
}

// unparsed is what the parser could not read, without what stands there.
func unparsed(err *gqlerror.Error) *gqlerror.Error {
	e := &gqlerror.Error{Message: err.Message, Locations: err.Locations, Extensions: map[string]any{"code": CodeParseFailed}}
	switch {
	case strings.HasPrefix(e.Message, "Unexpected "):
		e.Message, _, _ = strings.Cut(e.Message, ` "`) // which is what was read
	case strings.Contains(e.Message, ", found "):
		expected, found, _ := strings.Cut(e.Message, ", found ")
		found, _, _ = strings.Cut(found, ` "`)
		e.Message = expected + ", found " + found
	case strings.HasPrefix(e.Message, "Expected "), strings.HasPrefix(e.Message, "expected "), e.Message == "Unterminated string.":
	default:
		e.Message = "The operation cannot be read here"
	}
	return e
}
