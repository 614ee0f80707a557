// Package record is the vocabulary of a shared care record: its sections, the
// clinical statements (entries) they hold, where each statement came from
// (Provenance), and what every source answered (Outcome).
//
// It owns types and pure functions on them: folding, sorting, validating.
// It does no input or output, knows no source, no user and no policy, and
// imports only the standard library.
//
// The rule everything here serves: a section is never just a list. It is a Set:
// entries plus one Outcome per source, because "none" must never be read where
// the truth is "not answered" (hazard H-02).
package record
