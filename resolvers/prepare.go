package resolvers

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// prepared is an operation before it runs: read, within bounds, valid, with variables that
// fit. Or it is what is wrong with it.
type prepared struct {
	document *document
	context  *graphql.OperationContext
	errs     gqlerror.List
	// large: it is refused for its size, which the ledger is told.
	large bool
}

type preparedKey struct{}

// prepare reads an operation, once for each request: a context that has it already is given
// back. Everything before execution is here, in the order of what it costs: the text that is
// known, the parser (linear, and bounded in tokens), the bounds (linear), validation, variables.
func (x *Executor) prepare(ctx context.Context, p *graphql.RawParams) (context.Context, *prepared) {
	if ready, ok := ctx.Value(preparedKey{}).(*prepared); ok {
		return ctx, ready
	}
	ready := &prepared{}
	ctx = context.WithValue(graphql.StartOperationTrace(ctx), preparedKey{}, ready)
	if err := x.ready(ctx, ready, p); err != nil {
		ready.errs, ready.large = x.wrong(err)
	}
	if ready.context == nil {
		ready.context = &graphql.OperationContext{OperationName: p.OperationName, Headers: p.Headers, RecoverFunc: x.resolver.recovered}
	}
	return ctx, ready
}

func (x *Executor) ready(ctx context.Context, ready *prepared, p *graphql.RawParams) error {
	var err error
	if ready.document, err = x.read(p.Query); err != nil {
		return err
	}
	operation := ready.document.parsed.Operations.ForName(p.OperationName)
	if operation == nil {
		return &gqlerror.Error{Message: "There is no operation of that name here, or several and none was named", Extensions: map[string]any{"code": CodeValidationFailed}}
	}
	if err := ready.document.wants[operation].within(p.Variables); err != nil {
		return err
	}
	oc, errs := x.exec.CreateOperationContext(ctx, p)
	if errs != nil {
		return fitting(errs)
	}
	ready.context = oc
	return nil
}

// take gives the context in which the operation runs once. A stream runs it again and
// again: each time in a context of its own.
func (r *prepared) take(ctx context.Context, x *Executor, p *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	oc := r.context
	if r.errs != nil {
		return oc, r.errs
	}
	if r.context = nil; oc == nil {
		return x.exec.CreateOperationContext(ctx, p)
	}
	return oc, nil
}

// subscribes reports whether the operation is to be answered by a stream.
func (r *prepared) subscribes() bool {
	return r.errs == nil && r.context != nil && r.context.Operation.Operation == ast.Subscription
}

// preparedFrom is what prepare has put into the context of a request that runs.
func preparedFrom(ctx context.Context) *prepared { return ctx.Value(preparedKey{}).(*prepared) }

// read gives a valid operation's document.
func (x *Executor) read(text string) (*document, error) {
	if d := x.kept.get(text); d != nil {
		return d, nil
	}
	parsed, m, err := parsedWithin(text)
	if err != nil {
		return nil, err
	}
	if errs := validated(x.schema, parsed, x.suggest); len(errs) > 0 {
		return nil, errs
	}
	d := &document{text: text, parsed: parsed, weight: weightOf(text, m), wants: map[*ast.OperationDefinition]*asking{}, registered: x.kept.registered[text]}
	for _, o := range parsed.Operations {
		d.wants[o] = wants(o)
	}
	x.kept.put(d)
	return d, nil
}

// parsedWithin reads a text that is within bounds, whether or not it is valid.
func parsedWithin(text string) (*ast.QueryDocument, *measured, error) {
	parsed, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, mostTokens)
	var e *gqlerror.Error
	switch {
	case errors.As(err, &e) && strings.HasPrefix(e.Message, "exceeded token limit"):
		return nil, nil, &tooLarge{"tokens", "words and signs", mostTokens, mostTokens + 1}
	case errors.As(err, &e) && strings.HasPrefix(e.Message, "exceeded maximum nesting"):
		return nil, nil, &tooLarge{"nesting", "levels of values or inline fragments", mostNesting, parser.MaxNestingDepth}
	case errors.As(err, &e):
		return nil, nil, unparsed(e)
	case err != nil:
		return nil, nil, err
	case len(parsed.Operations) == 0:
		return nil, nil, &gqlerror.Error{Message: "There is no operation here", Extensions: map[string]any{"code": CodeValidationFailed}}
	}
	m, err := within(parsed)
	return parsed, m, err
}

// wrong words what is wrong with an operation.
func (x *Executor) wrong(err error) (errs gqlerror.List, large bool) {
	var t *tooLarge
	var one *gqlerror.Error
	switch {
	case errors.As(err, &t):
		return gqlerror.List{{Message: t.Error(), Extensions: map[string]any{"code": CodeOperationTooLarge, "bound": t.bound, "most": t.most, "found": t.has}}}, true
	case errors.Is(err, errCycle):
		return gqlerror.List{{Message: "A fragment spreads itself, by itself or by others", Extensions: map[string]any{"code": CodeValidationFailed}}}, false
	case errors.As(err, &errs):
		return errs, false
	case errors.As(err, &one):
		return gqlerror.List{one}, false
	}
	return gqlerror.List{{Err: err}}, false
}

// tell writes into the ledger that an operation was refused for its size: somebody asks what
// no app of the region asks.
func (x *Executor) tell(ctx context.Context, p *graphql.RawParams) error {
	e := auth.EventOf(ctx, audit.ActionDenied, audit.Deny)
	e.Reason, e.OperationHash = "an operation that is larger than is allowed", operationHash(p.Query)
	if err := x.resolver.Ledger.Record(ctx, e); err != nil {
		return ErrAudit
	}
	return nil
}

// handed is the executor's memory of operations: it is handed the one that was prepared for
// this request, and keeps none itself.
type handed struct{}

// Get gives the document that was prepared.
func (handed) Get(ctx context.Context, text string) (*ast.QueryDocument, bool) {
	ready, ok := ctx.Value(preparedKey{}).(*prepared)
	if !ok || ready.document == nil || ready.document.text != text {
		return nil, false
	}
	return ready.document.parsed, true
}

// Add keeps nothing.
func (handed) Add(context.Context, string, *ast.QueryDocument) {}

// plainName is a GraphQL name that may be repeated.
var plainName = regexp.MustCompile(`\A[_A-Za-z][_0-9A-Za-z]{0,63}\z`)

// fitting words variables that do not fit, without what was sent.
func fitting(errs gqlerror.List) gqlerror.List {
	for _, e := range errs {
		if _, enum, ok := strings.Cut(e.Message, " is not a valid "); ok {
			e.Message = "it is not a valid " + enum
		}
		for i, part := range e.Path {
			if name, ok := part.(ast.PathName); ok && !plainName.MatchString(string(name)) {
				e.Path[i] = ast.PathName("…")
			}
		}
	}
	return errs
}
