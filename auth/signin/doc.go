// Package signin is the way in: it leads somebody from the sign-in page to their
// organisation's own provider and back, has what the provider says mapped to who they are,
// and begins their session (docs/sign-in.md). It also hears from the providers when
// sessions end, asks them from time to time whether a user is still welcome, and tests
// connections.
//
// It owns the attempts under way (auth_attempt) and the messages that may be taken once
// (auth_taken). It does not own how a provider is spoken to (auth/oidc, auth/saml,
// auth/ldap, auth/local), what claims mean (auth/claims), who is switched off
// (auth/accounts), nor sessions and cookies (auth).
package signin
