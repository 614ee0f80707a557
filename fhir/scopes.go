package fhir

import (
	"context"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
)

// permitted reports whether the session's scopes let it read a resource type that is no
// section of the graph, where policy narrows by scopes itself. plain are scopes without a
// resource that permit it too. A session without scopes is not narrowed (auth.Session).
func permitted(ctx context.Context, resource string, plain ...string) bool {
	session := auth.SessionFrom(ctx)
	if session == nil {
		return false
	}
	return session.Scopes == nil || slices.ContainsFunc(session.Scopes, func(scope string) bool {
		return slices.Contains(plain, scope) || scope == "patchwork/graph" || readsType(scope, resource)
	})
}

// readsType understands SMART v1 and v2. A scope that narrows by a query permits nothing
// here: what it would let through cannot be told.
func readsType(scope, resource string) bool {
	context, rest, _ := strings.Cut(scope, "/")
	name, may, _ := strings.Cut(rest, ".")
	if !slices.Contains([]string{"patient", "user", "system"}, context) || name != "*" && name != resource {
		return false
	}
	return may == "read" || may == "*" || strings.Trim(may, "cruds") == "" && strings.ContainsAny(may, "rs")
}
