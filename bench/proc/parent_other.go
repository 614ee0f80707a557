//go:build !linux

package proc

import "syscall"

// withParent: only Linux can make a child end when we do.
func withParent() *syscall.SysProcAttr { return nil }
