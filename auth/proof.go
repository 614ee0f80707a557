package auth

import (
	"errors"
	"net/http"
	"time"
)

// Proof is what a login connector found out about somebody who has just proved who they
// are. It says nothing yet of what they work as: that is the stanza's mapping (auth/claims).
type Proof struct {
	// Issuer is who vouches: OIDC iss, SAML entity id of the identity provider, LDAP
	// address. Subject is the user's id there, which never changes hands: OIDC sub, a
	// persistent NameID, entryUUID. 255 bytes at most, printable.
	Issuer, Subject string
	// Claims is everything the provider said: strings, bools, int64, float64, []any and
	// map[string]any only. SAML and LDAP attributes are lists of strings.
	Claims map[string]any
	// At is when the user proved it to the provider (OIDC auth_time, SAML AuthnInstant),
	// UTC; zero if the provider does not say.
	At time.Time
	// Session is the provider's id of its own session (OIDC sid, SAML SessionIndex); "" if
	// it gave none.
	Session string
	// Kept is what Recheck and Leave want to see again; nil for nothing. It is stored
	// sealed with the secret that only the browser has.
	Kept []byte
}

// Refusal is why somebody was not signed in: Code for the user's page, Cause for the
// operator's log and the ledger.
type Refusal struct {
	Code RefusalCode
	// Cause names what was wrong: `the token's audience is another client`. It holds no
	// name, no secret, no token, and nothing that a user or an attacker wrote.
	Cause string
	// Say is what the user is told beyond the code: the operator's own words, from the
	// configuration; "" for nothing.
	Say string
}

// Error is the cause.
func (r *Refusal) Error() string { return r.Cause }

// Refuse makes a Refusal.
func Refuse(code RefusalCode, cause string) *Refusal { return &Refusal{Code: code, Cause: cause} }

// RefusalCode is what the user's page says and what it offers to do next.
type RefusalCode string

// The codes. The zero code is none.
const (
	// RefusedPassword: user name or password are wrong; nothing says which.
	RefusedPassword RefusalCode = "refused"
	// RefusedLocked: too many failures; try again later.
	RefusedLocked RefusalCode = "locked"
	// RefusedExpired: the sign-in took too long, was used already, or never began here:
	// begin again.
	RefusedExpired RefusalCode = "expired"
	// RefusedBrowser: it began in another browser.
	RefusedBrowser RefusalCode = "other-browser"
	// RefusedDeclined: the user or the provider stopped it there.
	RefusedDeclined RefusalCode = "declined"
	// RefusedInvalid: the provider's answer cannot be accepted; an operator must look.
	RefusedInvalid RefusalCode = "invalid-answer"
	// RefusedNoRole: who they are is proved, but nothing there maps to a role here.
	RefusedNoRole RefusalCode = "no-role"
	// RefusedRequirement: the sign-in was not strong enough (a smart card is needed …).
	RefusedRequirement RefusalCode = "not-strong-enough"
	// RefusedOff: an administrator has switched off the user, role, organisation or login.
	RefusedOff RefusalCode = "switched-off"
	// RefusedOther: confirming or unlocking, and somebody else proved who they are.
	RefusedOther RefusalCode = "other-user"
	// RefusedUnavailable: the provider, or this server's state, cannot be reached.
	RefusedUnavailable RefusalCode = "unavailable"
)

// ErrGone: the provider says that the account or its session is no more.
var ErrGone = errors.New("the organisation says that this account or session has ended")

// MostSubject is how long an issuer's id of a user may be, in bytes (OIDC Core §2).
const MostSubject = 255

// GoodSubject reports whether s may be a subject: printable, without control or invisible
// characters, not empty, not too long.
func GoodSubject(s string) bool { return s != "" && len(s) <= MostSubject && plainText(s) }

// status is the HTTP status of a refusal where a password was given.
func (r *Refusal) status() int {
	switch r.Code {
	case RefusedPassword:
		return http.StatusUnauthorized
	case RefusedLocked:
		return http.StatusTooManyRequests
	case RefusedUnavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusForbidden
}

// sentence is what a program that signs in is told; the viewer has its own words for the
// code.
func (r *Refusal) sentence() string {
	if r.Say != "" {
		return r.Say
	}
	switch r.Code {
	case RefusedNoRole:
		return "Your organisation knows you, but nothing there gives you access to Patchwork"
	case RefusedOff:
		return "An administrator has switched off this access"
	case RefusedRequirement:
		return "Sign in in the stronger way that your organisation offers"
	case RefusedUnavailable:
		return "Your organisation's sign-in cannot be reached at the moment"
	}
	return "Your organisation's answer could not be accepted"
}
