package main

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/fhir"
	"github.com/patchworkcare/patchwork/resolvers"
)

// fhirAPI is the FHIR API over the one executor.
func (s *server) fhirAPI() http.Handler {
	return fhir.New(graphRunner{s.executor}, s.fhirBase, s.log, time.Now)
}

// fhirBase is the address of the API: the configured one, else the one that was asked.
func (s *server) fhirBase(r *http.Request) string {
	if s.config.PublicURL != "" {
		return s.config.PublicURL + "/fhir"
	}
	scheme := "https"
	if s.config.PlainHTTP {
		scheme = "http"
	}
	return scheme + "://" + r.Host + "/fhir"
}

// graphRunner runs the FHIR API's operations as every other surface runs its own.
type graphRunner struct{ executor *resolvers.Executor }

// Run runs one operation for the caller in ctx.
func (g graphRunner) Run(ctx context.Context, operation, query string, variables map[string]any) (fhir.Answer, error) {
	text, err := json.Marshal(variables)
	if err != nil {
		return fhir.Answer{}, err
	}
	p := &graphql.RawParams{Query: query, OperationName: operation}
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber() // as a request's own variables are read
	if err := decoder.Decode(&p.Variables); err != nil {
		return fhir.Answer{}, err
	}
	resp, err := g.executor.Run(ctx, p)
	if err != nil {
		return fhir.Answer{}, err
	}
	answer := fhir.Answer{Data: resp.Data}
	for _, e := range resp.Errors {
		code, _ := e.Extensions["code"].(string)
		answer.Problems = append(answer.Problems, fhir.Problem{Code: code, Message: e.Message})
	}
	return answer, nil
}
