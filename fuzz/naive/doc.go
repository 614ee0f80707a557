// Package naive decides what a caller may see straight from the words of
// docs/policy.md: it reads the YAML that people write and answers with plain loops,
// without an index, a memory or a bit set.
//
// It is the witness against auth/policy (assurance.md §1): what the server shows must
// be what naive shows. So it shares no code with it and imports nothing of ours. It is
// used by tests only and never decides anything for a running server.
package naive
