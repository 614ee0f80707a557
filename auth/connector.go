package auth

import (
	"context"
	"log/slog"
	"net/url"
	"time"
)

// Connector is a kind of login, as its stanza in patchwork.yaml configures it: a struct
// with yaml tags. logins.go in package main maps a type name to one.
type Connector interface {
	// Validate reports every problem of the stanza at once; nil if there is none. It
	// touches neither network nor disk.
	Validate() []Problem
	// Open makes the Provider ready to use. It reads the stanza's own files (keys,
	// certificates, metadata) and fails if they are wrong, but must not fail because the
	// provider is down at this moment.
	Open(ctx context.Context, env Env) (Provider, error)
}

// Problem is one thing wrong with a stanza.
type Problem struct {
	// Path leads to the key within the stanza, for example "roles[2].when".
	Path string
	// Text says what is wrong and what is allowed, in one sentence without a full stop.
	Text string
}

// Env is what a connector is given besides its stanza.
type Env struct {
	// ID is the login's id in the configuration; Name is what people call it.
	ID, Name string
	// Base is where this server's addresses for the login stand, without a slash at the
	// end: https://care.example/auth/at/ID. Under it are /return (the browser comes back
	// from signing in, GET or POST), /left (the browser comes back from signing out there),
	// /logout (the provider ends sessions: back-channel POST, or single logout by the
	// browser) and /metadata (for the provider's operator).
	Base string
	// Log never receives names, secrets, tokens or what a user typed.
	Log *slog.Logger
	// Now is the clock; never nil.
	Now func() time.Time
}

// Provider is an organisation's own sign-in. It is a Redirector or a PasswordChecker;
// Rechecker, Leaver, Ender and Documented are found by assertion.
type Provider interface {
	// Test tries what can be tried without a user, step by step, each explained. It stops
	// at the first step that fails.
	Test(ctx context.Context) []Step
	// Close gives back what Open took.
	Close() error
}

// Step is one step of testing a connection.
type Step struct {
	// Name says what was tried: "Find the provider's configuration".
	Name string
	OK   bool
	// Detail says what was found or what to do about the failure; it holds no secrets.
	Detail string
}

// Redirector has the user prove who they are on the provider's own page.
type Redirector interface {
	// Begin gives where to send the browser, and what the connector must know again when
	// it comes back.
	Begin(ctx context.Context, ask Ask) (Departure, error)
	// Finish checks what the browser brought back: whatever is wrong is a *Refusal. It is
	// called once at most for one Begin.
	Finish(ctx context.Context, back Return) (Proof, error)
}

// Ask is a sign-in about to begin.
type Ask struct {
	// State is 43 characters of URL-safe base64 that only the browser and the provider
	// get to see: it comes back as the parameter `state` or `RelayState`.
	State string
	// Again asks the provider to have the user prove who they are once more, whatever
	// session they have there (OIDC prompt=login and max_age=0, SAML ForceAuthn). The Proof's
	// At must then be no older than the ask; the caller checks it.
	Again bool
	// Hint is the provider's own name of who is expected (OIDC login_hint); "" for nobody.
	Hint string
}

// Departure is where the browser goes.
type Departure struct {
	// URL is the provider's page, with the request in its query.
	URL string
	// Kept comes back in Return; nil if nothing must be kept. It is stored sealed.
	Kept []byte
}

// Return is what a browser brought back.
type Return struct {
	// Kept is what Begin gave.
	Kept []byte
	// Form has the parameters, of the query or of a form; 256 KiB at most.
	Form url.Values
}

// PasswordChecker has the user type name and password here, and asks the provider.
type PasswordChecker interface {
	// Check gives ErrRefused for an unknown user, a wrong or empty password and a disabled
	// account alike, after the same work; a *Refusal for what is not the user's doing. The
	// lock-out has been asked before, and counts ErrRefused.
	Check(ctx context.Context, username, password string) (Proof, error)
	// Fold makes all spellings of a user name one, as the provider does; the lock-out
	// counts by it.
	Fold(username string) string
}

// Rechecker can ask whether the user is still welcome, without the user.
type Rechecker interface {
	// Recheck gives what to keep from now on, or ErrGone if the provider says that the
	// account or the session is no more. Any other error means that it could not be asked.
	Recheck(ctx context.Context, subject string, kept []byte) ([]byte, error)
}

// Leaver can sign the user out at the provider too.
type Leaver interface {
	// Leave gives where to send the browser for that; "" if the provider offers nothing.
	// The provider sends the browser back to Env.Base + "/left".
	Leave(ctx context.Context, subject string, kept []byte, state string) (string, error)
}

// Ender takes the provider's word that sessions have ended.
type Ender interface {
	// End checks a request to Env.Base + "/logout" (OIDC back-channel logout token, SAML
	// LogoutRequest by redirect or POST). Whatever is wrong is a *Refusal.
	End(ctx context.Context, form url.Values, rawQuery string) (Ended, error)
}

// Ended says whose sessions a provider has ended.
type Ended struct {
	// Issuer and Subject are the user's; Subject "" if only the session is named.
	Issuer, Subject string
	// Sessions are the provider's ids of its sessions; none means all of the user's.
	Sessions []string
	// ReplyURL is where to send the browser with the answer; "" if nothing but a status is
	// expected.
	ReplyURL string
	// Token is the id of the message, which must be taken once only; "" if replaying it
	// does no harm. TokenExpires is when the provider's message is void anyway.
	Token        string
	TokenExpires time.Time
}

// Documented has something for the provider's operator to read in: SAML metadata.
type Documented interface {
	// Document gives it with its media type.
	Document() (text []byte, mediaType string)
}
