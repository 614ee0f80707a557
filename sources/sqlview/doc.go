// Package sqlview reads a care record out of the tables or views of a relational
// database: PostgreSQL, MySQL or MariaDB, SQL Server, Oracle, or an SQLite file.
//
// The engineer who knows the database writes one SELECT for each section; package
// columns turns its rows into entries. This package owns the named parameters of
// those queries, the connections, and what the database's errors mean. It only
// reads: read-only transactions, and no statement but SELECT and WITH.
//
// One query answers a section for all patients of a Fetch (hazard H-09). A row
// about a patient who was not asked for condemns the query's whole answer (hazard
// H-01). Texts of drivers quote values, so none of them leaves this package.
package sqlview
