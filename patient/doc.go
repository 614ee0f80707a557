// Package patient knows one person across the patchwork: which NHS numbers are
// theirs, and by which local ids each system knows them (hazard H-01).
//
// It owns the index, the rules by which a system's record is linked to a person or
// not, and the history of links. It is the only place that turns a Patient into
// local ids. It does not own demographics (a section like any other, read live), who
// may look (auth/policy) or how a system is asked (sources, through Finder), and it
// emits no audit. It keeps no names and no clinical content.
//
// The rule everything here serves: a link that is missing is seen by the reader as a
// registration that says why; a link that is wrong shows another person's record.
// So whatever does not agree is not linked.
package patient
