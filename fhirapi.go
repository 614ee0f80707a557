package main

import (
	"context"
	"net/http"
	"time"

	"github.com/patchworkcare/patchwork/fhir"
	"github.com/patchworkcare/patchwork/resolvers"
)

// fhirAPI is the FHIR API over the one executor.
func (s *server) fhirAPI() http.Handler {
	return fhir.New(graphRunner{s.executor}, s.fhirBase, s.log, time.Now)
}

// fhirBase is the address of the API, which is also what tokens are for.
func (s *server) fhirBase(*http.Request) string { return s.smart.Base() }

// graphRunner runs the FHIR API's operations as every other surface runs its own.
type graphRunner struct{ executor *resolvers.Executor }

// Run runs one operation for the caller in ctx.
func (g graphRunner) Run(ctx context.Context, operation, query string, variables map[string]any) (fhir.Answer, error) {
	data, problems, err := g.executor.RunText(ctx, operation, query, variables)
	if err != nil {
		return fhir.Answer{}, err
	}
	answer := fhir.Answer{Data: data}
	for _, p := range problems {
		answer.Problems = append(answer.Problems, fhir.Problem(p))
	}
	return answer, nil
}
