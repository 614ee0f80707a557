package sqlview

import (
	"database/sql"
	"os"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
)

// dialect is what the kinds of database differ in.
type dialect struct {
	// numbered: placeholders are $1, $2 (PostgreSQL).
	numbered bool
	// mysql: backslashes in texts, # comments.
	mysql bool
	// brackets: [quoted names], and @p and $p as parameters (SQLite).
	brackets bool
	// transaction: a read-only transaction goes around each query. SQLite's file is
	// opened read-only instead.
	transaction bool
	open        func(dsn string, maxConns int) (*sql.DB, func(), error)
	fault       func(error) *sources.Error
}

func dialects() map[string]dialect {
	return map[string]dialect{
		"postgres": {numbered: true, transaction: true, open: openPostgres, fault: postgresFault},
		"mysql":    {mysql: true, transaction: true, open: openMySQL, fault: mysqlFault},
		"sqlite":   {brackets: true, open: openSQLite, fault: sqliteFault},
	}
}

// dsn is where the database is. Its text holds a password and is in no error.
func (c *Config) dsn() (string, error) {
	switch {
	case c.DSN != "":
		return c.DSN, nil
	case c.DSNFile != "":
		text, err := os.ReadFile(c.DSNFile)
		if err != nil {
			return "", &sources.Error{Code: "dsn-file", Reason: "dsn_file cannot be read", Cause: err}
		}
		return strings.TrimSpace(string(text)), nil
	}
	if dsn := os.Getenv(c.DSNEnv); dsn != "" {
		return dsn, nil
	}
	return "", &sources.Error{Code: "dsn-env", Reason: "the environment variable of dsn_env is not set"}
}

// badDSN says nothing of the text it could not understand.
func badDSN() error {
	return &sources.Error{Kind: sources.Malformed, Code: "bad-dsn", Reason: "its dsn cannot be understood by the driver"}
}
