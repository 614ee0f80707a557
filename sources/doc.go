// Package sources says how a system that holds records is read.
//
// It owns the Connector and Source contracts, the errors a source may give, and
// System: a source with its decorators (deadline, concurrency cap, circuit
// breaker, in-flight coalescing, seconds-short memory, metrics) and the
// wrong-patient guard. It knows no user, no policy, no patient index and no
// graph: a connector only ever sees its own local ids.
//
// Whoever calls it must already have been allowed to read (policy.Grant); what it
// remembers is keyed by (source, section, local id) and never by user.
package sources
