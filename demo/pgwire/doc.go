// Package pgwire puts a PostgreSQL front on an SQLite database: a small server of
// the version 3 wire protocol on loopback, so that the demo's mental-health
// patient administration system is read by a real PostgreSQL driver over TCP, and
// can be told to misbehave.
//
// It owns the wire protocol (start-up, simple and extended query, cancel), the
// few differences of dialect between the two databases, and the faults that can
// be played over such a connection. It does not own the tables, the choice of
// fault or the counting of requests: those belong to the caller, through Gate.
// It accepts any user and is read-only; it is no database server for real data.
package pgwire
