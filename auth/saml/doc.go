// Package saml signs people in with their organisation's SAML 2.0 identity provider:
// Entra ID, ADFS, Keycloak, SimpleSAMLphp and the like (Web Browser SSO profile with
// HTTP-Redirect out and HTTP-POST back, and Single Logout).
//
// It owns reading what a provider sends, and every check of it. It does not own the
// browser's attempt and its one use (auth/signin), nor what the claims mean here
// (auth/claims).
//
// The words come from crewjam/saml (metadata and requests), the signatures from
// goxmldsig. crewjam's ParseResponse is not used: it reads the assertion from the document
// as it came and not from the part whose signature was verified, takes any signature and
// key-transport algorithm, does not ask for an audience, a bearer confirmation or an
// AuthnStatement, has its clock in a package variable, and panics on a cut ciphertext. A
// message goes through these doors instead, and the first rule it breaks ends it:
//
//	gate.go       bytes → tree: bounds, no DTD, no comments, unique ids
//	shape.go      where signatures and assertions may stand
//	signature.go  which signatures are accepted, and what exactly was signed
//	decrypt.go    encrypted assertions
//	finish.go     the response: is it the answer to this attempt?
//	assertion.go  the assertion: is it for us, now, about whom?
//
// What a door gives to the next is only what it has verified: after a signature, the
// tree parsed from the bytes that were signed.
//
// Certificates of the provider's metadata count while they are valid: a signature by an
// expired certificate is refused, and the connection test warns 30 days before. What a
// message says of its own key (KeyInfo) is never looked at.
package saml
