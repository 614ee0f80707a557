// Package usage counts how much the record is used: by day, organisation, role and door, and how
// long users wait for the first rows of a record.
//
// It owns the counts. It does not own who did what, which is the ledger's: what it keeps is of no
// patient, and of no user but a digest that is another one each day, to count them.
package usage
