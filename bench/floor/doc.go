// Package floor is the least that a server could do for the same question: concurrent
// requests to the very same addresses, one pass over the bytes that come back, a few
// members of every resource copied into one answer. Bare net/http; no GraphQL, no
// policy, no provenance, no audit, no checks of who a record is about.
//
// It is what Patchwork's CPU is measured against, in the same round and on the same
// core, because the machine's own speed wanders.
package floor
