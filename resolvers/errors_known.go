package resolvers

import (
	"context"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/patchworkcare/patchwork/auth"
)

// retryable are the codes of what may go well if it is asked again, after a while and
// without any change: something was down, busy or late. Of all others it is a waste to ask
// again; and of INTERNAL nobody knows what was done already. docs/api/errors.md has them
// all, by a test.
var retryable = map[string]bool{
	CodeLookupIncomplete: true,
	CodeAuditUnavailable: true,
	CodeUnavailable:      true,
	CodeTooManyStreams:   true,
	CodeTooManyDocuments: true,
	CodeCheckRunning:     true,
	CodeSearchLimited:    true,
	CodeRateLimited:      true,
	CodeOverloaded:       true,
}

// Retryable reports whether what was refused with this code may go well if it is asked
// again unchanged. A code that nobody knows is not retried.
func Retryable(code string) bool { return retryable[code] }

// told completes the extensions of an error: whether to ask again, and the request's id.
func told(ctx context.Context, extensions map[string]any) map[string]any {
	code, _ := extensions["code"].(string)
	extensions["retryable"] = Retryable(code)
	if id := auth.CallerFrom(ctx).RequestID; id != "" {
		extensions["requestId"] = id
	}
	return extensions
}

// refuseOf is refuse for what is about one system that the caller named or was shown.
func refuseOf(ctx context.Context, source, code, text string) *gqlerror.Error {
	e := refuse(ctx, code, text)
	e.Extensions["source"] = source
	return e
}
