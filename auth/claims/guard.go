package claims

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
)

// written are the functions whose arguments must be written out in the rule: given by a
// provider, they could make a match or a text grow beyond every bound within one call.
var written = map[string]bool{
	"matches": true, "replace": true, "indexOf": true, "lastIndexOf": true, "split": true, "join": true,
}

// guard makes a parsed rule read lists only where it means lists: CEL's `in` and macros
// take an object's keys as readily as a list's items, and whoever could turn a group list
// into an object would choose the keys. It reports the arguments that are not written out.
func guard(parsed *cel.Ast) *cel.Issues {
	tree := parsed.NativeRep()
	issues := cel.NewIssuesWithSourceInfo(common.NewErrors(parsed.Source()), tree.SourceInfo())
	var lists []ast.Expr
	ast.PostOrderVisit(tree.Expr(), ast.NewExprVisitor(func(e ast.Expr) {
		switch e.Kind() {
		case ast.ComprehensionKind:
			lists = append(lists, e.AsComprehension().IterRange())
		case ast.CallKind:
			call := e.AsCall()
			if args := call.Args(); call.FunctionName() == operators.In && len(args) == 2 && !isClaims(args[1]) {
				lists = append(lists, args[1])
			}
			if name := call.FunctionName(); written[name] && !allWritten(call) {
				issues.ReportErrorAtID(e.ID(), "what %s() is given must be written out in the rule, not taken from the claims", name)
			}
		}
	}))
	next := ast.MaxID(tree)
	for _, e := range lists {
		if e.Kind() != ast.ListKind {
			next++
			wrap(tree, e, next)
		}
	}
	return issues
}

// wrap puts onlyList around an expression in its place; id is a new one for what was there.
func wrap(tree *ast.AST, e ast.Expr, id int64) {
	factory := ast.NewExprFactory()
	inner := factory.NewUnspecifiedExpr(id)
	inner.SetKindCase(e)
	if place, ok := tree.SourceInfo().GetOffsetRange(e.ID()); ok {
		tree.SourceInfo().SetOffsetRange(id, place)
	}
	e.SetKindCase(factory.NewCall(e.ID(), onlyList, inner))
}

func isClaims(e ast.Expr) bool { return e.Kind() == ast.IdentKind && e.AsIdent() == "claims" }

// allWritten reports whether all but the text itself are literals.
func allWritten(call ast.CallExpr) bool {
	args := call.Args()
	if !call.IsMemberFunction() && len(args) > 0 {
		args = args[1:]
	}
	for _, a := range args {
		if a.Kind() != ast.LiteralKind {
			return false
		}
	}
	return true
}

// constants are the texts that an expression gives if it gives one that stands in it.
func constants(e ast.Expr) []string {
	switch e.Kind() {
	case ast.LiteralKind:
		if s, ok := e.AsLiteral().Value().(string); ok {
			return []string{s}
		}
	case ast.CallKind:
		if args := e.AsCall().Args(); e.AsCall().FunctionName() == operators.Conditional && len(args) == 3 {
			return append(constants(args[1]), constants(args[2])...)
		}
	}
	return nil
}
