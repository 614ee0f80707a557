// Package demo is a synthetic region: four systems that hold care records and
// speak real protocols on loopback, for `patchwork demo`, for tests and for
// the benchmark.
//
// It owns the invented people, their histories, the servers that serve them,
// and the faults those servers can be told to commit (docs: README.md). It does
// not own anything of Patchwork's: it speaks wire formats only and imports
// nothing of ours, so that its systems cannot share the server's bugs.
package demo
