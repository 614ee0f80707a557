// Package jsonapi calls an HTTP API that answers JSON, for the connectors that read one.
//
// It owns who we are to the API (logins, tokens, client certificates), one request and its
// answer, what a status or a broken connection means, and which links may be followed. It
// knows nothing of sections, mappings or what an answer says.
//
// No URL, body, header or text of another library leaves it in an error: they hold
// identifiers and secrets. No redirect is followed, and no proxy is taken from the
// environment.
package jsonapi
