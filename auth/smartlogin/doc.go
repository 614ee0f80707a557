// Package smartlogin lets an EPR that is a SMART server open the viewer as its app, on the
// patient at hand (SMART App Launch 2.2.0, EHR launch): the browser comes to /launch with
// `iss` and `launch`, goes to the EPR's authorize endpoint, and comes back with a code.
//
// It owns which EPRs may do that (nothing else is ever asked), how their endpoints are
// found, the launches under way (smartlogin_attempt), what of an EPR's answer names the
// patient, and reading the EPR's own Patient for the NHS number and the birth date. It does
// not own how tokens are asked for and judged (auth/oidc), what claims mean (auth/claims),
// accounts, sessions, nor the region's patients: what comes of a launch it gives to the
// Opener that main fills in.
//
// # Who may come back
//
// A launch under way is kept for ten minutes under the hash of a random state and used once;
// its code is good only with the PKCE verifier that is sealed with that state. That the
// browser that comes back is the one that left shows a cookie. An EPR may hold the viewer in a
// frame, in which some browsers keep no cookies at all. A browser that brings other cookies of
// ours, or another launch's, is refused. One that brings none could be such a frame, or
// somebody who was sent another's answer, so as to work under that other's name (login CSRF:
// RFC 6749 §10.12); so it is asked before anything opens, under the user's name: "you are …:
// is this you?". The question stands in a page that only the EPR's own origins may frame, and
// the answer must come from that page.
package smartlogin
