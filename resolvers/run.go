package resolvers

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/99designs/gqlgen/graphql"
)

// Problem is one error of an operation, as every caller may see it.
type Problem struct{ Code, Message string }

// RunText runs one operation for the caller in ctx, for surfaces that are not GraphQL
// themselves. The error is Run's: nothing may leave.
func (x *Executor) RunText(ctx context.Context, operation, query string, variables map[string]any) (data json.RawMessage, problems []Problem, err error) {
	text, err := json.Marshal(variables)
	if err != nil {
		return nil, nil, err
	}
	p := &graphql.RawParams{Query: query, OperationName: operation}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber() // as a request's own variables are read
	if err := decoder.Decode(&p.Variables); err != nil {
		return nil, nil, err
	}
	resp, err := x.Run(ctx, p)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range resp.Errors {
		code, _ := e.Extensions["code"].(string)
		problems = append(problems, Problem{code, e.Message})
	}
	return resp.Data, problems, nil
}
