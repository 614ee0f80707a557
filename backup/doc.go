// Package backup copies Patchwork's whole database while servers write to it, and makes a
// database of a copy again (docs/operate/backup.md).
//
// It owns the form of a backup: a folder with the database of one moment and a manifest,
// signed with the ledger's key, that says of which moment. It owns, too, what must not come
// back with an old database: who was signed in, and whatever was given out to act as them. It
// does not own what the tables mean (each room does), nor the server's secret and the
// ledger's key, which are kept apart from backups: with them a backup is as good as the
// server, without them it opens nothing that is sealed.
//
// SQLite copies itself (VACUUM INTO, one read transaction); PostgreSQL's own programs pg_dump
// and pg_restore are driven, in one exported snapshot.
package backup
