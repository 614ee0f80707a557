//go:build !linux && !darwin

package main

// diskOf cannot tell on this system.
func diskOf(string) (free, size uint64, ok bool) { return 0, 0, false }
