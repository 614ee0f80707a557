//go:build !unix

package smart

import "io/fs"

// others are the permissions that nobody but the owner may have of a secret.
func others(fs.FileInfo) fs.FileMode { return 0o077 }
