package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/fhir"
	"github.com/patchworkcare/patchwork/resolvers"
	"github.com/patchworkcare/patchwork/telemetry"
)

// fhirAPI is the FHIR API over the one executor.
func (s *server) fhirAPI() http.Handler {
	api := fhir.New(graphRunner{s.executor}, s.fhirBase, s.log, time.Now)
	api.LiteralNil, api.OAuth = s.config.Answers.LiteralNil, s.smart.OAuthURIs()
	return api
}

// fhirBase is the address of the API, which is also what tokens are for.
func (s *server) fhirBase(*http.Request) string { return s.smart.Base() }

// graphRunner runs the FHIR API's operations as every other surface runs its own.
type graphRunner struct{ executor *resolvers.Executor }

// Run runs one operation for the caller in ctx.
func (g graphRunner) Run(ctx context.Context, operation, query string, variables map[string]any) (fhir.Answer, error) {
	telemetry.Names(ctx, operation, false) // our own operations, whatever was asked for
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

// mostGraphText is the largest operation that is read as text.
const mostGraphText = 64 << 10

// graphText lets the graph take application/graphql too, whose body is the operation alone
// (FHIR R4 §3.1.7). Everything else is the graph's own: it takes nothing by GET.
func graphText(graph http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil || t != "application/graphql" || r.Method != http.MethodPost || auth.SessionFrom(r.Context()) == nil {
			graph.ServeHTTP(w, r)
			return
		}
		text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostGraphText))
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			plain(w, http.StatusRequestEntityTooLarge, "An operation may have 64 KiB")
			return
		}
		if err != nil {
			return // the client has gone
		}
		body, err := json.Marshal(map[string]string{"query": string(text)})
		if err != nil {
			plain(w, http.StatusBadRequest, "The operation cannot be read")
			return
		}
		asJSON := r.Clone(r.Context())
		asJSON.Header.Set("Content-Type", "application/json")
		asJSON.Body, asJSON.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		graph.ServeHTTP(w, asJSON)
	})
}
