//go:build !unix

package idp

import (
	"os"
	"syscall"
)

// ofItsOwn: there are no groups here. A child ends when its standard input does.
func ofItsOwn() *syscall.SysProcAttr { return nil }

// endGroup ends the process; what it began ends by its standard input.
func endGroup(leader int, _ syscall.Signal) {
	if p, err := os.FindProcess(leader); err == nil {
		_ = p.Kill()
	}
}
