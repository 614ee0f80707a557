// Package docfolder reads a plain folder of documents: of this machine, a WebDAV share or
// an S3 bucket. Whose a document is, when it is of and what it is say an index file or
// the names of the files themselves.
//
// It owns those two ways to know, and the three places. Nothing outside the folder is
// ever read, no link is followed, and a name from which nobody can tell for certain whose
// a document is belongs to nobody. It does not own showing documents (package documents)
// nor the guard (sources).
//
// See README.md for configuration.
package docfolder
