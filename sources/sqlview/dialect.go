package sqlview

import (
	"database/sql"

	"github.com/patchworkcare/patchwork/sources"
)

// dialect is what the kinds of database differ in.
type dialect struct {
	// numbered: placeholders are $1, $2 (PostgreSQL).
	numbered bool
	// mysql: backslashes in texts, # comments.
	mysql bool
	// brackets: [quoted names], and @p and $p as parameters (SQLite, SQL Server).
	brackets bool
	// nests: comments stand in comments (PostgreSQL, SQL Server).
	nests bool
	// oracle: q'[texts]', and :1 as a parameter.
	oracle bool
	// prefix stands before the number of a placeholder; "" where placeholders are "?".
	prefix string
	// forbidden are words of statements that change something here, beside those of all.
	forbidden []string
	// transaction: a read-only transaction goes around each query. SQLite's file is
	// opened read-only instead.
	transaction bool
	// plain: the driver knows no read-only transactions. Ours then begins with the statement
	// readOnly, if there is one, and is never committed in any case.
	plain    bool
	readOnly string
	// probe is what is asked to see whether the database is there.
	probe string
	// value is a parameter as the driver best takes it; nil for a plain text.
	value func(string) any
	open  func(dsn string, maxConns int) (*sql.DB, func(), error)
	fault func(error) *sources.Error
}

func dialects() map[string]dialect {
	const one = "SELECT 1"
	return map[string]dialect{
		"postgres": {numbered: true, nests: true, prefix: "$", transaction: true, probe: one, open: openPostgres, fault: postgresFault},
		"mysql":    {mysql: true, transaction: true, probe: one, open: openMySQL, fault: mysqlFault},
		"sqlite":   {brackets: true, probe: one, open: openSQLite, fault: sqliteFault},
		"sqlserver": {brackets: true, nests: true, prefix: "@p", transaction: true, plain: true, probe: one, value: sqlServerValue,
			// T-SQL parts statements by nothing at all.
			forbidden: []string{"exec", "execute", "openrowset", "openquery", "opendatasource", "bulk", "waitfor", "dbcc", "backup", "restore", "use",
				"set", "declare", "kill", "shutdown", "print", "raiserror", "throw", "go", "deny", "revoke", "disable", "enable", "reconfigure", "while", "if", "goto", "begin", "commit", "rollback"},
			open: openSQLServer, fault: sqlServerFault},
		"oracle": {oracle: true, prefix: ":", transaction: true, plain: true, readOnly: "SET TRANSACTION READ ONLY", probe: "SELECT 1 FROM DUAL",
			forbidden: []string{"begin", "declare", "call", "exec", "execute", "lock", "function", "procedure", "rename", "purge", "revoke", "commit", "rollback", "savepoint"},
			open:      openOracle, fault: oracleFault},
	}
}

// dsn is where the database is. Its text holds a password and is in no error.
func (c *Config) dsn() (string, error) {
	if c.DSN != "" {
		return c.DSN, nil
	}
	return sources.ReadSecret("dsn", c.DSNFile, c.DSNEnv, "dsn-file", "dsn-env")
}

// badDSN says nothing of the text it could not understand.
func badDSN() error {
	return &sources.Error{Kind: sources.Malformed, Code: "bad-dsn", Reason: "The dsn does not have the form that the driver reads; its text is not shown"}
}
