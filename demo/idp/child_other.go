//go:build unix && !linux

package idp

import "syscall"

// ofItsOwn puts a child into a group of its own. Where the kernel does not tell children
// that their parent has gone, the end of their standard input does.
func ofItsOwn() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
