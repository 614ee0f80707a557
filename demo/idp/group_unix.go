//go:build unix

package idp

import "syscall"

// endGroup signals every process of the group that leader began. One that has ended
// already is no failure.
func endGroup(leader int, s syscall.Signal) { _ = syscall.Kill(-leader, s) }
