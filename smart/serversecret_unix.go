//go:build unix

package smart

import (
	"io/fs"
	"os"
	"syscall"
)

// others are the permissions that nobody but the owner may have of a secret.
func others(info fs.FileInfo) fs.FileMode {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return othersOf(int(stat.Uid), os.Geteuid())
	}
	return 0o077
}

// othersOf lets a group read what root owns and lends to us who are not root: there is no
// other way to be given it, and PostgreSQL judges its key alike (ssl_key_file).
func othersOf(owner, self int) fs.FileMode {
	if owner == 0 && self != 0 {
		return 0o037
	}
	return 0o077
}
