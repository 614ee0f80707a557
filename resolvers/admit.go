package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// posted is the body of a request: an operation's text or the id of a registered one, with
// what both take.
type posted struct {
	graphql.RawParams
	// DocumentID: "Persisted Documents" of GraphQL over HTTP.
	DocumentID string `json:"documentId"`
}

// notRun is why a request is not run.
type notRun struct{ code, text string }

// Error is the text.
func (r *notRun) Error() string { return r.text }

// unknownOperation is the text by which Apollo's and urql's clients know what to do about it.
const unknownOperation = "PersistedQueryNotFound"

// admit puts a registered operation's text where its id was sent, and refuses a text that
// is not registered where none may run. It registers nothing: a text that comes with an id
// runs as a text, and only if it is that id's.
func (x *Executor) admit(ctx context.Context, p *posted) error {
	id, err := p.id()
	switch text, known := x.operations[id]; {
	case err != nil:
		return err
	case id != "" && p.Query != "" && id != operationHash(p.Query):
		return &notRun{CodeBadInput, "The id is not that of the query beside it"}
	case id != "" && p.Query == "" && !known:
		return &notRun{CodePersistedNotFound, unknownOperation}
	case id != "" && p.Query == "":
		p.Query = text
	}
	if !x.persistedOnly {
		return nil
	}
	if _, known := x.operations[operationHash(p.Query)]; !known {
		return x.unregistered(ctx, p)
	}
	return nil
}

// unregistered refuses, and the ledger knows of it: somebody asks what no app of the region
// asks.
func (x *Executor) unregistered(ctx context.Context, p *posted) error {
	e := auth.EventOf(ctx, audit.ActionDenied, audit.Deny)
	e.Reason, e.OperationHash = "an operation that is not registered", operationHash(p.Query)
	if err := x.resolver.Ledger.Record(ctx, e); err != nil {
		return ErrAudit
	}
	return &notRun{CodePersistedOnly, "This server runs only operations that are registered with it"}
}

// id is that of the operation, however it was sent; "" for none.
func (p *posted) id() (string, error) {
	id := bareID(p.DocumentID)
	said, ok := p.Extensions["persistedQuery"]
	if !ok || said == nil {
		return id, nil
	}
	o, _ := said.(map[string]any)
	hash, _ := o["sha256Hash"].(string)
	if hash == "" || id != "" && id != hash {
		return "", &notRun{CodeBadInput, "extensions.persistedQuery has the SHA-256 of the operation as sha256Hash, the same as documentId if that is sent too"}
	}
	return hash, nil
}
