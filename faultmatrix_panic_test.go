package main

import (
	"context"
	"sync/atomic"

	"github.com/patchworkcare/patchwork/sources"
)

// failing is a connector whose code panics when it is told to: within a call to the system,
// as when it reads the answer, or beside it, as when it puts answers together.
type failing struct {
	sources.Connector
	in, beside atomic.Bool
}

// Open opens the connector with a Call that fails.
func (f *failing) Open(ctx context.Context, env sources.Env) (sources.Source, error) {
	through := env.Call
	env.Call = func(ctx context.Context, do func(context.Context) error) error {
		if f.beside.Load() {
			panic("a fault of the connector's own")
		}
		return through(ctx, func(ctx context.Context) error {
			if f.in.Load() {
				panic("a fault of the connector's own")
			}
			return do(ctx)
		})
	}
	return f.Connector.Open(ctx, env)
}
