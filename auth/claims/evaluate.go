package claims

import (
	"context"
	"errors"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"github.com/patchworkcare/patchwork/auth"
)

// evaluation is one mapping under way: what all its expressions may still cost together.
type evaluation struct {
	ctx   context.Context
	proof *auth.Proof
	it    ref.Val // nil outside of Each
	spent uint64
	over  bool // beyond a bound: nothing more is evaluated, and nobody is signed in
}

// eval gives the expression's value, or nil and why there is none.
func (e *evaluation) eval(x *expression) (ref.Val, string) {
	if e.over = e.over || e.ctx.Err() != nil || e.spent > mostAllCost; e.over {
		return nil, "the rules' bounds are reached"
	}
	claims := e.proof.Claims
	if claims == nil {
		claims = map[string]any{}
	}
	given := map[string]any{"claims": claims, "subject": e.proof.Subject}
	if e.it != nil {
		given["it"] = e.it
	}
	value, details, err := x.program.ContextEval(e.ctx, given)
	e.spent += 20 // what it costs to begin at all
	if details != nil && details.ActualCost() != nil {
		e.spent += *details.ActualCost()
	}
	var cancelled interpreter.EvalCancelledError
	switch {
	case errors.As(err, &cancelled), errors.Is(err, interpreter.InterruptError{}):
		e.over = true
		return nil, "the rules' bounds are reached"
	case err != nil:
		return nil, failure(x.source, err)
	}
	return value, ""
}

// truth gives whether it is true; with why, it is neither.
func (e *evaluation) truth(x *expression) (yes bool, why string) {
	value, why := e.eval(x)
	if why != "" {
		return false, why
	}
	b, ok := value.(types.Bool)
	if !ok {
		return false, "it gives neither true nor false"
	}
	return bool(b), ""
}

// text gives a text; with why, there is none.
func (e *evaluation) text(x *expression) (s, why string) {
	value, why := e.eval(x)
	if why != "" {
		return "", why
	}
	text, ok := value.(types.String)
	if !ok {
		return "", "it gives no text"
	}
	return string(text), ""
}
