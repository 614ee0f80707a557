// Package smart is the SMART App Launch 2.2 authorization server, on fosite: discovery,
// launches, authorize, token, introspection, revocation, its registry of clients and what it
// keeps of codes and tokens.
//
// It decides neither who the user is (auth, auth/signin) nor what they may see (auth/policy):
// a token stands for a sign-in, and its scopes can only narrow what that may do. Finding
// people and asking policy are interfaces that main fills.
package smart
