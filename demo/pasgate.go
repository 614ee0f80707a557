package demo

import (
	"context"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/demo/pgwire"
)

// pasGate decides the fault of each query of the PAS. The waiting is done
// here, so that healing lets go of queries held; the rest pgwire plays.
func pasGate(g *gate, patients []string) pgwire.Gate {
	return func(ctx context.Context, path string) pgwire.Fault {
		v := g.enter(path)
		context.AfterFunc(ctx, v.leave) // a query in flight ends with its context
		if !g.pause(ctx) {
			return pgwire.Fault{}
		}
		switch v.fault.Name {
		case faultDrip:
			return pgwire.Fault{Kind: faultDrip, Delay: v.fault.Delay}
		case faultStall: // a byte, and then no other
			return pgwire.Fault{Kind: faultDrip, Delay: time.Hour}
		}
		v.wait(ctx, v.fault.Delay)
		switch v.fault.Name {
		case faultSlow:
			return pgwire.Fault{}
		case faultHang:
			v.hold(ctx)
			return pgwire.Fault{}
		case faultFlapping:
			return pgwire.Fault{Kind: fault503}
		}
		return pgwire.Fault{Kind: v.fault.Name, Column: "pas_id", Other: func(id string) string { return next(patients, id) }}
	}
}

// next is the one after id in all, round and round.
func next(all []string, id string) string {
	if len(all) == 0 {
		return id
	}
	return all[(slices.Index(all, id)+1)%len(all)]
}

// refusedByPAS are the faults a database connection cannot have.
func refusedByPAS() map[string]string {
	const http = "there is no HTTP on a database connection"
	return map[string]string{
		faultEmpty:            "a query that returns no rows is a good answer, and cannot be told from one",
		faultGzipBomb:         "nothing is compressed on a database connection",
		faultEndlessPaging:    "a query has no pages and no links",
		faultNextLoop:         "a query has no pages and no links",
		faultNextForeign:      "a query has no pages and no links",
		faultRedirectInternal: http,
		faultClockSkew:        "no answer of it carries the time",
	}
}
