package migrations

import (
	"errors"
	"net/url"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// ClientEnvironment is how PostgreSQL's own programs (pg_dump, pg_restore) are told of the
// same database: variables, because what stands on a command line every account of the
// machine can read, and it may be the password.
func ClientEnvironment(dsn string) ([]string, error) {
	config, err := pgx.ParseConfig(dsn)
	parsed, parseErr := url.Parse(dsn)
	if err != nil || parseErr != nil {
		return nil, errors.New(`the database's address cannot be understood: write "postgres://USER@HOST/NAME"`)
	}
	asked := parsed.Query()
	env := []string{
		"PGHOST=" + config.Host, "PGPORT=" + strconv.Itoa(int(config.Port)), "PGUSER=" + config.User, "PGDATABASE=" + config.Database,
		"PGTZ=UTC", "PGAPPNAME=patchwork backup", "PGCLIENTENCODING=UTF8",
	}
	if config.Password != "" {
		env = append(env, "PGPASSWORD="+config.Password)
	}
	for key, variable := range map[string]string{
		"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
	} {
		if value := asked.Get(key); value != "" {
			env = append(env, variable+"="+value)
		}
	}
	return env, nil
}
