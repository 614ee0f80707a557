package auth

import (
	"context"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// Session is the caller: who, for which organisation, in which role, for what
// purpose. The zero Session is nobody and permits nothing.
type Session struct {
	// ID is a public handle, for audit and for ending it; it is not the secret.
	ID string
	// Issuer is who vouched for the user; Subject is the user's id there. Together
	// they are the user: the same subject of two issuers is two people.
	Issuer, Subject string
	// Name is what to show and to audit.
	Name         string
	Organisation record.Organisation
	Role         Role
	// CareSetting is where they work, for example "general-practice"; "" if not known.
	CareSetting string
	// Purpose is why they use it; Start fills in what is usual for the role.
	Purpose Purpose
	// Scopes narrow what a SMART app may do; nil means not narrowed.
	Scopes []string
	// Launch pins the session to one patient; nil if it is not pinned.
	Launch *Launch
	// Confirmed is when the user last proved in this session who they are, UTC; zero if
	// they did not (a token that was given out without a sign-in).
	Confirmed time.Time
	// Created, LastSeen and Expires are UTC; LastSeen is exact to a minute.
	Created, LastSeen, Expires time.Time
}

// Launch is the context in which an EPR opened Patchwork. While a session has one,
// any other patient is refused.
type Launch struct {
	// Patient is Patchwork's opaque id.
	Patient string `json:"patient,omitempty"`
	// Client is the registered EPR that launched.
	Client string `json:"client,omitempty"`
	// Encounter and Intent are as the EPR gave them; "" if not given.
	Encounter string `json:"encounter,omitempty"`
	Intent    string `json:"intent,omitempty"`
}

type sessionKey struct{}

// WithSession puts the caller into the context.
func WithSession(ctx context.Context, s *Session) context.Context {
	return context.WithValue(ctx, sessionKey{}, s)
}

// SessionFrom gives the caller; nil is nobody. Do not change what it points to.
func SessionFrom(ctx context.Context) *Session {
	s, _ := ctx.Value(sessionKey{}).(*Session)
	return s
}
