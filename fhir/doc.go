// Package fhir is the read-only FHIR R4 API of the region: the same record as the graph,
// as resources, so that any FHIR client or SMART app can read it.
//
// It reaches data only by running GraphQL operations for the caller (Executor), so that
// policy, objections, limits and audit are the graph's own: a field that is held back is
// absent here because the graph did not give it. It owns the rendering, the searches and
// the CapabilityStatement. It does not own who is calling (auth), nor the authorization
// server (smart).
package fhir
