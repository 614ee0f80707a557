package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations"
)

// Source is a database that is copied.
type Source struct {
	// DSN is how it was opened; DB the open database.
	DSN string
	DB  *migrations.DB
	// Key signs the manifest; the backup's ledger is held against it.
	Key *audit.Key
	// Secret names the server's secret (package smart), Program the running version.
	Secret, Program string
	Now             func() time.Time
}

// ErrThere: what is to be made is there already. Nothing was changed.
var ErrThere = errors.New("it is there already")

// Take makes a backup in a new folder, readable by its owner only. Servers go on meanwhile.
// What it leaves is whole, or nothing: it works beside and gives the folder its name at the
// end.
func Take(ctx context.Context, s Source, folder string) (m *Manifest, err error) {
	if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
		return nil, errors.Join(fmt.Errorf("%s: %w", folder, ErrThere), err)
	}
	beside, err := os.MkdirTemp(filepath.Dir(filepath.Clean(folder)), ".backup-*") // 0700
	if err != nil {
		return nil, fmt.Errorf("the backup cannot be written: %w", err)
	}
	defer func() { _ = os.RemoveAll(beside) }() // gone by then, if all went well
	m = &Manifest{Program: s.Program, Made: s.Now().UTC().Truncate(time.Second), Dialect: s.DB.Dialect, Secret: s.Secret}
	copying := takeSQLite
	if s.DB.Dialect == migrations.Postgres {
		copying = takePostgres
	}
	if err := copying(ctx, s, beside, m); err != nil {
		return nil, err
	}
	if m.Bytes, m.SHA256, err = digest(filepath.Join(beside, m.File)); err != nil {
		return nil, fmt.Errorf("the backup cannot be read: %w", err)
	}
	if err := errors.Join(m.write(beside, s.Key), sync(filepath.Join(beside, m.File)), sync(beside)); err != nil {
		return nil, err
	}
	if err := os.Rename(beside, folder); err != nil {
		return nil, fmt.Errorf("the backup cannot be given its name: %w", err)
	}
	return m, sync(filepath.Dir(filepath.Clean(folder)))
}
