// Package relationship keeps what stands between one caller and one patient: the
// legitimate relationships that give a reason to look, the glass that was broken in an
// emergency, and the patient's own objections (domain.md §3).
//
// It owns their tables, their expiry and their evidence, and audits every change
// before it takes effect. It does not decide what they allow (auth/policy does) and
// does not find relationships in the record (resolvers reads the systems and tells it
// what was found).
package relationship
