package auth

import (
	"context"
	"slices"
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
	// Login is the id of the stanza by which they signed in, "local" for Patchwork's own
	// accounts; "" for a token that was given out without a sign-in.
	Login string
	// Username is what they typed to sign in, so that they need only their password to
	// confirm; "" if they typed nothing here.
	Username string
	// Name is what to show and to audit.
	Name string
	// Identifiers are professional ones by kind (Identity.Identifiers); nil for none.
	Identifiers map[string]string
	// Positions are those the user may take; Organisation, Role and CareSetting are of the
	// one they act in. A Role of "" permits nothing: they have not chosen yet.
	Positions    []Position
	Organisation record.Organisation
	Role         Role
	// CareSetting is where they work, for example "general-practice"; "" if not known.
	CareSetting string
	// Purpose is why they use it; Start fills in what is usual for the role.
	Purpose Purpose
	// Scopes narrow what a SMART app may do; nil means not narrowed.
	Scopes []string
	// App is the registered client whose token this is; "" for our own pages.
	App string
	// Launch pins the session to one patient; nil if it is not pinned.
	Launch *Launch
	// View is set where a run of an analyst's view reads for the user, who need not be there;
	// nil where the user reads themselves. Only the running of views sets it.
	View *ViewRun
	// Confirmed is when the user last proved in this session who they are, UTC; zero if
	// they did not (a token that was given out without a sign-in).
	Confirmed time.Time
	// Locked: the user has left the computer. It answers nothing until they have confirmed
	// who they are.
	Locked bool
	// ProviderSession is the login provider's id of its own session; "" if it gave none.
	ProviderSession string
	// Checked is when the provider last said that the user is welcome, UTC.
	Checked time.Time
	// Device and Address are where it began: a User-Agent in short words, a network address.
	Device, Address string
	// Kept is what the connector wants to see again. It goes in with Start and Renew and
	// does not come out with Find: Sessions.Kept gives it to who has the secret.
	Kept []byte
	// Created, LastSeen and Expires are UTC; LastSeen is exact to a minute.
	Created, LastSeen, Expires time.Time
}

// Position gives the index in Positions of the one the user acts in; -1 for none.
func (s *Session) Position() int {
	return slices.Index(s.Positions, s.ActsAs())
}

// Take lets the user act in a position; its Purpose becomes what is usual for the role.
func (s *Session) Take(p Position) {
	s.Role, s.Organisation, s.CareSetting, s.Purpose = p.Role, p.Organisation, p.CareSetting, p.Role.Purpose()
}

// Launch is the context in which an EPR opened Patchwork, or the one patient to whom an
// app was given access. While a session has one, any other patient is refused.
type Launch struct {
	// Patient is Patchwork's opaque id.
	Patient string `json:"patient,omitempty"`
	// Client is the registered EPR that launched; "" if no EPR did: the user has chosen the
	// patient for an app, which makes no relationship.
	Client string `json:"client,omitempty"`
	// Encounter and Intent are as the EPR gave them; "" if not given.
	Encounter string `json:"encounter,omitempty"`
	Intent    string `json:"intent,omitempty"`
	// Topic is FHIRcast's, by which the EPR says what is on its screen now; "" for none.
	Topic string `json:"topic,omitempty"`
}

// Opened reports whether an EPR opened the session on its patient.
func (l *Launch) Opened() bool { return l != nil && l.Client != "" }

// ViewRun is a custom view being run.
type ViewRun struct {
	// View is the view's id.
	View string `json:"view"`
	// Secondary: the purpose is another than the care of the people themselves.
	Secondary bool `json:"secondary,omitempty"`
}

// ActsAs is the position the session acts in; its Role is "" if none was taken.
func (s *Session) ActsAs() Position {
	return Position{Role: s.Role, Organisation: s.Organisation, CareSetting: s.CareSetting}
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
