// Package tabular writes rows as files that analysts open: CSV, NDJSON, Parquet and SQLite,
// and the dictionary that says what their columns mean.
//
// It knows nothing of people, of policy and of where rows come from. Rows are written as
// they come, and memory does not grow with their number. What a file tells of its making
// (version of the view, run, id of the audit, marking) is inside of Parquet and SQLite; CSV
// and NDJSON have no place for it, so hand them out together with the Dictionary.
//
// # Values
//
// NULL is nil and nothing else. Dates and times are text in every format, as they were
// written: a record may know a year only, and no format may make a day of it. Text that is
// not UTF-8 gets U+FFFD for the bytes that are none. A decimal is written as it came in CSV
// and NDJSON; Parquet and SQLite hold the nearest float of 64 bits, which keeps the value of
// up to 15 digits but not the zeros behind it (1.50 is 1.5). A decimal that no such float
// comes near (1e999) is refused in every format, so that all of them hold the same rows.
//
// # CSV
//
// RFC 4180: a header, commas, CRLF behind every record, quotes doubled. The file begins with
// a byte order mark, because Excel shows names in the wrong letters without (hazard H-10);
// readers that do not know the mark fail loudly, at the first column's name.
//
// A text is always in quotes and NULL never is: ,, is NULL and ,"", is the empty text.
// PostgreSQL tells them apart by itself, DuckDB by allow_quoted_nulls = false; Excel and R do
// not. A table of a single column writes NULL as "", because readers skip empty lines.
//
// A spreadsheet runs what begins with = + - @, a tab or a line break as a formula. So every
// text that begins with one of these, or with a form of them that a spreadsheet may fold
// into them (full width, small, raised, lowered), be it behind blanks, control characters or
// invisible ones, has an apostrophe before it; and so that this can be undone, every text
// that begins with an apostrophe has one more. To undo it, take one apostrophe away wherever
// a cell of a text column begins with one. Numbers and booleans are never touched: they are
// checked to be numbers, and a -5 stays one. Line ends inside a text are LF, because readers
// change CRLF to it. What a spreadsheet does that is told to split at semicolons instead is
// out of reach: import, do not double-click, where the list separator of the system is one.
//
// # SQLite
//
// A database cannot be written front to back, so it is built in the folder for temporary
// files (TMPDIR), which needs room for it; it has no name there and goes with its writer.
//
// # Half a file
//
// A file that was not finished must not be taken for a whole one. Where rows end with an
// error, CSV and NDJSON end in a record that no reader accepts, Parquet has no footer, and
// of SQLite nothing is written at all.
package tabular
