// Package accounts keeps who has ever signed in by a provider, keyed by issuer and
// subject and by nothing else, and what an administrator has switched off: a user, a role,
// an organisation, a login, a client. A switch holds for every server at the next request,
// because auth.Sessions asks for it in the statement that finds a session.
//
// It owns the tables auth_account and auth_off. It does not own sessions (auth), nor how
// somebody proves who they are.
package accounts
