// Package auth says who is calling: the Session, where it is kept, and how a request
// shows it (a cookie for browsers, a bearer token for programs).
//
// It owns sessions, roles, purposes of use, the sign-in and sign-out routes, and the
// protection against forged requests. It does not own how somebody proves who they
// are (auth/local and the other login connectors), nor what they may see
// (auth/policy): a Session permits nothing by itself.
package auth
