//go:build linux || darwin

package main

import "syscall"

// diskOf is what the disk of a path has left for us, and in all.
func diskOf(path string) (free, size uint64, ok bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(path, &s); err != nil {
		return 0, 0, false
	}
	return s.Bavail * uint64(s.Bsize), s.Blocks * uint64(s.Bsize), true
}
