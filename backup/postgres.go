package backup

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations"
)

const postgresFile = "patchwork.dump"

// takePostgres has pg_dump copy the schema in a snapshot that a transaction of ours exports and
// in which the manifest's figures are read, so that both are of one moment. No writer waits.
func takePostgres(ctx context.Context, s Source, dir string, m *Manifest) (err error) {
	m.File = postgresFile
	tx, err := s.DB.Write.DB.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("the database cannot be copied: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	var snapshot string
	err = tx.QueryRowContext(ctx, `SELECT pg_export_snapshot(), current_schema(), (SELECT COALESCE(MAX(number), 0) FROM schema_step)`).Scan(&snapshot, &m.Schema, &m.Step)
	if err != nil {
		return fmt.Errorf("the database cannot be copied: %w", err)
	}
	if m.Ledger, err = audit.MomentOf(ctx, tx); err != nil {
		return err
	}
	file := filepath.Join(dir, postgresFile)
	if err := writeNew(file, nil); err != nil {
		return fmt.Errorf("the backup cannot be written: %w", err)
	}
	args := []string{"--format=custom", "--no-owner", "--no-privileges", "--no-password", "--snapshot=" + snapshot, "--schema=" + quoted(m.Schema), "--file=" + file}
	for _, table := range slices.Sorted(maps.Keys(ended)) {
		args = append(args, "--exclude-table-data="+quoted(m.Schema)+"."+table)
	}
	return client(ctx, s.DSN, "pg_dump", args...)
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// NoClientError: one of PostgreSQL's own programs is not on this machine.
type NoClientError struct{ Program string }

// Error says what to do.
func (e *NoClientError) Error() string {
	return e.Program + " is not installed here: install PostgreSQL's client programs, of the server's version or a newer one (docs/operate/backup.md says what else there is)"
}

// client runs one of PostgreSQL's own programs on the database.
func client(ctx context.Context, dsn, program string, args ...string) error {
	path, err := exec.LookPath(program)
	if err != nil {
		return &NoClientError{program}
	}
	env, err := migrations.ClientEnvironment(dsn)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, path, args...) //nolint:gosec // our own arguments
	cmd.Env = append(os.Environ(), env...)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s failed: %w", program, errors.Join(errors.New(complaint(program, said.String())), err))
	}
	return nil
}

// complaint is what the program gave as its error, without what it quotes of rows: those may
// tell of people.
func complaint(program, said string) string {
	for line := range strings.Lines(said) {
		line = strings.TrimSpace(line)
		if text, ok := strings.CutPrefix(line, program+": error: "); ok {
			if strings.Contains(text, "COPY") {
				return "rows of a table cannot be copied"
			}
			return text
		}
	}
	return "it says nothing"
}
