package resolvers

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/graph"
)

// Options of the executor.
type Options struct {
	// Introspection and suggestions: on for development and the demo only.
	Introspection bool
	// Operations are registered; PersistedOnly runs no other text that comes from outside.
	Operations    Operations
	PersistedOnly bool
	// Rates are how often clients may ask.
	Rates Rates
	// Behind reports whether lists of people are to wait, because the server is asked for more
	// than it can do; nil is never.
	Behind func() bool
	// Watch is told what runs.
	Watch Watch
}

// Executor runs operations for sessions. It is the only door to data: HTTP, and every
// other surface, goes through it.
type Executor struct {
	resolver *Resolver
	exec     *executor.Executor
	streams  *streams
	papers   *papers

	operations    Operations
	persistedOnly bool
	pace          *pace
	behind        func() bool
	watch         Watch

	schema  *ast.Schema
	suggest bool
	kept    *documentMemory
}

// NewExecutor completes r and makes the executor over it. It fails if the schema
// leaves a field without a policy class.
func NewExecutor(r *Resolver, o Options) (*Executor, error) {
	schema := graph.NewExecutableSchema(graph.Config{Resolvers: r})
	a, err := readAccess(schema.Schema())
	if err != nil {
		return nil, err
	}
	r.schema, r.wordings.schema = a, a
	if r.Wait == 0 {
		r.Wait = DefaultWait
	}
	if r.Zone == nil {
		r.Zone = time.UTC
	}
	if r.Probes == nil {
		r.Probes = NewProbes(SearchLimits{}, r.Now)
	}
	if r.MaxWait == 0 {
		r.MaxWait = DefaultMaxWait
	}
	x := executor.New(schema)
	x.SetErrorPresenter(r.present)
	x.SetRecoverFunc(r.recovered)
	x.SetQueryCache(handed{})
	if o.Introspection {
		x.Use(extension.Introspection{})
	}
	x.Use(r)
	r.reads = o.Watch.watched
	return &Executor{
		resolver: r, exec: x, streams: newStreams(), papers: newPapers(), operations: o.Operations, persistedOnly: o.PersistedOnly, pace: newPace(o.Rates, r.Probes.Sharing, r.Now),
		schema: schema.Schema(), suggest: o.Introspection, kept: newDocuments(o.Operations), behind: o.Behind, watch: o.Watch,
	}, nil
}

// Schema is the graph's schema, for what must be read from it at start-up.
func Schema() *ast.Schema { return graph.NewExecutableSchema(graph.Config{}).Schema() }

// ErrAudit: the ledger could not be written, so nothing may leave.
var ErrAudit = errors.New("the audit cannot be written; nothing is shown until it can")

// Run runs one operation for the caller in ctx (auth.WithSession). When it returns
// without an error the audit of the answer is durable. An invalid operation is an
// answer with errors, not an error; so is a subscription, which needs a stream.
func (x *Executor) Run(ctx context.Context, p *graphql.RawParams) (*graphql.Response, error) {
	resp, _, err := x.run(ctx, p, false)
	return resp, err
}

// run is Run. Of a subscription, if those are allowed, it gives the answer as it is now:
// what is streamed are such answers one after the other, each decided and audited by
// itself. The request is nil if the operation is not valid.
func (x *Executor) run(ctx context.Context, p *graphql.RawParams, streaming bool) (*graphql.Response, *request, error) {
	ctx, ready := x.prepare(ctx, p)
	if ready.large {
		if err := x.tell(ctx, p); err != nil {
			return nil, nil, err
		}
	}
	x.told(ctx, ready, streaming)
	oc, errs := ready.take(ctx, x, p)
	if errs == nil && oc.Operation.Operation == ast.Subscription {
		errs = fitsStream(oc, streaming)
	}
	if errs != nil {
		return x.exec.DispatchError(graphql.WithOperationContext(ctx, oc), errs), nil, nil
	}
	if x.crowded(oc.Operation, auth.SessionFrom(ctx)) {
		return nil, nil, errOverloaded
	}
	ctx, q := x.resolver.newRequest(ctx, oc)
	x.resolver.colleague(ctx, q)
	responses, ctx := x.exec.DispatchOperation(ctx, oc)
	resp := responses(ctx)
	if resp.HasNext != nil && *resp.HasNext {
		// The deferred part would be lost on a transport that sends one answer.
		return nil, nil, errDefer
	}
	if events := q.events(ctx, oc); len(events) > 0 {
		if err := x.resolver.Ledger.Record(ctx, events...); err != nil {
			x.resolver.Log.Error("audit not written; answer held back", "request", auth.CallerFrom(ctx).RequestID)
			return nil, nil, ErrAudit
		}
	}
	q.tellCost(resp)
	q.passed()
	return resp, q, nil
}

var errDefer = errors.New("@defer needs a streaming answer, which this endpoint does not give")

// ExtensionName names the resolver as an extension of the executor.
func (r *Resolver) ExtensionName() string { return "PatchworkAccess" }

// Validate is called when the extension is added.
func (r *Resolver) Validate(graphql.ExecutableSchema) error { return nil }

func (r *Resolver) recovered(ctx context.Context, p any) error {
	r.Log.Error("resolver panicked", "request", auth.CallerFrom(ctx).RequestID, "type", fmt.Sprintf("%T", p), "at", panicSite())
	return errInternal
}

var errInternal = errors.New("internal error")
