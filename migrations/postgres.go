package migrations

import (
	"errors"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// openPostgres opens one pool for changes and one for reading.
//
// The mode "exec" prepares nothing by name, as simple_protocol does not either (bun
// writes literals into its statements, and each would become a prepared statement).
// Unlike simple_protocol it sends parameters beside the statement instead of inside
// it, so a failing statement in the server's log shows $1 and not the value.
func openPostgres(dsn string) (*DB, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		// The parser's own text quotes the address, which may hold a password.
		return nil, errors.New(`the database's address cannot be understood: write "postgres://USER@HOST/NAME"`)
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.StatementCacheCapacity = 0
	config.DescriptionCacheCapacity = 0
	config.Tracer = nil
	config.RuntimeParams["synchronous_commit"] = "on"
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["application_name"] = "patchwork"
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	pool := func(size int) *bun.DB {
		p := stdlib.OpenDB(*config.Copy())
		p.SetMaxOpenConns(size)
		p.SetMaxIdleConns(size)
		p.SetConnMaxIdleTime(5 * time.Minute)
		return bun.NewDB(p, pgdialect.New())
	}
	size := max(4, 2*runtime.GOMAXPROCS(0))
	return &DB{Write: pool(size), Read: pool(2 * size), Dialect: Postgres, postgres: config}, nil
}
