// Package columns maps named columns of a row, as a database or an extract gives
// them, to the fields of a care record.
//
// It owns the closed table of field names for each section, the conversions an
// engineer may configure (dates, code maps, constants), and the grouping of rows
// into one sources.Result per person. It is shared by sqlview and csvfile, so
// that a column means the same in both. It reads nothing itself: no database, no
// file, no network.
//
// Two rules hold throughout. Whose row it is stands in the row itself (the field
// "subject"), never in what was asked for. And what cannot be understood is left
// out and named as a gap, never guessed: a wrong date is worse than none.
package columns
