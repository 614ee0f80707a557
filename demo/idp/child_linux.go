package idp

import "syscall"

// ofItsOwn puts a child into a group of its own, and has the kernel end it when this
// process ends, however it ends.
func ofItsOwn() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}
