package scope

import (
	"errors"
	"slices"
	"strings"
)

// Context is on whose behalf a scope speaks. The zero Context is that of a scope that
// names no resources.
type Context string

// The contexts. SMART App Launch 2.2, "Scopes for requesting FHIR Resources".
const (
	// ForPatient: of the one patient of the launch.
	ForPatient Context = "patient"
	// ForUser: of whomever the user may see.
	ForUser Context = "user"
	// ForSystem: a backend service, without a user.
	ForSystem Context = "system"
)

// Scopes that name no resources.
const (
	OpenID          = "openid"
	FHIRUser        = "fhirUser"
	Profile         = "profile"
	Launch          = "launch"
	LaunchPatient   = "launch/patient"
	LaunchEncounter = "launch/encounter"
	OnlineAccess    = "online_access"
	OfflineAccess   = "offline_access"

	// Graph is everything that the user may do here, also what FHIR has no words for: lists,
	// relationships, the audit, administration. The viewer asks for it, and so may any
	// client that is registered for it.
	Graph = "patchwork/graph"
	// OpenLaunch lets a backend service have an app opened on a patient.
	OpenLaunch = "patchwork/launch"
)

var plainScopes = []string{OpenID, FHIRUser, Profile, Launch, LaunchPatient, LaunchEncounter, OnlineAccess, OfflineAccess, Graph, OpenLaunch}

// ErrScope: it is no scope that this server knows. Such a one is left out, the request is
// not refused.
var ErrScope = errors.New("this is no scope that this server knows")

// Bounds of what somebody may write.
const (
	maxScope  = 512 // bytes of one scope
	maxScopes = 100 // scopes of one request
	maxType   = 64  // bytes of a resource type's name
)

// Scope is one scope: either Plain, or what may be done with resources. The zero Scope
// names nothing and covers nothing.
type Scope struct {
	// Plain is one of the scopes that name no resources; the other fields are then zero.
	Plain   string
	Context Context
	// Resource is a FHIR resource type, "*" for every one.
	Resource string
	// May is what may be done with it.
	May Permissions
	// Query narrows it to what a search with these parameters would find; nil for all.
	Query Query
	// V1 says that it was written as in SMART v1, and is to be answered so.
	V1 bool
}

// Parse reads one scope, of SMART v1 or v2. The error is ErrScope.
func Parse(text string) (Scope, error) {
	if len(text) > maxScope || !scopeText(text) {
		return Scope{}, ErrScope
	}
	if slices.Contains(plainScopes, text) || castScope(text) {
		return Scope{Plain: text}, nil
	}
	context, rest, _ := strings.Cut(text, "/")
	rest, query, granular := strings.Cut(rest, "?")
	resource, word, _ := strings.Cut(rest, ".")
	s := Scope{Context: Context(context), Resource: resource}
	var ok bool
	if s.May, s.V1, ok = parsePermissions(word); !ok || !s.Context.valid() || !resourceType(resource) {
		return Scope{}, ErrScope
	}
	if !granular {
		return s, nil
	}
	if s.Query, ok = parseQuery(query); !ok || s.V1 { // v1 has no queries
		return Scope{}, ErrScope
	}
	return s, nil
}

// ParseAll reads scopes as a request lists them (RFC 6749 §3.3) and leaves out what
// this server does not know, what is said twice, and everything after the hundredth.
func ParseAll(words []string) []Scope {
	var out []Scope
	for _, word := range words {
		if len(out) == maxScopes {
			break
		}
		if s, err := Parse(word); err == nil && !slices.ContainsFunc(out, s.same) {
			out = append(out, s)
		}
	}
	return out
}

// String is the scope as its client wrote it: in v1 if that has a word for it.
func (s Scope) String() string {
	if word, ok := s.May.V1(); ok && s.V1 && s.Query == nil {
		return string(s.Context) + "/" + s.Resource + "." + word
	}
	return s.V2()
}

// V2 is the scope as SMART v2 writes it; "" for the zero Scope.
func (s Scope) V2() string {
	if s.Context == "" {
		return s.Plain
	}
	text := string(s.Context) + "/" + s.Resource + "." + s.May.String()
	if s.Query != nil {
		text += "?" + s.Query.String()
	}
	return text
}

// Strings writes every scope.
func Strings(scopes []Scope) []string {
	out := make([]string, len(scopes))
	for i, s := range scopes {
		out[i] = s.String()
	}
	return out
}

// Covers reports whether everything that other permits is permitted by s too, however
// each is written.
func (s Scope) Covers(other Scope) bool {
	return s.reaches(other) && other.May&^s.May == 0
}

// reaches is Covers, whatever may be done. A context never stands for another one: what
// a patient's launch was allowed says nothing of the user.
func (s Scope) reaches(other Scope) bool {
	if s.Context == "" {
		return s.Plain != "" && (s.Plain == other.Plain || castReaches(s.Plain, other.Plain))
	}
	return s.Context == other.Context && (s.Resource == "*" || s.Resource == other.Resource) && s.Query.within(other.Query)
}

func (s Scope) same(other Scope) bool { return s.String() == other.String() }

func (c Context) valid() bool { return c == ForPatient || c == ForUser || c == ForSystem }

// resourceType reports whether it is "*" or looks like a FHIR type.
func resourceType(name string) bool {
	if name == "*" {
		return true
	}
	if name == "" || len(name) > maxType || name[0] < 'A' || name[0] > 'Z' {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') })
}

// scopeText: RFC 6749 §3.3, scope-token.
func scopeText(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == '\\' })
}
