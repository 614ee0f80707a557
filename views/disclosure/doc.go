// Package disclosure keeps what leaves the record for secondary use from telling of
// individuals: pseudonyms, the national data opt-out, small numbers in tables,
// differences between runs, and fields that a purpose may not have.
//
// It owns rules and no data: it reads one file, that of the opt-outs, and knows neither
// views nor runs nor the graph. What it cannot decide it refuses: an unknown purpose is
// secondary, an unclassified field is forbidden, a list of opt-outs that cannot be read
// stops the run. Errors never name a person, a number or a count of people.
//
// The rules in words, for an information governance lead: docs/views-governance.md.
package disclosure
