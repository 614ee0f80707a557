package claims

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/ext"
)

// onlyList names the function that lets nothing but a list through. It cannot be written
// in a rule; guard puts it where a rule reads a list.
const onlyList = "@list"

// mostRegex bounds a pattern's compiled size, in instructions: the time of a match is
// this times the length of the text at most (RE2).
const mostRegex = 250

// environment is CEL as rules see it: `claims` and `subject`, and `it` within a rule that
// has Each.
func environment(withIt bool) (*cel.Env, error) {
	item := cel.TypeParamType("A")
	options := []cel.EnvOption{
		cel.Variable("claims", cel.MapType(cel.StringType, cel.DynType)),
		cel.Variable("subject", cel.StringType),
		cel.OptionalTypes(),
		ext.Strings(),
		cel.CrossTypeNumericComparisons(true),
		cel.ASTValidators(cel.ValidateRegexLiterals(), cel.ValidateDurationLiterals(), cel.ValidateTimestampLiterals()),
		cel.RegexProgramSizeLimit(mostRegex),
		cel.ParserExpressionSizeLimit(4096),
		cel.Function(onlyList, cel.Overload("only_list", []*cel.Type{cel.ListType(item)}, cel.ListType(item),
			cel.UnaryBinding(func(v ref.Val) ref.Val {
				if v.Type() != types.ListType {
					return types.MaybeNoSuchOverloadErr(v)
				}
				return v
			}))),
	}
	if withIt {
		options = append(options, cel.Variable("it", cel.DynType))
	}
	return cel.NewEnv(options...)
}
