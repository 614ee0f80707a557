package migrations_test

import (
	"context"
	"sync"
	"testing"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// TestTwoServersStartAtOnce: both apply the steps, and each step runs once.
func TestTwoServersStartAtOnce(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			where := dsn(t)
			var group sync.WaitGroup
			for range 4 {
				group.Go(func() {
					db, err := migrations.Open(context.Background(), where)
					if err != nil {
						t.Error(err)
						return
					}
					defer func() { _ = db.Close() }()
					if err := migrations.Apply(context.Background(), db); err != nil {
						t.Error(err)
					}
				})
			}
			group.Wait()
		})
	}
}

// TestCommitsAreDurable: the setting that makes PostgreSQL wait for its disk is on.
func TestCommitsAreDurable(t *testing.T) {
	t.Parallel()
	db := dbtest.Open(t, dbtest.Postgres(t))
	var on, zone string
	if err := db.Write.DB.QueryRow(`SELECT current_setting('synchronous_commit'), current_setting('timezone')`).Scan(&on, &zone); err != nil {
		t.Fatal(err)
	}
	if on != "on" || zone != "UTC" {
		t.Errorf("synchronous_commit is %s, timezone %s", on, zone)
	}
}
