// Package dbtest gives tests a fresh database of each dialect. It is for tests
// only and owns nothing that runs in the server.
package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx", to make schemas with

	"github.com/patchworkcare/patchwork/migrations"
)

// Variable names the environment variable with the URL of a PostgreSQL server on
// which tests may make schemas.
const Variable = "PATCHWORK_TEST_POSTGRES"

// Each runs the test on a fresh SQLite file and on a fresh PostgreSQL schema, with
// every step applied; without Variable the PostgreSQL half is skipped.
func Each(t *testing.T, test func(t *testing.T, db *migrations.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, Open(t, SQLite(t))) })
	t.Run("postgres", func(t *testing.T) { test(t, Open(t, Postgres(t))) })
}

// SQLite gives the DSN of a fresh SQLite file that goes when the test ends.
func SQLite(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "patchwork.db")
}

// Postgres gives the DSN of a fresh PostgreSQL schema that goes when the test
// ends; it skips the test without Variable.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv(Variable)
	if server == "" {
		t.Skip("skipped: " + Variable + " is not set")
	}
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	schema := "test_" + strings.ToLower(rand.Text())
	if _, err := admin.Exec(`CREATE SCHEMA ` + schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec(`DROP SCHEMA ` + schema + ` CASCADE`); err != nil {
			t.Error(err)
		}
		_ = admin.Close()
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

// Open opens dsn, applies every step, and closes the database when the test ends.
func Open(t testing.TB, dsn string) *migrations.DB {
	t.Helper()
	db, err := migrations.Open(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := migrations.Apply(context.Background(), db); err != nil {
		t.Fatal(err)
	}
	return db
}
