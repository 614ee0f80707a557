// Package oidc signs people in at their organisation's own OpenID provider, by the
// authorization code flow with PKCE (OpenID Connect Core 1.0 §3.1, RFC 7636, RFC 9700).
//
// It owns how the provider is found and asked (discovery, keys, tokens, userinfo), and
// whether its answers can be believed: signature, issuer, audience, nonce, times. It does
// not own the attempt's state and its binding to the browser, nor sessions (auth), nor
// what the claims mean here (auth/claims).
//
// The provider is asked only when somebody needs it: a provider that is down keeps nobody
// but its own users out.
package oidc
