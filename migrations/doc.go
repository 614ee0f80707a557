// Package migrations opens Patchwork's own database and brings its tables up to
// date.
//
// It owns the connection pools, the settings that make a commit durable, and the
// numbered SQL steps of every room that has tables (steps/NNNN_name.sql, one file
// for SQLite and PostgreSQL alike). It does not own the tables' meaning: each room
// reads and writes its own and no other's.
//
// No table holds clinical content: Patchwork keeps no copy of the record.
//
// Conventions of the tables: times are BIGINT microseconds since 1970 in UTC, so
// that neither dialect can shift them (hazard H-14); placeholders are $1, $2 …,
// which both drivers understand; personal data is only ever passed as a
// parameter on the *sql.DB, never through bun's ?, which writes it into the
// statement's text and so into the database's logs.
package migrations
