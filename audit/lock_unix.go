//go:build unix

package audit

import (
	"os"
	"syscall"
)

// lock holds the file for this process until it is closed, or says that another has it.
func lock(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) //nolint:gosec // a descriptor is small
}
