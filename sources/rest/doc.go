// Package rest reads a care record out of any HTTP API that answers JSON, by
// configuration alone.
//
// The engineer who knows the API writes, for each section, the request and a mapping in jq
// from its answer to rows of named fields; package columns turns the rows into entries,
// and package jsonapi makes the calls. This package owns the templates of requests, the
// styles of paging and the bounds of a mapping.
//
// A mapping sees the answer and nothing else: not whom was asked for, so that whose row it
// is always comes from the data (hazard H-01). It cannot swallow a fault, so that an answer
// of another shape never reads as nothing recorded (hazard H-02). An error names the key of
// the configuration, never a value.
package rest
