package resolvers

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// The codes of user-visible errors, in extensions.code; each stands in docs/graph.md too.
const (
	CodeUnauthenticated   = "UNAUTHENTICATED"
	CodeForbidden         = "FORBIDDEN"
	CodePatientNotFound   = "PATIENT_NOT_FOUND"
	CodeLookupIncomplete  = "LOOKUP_INCOMPLETE"
	CodeBadInput          = "BAD_INPUT"
	CodeAuditUnavailable  = "AUDIT_UNAVAILABLE"
	CodeDeferNotSupported = "DEFER_NOT_SUPPORTED"
	CodeInternal          = "INTERNAL"
	// CodeIntrospectionOff: the schema is not to be read here; docs/graph.md.
	CodeIntrospectionOff = "INTROSPECTION_OFF"
	// CodeNeedsStream: a subscription was sent to where one answer is given.
	CodeNeedsStream = "NEEDS_STREAM"
	// CodeTooManyStreams: end one that is open, or try later.
	CodeTooManyStreams = "TOO_MANY_STREAMS"
	// CodeUnavailable: it cannot be done now, because a system does not answer.
	CodeUnavailable = "UNAVAILABLE"
	// CodeCheckRunning: somebody is checking the source already.
	CodeCheckRunning = "CHECK_RUNNING"
	// CodeConfirmFirst: prove again who you are (POST /auth/confirm).
	CodeConfirmFirst = "CONFIRM_FIRST"
	// CodePolicyRefused: the policies would not be well; the message says why.
	CodePolicyRefused = "POLICY_REFUSED"
	// CodePolicyChanged: somebody changed the policies meanwhile.
	CodePolicyChanged = "POLICY_CHANGED"
	// CodeParseFailed and CodeValidationFailed: the operation's text is not GraphQL, or not of
	// this schema.
	CodeParseFailed      = errcode.ParseFailed
	CodeValidationFailed = errcode.ValidationFailed
	// CodeMethodNotAllowed, CodeMediaType and CodeTooLarge: the request has no operation.
	CodeMethodNotAllowed = "METHOD_NOT_ALLOWED"
	CodeMediaType        = "UNSUPPORTED_MEDIA_TYPE"
	CodeTooLarge         = "TOO_LARGE"
	// CodeOperationTooLarge: an operation keeps not one of the bounds; docs/api/limits.md.
	CodeOperationTooLarge = "OPERATION_TOO_LARGE"
	// CodePersistedNotFound: no operation of this id is registered. CodePersistedOnly: only
	// registered ones run here.
	CodePersistedNotFound = "PERSISTED_QUERY_NOT_FOUND"
	CodePersistedOnly     = "PERSISTED_ONLY"
)

// present makes an error fit to leave: with a code and the request id, and without a
// text that some library wrote around a value. Details are in the log only.
func (r *Resolver) present(ctx context.Context, err error) *gqlerror.Error {
	var e *gqlerror.Error
	if !errors.As(err, &e) {
		e = &gqlerror.Error{Err: err}
	}
	out := &gqlerror.Error{Message: e.Message, Path: e.Path, Locations: e.Locations, Extensions: map[string]any{}}
	for k, v := range e.Extensions {
		out.Extensions[k] = v
	}
	if out.Path == nil && graphql.GetFieldContext(ctx) != nil {
		out.Path = graphql.GetPath(ctx)
	}
	if out.Extensions["code"] == nil {
		out.Extensions["code"], out.Message = r.classify(ctx, e)
	}
	told(ctx, out.Extensions)
	return out
}

// classify words an error that does not word itself.
func (r *Resolver) classify(ctx context.Context, e *gqlerror.Error) (code, message string) {
	if e.Rule != "" || len(e.Locations) > 0 && e.Err == nil {
		return CodeValidationFailed, e.Message // about the operation's text, not about data
	}
	if introspecting(ctx) {
		return CodeIntrospectionOff, "Introspection is off here: the schema is in the folder graph of the source code, and introspection: true in patchwork.yaml turns it on"
	}
	var typed interface{ BadInput() bool }
	if errors.As(e, &typed) && typed.BadInput() {
		return CodeBadInput, e.Message
	}
	if cause := errors.Unwrap(e); cause != nil {
		e.Message = cause.Error()
	}
	if isInput(ctx, e) {
		return CodeBadInput, e.Message // a scalar's own sentence about what was typed
	}
	r.Log.Error("resolver failed", "request", auth.CallerFrom(ctx).RequestID, "path", e.Path.String(), "type", typeName(errors.Unwrap(e)))
	return CodeInternal, "Something went wrong here; the request id leads to the details"
}

// introspecting reports whether the field asks for the schema where that is off.
func introspecting(ctx context.Context) bool {
	fc := graphql.GetFieldContext(ctx)
	return fc != nil && (fc.Field.Name == "__schema" || fc.Field.Name == "__type") && graphql.GetOperationContext(ctx).DisableIntrospection
}

// unwritten words a change that was not made because it could not be audited; other
// errors stay as they are.
func unwritten(ctx context.Context, err error) error {
	if errors.Is(err, audit.ErrUnavailable) {
		return refuse(ctx, CodeAuditUnavailable, "The audit cannot be written; nothing was changed")
	}
	return err
}

// isInput reports whether the error arose while a field's arguments were being read:
// then its path leads on from the field to the argument.
func isInput(ctx context.Context, e *gqlerror.Error) bool {
	fc := graphql.GetFieldContext(ctx)
	return fc != nil && len(e.Path) > len(fc.Path())
}
