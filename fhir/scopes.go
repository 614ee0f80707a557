package fhir

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/auth/scope"
)

// permitted reports whether the session's scopes let it read a resource type that is no
// section of the graph. plain are scopes without a resource that permit it too.
func permitted(ctx context.Context, resource string, plain ...string) bool {
	session := auth.SessionFrom(ctx)
	if session == nil {
		return false
	}
	return policy.ScopesPermit(session, resource, scope.Read) || policy.ScopesPermit(session, resource, scope.Search) ||
		slices.ContainsFunc(plain, func(p string) bool { return slices.Contains(session.Scopes, p) })
}

// allowed reports whether the scopes name the interaction with a type: `r` reads one by its
// id, `s` searches. If not, it has answered (RFC 6750 §3.1). What of it may be seen is
// decided below, by policy and by shown.
func (s *Server) allowed(w http.ResponseWriter, r *http.Request, resource string, may scope.Permissions) bool {
	if policy.ScopesPermit(auth.SessionFrom(r.Context()), resource, may) {
		return true
	}
	w.Header().Set("WWW-Authenticate", `Bearer error="insufficient_scope"`)
	s.refuse(w, r, http.StatusForbidden, "forbidden", "The scopes of this access token do not name "+resource+" for this interaction")
	return false
}

// whole reports whether the scopes let the session read every one of the types, without a
// query: for documents, in which a part that is left out would read as not there.
func whole(ctx context.Context, types []string) bool {
	session := auth.SessionFrom(ctx)
	return !slices.ContainsFunc(types, func(name string) bool {
		queries, ok := policy.ScopeQueries(session, name, scope.Read)
		return !ok || queries != nil
	})
}

// shown leaves of what was found what a scope with a query would find. The graph shows an
// entry if it may be seen as any type; here it must be found as this one. That some of it may
// be missing is among the outcomes of the graph already.
func shown(ctx context.Context, k *kind, may scope.Permissions, f found) found {
	queries, ok := policy.ScopeQueries(auth.SessionFrom(ctx), k.name, may)
	if !ok {
		f.resources = nil
		return f
	}
	if queries == nil {
		return f
	}
	f.resources = slices.DeleteFunc(f.resources, func(o object) bool {
		return !slices.ContainsFunc(queries, func(q scope.Query) bool { return k.finds(q, o) })
	})
	return f
}

// finds reports whether a search with the parameters of a scope finds a resource. One that
// this type cannot be searched by finds nothing.
func (k *kind) finds(params scope.Query, o object) bool {
	form := url.Values{"patient": {"p"}}
	for _, p := range params {
		form[p.Name] = append(form[p.Name], p.Value)
	}
	q, problem := k.parse(form)
	return problem == "" && len(q.issues) == 0 && q.matches(k, o)
}
